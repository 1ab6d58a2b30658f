"""One bigram index for both databases."""
