"""What can be done with a project file, one idea a file; ``actions`` lists them."""
