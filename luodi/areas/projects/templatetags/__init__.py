"""Template filters of the projects' screens."""
