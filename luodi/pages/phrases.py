"""Sentences with numbers in them, each number a way to where it came from. No HTML passes through here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import Formatter

_READER = Formatter()


@dataclass(frozen=True, slots=True)
class Bit:
    """Words of a sentence. With ``href`` they are a link; ``is_figure`` says that they are a number one can walk back."""

    text: str
    href: str = ""
    is_figure: bool = False
    strong: bool = False
    tone: str = ""
    old: bool = False  # older than its rhythm allows
    icon: str = ""
    struck: bool = False
    added: bool = False
    value: str = ""  # the number alone, where the words say more than it


Phrase = tuple[Bit, ...]


def phrase(template: str, **slots: Bit | Phrase | str) -> Phrase:
    """Fill the named slots of a translated sentence with words and links.

    Raises ``LookupError`` where the sentence names a slot that is not given.

    >>> phrase("核实{verified}。", verified=Bit("13.4公里", "/e/1", True))[1].href
    '/e/1'
    """
    bits: list[Bit] = []
    for words, name, _, _ in _READER.parse(template):
        if words:
            bits.append(Bit(words))
        if name is None:
            continue
        given = slots[name]
        if isinstance(given, str):
            bits.append(Bit(given))
        elif isinstance(given, Bit):
            bits.append(given)
        else:
            bits.extend(given)
    return tuple(bits)


def joined(separator: str, phrases: Sequence[Phrase]) -> Phrase:
    """Phrases one behind the other with ``separator`` between."""
    bits: list[Bit] = []
    for index, part in enumerate(phrases):
        if index and separator:
            bits.append(Bit(separator))
        bits.extend(part)
    return tuple(bits)


def plain_text(given: Phrase) -> str:
    """The words alone.

    >>> plain_text((Bit("目标"), Bit("18.6公里", "/s/1")))
    '目标18.6公里'
    """
    return "".join(bit.text for bit in given)
