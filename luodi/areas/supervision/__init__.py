"""Supervision 督查督办: a slip on whatever is overdue, answered, checked by somebody else, concluded."""
