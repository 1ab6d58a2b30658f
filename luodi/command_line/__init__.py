"""The commands of bin/luodi; a door to the library, no rules of its own."""
