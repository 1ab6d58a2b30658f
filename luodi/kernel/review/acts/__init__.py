"""What a reviewer does, one act a function."""
