"""The review queue: what the reader found, judged by people, one statement at a time."""
