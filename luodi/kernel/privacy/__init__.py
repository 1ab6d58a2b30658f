"""The privacy class of every field, masking, encryption."""
