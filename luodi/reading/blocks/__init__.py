"""The parts of a page: which lines are the article, which are furniture, which are rows of a table."""
