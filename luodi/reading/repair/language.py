"""How likely a character is behind another, for choosing among readings the bytes leave open.

Counts come from the words of a dictionary, so they know what happens inside words and little about the seams between
them; a choice made here is always marked as guessed.
"""

from __future__ import annotations

from functools import cache, lru_cache

from luodi.reading.repair.codepage import in_gb2312, is_han, pair
from luodi.reading.repair.tables import always_converted, commonness, followers, simplified_of

# Chinese marks with the natural logarithm of their share of a page's characters, by and large.
_MARKS = {
    **dict.fromkeys("，、。", -3.8),
    **dict.fromkeys("“”：", -5.0),
    **dict.fromkeys("；（）《》", -6.0),
    **dict.fromkeys("‘’！？", -7.0),
    **dict.fromkeys("—…·", -8.0),
}
PUNCTUATION = frozenset(_MARKS)
# Two marks that stand side by side as a matter of course; any other two are rare.
_CLOSING, _OPENING, _BETWEEN = "”’）》", "“‘（《", "，、。：；"
_MARK_PAIRS = frozenset(
    [first + second for first in _BETWEEN for second in _OPENING]
    + [first + second for first in _CLOSING for second in _BETWEEN]
    + ["。”", "！”", "？”", "》”", "“《", "”（", "》（", "》《", "”“", "——", "……"]
)
_RARE_PAIR = -5.0
# Marks that may begin a line; the others hardly do.
_MAY_BEGIN = frozenset(_OPENING + "—…")
# Logarithms of shares below which a character is not one a district page uses every day, or uses at all.
_PLAIN = -9.0
_EVERYDAY = -11.5
_USUAL = -13.5
_UNKNOWN = -19.0
# more pairs than a few hundred garbled pages ask about; without a bound a long run would remember every pair it met
_PAIRS_KEPT = 32_768
# Simplified forms that the dictionaries convert and the conversion behind these pages was seen to leave.
_LEFT = frozenset("峰群床污恒并着")


@cache
def simple(char: str) -> str:
    """``char`` as simplified text writes it (著 is settled elsewhere, by its neighbours)."""
    if char == "著":
        return "着"
    return simplified_of().get(char, char)


@cache
def is_everyday(char: str) -> bool:
    """Whether a simplified or traditional character, or a mark, is common enough to be believed without looking."""
    return char in PUNCTUATION or (
        _convertible(char) and commonness().get(simple(char), _UNKNOWN) > _EVERYDAY
    )


@cache
def is_plain(char: str) -> bool:
    """Whether nobody who can read needs a note on this character: one of the thousand commonest."""
    return commonness().get(simple(char), _UNKNOWN) > _PLAIN


@cache
def is_odd(char: str) -> bool:
    """Whether ``char`` would not stand in a converted page by itself: neither GB 2312 nor a traditional form."""
    return is_han(char) and not _convertible(char)


@cache
def is_usual(char: str) -> bool:
    """Whether ``char`` may be offered where only half of it is known."""
    return char in PUNCTUATION or (_convertible(char) and commonness().get(simple(char), _UNKNOWN) > _USUAL)


def _convertible(char: str) -> bool:
    return is_han(char) and (in_gb2312(char) or char in simplified_of())


@cache
def _by_bytes() -> tuple[dict[int, dict[int, str]], dict[int, dict[int, str]]]:
    """Usual characters of a converted page, by lead and trail byte and the other way round."""
    by_lead: dict[int, dict[int, str]] = {}
    by_trail: dict[int, dict[int, str]] = {}
    gone = always_converted() - _LEFT
    for char in sorted({*commonness(), *simplified_of(), *PUNCTUATION} - gone):
        both = pair(char)
        if both and is_usual(char):
            by_lead.setdefault(both[0], {})[both[1]] = char
            by_trail.setdefault(both[1], {})[both[0]] = char
    return by_lead, by_trail


def with_lead(lead: int) -> dict[int, str]:
    """Trail byte to usual character, of those that begin with ``lead``."""
    return _by_bytes()[0].get(lead, {})


def with_trail(trail: int) -> dict[int, str]:
    """Lead byte to usual character, of those that end with ``trail``."""
    return _by_bytes()[1].get(trail, {})


@lru_cache(maxsize=_PAIRS_KEPT)
def score(before: str, char: str) -> float:
    """Natural logarithm of the probability of ``char`` behind ``before``, both simplified."""
    if is_han(char):
        alone = commonness().get(char, _UNKNOWN) - 0.4
        return max(alone, followers(before).get(char, alone)) if before else alone
    if char in _MARKS:
        rare = before in _MARKS and before + char not in _MARK_PAIRS
        misplaced = not before.strip() and char not in _MAY_BEGIN
        return _MARKS[char] + (_RARE_PAIR if rare or misplaced else 0.0)
    if char.isascii():
        if char.isdigit() or char in ".%, \n":
            return -4.5
        if char in "?!:;()":
            return -6.0
        return -4.0 if before.isascii() and before.isalnum() else -9.0
    return -20.0
