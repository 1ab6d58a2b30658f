"""Which reader this is. Readings carry its name; a reader that reads differently gets a new one."""

from __future__ import annotations

READER = "luodi-1"
