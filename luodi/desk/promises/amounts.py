"""Quantities as people type them into a form: in which unit they may be given, and what that is in the unit of the target."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from luodi.kernel.figures.money import YUAN_IN
from luodi.kernel.figures.numbers import canonical
from luodi.kernel.refusal import Refusal

MONEY = ("元", "万元", "亿元")


def units_of(unit: str) -> tuple[str, ...]:
    """The units in which a quantity may be typed: for money three, the usual one for such a sum being chosen by ``usual_unit``.

    >>> units_of("元"), units_of("公里"), units_of("")
    (('元', '万元', '亿元'), ('公里',), ('%',))
    """
    return MONEY if unit in YUAN_IN else (unit or "%",)


def usual_unit(unit: str, number: str) -> str:
    """In which of them a sum of this size is spoken of.

    >>> usual_unit("元", "93000000"), usual_unit("元", "930000000"), usual_unit("公里", "18.6")
    ('万元', '亿元', '公里')
    """
    if unit not in YUAN_IN:
        return unit or "%"
    size = abs(Decimal(number or 0))
    return "亿元" if size >= YUAN_IN["亿元"] else "万元" if size >= YUAN_IN["万元"] else "元"


def in_base_unit(number: str, unit: str) -> str:
    """A sum of money in 元, any other number as it is; empty for none. Raises ``Refusal`` ``bad-number``.

    >>> in_base_unit("9300", "万元"), in_base_unit("13.4", "公里")
    ('93000000', '13.4')
    """
    if not number:
        return ""
    try:
        text = canonical(number)
        if unit not in YUAN_IN:
            return text
        return canonical((Decimal(text) * YUAN_IN[unit]).normalize() + 0)
    except (ValueError, InvalidOperation) as wrong:
        raise Refusal("bad-number", f"“{number[:40]}”不是数。请只写阿拉伯数字，可以有小数点。") from wrong
