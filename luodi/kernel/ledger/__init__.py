"""Append-only events, the Merkle log over them, proofs, lawful erasure."""
