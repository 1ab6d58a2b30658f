"""The styles of a Word paper, by GB/T 9704-2012: sizes, typefaces and what may stand in for one that is not there, margins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from luodi.papers.word_parts import element

if TYPE_CHECKING:
    from docx.document import Document

LINE = 156  # millimetres from margin to margin
SMALL = "Small"
FONTS_PART = "word/fontTable.xml"
_STEP = 28.95  # points from line to line: 22 lines on 225 mm
_TITLE, _BLACK, _KAI, _SONG, _BODY = "方正小标宋简体", "黑体", "楷体", "宋体", "仿宋"
_LATIN = "Times New Roman"
# what a machine without the typeface takes in its place, in order
_STAND_INS = {
    _TITLE: ("FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "华文中宋", "Noto Serif CJK SC"),
    _BODY: ("仿宋_GB2312", "FangSong", "华文仿宋", "STFangsong", "Noto Serif CJK SC"),
    _BLACK: ("SimHei", "Noto Sans CJK SC"),
    _KAI: ("楷体_GB2312", "KaiTi", "华文楷体", "Noto Serif CJK SC"),
    _SONG: ("SimSun", "Noto Serif CJK SC"),
}


@dataclass(frozen=True, slots=True)
class _Look:
    name: str
    typeface: str
    points: float
    align: str = "left"
    step: float = _STEP
    before: float = 0
    after: float = 0
    indent: bool = False  # two characters before the first line
    ends_early: bool = False  # two characters before the right margin
    keeps: bool = False  # with what follows
    is_bold: bool = False
    tab: bool = False  # what comes after a tab ends at the right margin


_LOOKS = (
    _Look("Normal", _BODY, 16),
    _Look("Body Text", _BODY, 16, "both", indent=True),
    _Look("Flush", _BODY, 16, keeps=True),
    _Look("Title", _TITLE, 22, "center", 36, after=14, keeps=True),
    _Look("Subtitle", _TITLE, 16, "center", after=6, keeps=True),
    _Look("Number Line", _BODY, 12, step=20, after=6, keeps=True, tab=True),
    _Look("Heading 1", _BLACK, 16, before=8, keeps=True),
    _Look("Heading 2", _KAI, 16, before=4, keeps=True),
    _Look("Table Title", _BLACK, 12, step=20, before=8, after=4, keeps=True),
    _Look(SMALL, _SONG, 12, step=18),
    _Look("Note", _SONG, 12, step=18, before=8),
    _Look("List Bullet", _BODY, 16),
    _Look("List Number", _BODY, 16),
    _Look("Signature Line", _BODY, 16, "right", ends_early=True, keeps=True),
    _Look("Picture", _BODY, 16, "center", 0),
    _Look("Footer", _SONG, 10.5, step=16, tab=True),
)


def _font_table() -> bytes:
    told = []
    for name, stand_ins in _STAND_INS.items():
        family = "modern" if name == _BLACK else "roman"
        told.append(
            f'<w:font w:name="{name}"><w:altName w:val="{",".join(stand_ins)}"/><w:charset w:val="86"/>'
            f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        )
    latin = f'<w:font w:name="{_LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"{''.join(told)}{latin}</w:fonts>"
    ).encode()


FONT_TABLE = _font_table()


def prepared() -> Document:
    """An empty document with page and styles set, and none of the pictures and words of the library's own pattern."""
    import docx
    from docx.enum.style import WD_STYLE_TYPE

    document = docx.Document()
    _page(document.sections[0])
    for look in _LOOKS:
        known = look.name in document.styles
        style = (
            document.styles[look.name]
            if known
            else document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
        )
        _dress(style, look)
    relations = document.part.package.rels
    for key in [key for key, each in relations.items() if each.reltype.endswith("/thumbnail")]:
        relations.pop(key)
    return document


def _page(section: Any) -> None:
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(26)


def _dress(style: Any, look: _Look) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm, Pt

    style.element.get_or_add_rPr().clear()
    style.font.size, style.font.bold = Pt(look.points), look.is_bold
    fonts = style.element.rPr.get_or_add_rFonts()
    for key, name in element(
        "w:rFonts",
        {
            "w:ascii": _LATIN,
            "w:hAnsi": _LATIN,
            "w:cs": _LATIN,
            "w:eastAsia": look.typeface,
            "w:hint": "eastAsia",
        },
    ).attrib.items():
        fonts.set(key, name)
    style.element.rPr.append(element("w:lang", {"w:val": "en-US", "w:eastAsia": "zh-CN"}))
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.line_spacing = Pt(look.step) if look.step else None
    shape.keep_with_next = look.keeps
    shape.widow_control = True
    paragraph = style.element.get_or_add_pPr()
    for border in paragraph.findall(element("w:pBdr", {}).tag):
        paragraph.remove(border)
    shape.alignment = _aligned(look.align)
    if look.indent:
        shape.first_line_indent = Pt(2 * look.points)
        paragraph.get_or_add_ind().set(_qualified("w:firstLineChars"), "200")
    if look.ends_early:
        shape.right_indent = Pt(2 * look.points)
    if look.tab:
        shape.tab_stops.clear_all()
        shape.tab_stops.add_tab_stop(Mm(LINE), WD_TAB_ALIGNMENT.RIGHT)


def _aligned(name: str) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    return {
        "left": WD_ALIGN_PARAGRAPH.LEFT,
        "center": WD_ALIGN_PARAGRAPH.CENTER,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
        "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
    }[name]


def _qualified(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))
