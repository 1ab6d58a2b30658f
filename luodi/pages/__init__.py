"""The design system: base layout, parts, static files; no queries."""
