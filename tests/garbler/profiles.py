"""Kinds of garbling site, each drawn anew from a seed: how many characters it annotates, whether it adds commas."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.garbler.outcome import Garbled
from tests.garbler.process import garble
from tests.garbler.tables import readings_of

COMMA_MARKS = frozenset("，。、")
UNUSUAL_READING = 0.05  # the share of entries for which a list gives another than the usual reading


@dataclass(frozen=True, slots=True)
class Profile:
    """``entries``: length of the site's list (None: every character there is). ``commas``: share of ，。、 that get a
    comma in front."""

    name: str
    entries: int | None
    commas: float = 0.0

    def garble(self, clean: str, seed: int) -> Garbled:
        """Garble as one site of this kind would; the same seed is the same site with the same dice."""
        random = Random(f"{self.name}/{seed}")
        notes = self.notes(random)
        commas = {i for i, mark in enumerate(clean) if mark in COMMA_MARKS and random.random() < self.commas}
        # on these sites the comma and the cut come from one search: a mark that got its comma is not searched again
        return garble(clean, notes=notes, comma_before=commas, uncut=commas)

    def notes(self, random: Random) -> list[tuple[str, str]]:
        """A list in random order, made of frequent characters but not of the most frequent ones alone."""
        known = list(readings_of().items())
        if self.entries is not None:
            known = random.sample(known[: max(3 * self.entries // 2, 120)], self.entries)
        random.shuffle(known)
        return [(form, self._reading(readings, random)) for form, readings in known]

    @staticmethod
    def _reading(readings: tuple[str, ...], random: Random) -> str:
        return random.choice(readings) if random.random() < UNUSUAL_READING else readings[0]


FEW = Profile("few", 10)
SHORT = Profile("short", 57)
LONG = Profile("long", 88)
COMMAS = Profile("commas", 70, commas=0.5)
MANY = Profile("many", 400)
FULL = Profile("full", None)
BARE = Profile("bare", 0)
PROFILES = (FEW, SHORT, LONG, COMMAS, MANY, FULL, BARE)
