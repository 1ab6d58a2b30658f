"""A calendar as text (RFC 5545). Pure: lines folded at 75 octets, between signs; what is written in them escaped."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_FOLD = 75  # octets a line, without its end
_STEERING = ("Cc", "Zl", "Zp")  # signs that steer a terminal, and those at which some programs end a line


@dataclass(frozen=True, slots=True)
class Entry:
    """Something due on a day. ``uid`` stays the same as long as it is the same thing."""

    uid: str
    day: dt.date
    summary: str
    description: str
    url: str


def calendar_of(name: str, entries: Iterable[Entry], at: dt.datetime, *, as_tasks: bool = False) -> str:
    """The calendar: days that programs show as events or, if asked, tasks (which fewer programs show)."""
    stamp = at.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Luodi//Luodi//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]
    for entry in entries:
        lines += _component(entry, stamp, as_tasks=as_tasks)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _component(entry: Entry, stamp: str, *, as_tasks: bool) -> list[str]:
    kind = "VTODO" if as_tasks else "VEVENT"
    following = entry.day + dt.timedelta(days=1)
    when = (
        [f"DUE;VALUE=DATE:{entry.day:%Y%m%d}", "STATUS:NEEDS-ACTION"]
        if as_tasks
        else [
            f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{following:%Y%m%d}",
            "TRANSP:TRANSPARENT",
        ]
    )
    return [
        f"BEGIN:{kind}",
        f"UID:{_escaped(entry.uid)}",
        f"DTSTAMP:{stamp}",
        *when,
        f"SUMMARY:{_escaped(entry.summary)}",
        f"DESCRIPTION:{_escaped(entry.description)}",
        f"URL:{entry.url}",
        "CLASS:PRIVATE",
        f"END:{kind}",
    ]


def _escaped(text: str) -> str:
    r"""Text as a value (RFC 5545 §3.3.11); signs that steer a terminal or end a line are left out.

    >>> _escaped("一，二;三,四\\五\n六")
    '一，二\\;三\\,四\\\\五\\n六'
    """
    kept = "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in _STEERING)
    return kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets; every part but the first begins with a space.

    >>> [len(part.encode()) for part in _folded("期" * 60)]
    [75, 73, 34]
    """
    part, size = "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > _FOLD:
            yield part
            part, size = " ", 1
        part += sign
        size += width
    yield part
