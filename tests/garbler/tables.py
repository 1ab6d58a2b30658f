"""The garbler's one table, ``forms.tsv``: simplified character, traditional form, readings of that form.

Derived by ``bin/derive-garbler-tables`` from sources the repair does not use, so that agreement of the two means
something.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("forms.tsv")


@cache
def rows() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Every (simplified, traditional, readings), the most frequent character first."""
    lines = SOURCE.read_text(encoding="utf-8").splitlines()
    split = (line.split("\t") for line in lines if not line.startswith("#"))
    return tuple((simplified, form, tuple(readings.split())) for simplified, form, readings in split)


@cache
def traditional_forms() -> dict[str, str]:
    """Simplified → traditional, one to one; a character that is not here stays."""
    return {simplified: form for simplified, form, _ in rows()}


@cache
def readings_of() -> dict[str, tuple[str, ...]]:
    """Traditional form → its readings with tone marks, the usual one first."""
    return {form: readings for _, form, readings in rows() if readings}


@cache
def forms_by_lead_and_reading() -> dict[tuple[int, str], frozenset[str]]:
    """(first byte in the code page, reading) → the traditional forms it may name."""
    found: dict[tuple[int, str], set[str]] = {}
    for form, readings in readings_of().items():
        for reading in readings:
            found.setdefault((form.encode("gbk")[0], reading), set()).add(form)
    return {key: frozenset(forms) for key, forms in found.items()}
