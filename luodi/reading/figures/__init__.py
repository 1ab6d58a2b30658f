"""Quantities in running text: number, scale, unit, bound, change; how they are found and what is no figure."""
