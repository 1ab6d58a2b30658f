"""A crawler follows every figure of every public page to a marked sentence or an event in three clicks or fewer, and compares."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

from django.test import Client

CLICKS = 3
# a document as kept is one page; with another of its sentences marked it is the same page again. And a download
_AGAIN = re.compile(r"^/s/\w+\?view=kept|/kept$|/code\.svg$|/against/\w+\.(?:csv|xlsx)$")
_OUTSIDE = (
    "/look",
    "/lang",
    "/log/",
    "/proof/",
    "/data/commitments",
    "/wrong/",
    "/desk/",
    "/feed",
    "/static",
    "/projects.",
)


@dataclass
class Seen:
    """What one page holds: its links, its figures (text and address), what is marked, what an event says was written."""

    links: list[str] = field(default_factory=list)
    figures: list[tuple[str, str]] = field(default_factory=list)
    marked: str = ""
    values: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen = Seen()
        self._marks = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            href = str(given["href"])
            self.seen.links.append(href)
            if "ld-fig" in str(given.get("class", "")).split():
                self.seen.figures.append((str(given["data-figure"]), href))
        if tag == "mark":
            self._marks += 1
            if given.get("data-value"):
                self.seen.values.append(str(given["data-value"]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self._marks -= 1

    def handle_data(self, data: str) -> None:
        if self._marks:
            self.seen.marked += data


class Crawler:
    """Fetches each page once."""

    def __init__(self) -> None:
        self._client = Client()
        self._pages: dict[str, Seen] = {}

    def page(self, address: str) -> Seen:
        address = urldefrag(address)[0]
        if address not in self._pages:
            answer = self._client.get(address, follow=True)
            assert answer.status_code == 200, address
            reader = _Reader()
            if answer.streaming:  # a kept file: it is there, and holds no figure of ours
                answer.getvalue()
            else:
                reader.feed(answer.content.decode())
            self._pages[address] = reader.seen
        return self._pages[address]

    def all_pages(self, start: str) -> list[str]:
        """Every public page that can be reached by links."""
        found, queue = {start}, deque([start])
        while queue:
            at = queue.popleft()
            for link in self.page(at).links:
                address = urldefrag(urljoin(at, link))[0]
                is_page = address.startswith("/") and not address.startswith(_OUTSIDE)
                if is_page and not _AGAIN.search(address) and address not in found:
                    found.add(address)
                    queue.append(address)
        return sorted(found)

    def walk(self, start: str) -> tuple[int, int, list[str]]:
        """How many pages there are, how many figures on them, and those that lead nowhere."""
        pages = self.all_pages(start)
        followed, lost = 0, []
        for page in pages:
            for figure, link in self.page(page).figures:
                followed += 1
                if self.clicks_to_source(figure, urljoin(page, link)) is None:
                    lost.append(f"{page}: {figure} → {link}")
        return len(pages), followed, lost

    def clicks_to_source(self, figure: str, address: str) -> int | None:
        """How many clicks, this figure's own included, until it stands in a marked sentence or in an event."""
        reached = {urldefrag(address)[0]}
        for clicks in range(1, CLICKS + 1):
            if any(self._shows(page, figure) for page in reached):
                return clicks
            reached = {
                urldefrag(urljoin(page, link))[0]
                for page in reached
                for link in self._onward(page, figure)
                if not link.startswith(_OUTSIDE) and not _AGAIN.search(link)
            }
        return None

    def _onward(self, page: str, figure: str) -> list[str]:
        seen = self.page(page)
        same = [link for shown, link in seen.figures if shown == figure]
        if same and not figure.isdigit():
            return same
        return same + [link for link in seen.links if re.match(r"^/[ces]/\w+", link)][:40]

    def _shows(self, page: str, figure: str) -> bool:
        """A quantity must stand there itself; a count stands on the list that it counts, which leads to sentences."""
        seen = self.page(page)
        if re.match(r"^/e/", page):
            return True if figure.isdigit() else any(_same(figure, value) for value in seen.values)
        if re.match(r"^/s/", page):
            return bool(seen.marked) and (figure.isdigit() or _number(figure) in seen.marked.replace(",", ""))
        return False


def _number(figure: str) -> str:
    found = re.search(r"[\d,]+(?:\.\d+)?", figure)
    return found[0].replace(",", "") if found else figure


def _same(figure: str, value: str) -> bool:
    return _number(figure) == _number(value)
