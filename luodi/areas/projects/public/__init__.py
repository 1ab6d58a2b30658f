"""The public pages of key projects: the list with its map, one project, what can be taken away. Nothing internal is told."""
