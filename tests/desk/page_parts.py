"""A page taken apart as a browser would: its elements, and its forms with their fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

Fields = dict[str, tuple[str, str]]


@dataclass
class Element:
    """A start tag with its attributes; ``text`` is what stands directly in it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Form:
    """Where a form is sent and how, and its fields by name: what stands in each, and of which kind it is."""

    action: str
    method: str
    fields: Fields = field(default_factory=dict)


class PageParts(HTMLParser):
    """``elements`` in order; ``forms`` with the fields within them and those that name them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.forms: list[Form] = []
        self._by_id: dict[str, Form] = {}
        self._form: Form | None = None
        self._select: tuple[Form, str] | None = None
        self._area: tuple[Form, str] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, and what it is of a form."""
        given = {name: value or "" for name, value in attrs}
        self.elements.append(Element(tag, given))
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
            self._by_id[given.get("id", "")] = self._form
        form = self._by_id.get(given.get("form", ""), self._form) if "form" in given else self._form
        if form is None:
            return
        name = given.get("name", "")
        if tag == "option" and self._select is not None:
            held, name = self._select
            if "selected" in given or (not held.fields[name][0] and given.get("value")):
                held.fields[name] = (given.get("value", ""), "choice")
        elif tag == "select" and name:
            form.fields.setdefault(name, ("", "choice"))
            self._select = (form, name)
        elif tag == "textarea" and name:
            form.fields[name] = ("", "text")
            self._area = (form, name)
        elif tag == "input" and name:
            _enter(form.fields, name, given)

    def handle_endtag(self, tag: str) -> None:
        """Leave a form or a field."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        """Keep what stands in an element."""
        if self.elements:
            self.elements[-1].text += data
        if self._area is not None:
            form, name = self._area
            form.fields[name] = (form.fields[name][0] + data, "text")


def _enter(fields: Fields, name: str, given: dict[str, str]) -> None:
    kind = given.get("type", "text").lower()
    if kind in ("radio", "checkbox"):
        if name not in fields or "checked" in given:
            fields[name] = (given.get("value", "on"), kind)
        return
    is_number = given.get("inputmode") in ("decimal", "numeric", "tel")
    fields[name] = (given.get("value", ""), "number" if is_number else kind)
