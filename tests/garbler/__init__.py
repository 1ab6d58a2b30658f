"""The garbler: the project's own model of how clean pages become garbled; it knows nothing of the repair."""
