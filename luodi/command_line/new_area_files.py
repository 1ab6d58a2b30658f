"""The small files of a mechanism that ``bin/luodi new-area`` writes: one that works, to be changed line by line."""

from __future__ import annotations

from string import Template

# where each goes, below the project's folder
FILES: dict[str, Template] = {
    "luodi/areas/$name/__init__.py": Template(
        '''"""$label: what its cases go through, what only they have, by which limits."""
'''
    ),
    "luodi/areas/$name/apps.py": Template(
        '''"""Django's handle on this area."""

from luodi.kernel.cases.area import AreaConfig


class ${camel}Config(AreaConfig):
    """Label luodi_$name."""

    name = "luodi.areas.$name"
    label = "luodi_$name"
'''
    ),
    "luodi/areas/$name/models.py": Template(
        '''"""What only a case of this kind has. A move's ask with the name of a field is kept in that field."""

from __future__ import annotations

from django.db import models

from luodi.kernel.cases.models import CaseDetails
from luodi.kernel.privacy.classes import Privacy


class ${camel}Details(CaseDetails):
    """What it is about, in the words of whoever brought it."""

    PRIVACY = Privacy(internal=("id", "case", "matter"), personal=("matter",))

    matter = models.TextField(null=True)

    class Meta:
        app_label = "luodi_$name"
        db_table = "luodi_${name}_details"


DETAILS = ${camel}Details
'''
    ),
    "luodi/areas/$name/migrations/__init__.py": Template('"""Steps of this area\'s tables."""\n'),
    "luodi/areas/$name/migrations/0001_initial.py": Template(
        '''"""The details' own table."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("luodi_cases", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="${camel}Details",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("matter", models.TextField(null=True)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="luodi_cases.case"
                    ),
                ),
            ],
            options={
                "db_table": "luodi_${name}_details",
            },
        ),
    ]
'''
    ),
    "luodi/areas/$name/playbook.py": Template(
        '''"""$label, from the day it is brought to its end."""

from __future__ import annotations

from luodi.kernel.cases.playbook import Ask, Clock, End, Measure, State
from luodi.kernel.cases.writing import REASON, move, playbook

_MATTER = Ask("matter", "什么事", "text")
_ANSWER = Ask("answer", "办理情况", "text")
_FINDING = Ask("finding", "核查情况", "text")
_EVIDENCE = Ask("evidence", "证据", "file", is_needed=False, hint="照片、文件都可以")

PLAYBOOK = playbook(
    "$name",
    "$label",
    source_title="待定的依据",
    states=(
        State("accepted", "受理", "doer", "办理并反馈"),
        State("answered", "反馈", "verifier", "核查办没办成"),
    ),
    ends=(
        End("closed", "办结", "done"),
        End("refused", "不予受理", "refused"),
    ),
    opens=(move("open", "受理", "→ accepted", "office", _MATTER),),
    moves=(
        move("answer", "反馈", "accepted → answered", "doer", _ANSWER, _EVIDENCE),
        move("refuse", "不予受理", "accepted → refused", "office", REASON),
        move("close", "核查属实，办结", "answered → closed", "verifier", _FINDING, _EVIDENCE),
        move("return", "核查不实，退回", "answered → accepted", "verifier", _FINDING, _EVIDENCE),
    ),
    suspends="accepted",
    clocks=(Clock("handle", "办理期限", ("accepted",)),),
    measures=(Measure("closed", "办结率", ("closed",), ("open",), says="办结的，占受理的"),),
)
'''
    ),
    "luodi/areas/$name/rules.toml": Template(
        """# ${label}的期限。evidence：✔ 读过全文 ◐ 读过摘引 ○ 没有核对 ⚙ 我们自己定的，区县可以改。

[[rule]]
name = "$name.handle"
title = "受理后办理"
limit = 10
clock = "workday"
source_title = "待定的依据"
article = "还没有找到条文"
evidence = "⚙"
effective_from = 2015-01-01
"""
    ),
    "tests/areas/test_$name.py": Template(
        '''"""$label: from the day it is brought to its end, and what it refuses."""

from __future__ import annotations

import datetime as dt

import pytest

from luodi.kernel.cases import actions
from luodi.kernel.cases.models import Case, DueItem
from tests.areas.case_town import CaseTown, at, found, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(data_folder: object) -> CaseTown:
    return found()


def opened(town: CaseTown) -> Case:
    """Given to the housing bureau on Tuesday 1 September 2026."""
    with at(9, 1):
        return actions.open_case(
            "$name",
            by=town.actors["区督查室"],
            title="一件事",
            unit=town.units["区住建局"],
            post=town.posts["区住建局"],
            verifier_unit=town.units["区审计局"],
            answers={"matter": "路灯不亮"},
        )


def test_it_is_done_when_another_unit_finds_it_done(town: CaseTown) -> None:
    case = opened(town)
    with at(9, 3):
        town.move(case, "answer", "区住建局", answer="已经修好")
        with refused("other-party"):
            town.move(case, "close", "区住建局", finding="看过了")
        assert town.move(case, "close", "区审计局", finding="看过了").outcome == "done"


def test_it_is_due_by_the_rule(town: CaseTown) -> None:
    assert DueItem.objects.get(subject=opened(town).id).due_on == dt.date(2026, 9, 15)
'''
    ),
}
