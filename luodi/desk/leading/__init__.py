"""The leader's screen: what is to be decided, and every number with its list."""
