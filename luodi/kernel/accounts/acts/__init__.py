"""Acts of accounts that fill a file of their own."""
