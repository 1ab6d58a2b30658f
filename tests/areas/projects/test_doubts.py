"""Doubts: caught and disturbed kind by kind on districts that no limit was fixed on, and found in the register's own rows."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

import luodi.areas.projects
from luodi.areas.projects import actions
from luodi.areas.projects.acts.reporting import PhotoGiven
from luodi.areas.projects.doubts import KINDS, Limits, doubts
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.observed import Observed
from luodi.areas.projects.watching import doubts_about, observed_projects
from luodi.kernel.register import actions as register
from luodi.kernel.rules.book import RuleBook
from luodi.kernel.rules.reading import read_rules
from tests.areas.projects import cheats
from tests.areas.projects.measured import FIXED_ON, JUDGED_ON, Score, scores
from tests.areas.projects.project_town import WAN, ProjectTown, at, found, photo

ROOT = Path(luodi.areas.projects.__file__).parents[3]
LEAST_CAUGHT, MOST_DISTURBED = 0.80, 0.05


@pytest.fixture(scope="module")
def judged() -> dict[str, Score]:
    return scores(JUDGED_ON)


def test_a_district_is_large_enough_and_the_same_every_time() -> None:
    projects, truth = cheats.district(JUDGED_ON[0])
    assert len(projects) >= 120
    assert max(len(each.months) for each in projects) >= 34
    assert cheats.district(JUDGED_ON[0]) == (projects, truth)
    assert not set(FIXED_ON) & set(JUDGED_ON)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_caught_and_the_honest_are_left_in_peace(kind: str, judged: dict[str, Score]) -> None:
    score = judged[kind]
    assert score.cheats >= 25
    assert score.recall >= LEAST_CAUGHT, score
    assert score.disturbance <= MOST_DISTURBED, score


def test_the_page_tells_the_figures_that_were_measured(judged: dict[str, Score]) -> None:
    page = (ROOT / "docs" / "why" / "gaming.md").read_text("utf-8")
    for kind, score in judged.items():
        caught = f"{score.caught}/{score.cheats} | {score.recall:.1%}"
        told = f"| `{kind}` | {caught} | {score.disturbed}/{score.honest} | {score.disturbance:.2%} |"
        assert told in page, told


def test_limits_are_the_rule_in_force() -> None:
    book = RuleBook(
        read_rules((Path(luodi.areas.projects.__file__).parent / "rules.toml").read_text("utf-8"))
    )
    assert Limits.from_rules(book, dt.date(2026, 1, 1)) == Limits()
    rule = next(rule for rule in book.rules if rule.name == "projects.doubts")
    assert dict(rule.values) == asdict(Limits())


def test_a_finding_speaks_in_figures_and_accuses_nobody() -> None:
    projects, _ = cheats.district(3)
    for doubt in doubts(projects):
        assert doubt.kind in KINDS
        assert re.search("[0-9]", doubt.words)
        assert not re.search("造假|作弊|违规|虚报", doubt.words)


def test_projects_that_are_openly_linked_are_not_told_to_be_one() -> None:
    projects, truth = cheats.district(3)
    pairs = _told_twice(projects)
    package = next(each for each in projects if truth.get(each.id) == "packaged_twice" and pairs.get(each.id))
    pairs_of_it = pairs[package.id]
    linked = [
        replace(each, kin=frozenset(pairs_of_it)) if each.id == package.id else each for each in projects
    ]
    assert package.id not in _told_twice(linked)


def _told_twice(projects: list[Observed]) -> dict[str, set[str]]:
    """For each project those it is asked about together with."""
    pairs: dict[str, set[str]] = {}
    for doubt in doubts(projects):
        if doubt.kind == "packaged_twice":
            pairs.setdefault(doubt.project, set()).add(doubt.other)
            pairs.setdefault(doubt.other, set()).add(doubt.project)
    return pairs


def test_whoever_knows_the_limits_is_not_caught_by_figures_alone() -> None:
    """Said on the page, so that nobody takes silence for proof: these are found on site, not in reports."""
    page = (ROOT / "docs" / "why" / "gaming.md").read_text("utf-8")
    for kind, score in scores(JUDGED_ON[:3], sly=True).items():
        told = f"| `{kind}` | {score.caught}/{score.cheats} | {score.recall:.1%} |"
        assert told in page, told


# --- with rows ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def town(data_folder: object, db: object) -> ProjectTown:
    return found()


def test_the_registers_rows_are_asked_the_same_questions(
    town: ProjectTown, django_assert_max_num_queries: Any
) -> None:
    office, pictures = town.actors["综合科"], [photo(5), photo(6)]
    with at(3, 20):
        file = town.started(site="117.580,34.770")
        beside = town.started(site="117.581,34.770")
        actions.set_plan(file, 2026, (1_000 * WAN,) * 12, by=office)
        register.link("follows", beside.project_id, file.project_id, by=office)
    for month in range(4, 11):
        with at(month + 1, 2):
            shown = pictures[0] if month in (4, 9) else pictures[1] if month == 5 else b""
            given = (
                [PhotoGiven(shown, "现场.jpg", "", dt.date(2026, month, 20), "117.580,34.771")]
                if shown
                else []
            )
            town.reported(file, dt.date(2026, month, 1), 500 * WAN, month * 3, photos=given)
    with at(10, 15):
        actions.set_plan(file, 2026, (300 * WAN,) * 12, by=office, paper="纪要", reason="资金不到位")
    files = list(ProjectFile.objects.select_related("project").order_by("id"))
    with django_assert_max_num_queries(8):
        found_out = doubts_about(files, dt.date(2026, 10, 1))
    assert [(each.kind, each.project) for each in found_out] == [
        ("plan_lowered", file.id),
        ("photo_reused", file.id),
    ]
    assert "2026年04月" in found_out[1].words
    seen = {each.id: each for each in observed_projects(files, dt.date(2026, 10, 1))}
    assert seen[file.id].kin == {beside.id}
    assert [shot.metres for each in seen[file.id].months for shot in each.shots] == [111, 111, 111]
