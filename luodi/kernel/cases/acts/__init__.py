"""What can be done with a case, one idea a file; ``cases.actions`` lists them."""
