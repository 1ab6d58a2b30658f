"""What may be opened and what may not; every refusal says what to do."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from hypothesis import given as given_by
from hypothesis import strategies as st

from luodi.kernel.refusal import Refusal
from luodi.kernel.sheets import limits
from luodi.kernel.sheets.open_book import open_book
from tests.kernel.sheets import HEADER, grid_of, kept_day, saved, with_part, workbook

PLAIN = workbook([HEADER, (1, "修路", "区交通局")])


def refused(code: str, raw: bytes, name: str = "表.xlsx") -> None:
    with pytest.raises(Refusal) as caught:
        open_book(raw, name)
    assert caught.value.code == code, caught.value.message
    assert caught.value.message.endswith("。")


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def test_cells_keep_their_values_and_places() -> None:
    grid = grid_of(
        workbook([HEADER, (1, "　修路\n一期 ", "区交通局", None, kept_day(2026, 3, 31), 0.1 + 0.2)])
    )
    assert grid.name == "任务分解表"
    assert (grid.height, grid.width) == (2, 6)
    assert [grid.text(2, column) for column in range(1, 7)] == [
        "1",
        "修路\n一期",
        "区交通局",
        "",
        "2026-03-31",
        "0.3",
    ]


def test_what_is_no_workbook_is_refused_with_advice() -> None:
    refused("sheet-empty", b"")
    refused("sheet-old-format", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    refused("sheet-locked", locked)
    refused("sheet-is-page", b"\r\n<html><table><tr><td>1</td></tr></table></html>", "导出.xls")
    refused("sheet-other-format", zipped({"word/document.xml": b"<x/>"}))
    refused("sheet-other-format", zipped({"xl/workbook.bin": b"x"}))
    refused("sheet-unreadable", PLAIN[: len(PLAIN) // 2])
    refused("sheet-encoding", bytes(range(128, 256)) * 3)
    refused("sheet-empty", saved(__import__("openpyxl").Workbook()))


def test_programs_in_workbooks_are_refused() -> None:
    refused("sheet-macros", with_part(PLAIN, "xl/vbaProject.bin", b"x"))
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        types = archive.read("[Content_Types].xml")
    macro = types.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")
    refused("sheet-macros", with_part(PLAIN, "[Content_Types].xml", macro))


def test_bombs_are_refused_before_they_go_off() -> None:
    refused("sheet-bomb", with_part(PLAIN, "xl/worksheets/sheet2.xml", b"0" * 6_000_000))
    many = zipped({"xl/workbook.xml": b"<x/>"} | {f"xl/{n}.txt": b"" for n in range(limits.MOST_MEMBERS)})
    refused("sheet-bomb", many)
    entities = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>'
    refused("sheet-unreadable", with_part(PLAIN, "xl/worksheets/sheet1.xml", entities))
    wide = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>'.encode(
        "utf-16"
    )
    refused("sheet-unreadable", with_part(PLAIN, "xl/worksheets/sheet1.xml", wide))


def test_a_sheet_beyond_the_limits_is_refused_and_empty_rows_below_are_not() -> None:
    def far(row: int, column: int) -> bytes:
        book = __import__("openpyxl").Workbook()
        book.active["A1"] = "任务"
        book.active.cell(row, column).value = "x"
        return saved(book)

    refused("sheet-too-long", far(limits.MOST_ROWS + 1, 1))
    refused("sheet-too-wide", far(1, limits.MOST_COLUMNS + 1))
    assert grid_of(far(limits.MOST_ROWS, limits.MOST_COLUMNS)).height == limits.MOST_ROWS
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
        b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'
        b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData></worksheet>'
    )
    grid = grid_of(with_part(PLAIN, "xl/worksheets/sheet1.xml", sheet))
    assert (grid.height, grid.width) == (1, 1)


def test_formulas_give_the_value_last_computed_and_a_note() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>C9</f></c></row></sheetData></worksheet>'
    )
    book = open_book(with_part(PLAIN, "xl/worksheets/sheet1.xml", sheet), "表.xlsx")
    entry = book.sheets[0].entries[1, 1]
    assert (entry.text, entry.is_computed) == ("2", True)
    assert (1, 2) not in book.sheets[0].entries
    assert len(book.notes) == 2
    assert "B1" in book.notes[1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_comma_separated_values_in_every_usual_encoding(encoding: str, sign: str) -> None:
    text = f'任务{sign}牵头单位\r\n"修路{sign}一期"{sign}区交通局\r\n'
    grid = open_book(text.encode(encoding), "收/任务.csv").sheets[0]
    assert grid.name == "任务"
    assert [grid.text(2, 1), grid.text(2, 2)] == [f"修路{sign}一期", "区交通局"]


def test_an_unclosed_quote_is_said() -> None:
    refused("sheet-unreadable", ('任务\n"' + "长" * 40_000).encode(), "表.csv")


@given_by(st.binary(max_size=400), st.integers(0, 5_000))
def test_whatever_is_sent_is_read_or_refused(noise: bytes, at: int) -> None:
    at %= len(PLAIN)
    said = []
    for raw in (noise, PLAIN[:at] + noise + PLAIN[at + len(noise) :]):
        try:
            open_book(raw, "表.xlsx")
        except Refusal as refusal:
            said.append(refusal.message)
    assert all(words.endswith("。") for words in said)


def test_hidden_sheets_are_marked() -> None:
    book: Any = __import__("openpyxl").Workbook()
    book.active["A1"] = "任务"
    hidden = book.create_sheet("藏着的")
    hidden["A1"] = "x"
    hidden.sheet_state = "hidden"
    assert [grid.is_hidden for grid in open_book(saved(book)).sheets] == [False, True]
