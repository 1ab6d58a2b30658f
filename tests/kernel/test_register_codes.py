"""Check signs of credit codes and identity numbers: every single slip is found. All numbers are of an unassigned region."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.kernel.refusal import Refusal
from luodi.kernel.register import codes, entries

CREDIT = "91990000MA0000001B"
IDENTITY = "990101199001010019"
digits = st.text("0123456789", min_size=17, max_size=17)
credit_bodies = st.from_regex(r"\A[1-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}\Z")


@given(credit_bodies, st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_a_credit_code_with_one_wrong_sign_is_found_out(body: str, place: int, other: str) -> None:
    code = body + codes.credit_check_sign(body)
    assert codes.credit_code_valid(code)
    wrong = code[:place] + other + code[place + 1 :]
    assert codes.credit_code_valid(wrong) == (wrong == code)


@given(st.dates(), st.integers(0, 999), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_an_identity_number_with_one_wrong_sign_is_found_out(
    day: object, serial: int, place: int, other: str
) -> None:
    body = (
        f"990101{day:%Y%m%d}{serial:03}"
        if f"{day:%Y}".isdigit() and len(f"{day:%Y}") == 4
        else "99010119900101001"
    )
    number = body + codes.identity_check_sign(body)
    assert codes.identity_number_valid(number)
    wrong = number[:place] + other + number[place + 1 :]
    assert codes.identity_number_valid(wrong) == (wrong == number)


@given(credit_bodies, st.integers(0, 15))
def test_two_neighbours_exchanged_are_found_out(body: str, place: int) -> None:
    code = body + codes.credit_check_sign(body)
    turned = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert codes.credit_code_valid(turned) == (turned == code)


def test_numbers_are_taken_as_people_write_them() -> None:
    assert entries.credit_code("９１99 0000-ma00 0000 1b") == CREDIT
    assert entries.identity_number(" 990101 19900101 0019") == IDENTITY
    assert entries.phone("+86 138-0000-1234") == "13800001234"
    assert entries.phone("(0999) 7700123") == "09997700123"
    assert entries.credit_code("  ") == ""
    assert entries.identity_number(None) is None


@pytest.mark.parametrize(
    "number",
    ["", "99010119900230001X", "990101199013010011", "99010119900101001", "09010119900101001X", "九" * 18],
)
def test_what_is_no_identity_number(number: str) -> None:
    assert not codes.identity_number_valid(number)


def test_a_refused_number_of_a_person_is_not_said_back() -> None:
    for refused, value in ((entries.identity_number, "990101199001010018"), (entries.phone, "1380000123")):
        with pytest.raises(Refusal) as refusal:
            refused(value)
        assert value not in str(refusal.value)


@pytest.mark.parametrize("text", ["", " \u3000", "张\u200b三", "甲" * 61])
def test_a_name_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        entries.name(text, "姓名", 60)


@given(digits)
def test_an_area_is_kept_to_the_digit(text: str) -> None:
    number = f"{int(text[:6])}.{text[6:10]}"
    assert entries.area_mu(number) == number
