"""Kept sources, their statements and what people judged of them."""
