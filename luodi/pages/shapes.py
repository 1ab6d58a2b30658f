"""What the parts are given: small frozen shapes that hold words, numbers and addresses, and no rows of the database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from luodi.pages.phrases import Phrase

# state code: icon and tone
STATE_LOOKS = {
    "kept": ("kept", "good"),
    "claimed": ("claimed", "good"),
    "going": ("going", "2nd"),
    "overdue": ("late", "bad"),
    "vague": ("vague", "2nd"),
    "dropped": ("off", "2nd"),
    "merged": ("said", "2nd"),
    "carried": ("next", "2nd"),
    "undone": ("off", "2nd"),
}
LIGHT_LOOKS = {
    "red": ("red", "bad"),
    "amber": ("amber", "warn"),
    "green": ("green", "good"),
    "paused": ("off", "2nd"),
}


@dataclass(frozen=True, slots=True)
class StateShown:
    """A state as shape and words: ``code`` is one of ``STATE_LOOKS``."""

    code: str
    words: str

    @property
    def icon(self) -> str:
        """The name of its symbol in the sprite."""
        return STATE_LOOKS[self.code][0]

    @property
    def tone(self) -> str:
        """``good``, ``bad`` or ``2nd``."""
        return STATE_LOOKS[self.code][1]


@dataclass(frozen=True, slots=True)
class LightShown:
    """A light with the rule that lit it; a light without a rule is refused."""

    colour: str
    words: str
    rule: str
    href: str = ""

    def __post_init__(self) -> None:
        if not self.rule:
            raise ValueError(f"the {self.colour} light names no rule")

    @property
    def icon(self) -> str:
        """The name of its symbol in the sprite."""
        return LIGHT_LOOKS[self.colour][0]

    @property
    def tone(self) -> str:
        """``good``, ``warn``, ``bad`` or ``2nd``."""
        return LIGHT_LOOKS[self.colour][1]


@dataclass(frozen=True, slots=True)
class Slice:
    """One part of a split bar. ``share``, ``start`` and ``width`` are percent of the whole, one decimal, as text."""

    code: str
    words: str
    count: int
    share: str
    start: str
    width: str
    href: str

    @property
    def icon(self) -> str:
        """The name of its symbol in the sprite."""
        return STATE_LOOKS[self.code][0]

    @property
    def tone(self) -> str:
        """``good``, ``bad`` or ``2nd``."""
        return STATE_LOOKS[self.code][1]


@dataclass(frozen=True, slots=True)
class Split:
    """A 100 % bar of exclusive states; ``sentence`` says all of it for who does not see it."""

    sentence: str
    slices: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class Ruler:
    """Verified solid, reported hatched, a tick where time has come to. Percent of the target, 0 to 100, as text."""

    sentence: str
    verified: str = "0"
    reported: str = "0"
    elapsed: str = ""
    due_words: str = ""

    @property
    def hatched(self) -> str:
        """How wide the part is that is only reported."""
        return format(max(float(self.reported) - float(self.verified), 0.0), ".1f")

    @property
    def tick(self) -> str:
        """Where the tick stands, so that it stays inside."""
        return format(min(float(self.elapsed or 0), 99.6), ".1f")


@dataclass(frozen=True, slots=True)
class FigureShown:
    """A figure with all it must travel with. ``missing`` says why there is none, in place of ``value``."""

    name: str
    value: str = ""
    unit: str = ""
    href: str = ""
    basis: str = ""
    as_of: dt.date | None = None
    age_days: int | None = None
    rhythm_days: int | None = None
    signer: str = ""
    signer_href: str = ""
    note: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One point of a trail: an event, a quoted sentence, a change or something still to come."""

    day: dt.date
    mark: str  # name of a symbol
    words: Phrase
    tone: str = ""
    quote: str = ""
    quote_href: str = ""
    source: Phrase = ()
    order: str = ""  # orders steps of one day
    ident: str = ""  # the anchor of the step on its page


@dataclass(frozen=True, slots=True)
class Fact:
    """A name, what is so, and in small letters why or how exact."""

    name: str
    text: Phrase
    second: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of source text. ``kind``: ``plain``, ``edit`` (repaired here), ``hole`` (characters lost), ``noise``."""

    text: str
    kind: str = "plain"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Runs that are all inside the sentence (``on``) or all outside."""

    on: bool
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class SourcePane:
    """A sentence in its page, as kept and as repaired. ``start`` and ``stop`` count code points of the kept text."""

    ident: str
    view: str
    kept: tuple[Piece, ...]
    repaired: tuple[Piece, ...]
    start: int
    stop: int
    edits: int
    holes: int
    kept_at: dt.datetime
    sha256: str
    document_href: str
    statement_href: str
    download_href: str

    @property
    def length(self) -> int:
        """Code points of the kept sentence."""
        return self.stop - self.start


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise in a list."""

    href: str
    title: str
    state: StateShown
    meta: tuple[Phrase, ...] = ()
    flags: tuple[str, ...] = ()
    light: LightShown | None = None
    ruler: Ruler | None = None
    figures: Phrase = ()
    old: bool = False


@dataclass(frozen=True, slots=True)
class TallyRow:
    """A line of a table of counts: one name, its counts by state, and the widths of its bar in percent."""

    name: str
    href: str
    counts: tuple[tuple[str, int, str], ...]  # state code, count, address of the list
    total: int
    bars: tuple[tuple[str, str, str], ...] = field(default=())  # css class, start, width


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Where one is in a long list. ``first`` and ``last`` number the rows shown, of ``total``."""

    first: int
    last: int
    total: int
    before: str = ""
    after: str = ""
