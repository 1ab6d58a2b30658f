"""Which column is which field: proposed with reasons, from a mapping confirmed before or from the headers' words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from luodi.kernel.sheets.addresses import letters
from luodi.kernel.sheets.fields import FIELDS, Field, Use, bare, field_of, fields_headed
from luodi.kernel.sheets.headings import Column
from luodi.kernel.sheets.table import Table

SAMPLES = 3
_LONGEST_SAMPLE = 40
_PHONE = re.compile(r"1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}")
_ANY = re.compile(r"任务|事项")


@dataclass(frozen=True, slots=True)
class Proposal:
    """``field`` is the name of a field, empty for none; ``why`` says in Chinese what speaks for it."""

    column: Column
    field: str
    why: str
    samples: tuple[str, ...]

    @property
    def letters(self) -> str:
        """The column's name in the sheet."""
        return letters(self.column.index)


def fingerprint(use: Use, table: Table) -> str:
    """What a sheet of the same layout has again next time: SHA-256 over the use and its headers in order."""
    headers = [bare(column.header) for column in table.columns]
    return hashlib.sha256("\n".join([use, *headers]).encode("utf-8")).hexdigest()


def propose(use: Use, table: Table, remembered: Mapping[int, str] | None = None) -> list[Proposal]:
    """A proposal for each column, in order; each field at most once. ``remembered`` is by the column's place, from one."""
    if remembered is not None:
        return [
            _proposal(table, column, remembered.get(column.index, ""), "这样的表头上次由人确认过")
            for column in table.columns
        ]
    taken: dict[str, int] = {}
    found: dict[int, tuple[str, str]] = {}
    for is_likely in (_is_headed, _is_last_part, _holds_word, _looks_like):
        for column in table.columns:
            if column.index in found:
                continue
            for field, why in is_likely(use, table, column):
                if field.name not in taken or not field.is_taken:
                    taken[field.name] = column.index
                    found[column.index] = (field.name, why)
                    break
    return [
        _proposal(table, column, *found.get(column.index, ("", "没有认出，请选"))) for column in table.columns
    ]


def missing(use: Use, mapping: Mapping[int, str]) -> list[str]:
    """In Chinese, what a mapping still lacks, or gives twice."""
    chosen = [name for name in mapping.values() if name]
    faults = []
    for name in dict.fromkeys(chosen):
        field = field_of(use, name)
        if field.is_taken and chosen.count(name) > 1:
            faults.append(f"“{field.label}”选了{chosen.count(name)}列，只能有一列。")
    for field in FIELDS[use]:
        if field.is_required and field.name not in chosen:
            other = use == "promises" and "detail" in chosen
            if not other:
                faults.append(f"还没有哪一列是“{field.label}”。")
    if use == "promises" and not {"lead", "duty"} & set(chosen):
        faults.append("还没有哪一列是“牵头单位”或“责任单位”。")
    if use == "progress":
        if not {"id", "title"} & set(chosen):
            faults.append("还没有哪一列是“承诺编号”或“承诺”。")
        if not {"amount", "note"} & set(chosen):
            faults.append("还没有哪一列是“完成数”或“进展说明”。")
    return faults


def plan_year(table: Table, file_name: str = "") -> int | None:
    """The year that the title above the table, the sheet's name or the file's name gives; ``None`` where they do not agree."""
    for text in (table.title, table.sheet, file_name):
        years = {int(year) for year in re.findall(r"(?<![0-9])(20[0-9]{2})(?![0-9])", text)}
        if len(years) == 1:
            return years.pop()
    return None


def _is_headed(use: Use, _table: Table, column: Column) -> list[tuple[Field, str]]:
    why = f"表头“{column.header}”"
    return [(field, why) for field in fields_headed(use, column.header.replace("/", ""))]


def _is_last_part(use: Use, _table: Table, column: Column) -> list[tuple[Field, str]]:
    parts = [part for part in column.header.split("/") if part]
    why = f"表头“{column.header}”"
    return [(field, why) for part in reversed(parts) for field in fields_headed(use, part)]


def _holds_word(use: Use, _table: Table, column: Column) -> list[tuple[Field, str]]:
    """Fields one of whose words stands within the header: the longest word first."""
    header = bare(column.header)
    found = [
        (len(word), field, word)
        for field in FIELDS[use]
        for word in map(bare, field.words)
        if len(word) >= 2 and word in header
    ]
    found.sort(key=lambda each: -each[0])
    return [(field, f"表头里有“{word}”") for _, field, word in found]


def _looks_like(use: Use, table: Table, column: Column) -> list[tuple[Field, str]]:
    texts = [text for row in table.rows[:50] if (text := row.text(column.index))]
    if texts and sum(1 for text in texts if _PHONE.fullmatch(text)) * 2 > len(texts):
        return [(field_of(use, "phone" if use == "register" else "person"), "格子里多是电话号码")]
    if column.header and _ANY.search(column.header) and use == "promises":
        return [(field_of(use, "title"), f"表头“{column.header}”里说到任务")]
    return []


def _proposal(table: Table, column: Column, field: str, why: str) -> Proposal:
    samples: list[str] = []
    for row in table.rows:
        text = row.text(column.index).replace("\n", " ")
        if text and text[:_LONGEST_SAMPLE] not in samples:
            samples.append(text[:_LONGEST_SAMPLE])
        if len(samples) == SAMPLES:
            break
    return Proposal(column, field, why if field else "不录", tuple(samples))
