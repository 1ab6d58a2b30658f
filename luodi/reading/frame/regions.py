"""Which place a page speaks of: the one its title, its speaker's post or its issuer names, else the one it names most.

A page names many places: the city above, the towns below, partners elsewhere. What decides is who speaks (a district's
secretary speaks of the district), then the title, then 我区 or 我县 with what is named most often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from luodi.reading.blocks.kinds import Block
from luodi.reading.frame.bare_places import Region, bare_place
from luodi.reading.frame.place_names import SUFFIXES, find_places, level_of, settle, split_suffix
from luodi.reading.names.find import proper_part

_PARTY = r"(?:党?工委|委|党委)"
_SELF = re.compile(r"(?:我|全|本)(?P<level>区|县|市|旗|镇|乡|街道)")
_OFFICE = re.compile(
    rf"(?:{SUFFIXES})(?=(?:人民)?政府|人民代表大会|人大|{_PARTY}(?!员|托)|管委会|管理委员会|国民经济|"
    rf"(?:20\d\d年?)?(?:政府)?工作报告|第.{{1,4}}届|党代会)"
)
_SPEAKER_POST = re.compile(
    rf"(?:{SUFFIXES})(?=(?:{_PARTY}|人民政府|政府|管委会|管理委员会)?(?:副?书记|(?:代理?)?[区县市旗镇乡]长|党?工委|"
    r"管委会主任|主任))"
)
_WORDS = re.compile(r"[\u4e00-\u9fff]+$")
_LONGEST_CLAIM = 14
_READ = 40_000  # characters of article looked at; more adds nothing
_BODY = ("paragraph", "question", "answer", "list_item", "table_row", "heading")
_WEIGHTS = {
    "title": 8,
    "title_office": 14,
    "post": 16,
    "issuer": 6,
    "office": 3,
    "session": 10,
    "holder": 6,
    "dateline": 6,
}
_MOST_OFFICES = 4
_MINIMUM, _CLEAR = 2, 6
_IN_TITLE = 6  # votes
_DATELINE = re.compile(r"[^。\n]{0,40}?\d{1,2}日(?:上午|下午|晚)?[，,]")
_HOLDS = re.compile("举行|召开|举办|组织|集中|迎来|启动|开展")
_DATELINE_NAME = 12  # characters


def find_region(text: str, blocks: Sequence[Block], post: str | None = None) -> Region | None:
    """The place the article speaks of, or ``None`` where it names none that can be told; ``post`` is its speaker's.

    Wrong where an article of a higher level lists its districts and one of them dominates.
    """
    if not any(block.kind in _BODY for block in blocks):
        return None
    places = _Places(text)
    places.read_dateline(next(block for block in blocks if block.kind in _BODY))
    read = 0
    for block in blocks:
        if block.kind in ("title", "byline"):
            places.read_head(block)
        elif block.kind in _BODY and read < _READ:
            places.read_body(block, block.start + _READ)
            read += block.stop - block.start
    if post:
        places.read_post(post)
    decided = places.decide()
    if decided is None or (decided.rule == "region_most_named" and places.votes[decided.name] < _CLEAR):
        return bare_place(text, blocks) or decided or _named_by_site(text, blocks)
    return decided


def _named_by_site(text: str, blocks: Sequence[Block]) -> Region | None:
    """The last resort: the place whose site it is, where the article names none."""
    counts = settle(
        place
        for block in blocks
        if block.kind in ("furniture", "byline")
        for place in _short_places(text, block)
    )
    counts = Counter({name: n for name, n in counts.items() if level_of(name) in ("区", "县", "旗", "市")})
    if not counts:
        return None
    name = max(counts, key=lambda n: (counts[n], -len(n), n))
    at = max(text.find(name), 0)
    return Region(name, "region_site", at, at + len(name))


def _short_places(text: str, block: Block) -> Iterator[tuple[str, str, int]]:
    if not block.rule.startswith("after_") and block.stop - block.start <= 120:
        yield from find_places(text, block.start, block.stop)


class _Places:
    """Votes for names, by where they stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[tuple[str, str, int]] = []
        self.votes: Counter[str] = Counter()
        self.rules: dict[str, tuple[int, str]] = {}
        self.claims: list[tuple[str, str, int]] = []  # words ending in a name, rule, position of their end
        self.selves: Counter[str] = Counter()
        self.title = ""

    def read_head(self, block: Block) -> None:
        text, start, stop = self.text, block.start, block.stop
        if block.rule in ("byline_labelled", "byline_source", "byline_who", "byline_editor", "byline_clock"):
            return  # the paper's own city
        for pattern, rule in ((_SPEAKER_POST, "post"), (_OFFICE, "title_office")):
            for found in pattern.finditer(text, start, stop):
                self.claims.append(
                    (
                        self._words_to(found.end(), start),
                        rule if block.kind == "title" else "issuer",
                        found.end(),
                    )
                )
        if block.rule == "byline_session":
            self.claims.extend(
                (before + suffix, "session", at + len(before + suffix))
                for before, suffix, at in find_places(text, start, stop)
            )
        elif block.kind == "title":
            self.title += text[start:stop]
            here = list(find_places(text, start, stop))
            self.found.extend(here)
            self.claims.extend(
                (before + suffix, "title", at + len(before + suffix)) for before, suffix, at in here
            )

    def read_post(self, post: str) -> None:
        """青岚区某局局长 speaks of 青岚区."""
        named = next(find_places(post, 0, len(post)), None)
        if named and named[2] == 0:
            self.found.append(named)
            self.claims.append(
                (
                    named[0] + named[1],
                    "holder",
                    self.text.find(named[0] + named[1]) + len(named[0] + named[1]),
                )
            )

    def read_dateline(self, block: Block) -> None:
        """11月25日，岚山县举行集中开工活动: where the news happened."""
        opened = _DATELINE.match(self.text, block.start, block.stop)
        if opened is None:
            return
        for before, suffix, at in find_places(
            self.text, opened.end(), min(block.stop, opened.end() + _DATELINE_NAME)
        ):
            end = at + len(before + suffix)
            if at == opened.end() and _HOLDS.match(self.text, end):
                self.claims.append((before + suffix, "dateline", end))
            return

    def read_body(self, block: Block, limit: int) -> None:
        text, start, stop = self.text, block.start, min(block.stop, limit)
        self.found.extend(find_places(text, start, stop))
        for found in _OFFICE.finditer(text, start, stop):
            self.claims.append((self._words_to(found.end(), start), "office", found.end()))
        for found in _SELF.finditer(text, start, stop):
            self.selves[found["level"]] += 2 if found[0].startswith(("我", "本")) else 1

    def _words_to(self, end: int, start: int) -> str:
        """Up to twelve characters that end at ``end``, no further back than ``start``."""
        run = _WORDS.search(self.text[max(end - _LONGEST_CLAIM, start) : end])
        return run[0] if run else ""

    def decide(self) -> Region | None:
        named = {at: (before, suffix, at) for before, suffix, at in self.found}
        for name, _, end in self.claims:
            before, suffix, at = _split(self.text, name, end)
            named.setdefault(at, (before, suffix, at))
        counts = settle(iter(named.values()))
        counts.pop("", None)
        if not counts:
            return None
        offices: Counter[str] = Counter()
        for name, rule, _ in self.claims:
            settled = self._settled(name, counts)
            if settled:
                offices[settled] += rule == "office"
                self.votes[settled] += (
                    _WEIGHTS[rule] if offices[settled] <= _MOST_OFFICES or rule != "office" else 0
                )
                self._remember(settled, rule)
        for name, n in counts.items():
            self.votes[name] += min(n, 12)
        titled = any(rule in ("title", "title_office", "post") for _, rule, _ in self.claims)
        for name in counts:
            if not titled and _is_short(name) and short_name(name) in self.title:
                self.votes[name] += _IN_TITLE  # 洞头54个项目集中开工
        for name in self.votes:
            level = level_of(name)
            if self.selves[level] >= 2 and self.selves[level] == max(self.selves.values()):
                self.votes[name] = self.votes[name] * 2
            if level in ("镇", "乡", "街道") and self.selves[level] < 2 and name not in self.rules:
                self.votes[name] = min(self.votes[name], 1)
        name, votes = max(self.votes.items(), key=lambda item: (item[1], len(item[0]), item[0]))
        whole = next((other for other in counts if other != name and other[:-1] == name), None)
        if whole is not None and name.endswith("州"):
            name = whole  # 开州 is how the page calls 开州区
        if name not in self.rules and votes <= _MINIMUM and not (votes == _MINIMUM and _is_plain(name)):
            return None
        _weight, rule = self.rules.get(name, (0, "most_named"))
        if rule == "most_named" and self._is_below(name):
            return None
        at = self.text.find(name)
        return Region(name, f"region_{rule}", max(at, 0), max(at, 0) + len(name))

    def _is_below(self, name: str) -> bool:
        """Whether the page calls its own place 我市 throughout, and what is named most is but a part of it."""
        spoken, times = max(self.selves.items(), key=lambda item: item[1], default=("", 0))
        return times >= _CLEAR and spoken == "市" != level_of(name) and not self.selves[level_of(name)]

    def _settled(self, claim: str, counts: Counter[str]) -> str | None:
        """The longest known name that ends ``claim``."""
        fits = [name for name in counts if claim.endswith(name)]
        return max(fits, key=len) if fits else None

    def _remember(self, name: str, rule: str) -> None:
        if _WEIGHTS[rule] > self.rules.get(name, (0, ""))[0]:
            self.rules[name] = (_WEIGHTS[rule], rule)


def _is_plain(name: str) -> bool:
    """A district or county with a stem of its own, which a phrase cut short seldom looks like."""
    stem, suffix = split_suffix(name)
    return suffix in ("区", "县", "旗", "市") and len(stem) == 2 and proper_part(stem) == stem


def _is_short(name: str) -> bool:
    """A district, county or city with a stem of two characters, whatever words these may be elsewhere (乐山, 平原)."""
    stem, suffix = split_suffix(name)
    return suffix in ("区", "县", "旗", "市") and len(stem) == 2


def _split(text: str, name: str, end: int) -> tuple[str, str, int]:
    found = list(find_places(text, max(end - len(name), 0), end))
    return found[-1] if found else ("", "", end)


def short_name(name: str) -> str:
    """The name without its suffix; a stem of one character keeps it.

    >>> short_name("青岚区"), short_name("岚县")
    ('青岚', '岚县')
    """
    stem, _ = split_suffix(name)
    return stem if len(stem) >= 2 else name
