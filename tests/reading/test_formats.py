"""One and the same text in every format an office has: the same statements, each with its place in the file."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from luodi.reading.document import Document
from luodi.reading.formats.extract import Place, where
from luodi.reading.formats.sniff import sniff
from luodi.reading.reader import read
from luodi.reading.refusals import Refused
from tests.reading.made_files import (
    HEIGHT,
    MARGIN,
    a_docx,
    a_pdf,
    an_ofd,
    an_xls,
    an_xlsx,
    grid,
    lines_on,
    tarred,
    zipped,
)

PARAGRAPHS = [
    "青岚区2026年重点工作安排",
    "青岚区人民政府办公室2026年3月5日",
    "今年，全区新建口袋公园5个，完成投资3.2亿元，由区住房和城乡建设局牵头，确保6月底前全部建成开放，让群众出门就能看见绿色。",
    "去年，全区新增就业5800人，同比增长9.7%，登记失业率控制在百分之三点二以内，没有出现规模性失业。",
    "年底前改造老旧小区12个，惠及居民3000户。",
]
TABLE = [
    ["序号", "项目名称", "建设内容", "责任单位", "完成时限"],
    ["1", "口袋公园建设", "新建口袋公园5个，面积2万平方米", "区住建局", "2026年6月底"],
    ["2", "老旧小区改造", "改造老旧小区12个，惠及居民3000户", "区房管中心", "2026年12月底"],
    ["3", "农村道路提升", "改建农村公路36公里", "区交通运输局", "2026年10月底"],
]
PLAIN = "\n".join(PARAGRAPHS) + "\n\n" + "\n".join("\t".join(row) for row in TABLE) + "\n"
PLACED, RULES = grid(TABLE, 60, 420, [40, 90, 170, 90, 90], 40)
GAPPED, _ = grid(TABLE, 40, 420, [40, 90, 220, 90, 105], 40)


def said(document: Document) -> list[tuple[object, ...]]:
    return [
        (
            s.kind,
            document.text[s.start : s.stop].replace("\t", " "),
            [(f.number, f.unit) for f in s.figures],
            s.due.until if s.due else None,
            s.owner,
            s.object,
        )
        for s in document.statements
    ]


def spans_hold(document: Document) -> None:
    for s in document.statements:
        start, stop = document.source_span(s.start, s.stop)
        assert document.source[start:stop] == document.text[s.start : s.stop]


MADE: dict[str, Callable[[], bytes]] = {
    "docx": lambda: a_docx(PARAGRAPHS, TABLE, header="青岚区内部资料"),
    "pdf": lambda: a_pdf([[*lines_on(PARAGRAPHS), *PLACED]], RULES),
    "pdf with no lines": lambda: a_pdf([[*lines_on(PARAGRAPHS), *GAPPED]]),
    "ofd": lambda: an_ofd([[*lines_on(PARAGRAPHS), *PLACED]], RULES),
}


@pytest.mark.parametrize("form", MADE)
def test_a_document_says_what_its_text_says(form: str) -> None:
    plain, document = read(PLAIN.encode()), read(MADE[form]())
    assert len(plain.statements) >= 7
    assert said(document) == said(plain)
    assert (document.frame.region, document.frame.published) == (plain.frame.region, plain.frame.published)
    assert document.encoding == form.split()[0]
    spans_hold(document)


@pytest.mark.parametrize("make", [an_xlsx, an_xls])
def test_a_workbook_says_what_its_rows_say(make: Callable[..., bytes]) -> None:
    plain = read("\n".join("\t".join(row) for row in TABLE).encode())
    document = read(make({"任务分解": TABLE}))
    assert said(document) == said(plain) != []
    places = [document.place_of(*document.source_span(s.start, s.stop)) for s in document.statements]
    assert places == ["工作表“任务分解”C2:D2", "工作表“任务分解”C3:D3", "工作表“任务分解”C4:D4"]
    spans_hold(document)


def places(raw: bytes) -> list[str]:
    document = read(raw)
    return [document.place_of(*document.source_span(s.start, s.stop)) for s in document.statements]


def test_every_statement_has_its_place_in_the_file() -> None:
    assert places(MADE["docx"]())[0] == "第3段"
    assert places(MADE["docx"]())[-1] == "表1第4行"
    assert places(MADE["pdf"]())[0] == "第1页第3段"
    assert places(MADE["ofd"]())[-1] == "第1页表1第4行"
    assert places(PLAIN.encode())[0] == ""


def test_a_sentence_that_runs_over_the_page_is_one_and_has_both_places() -> None:
    whole = lines_on(PARAGRAPHS[2:3], top=HEIGHT - 130)
    low = [line for line in whole if line[1] < HEIGHT - 110]
    high = [(x, 90.0 + 28 * n, size, text) for n, (x, _, size, text) in enumerate(whole[len(low) :])]
    assert low
    assert high
    document = read(a_pdf([[*lines_on(PARAGRAPHS[:2]), *low], high]))
    assert PARAGRAPHS[2] in document.source
    at = document.source.index(PARAGRAPHS[2])
    assert document.place_of(at, at + len(PARAGRAPHS[2])) == "第1页第3段至第2页第1段"


def test_page_headers_footers_and_numbers_are_left_out_and_said_so() -> None:
    pages = []
    for number in range(1, 4):
        edge = [
            (MARGIN, 30.0, 9.0, f"青岚区人民政府公报2026年第{number}期"),
            (290.0, HEIGHT - 40, 9.0, f"—{number}—"),
        ]
        pages.append([*edge, *lines_on([f"第{number}批新建公园{number}个，由区住建局牵头。"])])
    document = read(a_pdf(pages))
    assert "公报" not in document.source
    assert "—" not in document.source
    assert "第2批新建公园2个" in document.source
    assert any("页眉" in note for note in document.notes)


def test_a_row_at_the_foot_of_a_page_is_no_page_number() -> None:
    rows = [
        TABLE[0],
        *([str(n), "口袋公园", f"新建口袋公园{n}个", "区住建局", "2026年"] for n in range(1, 18)),
    ]
    placed, rules = grid(rows, 60, 110, [40, 90, 170, 90, 90], 40)
    assert placed[-1][1] > HEIGHT * 0.91
    document = read(a_pdf([placed, lines_on(["其余各项另行通知。"])], rules))
    assert document.source.count("17") == 2
    assert len(document.statements) == 17


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"左栏第{n}行讲的是今年的项目" for n in range(1, 9)]
    right = [f"右栏第{n}行讲的是去年的成效" for n in range(1, 9)]
    placed = [(60.0, 100 + 24.0 * n, 12.0, text) for n, text in enumerate(left)]
    placed += [(330.0, 100 + 24.0 * n, 12.0, text) for n, text in enumerate(right)]
    source = read(a_pdf([[(60.0, 60.0, 20.0, "青岚区两年工作对照表述一览通报全文"), *placed]])).source
    found = [source.index(text) for text in [*left, *right]]
    assert found == sorted(found)


def test_of_tracked_changes_the_accepted_text_is_read() -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("今年新建公园")
    for xml in (
        f"<w:del {nsdecls('w')} w:id='1' w:author='a'><w:r><w:delText>三</w:delText></w:r></w:del>",
        f"<w:ins {nsdecls('w')} w:id='2' w:author='a'><w:r><w:t>5</w:t></w:r></w:ins>",
        f"<w:r {nsdecls('w')}><w:rPr><w:vanish/></w:rPr><w:t>（内部）</w:t></w:r>",
        f"<w:r {nsdecls('w')}><w:t>个。</w:t></w:r>",
    ):
        paragraph._p.append(parse_xml(xml))
    made.save(held := io.BytesIO())
    document = read(held.getvalue())
    assert document.source == "今年新建公园5个。\n"
    assert any("修订" in note for note in document.notes)
    assert any("隐藏" in note for note in document.notes)


def with_part(raw: bytes, name: str, part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    return zipped({**parts, name: part.encode()})


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_notes_of_a_word_document_come_with_their_own_place() -> None:
    notes = (
        f"<w:footnotes {W}><w:footnote w:type='separator' w:id='0'><w:p/></w:footnote>"
        "<w:footnote w:id='1'><w:p><w:r><w:t>年底前建成学校3所。</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    document = read(with_part(a_docx(["今年新建公园5个。"]), "word/footnotes.xml", notes))
    at = document.source.index("年底前建成学校3所")
    assert document.place_of(at, at + 4) == "脚注1第1段"


def test_automatic_numbers_are_written_out() -> None:
    numbering = (
        f"<w:numbering {W}><w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:start w:val='1'/>"
        "<w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl><w:lvl w:ilvl='1'><w:start w:val='1'/>"
        "<w:numFmt w:val='decimal'/><w:lvlText w:val='%2.'/></w:lvl></w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num></w:numbering>"
    )
    made = docx.Document()
    for text, level in (("总体要求", 0), ("抓项目", 1), ("抓民生", 1), ("保障措施", 0), ("抓督查", 1)):
        paragraph = made.add_paragraph(text)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f"<w:numPr {nsdecls('w')}><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr>")
        )
    made.save(held := io.BytesIO())
    source = read(with_part(held.getvalue(), "word/numbering.xml", numbering)).source
    assert source.split() == ["一、总体要求", "1.抓项目", "2.抓民生", "二、保障措施", "1.抓督查"]


def test_cells_merged_downwards_stand_in_every_row() -> None:
    rows = [TABLE[0], TABLE[1], [*TABLE[2][:3], "", TABLE[2][4]], TABLE[3]]
    document = read(an_xlsx({"表": rows}, merged=["D2:D3"]))
    assert [s.owner for s in document.statements] == ["区住建局", "区住建局", "区交通运输局"]
    made = docx.Document()
    table = made.add_table(rows=0, cols=5)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    table.cell(1, 3).merge(table.cell(2, 3))
    made.save(held := io.BytesIO())
    assert [s.owner for s in read(held.getvalue()).statements] == ["区住建局", "区住建局", "区交通运输局"]


def test_a_merged_cell_drawn_on_a_page_stands_in_every_row_too() -> None:
    rows = [TABLE[0], TABLE[1], [*TABLE[2][:3], "", TABLE[2][4]], TABLE[3]]
    placed, rules = grid(rows, 60, 420, [40, 90, 170, 90, 90], 40)
    cut = [rule for rule in rules if rule[:2] != (60, 500)]
    assert len(cut) == len(rules) - 1
    around = [(60, 500, 360, 500), (450, 500, 540, 500)]
    document = read(a_pdf([[*lines_on(PARAGRAPHS), *placed]], [*cut, *around]))
    assert [s.owner for s in document.statements][-3:] == ["区住建局", "区住建局", "区交通运输局"]


def test_a_table_goes_on_over_the_page_without_its_header() -> None:
    first, rules = grid(TABLE[:2], 60, 600, [40, 90, 170, 90, 90], 40)
    rest = [*lines_on(["其余各项另行通知。"], 600)]
    document = read(a_pdf([first, rest], rules))
    assert [s.owner for s in document.statements] == ["区住建局"]


def test_hidden_sheets_are_read_and_named_and_cells_as_they_show() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "明"
    sheet.append(["完成率", 0.855])
    sheet["B1"].number_format = "0.0%"
    sheet.append(["时限", dt.date(2026, 10, 1)])
    sheet["B2"].number_format = 'yyyy"年"m"月"'
    hidden = book.create_sheet("暗")
    hidden.append(["新建公园5个"])
    hidden.sheet_state = "hidden"
    book.save(held := io.BytesIO())
    document = read(held.getvalue())
    assert "完成率\t85.5%\n时限\t2026年10月\n" in document.source
    at = document.source.index("新建公园")
    assert document.place_of(at, at + 2) == "工作表“暗”（隐藏）A1"
    assert any("“暗”是隐藏的" in note for note in document.notes)


def test_a_place_of_several_cells_names_the_first_and_the_last() -> None:
    held = [
        Place(0, 2, "工作表“甲”", row=3, column=1, is_sheet=True),
        Place(3, 5, "工作表“甲”", row=3, column=2, is_sheet=True),
    ]
    assert where(held, 0, 5) == "工作表“甲”A3:B3"
    assert where(held, 3, 4) == "工作表“甲”B3"


@pytest.mark.parametrize(
    ("raw", "form"),
    [
        (a_docx(["甲"]), "docx"),
        (an_xlsx({"表": [["甲"]]}), "xlsx"),
        (an_xls({"表": [["甲"]]}), "xls"),
        (a_pdf([[]]), "pdf"),
        (an_ofd([[]]), "ofd"),
        (zipped({"甲.txt": b"x"}), "zip"),
        (tarred({"甲.txt": b"x"}), "tar"),
        (tarred({"甲.txt": b"x"}, ""), "tar"),
        ("甲".encode(), None),
        (b"%PDF is a word", "text"),
    ],
)
def test_a_file_is_known_by_its_bytes(raw: bytes, form: str | None) -> None:
    assert sniff(raw) == (None if form == "text" else form)


def test_scanned_pages_are_refused_with_advice() -> None:
    for raw in (a_pdf([[], []]), an_ofd([[], []])):
        with pytest.raises(Refused) as refused:
            read(raw)
        assert refused.value.code == "no-text"
        assert "OCR" in refused.value.message
