"""Traditional characters back to simplified ones, one to one.

Right on pages that a machine turned from simplified to traditional character by character; on a page written in
traditional Chinese it gives a reading aid, not the words a mainland writer would choose.
"""

from __future__ import annotations

import re

from luodi.reading.edits import Edit, EditedText
from luodi.reading.repair.tables import simplified_codes, traditional_class

# 着 and 著 both became 著. These words keep 著; everywhere else the particle is meant.
_ZHU_BEFORE = frozenset("显名专原巨编遗土卓昭拙译撰")
_ZHU_AFTER = frozenset("名作称述者")
# 明显着力, 随着名额: a neighbour that speaks for the particle or for 着力, 着眼 … wins.
_ZHE_BEFORE = frozenset("有随接看跟朝沿顺向围对为凭带意靠存盯循绕本藉")
_ZHE_AFTER = frozenset("力眼重手想陆装实急落色火")

# Only where a run holds one of these is there anything to settle.
SETTLED_BY_NEIGHBOURS = frozenset("著後麽")

# Forms that stand in simplified text as well, so that only a traditional page may lose them, and the words where
# even there they stay.
_ON_TRADITIONAL_PAGES = {
    "後": ("后", ()),
    "於": ("于", ()),
    "麽": ("么", ()),
    "夥": ("伙", ("夥颐",)),
    "摺": ("折", ()),
    "菸": ("烟", ()),
    "徵": ("征", ("宫商角徵", "徵羽")),
    "乾": ("干", ("乾坤", "乾隆", "乾清", "乾元", "乾陵", "乾卦", "乾县")),
    "藉": ("借", ("慰藉", "狼藉", "枕藉", "蕴藉", "藉田")),
    "瞭": ("了", ("瞭望",)),
    "祇": ("只", ("神祇", "地祇")),
    "衹": ("只", ()),
    "彷": ("仿", ("彷徨",)),
    "阪": ("坂", ("大阪", "阪神")),
}


def settle_zhu(before: str, after: str) -> str:
    """著 or 着, by the simplified characters on both sides.

    >>> settle_zhu("显", "成"), settle_zhu("围", "目")
    ('著', '着')
    """
    if before in _ZHE_BEFORE or after in _ZHE_AFTER:
        return "着"
    return "著" if before in _ZHU_BEFORE or after in _ZHU_AFTER else "着"


def settle_run(plain: str, before: str, after: str) -> str:
    """著, 後 and 麽 settled in a run otherwise simplified; ``before`` and ``after`` are its neighbours or empty."""
    around = before + plain + after
    shift = len(before)
    settled = [
        settle_zhu(around[at - 1 : at] if at else "", around[at + 1 : at + 2])
        if around[at] == "著"
        else around[at]
        for at in range(shift, shift + len(plain))
    ]
    # these two are never in simplified pages, unlike the other forms that stay
    return "".join(settled).replace("後", "后").replace("麽", "么")


# frequent in any official text and written otherwise in simplified Chinese
_TELLING = "會個國區為發經業設項將與實建這應進鄉鎮縣"
_SHARE = 0.01


def is_traditional(text: str) -> bool:
    """Whether ``text`` is written in traditional characters throughout, so that rules must be shown it simplified.

    Counts the telling characters only where the first thousand hold some; a quoted line in a simplified page is not enough.
    """
    head = text[:4000]
    if sum(map(head.count, _TELLING[:8])) < 3:
        return False
    return sum(map(text.count, _TELLING)) > _SHARE * len(text)


def simplify(text: str) -> EditedText:
    """A second layer for reading traditional pages: one recorded edit a run, same length, nothing else touched.

    Not part of ``repair``: a clean traditional page is not damaged.
    """
    plain = text.translate(simplified_codes())
    edits = []
    for run in re.finditer(f"[{traditional_class()}]+", text):
        start, stop = run.span()
        settled = "".join(_on_traditional_page(plain, at) for at in range(start, stop))
        if settled != run[0]:
            edits.append(Edit(start, stop, settled, "traditional"))
    return EditedText(text, edits)


def _on_traditional_page(plain: str, at: int) -> str:
    char = plain[at]
    if char == "著":
        return settle_zhu(plain[max(at - 1, 0) : at], plain[at + 1 : at + 2])
    target, kept = _ON_TRADITIONAL_PAGES.get(char, (char, ()))
    return char if any(_stands_in(word, plain, at) for word in kept) else target


def _stands_in(word: str, plain: str, at: int) -> bool:
    """Whether the character at ``at`` is part of ``word`` there."""
    begin = at - word.index(plain[at])
    return begin >= 0 and plain.startswith(word, begin)
