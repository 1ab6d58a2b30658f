"""Privacy: every field has exactly one class, and nothing of a person gets out where it does not belong."""

from __future__ import annotations

import logging
import sys

import pytest
from django.apps import apps
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.models import Event, Secret
from luodi.kernel.privacy import masks
from luodi.kernel.privacy.classes import Privacy
from luodi.kernel.privacy.scrubbing import Scrubbing, scrub
from luodi.kernel.privacy.sealed_field import SealedTextField
from luodi.kernel.privacy.sealing import SealBroken, open_text, seal_text
from luodi.kernel.privacy.showing import HIDDEN, public_values, shown
from luodi.kernel.privacy.unclassed import faults
from luodi.kernel.register import actions
from luodi.kernel.register.models import Person

# planted below; all invented, the numbers in an unassigned region
NAME, PHONE, IDENTITY, PLATE = "欧阳小满", "13800001234", "990101199001010019", "鲁D12345"
SENTENCE = f"姓名：{NAME}，电话{PHONE}，身份证{IDENTITY}，车牌{PLATE}，王建国先生同来"


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label.startswith("luodi_")]


def test_every_field_of_every_model_has_exactly_one_class() -> None:
    assert len(ours()) > 20
    assert faults(ours()) == []


def test_whatever_is_sensitive_of_a_person_lies_sealed_in_the_database() -> None:
    fields = [
        model._meta.get_field(name)
        for model in ours()
        for name in set(model.PRIVACY.sensitive) & set(model.PRIVACY.personal)  # type: ignore[attr-defined]
    ]
    assert len(fields) >= 6
    assert [str(field) for field in fields if not isinstance(field, SealedTextField)] == []


def test_a_field_without_a_class_is_found() -> None:
    class Odd(models.Model):
        PRIVACY = Privacy(public=("id", "name", "gone"), sensitive=("name",), personal=("name",))
        name = models.CharField(max_length=9)
        forgotten = models.CharField(max_length=9)

        class Meta:
            app_label = "odd"
            managed = False

    class Bare(models.Model):
        class Meta:
            app_label = "odd"
            managed = False

    found = "\n".join(faults([Odd, Bare]))
    for word in (
        "forgotten: has no",
        "gone: is classed but",
        "name: is classed twice",
        "personal and public",
    ):
        assert word in found
    assert "cannot be emptied" in "\n".join(faults([_personal_and_required()]))
    assert "Bare: has no PRIVACY" in found
    apps.all_models.pop("odd")
    apps.clear_cache()


def _personal_and_required() -> type[models.Model]:
    class Required(models.Model):
        PRIVACY = Privacy(public=("id",), internal=("name",), personal=("name",))
        name = models.CharField(max_length=9)

        class Meta:
            app_label = "odd"
            managed = False

    return Required


@pytest.mark.parametrize(
    ("masked", "expected"),
    [
        (masks.mask_name("张三"), "张*"),
        (masks.mask_name("张小满"), "张**"),
        (masks.mask_name("欧阳小满"), "欧阳**"),
        (masks.mask_name("欧阳"), "欧*"),
        (masks.mask_name(""), ""),
        (masks.mask_phone(PHONE), "138****1234"),
        (masks.mask_phone("7700123"), "*****23"),
        (masks.mask_identity_number(IDENTITY), "990************019"),
        (masks.mask_identity_number("12345"), "*****"),
        (masks.mask_plate("鲁D·12345"), "鲁D***45"),
        (masks.mask_plate("鲁D"), "**"),
    ],
)
def test_masks(masked: str, expected: str) -> None:
    assert masked == expected


@given(st.text("0123456789", min_size=1, max_size=20))
def test_a_masked_number_never_shows_more_than_seven_digits(number: str) -> None:
    for mask in (masks.mask_phone, masks.mask_identity_number, masks.mask_plate):
        hidden = mask(number)
        assert len(hidden) == len(number)
        assert sum(sign != "*" for sign in hidden) <= 7


def test_what_a_field_shows_depends_on_who_looks() -> None:
    somebody = Person(name=NAME, phone=PHONE, identity_number=IDENTITY)
    assert shown(somebody, "id", "anybody") == somebody.id
    assert {shown(somebody, field, "anybody") for field in ("name", "phone", "identity_number")} == {HIDDEN}
    assert shown(somebody, "name", "staff") == NAME
    assert shown(somebody, "phone", "staff") == "138****1234"
    assert shown(somebody, "identity_number", "staff") == "990************019"
    assert shown(somebody, "phone", "task") == PHONE
    assert shown(Person(name=None), "name", "anybody") is None
    assert public_values(somebody) == {"id": somebody.id}
    with pytest.raises(LookupError):
        shown(somebody, "nickname", "staff")


def test_free_text_is_scrubbed() -> None:
    cleaned = scrub(SENTENCE)
    for planted in (NAME, PHONE, IDENTITY, PLATE, "王建国"):
        assert planted not in cleaned
    assert scrub(f"{NAME}到场", known=[NAME]) == "〔略〕到场"


@pytest.mark.parametrize(
    "written",
    [
        "+86 138-0000-1234",
        "138 0000 1234",
        "0999-7700123",
        "99010119900101001x",
        "鲁D·12345",
        "鲁DD12345",
        "a.b+c@example.org",
    ],
)
def test_numbers_are_found_however_they_are_written(written: str) -> None:
    assert scrub(f"看{written}。") != f"看{written}。"
    assert not any(part in scrub(f"看{written}。") for part in ("1234", "7700", "9900", "12345", "example"))


@pytest.mark.parametrize(
    "harmless",
    [
        "改造小区138个，投资1380.5万元",
        "2026年9月22日",
        "第12345号",
        "鲁政发〔2026〕12号",
        "c01jkzbzcpwf28",
        "",
    ],
)
def test_what_is_about_nobody_stays(harmless: str) -> None:
    assert scrub(harmless) == harmless


def test_a_log_line_and_its_traceback_hold_nothing_planted() -> None:
    try:
        raise ValueError(SENTENCE)
    except ValueError:
        given = sys.exc_info()
    record = logging.LogRecord("luodi", logging.ERROR, __file__, 1, "went wrong: %s", (SENTENCE,), given)
    assert Scrubbing(lambda: [NAME]).filter(record)
    written = logging.Formatter().format(record)
    assert "went wrong" in written
    for planted in (NAME, PHONE, IDENTITY, PLATE, "王建国"):
        assert planted not in written


@pytest.mark.django_db
def test_nothing_of_a_person_stands_open_in_the_ledger() -> None:
    actions.enter_person(name=NAME, phone=PHONE, identity_number=IDENTITY, by=SYSTEM)
    for model in (Event, Secret):
        for row in model.objects.all():
            for field in row._meta.concrete_fields:
                value = getattr(row, field.attname)
                written = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                for planted in (NAME, PHONE, IDENTITY):
                    assert planted.encode() not in written
    assert Secret.objects.count() == 1


@given(st.text(max_size=60))
def test_sealed_text_opens_only_where_it_belongs(plain: str) -> None:
    sealed = seal_text(plain, purpose="second factor", row="w0000000000000")
    assert open_text(sealed, purpose="second factor", row="w0000000000000") == plain
    for purpose, row in (("second factor", "w0000000000001"), ("other", "w0000000000000")):
        with pytest.raises(SealBroken):
            open_text(sealed, purpose=purpose, row=row)
    with pytest.raises(SealBroken):
        open_text(sealed[:-4] + "AAA=", purpose="second factor", row="w0000000000000")


def test_under_another_key_nothing_opens(settings: object) -> None:
    sealed = seal_text("x", purpose="second factor", row="w0000000000000")
    settings.SECRET_KEY = "another"
    with pytest.raises(SealBroken):
        open_text(sealed, purpose="second factor", row="w0000000000000")
