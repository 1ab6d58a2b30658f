"""Office spreadsheets: read within limits, their columns told apart, their cells remembered as where a value came from."""
