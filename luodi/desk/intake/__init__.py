"""Taking documents in: files, folders, pasted text, saved pages; what came of each."""
