"""Key projects 重点项目: the office's year, from a sentence in a document to production."""
