"""The register as staff keep it: units, posts, people, who holds what, what was handed over, what is the same."""
