"""The parts of the design system as template tags. Each is one include; none takes HTML.

Built in everywhere: no ``load`` is needed. The shapes they take are in ``luodi/pages/shapes.py``.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils.translation import gettext

from luodi.pages import days
from luodi.pages.phrases import Phrase
from luodi.pages.shapes import (
    Fact,
    FigureShown,
    LightShown,
    PageLinks,
    PromiseRow,
    Ruler,
    SourcePane,
    Split,
    StateShown,
    Step,
)

register = template.Library()


@register.inclusion_tag("parts/icon.html")
def icon(name: str) -> dict[str, Any]:
    """A symbol of the sprite, always beside a word."""
    return {"name": name}


@register.inclusion_tag("parts/phrase.html")
def say(words: Phrase) -> dict[str, Any]:
    """A sentence with its links and figures."""
    return {"bits": words}


@register.inclusion_tag("parts/fig.html")
def fig(text: Any, href: str, strong: bool = False) -> dict[str, Any]:
    """One number as a way to where it came from."""
    return {"text": text, "href": href, "strong": strong}


@register.inclusion_tag("parts/split.html")
def split(given: Split) -> dict[str, Any]:
    """The 100 % bar of exclusive states with its legend."""
    return {"split": given}


@register.inclusion_tag("parts/ruler.html")
def ruler(given: Ruler) -> dict[str, Any]:
    """Verified solid, reported hatched, a tick for time gone."""
    return {"ruler": given}


@register.inclusion_tag("parts/bigruler.html")
def bigruler(given: Ruler) -> dict[str, Any]:
    """The ruler of a promise's own page, with its numbers written on it."""
    return {
        "ruler": given,
        "labels_left": float(given.verified) < 22,
        "reported_left": float(given.reported) < 22,
    }


@register.inclusion_tag("parts/state.html")
def state(given: StateShown) -> dict[str, Any]:
    """A state: shape and word."""
    return {"state": given}


@register.inclusion_tag("parts/light.html")
def light(given: LightShown) -> dict[str, Any]:
    """A light with its rule."""
    return {"light": given}


@register.inclusion_tag("parts/flag.html")
def flag(words: str, href: str = "") -> dict[str, Any]:
    """White on ink: facts about integrity and what is new."""
    return {"words": words, "href": href}


@register.inclusion_tag("parts/figure.html")
def figure(given: FigureShown) -> dict[str, Any]:
    """The typed figure: name, value with unit, and the line of where it came from."""
    return {"figure": given}


@register.inclusion_tag("parts/age.html")
def age(number_of_days: int, rhythm: int | None = None) -> dict[str, Any]:
    """How old a number is, in words; underlined where older than its rhythm allows."""
    return {"words": days.ago(number_of_days), "old": rhythm is not None and number_of_days > rhythm}


@register.inclusion_tag("parts/quote.html")
def quote(text: str, href: str = "") -> dict[str, Any]:
    """Source words, and nothing but source words."""
    return {"text": text, "href": href}


@register.inclusion_tag("parts/trail.html")
def trail(steps: list[Step]) -> dict[str, Any]:
    """One line of time for events, sentences, changes and what is to come."""
    return {"steps": steps}


@register.inclusion_tag("parts/facts.html")
def facts(given: list[Fact], column: bool = False) -> dict[str, Any]:
    """A list of names and what is so."""
    return {"facts": given, "column": column}


@register.inclusion_tag("parts/source_pane.html")
def source_pane(given: SourcePane) -> dict[str, Any]:
    """A sentence in its page, as kept and as repaired."""
    return {"pane": given}


@register.inclusion_tag("parts/commitment_row.html")
def commitment_row(given: PromiseRow) -> dict[str, Any]:
    """A promise in a list."""
    return {"row": given}


@register.inclusion_tag("parts/page_links.html")
def page_links(given: PageLinks) -> dict[str, Any]:
    """Where one is in a long list."""
    return {"links": given}


@register.filter
def day_words(day: dt.date | None) -> str:
    """A day as people say it; the year only where it is not the present one."""
    return days.words(day) if day else gettext("没有写日期")


@register.filter
def day_full(day: dt.date | None) -> str:
    """A day with its year."""
    return days.full(day) if day else gettext("没有写日期")


@register.filter
def instant_words(instant: dt.datetime) -> str:
    """A day and a time in Shanghai."""
    return days.instant(instant)


@register.filter
def iso(day: dt.date | dt.datetime) -> str:
    """For ``datetime`` attributes."""
    return day.isoformat()
