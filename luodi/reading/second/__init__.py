"""A second reader beside the rules: any model behind a plain question and answer. What it says is checked word for word."""
