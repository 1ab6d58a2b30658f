"""Time: the one source of now, days as Shanghai counts them."""
