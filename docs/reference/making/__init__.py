"""Makes the reference pages from the code, so that they cannot say anything else: bin/write-reference."""
