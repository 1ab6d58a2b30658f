"""Papers as an office sees them: measures of GB/T 9704, tables over pages, long names, empty tables, page numbers."""

from __future__ import annotations

import io
import itertools
import zipfile

import pytest
from docx import Document
from docx.shared import Mm, Pt
from openpyxl import load_workbook

from luodi.papers.glyphs import characters
from luodi.papers.paper import (
    Facts,
    Heading,
    Items,
    Paper,
    Paragraph,
    Picture,
    Receipt,
    Signed,
    Table,
)
from luodi.papers.pdf import pdf
from luodi.papers.sheet import LONGEST_CELL, sheet
from luodi.papers.word import word
from tests.papers.given import DAY, LONG_ADDRESS, LONG_UNIT, picture, whole_paper
from tests.papers.read_back import bare, in_pdf, in_sheets, in_word, pages_of_pdf, said, whole_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def table_paper(*tables: Table) -> Paper:
    return Paper("清单", DAY, tables)


def test_everything_said_stands_in_all_three_files() -> None:
    paper = whole_paper()
    words = in_word(word(paper))
    for text in said(paper):
        for line in text.split("\n"):
            assert line in words, line
    shown = in_pdf(pdf(paper))
    for text in said(paper):
        assert bare(text) in shown or bare(LONG_ADDRESS)[:30] in bare(text), text
    assert list(in_sheets(sheet(paper))) == ["督办通知单", "承诺事项", "无下文的"]


def test_word_has_the_measures_of_the_standard() -> None:
    document = Document(io.BytesIO(word(whole_paper())))
    section = document.sections[0]
    found = [round(side / Mm(1)) for side in (section.page_width, section.page_height, section.top_margin)]
    assert found == [210, 297, 37]
    assert [round(side / Mm(1)) for side in (section.left_margin, section.right_margin)] == [28, 26]
    looks = {}
    for name in ("Title", "Body Text", "Heading 1", "Heading 2"):
        style = document.styles[name]
        looks[name] = (style.font.size, style.element.rPr.rFonts.get(f"{W}eastAsia"))
    assert looks == {
        "Title": (Pt(22), "方正小标宋简体"),
        "Body Text": (Pt(16), "仿宋"),
        "Heading 1": (Pt(16), "黑体"),
        "Heading 2": (Pt(16), "楷体"),
    }
    assert document.styles["Body Text"].paragraph_format.first_line_indent == Pt(32)


def test_word_is_whole_and_counts_its_pages_itself() -> None:
    made = word(whole_paper())
    assert "docProps/thumbnail.jpeg" not in whole_xml(made)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        foot = parts.read("word/footer1.xml").decode()
        fonts = parts.read("word/fontTable.xml").decode()
    assert ">PAGE<" in foot
    assert "截至2026年9月22日" in foot
    assert 'w:name="仿宋"><w:altName w:val="仿宋_GB2312,FangSong' in fonts


def test_in_word_no_two_tables_touch_and_lists_count_from_one_again() -> None:
    twice = (Items(("甲", "乙"), is_numbered=True), Paragraph("又一份："), Items(("丙",), is_numbered=True))
    paper = Paper("清单", DAY, (Facts((("名", "值"),)), Facts((("名", "值"),)), *twice, Receipt(("签收",))))
    document = Document(io.BytesIO(word(paper)))
    tags = [child.tag.removeprefix(W) for child in document.element.body]
    assert ("tbl", "tbl") not in itertools.pairwise(tags)
    assert tags[-2:] == ["p", "sectPr"]
    numbers = [p._p.pPr.numPr.numId.val for p in document.paragraphs if p.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]


def test_a_table_of_three_hundred_rows_has_its_header_on_every_page() -> None:
    paper = whole_paper(300)
    pages = pages_of_pdf(pdf(paper))
    with_rows = [page for page in pages if "新建乡镇二级站" in page]
    assert len(with_rows) > 10
    assert all("序号事项牵头单位期限" in page for page in with_rows)
    assert all(f"第{number}件" in "".join(pages) for number in range(1, 301))
    assert [f"—{number}—" in page for number, page in enumerate(pages, start=1)] == [True] * len(pages)
    document = Document(io.BytesIO(word(paper)))
    rows = document.tables[1].rows
    assert len(rows) == 301
    assert rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
    assert rows[1]._tr.trPr is None or rows[1]._tr.trPr.find(f"{W}tblHeader") is None
    page = load_workbook(io.BytesIO(sheet(paper)))["承诺事项"]
    assert (page.max_row, page.print_title_rows, page.freeze_panes) == (301, "$1:$1", "A2")


def test_a_short_row_is_not_cut_in_two_and_a_long_one_may_be() -> None:
    rows = (("一", "短"), ("二", "长" * 3_000))
    made = Document(
        io.BytesIO(word(Paper("表", DAY, (Table("", ("甲", "乙"), rows), Facts((("名", "值"),))))))
    )
    table, facts = made.tables
    whole = [
        row._tr.trPr is not None and row._tr.trPr.find(f"{W}cantSplit") is not None for row in table.rows
    ]
    assert whole == [True, True, False]
    assert facts.rows[0]._tr.trPr.find(f"{W}cantSplit") is not None


def test_between_who_issued_it_and_the_boxes_there_is_a_line() -> None:
    made = Document(io.BytesIO(word(Paper("单", DAY, (Signed("督查室", "9月1日"), Receipt(("签收",)))))))
    kinds = [each.tag.removeprefix(W) for each in made.element.body]
    assert kinds[kinds.index("tbl") - 1] == "p"
    assert made.paragraphs[-2].text == ""


def test_columns_are_as_wide_as_their_shares() -> None:
    document = Document(io.BytesIO(word(whole_paper())))
    widths = [round(cell.width / Mm(1)) for cell in document.tables[1].rows[1].cells]
    assert widths == [13, 52, 52, 39]


def test_a_unit_with_a_long_name_and_an_address_without_end_stay_within_the_page() -> None:
    import pypdfium2

    paper = Paper(
        "清单",
        DAY,
        (Table("", ("甲", "乙", "丙"), ((LONG_UNIT, LONG_ADDRESS, "2026年"),)),),
        office=LONG_UNIT,
    )
    document = pypdfium2.PdfDocument(pdf(paper))
    try:
        text = document[0].get_textpage()
        boxes = [text.get_charbox(number) for number in range(text.count_chars())]
    finally:
        document.close()
    millimetre = 72 / 25.4
    assert max(box[2] for box in boxes) <= (210 - 26) * millimetre + 1
    below_the_title = (297 - 37 - 30) * millimetre
    column = 28 * millimetre + 156 * millimetre / 3
    signs = [box for box in boxes if box[0] < column < box[2] and box[3] < below_the_title]
    assert signs == [], "a sign of one column stands in the next"


@pytest.mark.parametrize("empty", ["没有", "这个月没有新的"])
def test_an_empty_table_says_so(empty: str) -> None:
    paper = table_paper(Table("逾期", ("事项", "期限"), (), empty=empty))
    assert empty in in_pdf(pdf(paper))
    assert empty in in_word(word(paper))
    assert in_sheets(sheet(paper)) == {"逾期": [["事项", "期限"]]}


def test_a_character_without_a_glyph_is_named_in_pdf_and_kept_in_word() -> None:
    paper = Paper("清单", DAY, (Paragraph("户主张\U0002a6a5，喆、珺、堃、祎"),))
    assert "户主张〔U+2A6A5〕，喆、珺、堃、祎" in in_pdf(pdf(paper))
    assert "户主张\U0002a6a5，喆、珺、堃、祎" in in_word(word(paper))


def test_the_font_has_what_names_and_papers_are_written_with() -> None:
    first_level = {
        bytes((row, cell)).decode("gb2312", "ignore")
        for row in range(0xB0, 0xF8)
        for cell in range(0xA1, 0xFF)
    }
    assert len(first_level - {""}) == 6763
    assert first_level - {""} - characters() == set()
    assert set("，。；：？！“”‘’（）《》〔〕〇—…·、①⑩㎡℃％‰×±≤≥→國縣\u3000 Az09") - characters() == set()


def test_sheets_have_names_a_program_takes() -> None:
    titles = ("a/b:c", "A/B:C", "", "History", "很" * 40, "很" * 40, "'引号'")
    made = in_sheets(sheet(table_paper(*(Table(title, ("列",), (("值",),)) for title in titles))))
    assert len(made) == len(titles)
    assert all(1 <= len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in made)
    assert len({name.casefold() for name in made}) == len(made)
    assert "history" not in {name.casefold() for name in made}


def test_a_cell_says_what_did_not_fit() -> None:
    made = in_sheets(sheet(table_paper(Table("长", ("列",), (("长" * 40_000,),)))))
    (cell,) = made["长"][1]
    assert len(cell) <= LONGEST_CELL
    assert cell.endswith("个字，这一格放不下〕")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Table("", (), ()),
        lambda: Table("", ("一",), (("一", "二"),)),
        lambda: Table("", ("一",), (), widths=(1, 2)),
        lambda: Table("", ("一",), (), widths=(0,)),
        lambda: Heading("头", 3),
        lambda: Heading("\n"),
        lambda: Picture(b"GIF89a", "图"),
        lambda: Picture(picture(), ""),
        lambda: Picture(picture(), "图", 200),
        lambda: Facts(()),
        lambda: Items(()),
        lambda: Receipt(()),
        lambda: Paper(" ", DAY, ()),
        lambda: Paper("清单", DAY, (Heading("头", 2),)),
    ],
)
def test_a_paper_that_makes_no_sense_is_not_made(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        wrong()  # type: ignore[operator]


@pytest.mark.parametrize("write", [word, pdf])
def test_a_broken_picture_is_refused(write: object) -> None:
    paper = Paper("清单", DAY, (Picture(picture()[:40], "断了的图"),))
    with pytest.raises(ValueError, match="can not be set"):
        write(paper)  # type: ignore[operator]


def test_a_paper_without_a_table_is_no_spreadsheet() -> None:
    with pytest.raises(ValueError, match="without a table"):
        sheet(Paper("通知", DAY, (Paragraph("话"),)))
