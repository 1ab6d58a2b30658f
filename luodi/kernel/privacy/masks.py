"""How personal values are shown to people who need to recognise them but not to have them. Pure.

The number of signs left open follows common practice at counters: enough to say "yes, that is mine".
"""

from __future__ import annotations

import re

# compound surnames of two characters (the usual ones), so that 欧阳某某 is not shown as 欧***
COMPOUND_SURNAMES = (
    *("欧阳", "上官", "司马", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐"),
    *("宇文", "长孙", "司徒", "司空", "独孤", "南宫", "西门", "端木", "轩辕", "呼延", "澹台"),
    *("淳于", "单于", "申屠", "钟离", "闻人", "濮阳", "太史", "第五", "公羊", "拓跋", "百里"),
)


def mask_name(name: str) -> str:
    """The surname, and a star for each further sign.

    >>> mask_name("张三"), mask_name("欧阳小明"), mask_name("阿依古丽·买买提")
    ('张*', '欧阳**', '阿*******')
    """
    kept = 2 if len(name) > 2 and name.startswith(COMPOUND_SURNAMES) else 1
    return name[:kept] + "*" * len(name[kept:])


def mask_phone(phone: str) -> str:
    """First three and last four digits; of other numbers the last two.

    >>> mask_phone("13800001234"), mask_phone("0632-7700001")
    ('138****1234', '**********01')
    """
    if re.fullmatch(r"1[0-9]{10}", phone):
        return phone[:3] + "****" + phone[-4:]
    return _only_last(phone, 2)


def mask_identity_number(number: str) -> str:
    """First and last three signs: neither the day of birth nor the whole region.

    >>> mask_identity_number("99010119900101001X")
    '990************01X'
    """
    return number[:3] + "*" * max(0, len(number) - 6) + number[-3:] if len(number) > 6 else "*" * len(number)


def mask_plate(plate: str) -> str:
    """Province, letter and the last two signs.

    >>> mask_plate("鲁D12345"), mask_plate("鲁DD12345")
    ('鲁D***45', '鲁D****45')
    """
    bare = re.sub(r"[·.\s-]", "", plate)
    return bare[:2] + "*" * max(0, len(bare) - 4) + bare[-2:] if len(bare) > 4 else "*" * len(bare)


def mask_text(text: str) -> str:
    """Free text of a sensitive field: only that there is some, and how much.

    >>> mask_text("家中两位老人")
    '（6字，不显示）'
    """
    return f"（{len(text)}字，不显示）" if text else ""


def _only_last(text: str, kept: int) -> str:
    return "*" * max(0, len(text) - kept) + text[-kept:]
