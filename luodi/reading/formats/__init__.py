"""File formats: each turns kept bytes into source text with a locator a block."""
