"""Commas that a page machine put in front of some ，。、 and that no writer would: 开通,。 会议、,下一步.

Believed only on a page known to be damaged: elsewhere a doubled comma is the writer's own slip and stays.
"""

from __future__ import annotations

# A comma, and behind it (not taken) another of the three marks or the remains of a cut full stop.
DOUBLED_COMMA = "[,，](?=[,，。、]|[?？][!！])"
COMMAS = ",，"
MARKS = ",，。、"
