"""The pure library: bytes, repaired text, blocks, sentences, statements. Imports no framework."""
