"""Who may come in, as which post, with which role."""
