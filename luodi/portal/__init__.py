"""Public pages: board, promise, document, proofs, open data."""
