"""What is true of every matter a district deals with; no HTML."""
