"""The first hour of a real district: its name, its first account, its units and people, its own list of promises."""
