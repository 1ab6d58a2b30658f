"""Kept documents as the office sees them: what was read and why, other printings, the second reader, two side by side."""
