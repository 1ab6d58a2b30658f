"""XML as documents hold it: parsed within bounds. A document type is refused, so that no entity is ever defined or fetched."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from luodi.reading.formats.package import bomb, damaged

MOST_NODES = 3_000_000
DEEPEST = 160


class Node:
    """An element: its name and attributes without their namespaces, its text in pieces with its children, in order."""

    __slots__ = ("attributes", "children", "name")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Node | str] = []

    @property
    def elements(self) -> Iterator[Node]:
        """The children that are elements."""
        return (child for child in self.children if isinstance(child, Node))

    @property
    def text(self) -> str:
        """The text directly inside."""
        return "".join(child for child in self.children if isinstance(child, str))

    def get(self, name: str, default: str = "") -> str:
        """An attribute's value."""
        return self.attributes.get(name, default)

    def child(self, name: str) -> Node | None:
        """The first child element called ``name``."""
        return next((each for each in self.elements if each.name == name), None)

    def all(self, name: str) -> Iterator[Node]:
        """Every element called ``name`` below this one, in document order."""
        waiting = [self.elements]
        while waiting:
            found = next(waiting[-1], None)
            if found is None:
                waiting.pop()
                continue
            if found.name == name:
                yield found
            waiting.append(found.elements)


def parse(raw: bytes, what: str) -> Node:
    """The root element. Raises ``Refused``: ``damaged`` for what is no XML, ``bomb`` for what is too much or has entities."""
    top = Node("", {})
    path = [top]
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > MOST_NODES or len(path) > DEEPEST:
            raise bomb("里面的层次或部件多得不正常")
        node = Node(name.rpartition("}")[2], {k.rpartition("}")[2]: v for k, v in attributes.items()})
        path[-1].children.append(node)
        path.append(node)

    def end(_name: str) -> None:
        path.pop()

    def data(text: str) -> None:
        path[-1].children.append(text)

    def doctype(*_given: object) -> None:
        raise bomb("里面有文档不该有的声明（DOCTYPE）")

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(raw, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise damaged(what) from None
    return next(top.elements)
