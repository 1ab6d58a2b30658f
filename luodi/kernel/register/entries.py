"""What people type into the register, checked: each function gives the value to keep or refuses with words for a person."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from luodi.kernel.refusal import Refusal
from luodi.kernel.register.codes import compact, credit_code_valid, identity_number_valid

_MOBILE = re.compile(r"(?:\+?86)?(1[3-9][0-9]{9})")
_LANDLINE = re.compile(r"0[0-9]{2,3}[0-9]{7,8}")
_DIVISION_CODE = re.compile(r"[0-9]{6}|[0-9]{9}|[0-9]{12}")


def name(text: str, what: str, longest: int) -> str:
    """A name on one line: trimmed, composed (NFC), with single spaces."""
    kept = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
    if not kept:
        raise Refusal("name-missing", f"{what}没有填。请写上{what}，最多{longest}个字。")
    if len(kept) > longest:
        raise Refusal("name-too-long", f"{what}有{len(kept)}个字，最多{longest}个字。请写短一些。")
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs") for sign in kept):
        raise Refusal("name-unprintable", f"{what}里有看不见的符号。请重新手工输入，不要粘贴。")
    return kept


def credit_code(text: str) -> str:
    """A unified social credit code, or nothing."""
    if not text.strip():
        return ""
    if not credit_code_valid(text):
        raise Refusal(
            "credit-code-wrong",
            f"统一社会信用代码“{compact(text)[:30]}”通不过校验。应为18位，末位是校验位；请对照证照再输一次，没有可以不填。",
        )
    return compact(text)


def identity_number(text: str | None) -> str | None:
    """A resident identity number, or nothing. The number is never said back."""
    if not text or not text.strip():
        return None
    if not identity_number_valid(text):
        raise Refusal(
            "identity-number-wrong",
            "身份证号通不过校验。应为18位，末位是校验位；请对照证件再输一次，可以不填。",
        )
    return compact(text)


def phone(text: str | None) -> str | None:
    """A mobile or landline number as digits, or nothing. The number is never said back."""
    if not text or not text.strip():
        return None
    digits = re.sub(r"[\s()()-]", "", unicodedata.normalize("NFKC", text))
    if mobile := _MOBILE.fullmatch(digits):
        return mobile[1]
    if _LANDLINE.fullmatch(digits):
        return digits
    raise Refusal("phone-wrong", "电话号码认不出。请填11位手机号，或带区号的座机号；可以不填。")


def division_code(text: str, what: str = "行政区划代码", *, required: bool = False) -> str:
    """A division code of 6, 9 or 12 digits (GB/T 2260 and its extension for statistics), or nothing."""
    code = compact(text)
    if not code and not required:
        return ""
    if not _DIVISION_CODE.fullmatch(code):
        raise Refusal("division-code-wrong", f"{what}得到“{code[:20]}”，应为6、9或12位数字。请查对后再填。")
    return code


def area_mu(text: str) -> str:
    """An area in mu as a canonical decimal, or nothing."""
    if not text.strip():
        return ""
    try:
        area = Decimal(unicodedata.normalize("NFKC", text).replace(",", "").strip())
    except InvalidOperation:
        area = Decimal("NaN")
    if not area.is_finite() or not 0 <= area < 10**9:
        raise Refusal("area-wrong", f"面积得到“{text[:20]}”，应为以亩计的数，例如 12.5。请改后再存。")
    return format(area, "f")
