"""Evidence: what is taken as such, how it comes in over a bad network, where it was seen before, who may have the original."""
