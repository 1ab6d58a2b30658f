"""Acts of notices that fill a file of their own."""
