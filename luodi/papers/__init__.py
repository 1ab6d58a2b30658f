"""Papers out: one description of a paper, written as Word, PDF and spreadsheet, byte for byte the same each time."""
