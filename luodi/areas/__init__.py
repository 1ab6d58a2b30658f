"""The district's mechanisms, one folder each; none knows another."""
