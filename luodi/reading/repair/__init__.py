"""Undoing the damage that scraping does to Chinese pages, by recorded edits."""
