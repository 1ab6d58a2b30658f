"""Money and shares in templates, as the ledger shows them; what a template did not find counts as missing."""

from __future__ import annotations

from fractions import Fraction

from django import template

from luodi.areas.projects.desk.amounts import gap_words, share_words, wan_whole
from luodi.areas.projects.money import wan as wan_exact
from luodi.kernel.figures.display import MISSING

register = template.Library()


@register.filter
def wan(fen: int | str | None) -> str:
    """An amount in whole 万元."""
    return wan_whole(fen if isinstance(fen, int) else None)


@register.filter
def exactly(fen: int | str | None) -> str:
    """An amount in 万元 to the 分, for figures that are quoted as they stand."""
    return wan_exact(fen) if isinstance(fen, int) else MISSING


@register.filter
def share(part: Fraction | str | None) -> str:
    """A share of one as percent."""
    return share_words(part if isinstance(part, Fraction) else None)


@register.filter
def gap(difference: Fraction | str | None) -> str:
    """A difference of shares in percentage points, with its sign."""
    return gap_words(difference if isinstance(difference, Fraction) else None)
