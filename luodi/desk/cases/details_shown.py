"""What only one kind of case has, as a list of names and values: labels are the playbook's, sensitive values are masked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext

from luodi.desk.cases.masking import mask, opened
from luodi.desk.cases.one_case import OneCase
from luodi.desk.cases.subjects import SUBJECT, subject_of
from luodi.kernel.cases.playbook import Ask, Playbook
from luodi.kernel.privacy.sealed_field import is_held
from luodi.kernel.register.models import Post
from luodi.pages import days
from luodi.pages.phrases import Bit
from luodi.pages.promise_words import post_name
from luodi.pages.shapes import Fact


def details_of(one: OneCase, *, on_paper: bool = False) -> list[Fact]:
    """Every field that has a value, in the table's order; two queries, one more for each post or unit named.

    ``on_paper``: without the ways to what is masked.
    """
    if one.details is None:
        return []
    asked = asks_by_name(one.playbook)
    found = []
    for field in one.details._meta.concrete_fields:
        ask = asked.get(field.name)
        if ask is None or not is_held(one.details, field.name):
            continue
        if one.details.PRIVACY.class_of(field.name) == "sensitive" and not one.reads_sensitive:
            if on_paper:
                found.append(Fact(ask.label, (Bit(mask(one)),)))
                continue
            way = Bit(gettext("要看请写用途"), f"{one.href}/unmask/{field.name}")
            found.append(Fact(ask.label, (Bit(mask(one)), Bit("　"), way), gettext("每次查看都留记录")))
        elif (value := opened(one.details, field.name)) != "":
            found.append(_fact(one, ask, value))
    return found


def asks_by_name(playbook: Playbook) -> dict[str, Ask]:
    """The first question of each name that any move of the playbook asks."""
    found: dict[str, Ask] = {}
    for move in playbook.move_named.values():
        for ask in move.asks:
            found.setdefault(ask.name, ask)
    return found


def value_words(ask: Ask, value: Any) -> str:
    """An answer as people read it."""
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, dt.date):
        return days.full(value)
    if isinstance(value, Post):
        return post_name(value)
    if isinstance(value, models.Model):
        return str(getattr(value, "name", value.pk))
    return dict(ask.choices).get(str(value), str(value))


def _fact(one: OneCase, ask: Ask, value: Any) -> Fact:
    if ask.name in (one.playbook.unique_on, SUBJECT):
        subject = subject_of(str(value), one.actor, one.seen)
        if subject is None:
            return Fact(ask.label, (Bit(str(value)),), gettext("您的岗位看不到，或者已经不在"))
        return Fact(ask.label, (Bit(subject.title, subject.href),), subject.sort)
    return Fact(ask.label, (Bit(value_words(ask, value)),))
