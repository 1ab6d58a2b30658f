"""Doubts: caught and disturbed kind by kind on districts that no limit was fixed on, and found in the register's own rows."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model
from django.db.models.signals import post_init

import luodi.areas.projects
from luodi.areas.projects import actions
from luodi.areas.projects.acts.reporting import PhotoGiven
from luodi.areas.projects.doubts import KINDS, Doubt, Limits, doubts
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.observed import Observed
from luodi.areas.projects.watching import doubts_beside, observed_projects
from luodi.kernel.register import actions as register
from luodi.kernel.rules.book import RuleBook
from luodi.kernel.rules.lookups import rulebook
from luodi.kernel.rules.reading import read_rules
from tests.areas.projects import cheats
from tests.areas.projects.measured import FIXED_ON, JUDGED_ON, Score, scores
from tests.areas.projects.project_town import WAN, ProjectTown, at, found, photo

ROOT = Path(luodi.areas.projects.__file__).parents[3]
OCTOBER = dt.date(2026, 10, 1)
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
        found_out = doubts(observed_projects(files, OCTOBER), Limits.from_rules(rulebook(), OCTOBER))
    assert [(each.kind, each.project) for each in found_out] == [
        ("plan_lowered", file.id),
        ("photo_reused", file.id),
    ]
    assert "2026年04月" in found_out[1].words
    seen = {each.id: each for each in observed_projects(files, OCTOBER)}
    assert seen[file.id].kin == {beside.id}
    assert [shot.metres for each in seen[file.id].months for shot in each.shots] == [111, 111, 111]


def pair(town: ProjectTown) -> tuple[ProjectFile, ProjectFile]:
    """Two on one site that tell the same sum every month; a photo of the one, the other's, is shown again later."""
    with at(3, 20):
        one, other = (town.started(site=f"117.58{number},34.770") for number in range(2))
    for month in range(4, 11):
        with at(month + 1, 2):
            for file, number in ((one, month), (other, 4 if month == 9 else 20 + month)):
                shown = PhotoGiven(photo(number), "现场.jpg", "", dt.date(2026, month, 20), "117.580,34.771")
                town.reported(file, dt.date(2026, month, 1), 500 * WAN, month * 3, photos=[shown])
    return one, other


def test_of_the_owners_other_projects_only_what_may_be_asked_about_is_read(town: ProjectTown) -> None:
    """However many the owner has, as far away and as unlike as they are."""
    one, other = pair(town)
    places = (f"118.{number:03d},34.770" for number in range(100))

    def more(number: int) -> None:
        with at(4, 20):
            files = [town.started(site=next(places)) for _ in range(number)]
        with at(5, 2):
            for file in files:
                actions.set_plan(file, 2026, (100 * WAN,) * 12, by=town.actors["综合科"])
                town.reported(file, dt.date(2026, 4, 1), 70 * WAN, 3)

    def asked(file: ProjectFile) -> tuple[list[Doubt], Counter[type[Model]]]:
        built = Counter[type[Model]]()

        def count(sender: type[Model], **_given: Any) -> None:
            built[sender] += 1

        post_init.connect(count)
        try:
            others = ProjectFile.objects.exclude(pk=file.pk)
            return doubts_beside(file, others, OCTOBER), built
        finally:
            post_init.disconnect(count)

    more(2)
    files = list(ProjectFile.objects.select_related("project").order_by("id"))
    whole = doubts(observed_projects(files, OCTOBER), Limits.from_rules(rulebook(), OCTOBER))
    for file in (one, other, files[-1]):
        found_out, few = asked(file)
        about = [each for each in whole if file.id in (each.project, each.other)]
        assert sorted(found_out, key=str) == sorted(about, key=str)
    kinds = {each.kind for each in asked(other)[0]}
    assert {"packaged_twice", "photo_reused"} <= kinds
    few = asked(one)[1]
    more(5)
    assert asked(one)[1] == few
