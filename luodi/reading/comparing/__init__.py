"""What two documents say of the same things: pairs of statements, what changed between them, how alike two texts are."""
