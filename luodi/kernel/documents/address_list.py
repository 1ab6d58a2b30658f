"""Which saved page came from which address: a list that lies beside the pages, as text or as a sheet. Nothing is fetched.

A line holds a file's name and an address, in either order, parted by a tab, a comma or blanks. What has no address is a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from luodi.kernel.files.names import ending_of, last_part, parts_of
from luodi.kernel.refusal import Refusal
from luodi.kernel.sheets.open_book import open_book
from luodi.reading.decoding import decode
from luodi.reading.refusals import Refused

LARGEST = 10_000_000  # bytes
_ENDINGS = {"txt", "csv", "tsv", "xlsx"}
_NAMES = re.compile(
    r"^(?:网址|地址|链接|来源)(?:清单|列表|表|对照表)?$|^(?:urls?|links?|addresses?|sources?)$", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://[^\s\"'<>，、；]+", re.IGNORECASE)
_EDGES = " \t\r\n\"'“”,，;；\u3000\ufeff"


@dataclass(frozen=True, slots=True)
class AddressList:
    """``whole`` are addresses by the name with its folders, ``last`` by the name alone; of these only the unambiguous."""

    whole: dict[str, str] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)

    def address_of(self, name: str) -> str:
        """The address of the file called ``name``; nothing where the list does not know it."""
        return self.whole.get(_folded("/".join(parts_of(name)))) or self.last.get(
            _folded(last_part(name)), ""
        )

    def __len__(self) -> int:
        return len(self.whole)


def is_address_list(name: str) -> bool:
    """Whether a file is such a list by its name.

    >>> is_address_list("存档/网址清单.csv"), is_address_list("urls.txt"), is_address_list("公告.txt")
    (True, True, False)
    """
    stem = last_part(name).rpartition(".")[0]
    return ending_of(name) in _ENDINGS and _NAMES.match(stem) is not None


def address_list(raw: bytes, name: str) -> AddressList:
    """Read a list. Raises ``Refusal``: ``list-empty`` where no line has a name and an address, and those of sheets."""
    if len(raw) > LARGEST:
        raise Refusal("too-large", f"网址清单有{len(raw):,}字节，最多{LARGEST:,}字节。请分成几份。")
    is_sheet = raw.startswith(b"PK\x03\x04")
    pairs = list(_of_cells(_rows(raw, name)) if is_sheet else _of_lines(_text(raw)))
    if not pairs:
        raise Refusal(
            "list-empty",
            "网址清单里没有一行同时有文件名和网址。请每行写一个文件名、一个以 http 开头的网址，中间用制表符或逗号隔开。",
        )
    return _listed(pairs)


def merged(lists: Iterable[AddressList]) -> AddressList:
    """Several lists as one; the later one holds."""
    return _listed([pair for each in lists for pair in each.whole.items()])


def _listed(pairs: Iterable[tuple[str, str]]) -> AddressList:
    whole: dict[str, str] = {}
    for name, address in pairs:
        whole[_folded("/".join(parts_of(name)))] = address
    last: dict[str, str] = {}
    ambiguous = set()
    for name, address in whole.items():
        short = last_part(name)
        if last.setdefault(short, address) != address:
            ambiguous.add(short)
    return AddressList(whole, {name: address for name, address in last.items() if name not in ambiguous})


def _rows(raw: bytes, name: str) -> Iterator[list[str]]:
    for grid in open_book(raw, name).sheets:
        for row in range(1, grid.height + 1):
            yield [grid.text(row, column) for column in range(1, grid.width + 1)]


def _of_cells(rows: Iterable[list[str]]) -> Iterator[tuple[str, str]]:
    for cells in rows:
        address = next((found[0] for cell in cells if (found := _ADDRESS.search(cell))), "")
        name = next(
            (cell.strip(_EDGES) for cell in cells if cell.strip(_EDGES) and not _ADDRESS.search(cell)), ""
        )
        if address and name:
            yield name, address


def _of_lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        found = _ADDRESS.search(line)
        if found is None:
            continue
        rest = line[: found.start()].strip(_EDGES) or line[found.end() :].strip(_EDGES)
        name = re.split(r"[\t,，]", rest)[0].strip(_EDGES)
        if name:
            yield name, found[0].rstrip(",;")


def _text(raw: bytes) -> str:
    try:
        return decode(raw).text
    except Refused as refused:
        raise Refusal(refused.code, f"网址清单读不出来：{refused.message}") from refused


def _folded(name: str) -> str:
    return name.casefold()
