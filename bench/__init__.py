"""What is measured, beside what, in one run."""
