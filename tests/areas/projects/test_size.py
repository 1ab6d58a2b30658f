"""Lists of a large district ask, fetch and read no more than those of a small one; bench/projects.py has 5,000 × 60 months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from bench import project_rows
from bench.cost import Cost, cost_of
from bench.projects import FEWER, PAGES, addresses, allowed, client_for
from luodi.areas.projects import actions, standing_rows
from luodi.areas.projects.acts.reporting import Filled
from luodi.areas.projects.desk import late_page, ledger_page, wall_page
from luodi.areas.projects.listing import Wanted as Listed
from luodi.areas.projects.listing import cells, every, light_counts, sums_of
from luodi.areas.projects.lookups import late_reports, standings
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.public import list_page
from luodi.areas.projects.reckoning import LIGHT, last_reckoned
from luodi.areas.projects.standing_models import MonthStanding, StandingTally
from luodi.kernel.clocks.now import SHANGHAI, held_at
from tests.areas.projects.project_town import WAN, ProjectTown, at
from tests.areas.projects.project_town import found as found_town
from tests.database import unguarded

FEW = 120
MORE = FEW * (FEWER - 1)
LENGTH = 12  # rows of a page: few are enough to fill one, whatever is asked for


@pytest.fixture
def costs(committed_database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, list[Cost]]]:
    """What each page costs with few projects and with five times as many."""
    for screen in (ledger_page, late_page, list_page):
        monkeypatch.setattr(screen, "ON_A_PAGE", LENGTH)
    monkeypatch.setattr(wall_page, "ON_A_SCREEN", LENGTH)
    found: dict[str, list[Cost]] = {name: [] for name in PAGES}
    connection.ensure_connection()  # the guard watches every new one
    with held_at(dt.datetime.combine(project_rows.DAY, dt.time(9), SHANGHAI)), unguarded():
        made = project_rows.found(months=10, units=6, places=4)
        for more in (FEW, MORE):
            project_rows.fill(made, more, seed=more)
            for name, address in addresses(made, LENGTH).items():
                client = client_for(made, name)
                assert client.get(address).status_code == 200, address
                found[name].append(cost_of(lambda address=address, client=client: client.get(address)))  # type: ignore[misc]
        yield found


def test_no_page_asks_fetches_or_reads_more_where_there_are_more_projects(
    costs: dict[str, list[Cost]],
) -> None:
    for name, (few, many) in costs.items():
        assert many.queries <= PAGES[name].queries, (name, many)
        assert many.rows <= PAGES[name].rows, (name, many)
        # a list that is too long for a page asks where its next one is, and no more
        assert many.queries <= few.queries + 1, (name, few, many)
        assert many.rows <= few.rows * 1.5 + 20, (name, few, many)
        # a server reads small tables whole, since that is quicker
        if connection.vendor == "sqlite":
            assert many.read <= allowed(name, few, FEW + MORE), (name, few, many)


@pytest.fixture
def town(data_folder: object, db: object) -> ProjectTown:
    return found_town()


MARCH, APRIL, MAY = dt.date(2026, 3, 1), dt.date(2026, 4, 1), dt.date(2026, 5, 1)
PLAN = tuple(amount * WAN for amount in (0, 0, 1_000, 2_000, 2_000, 2_000, 1_000, 1_000, 1_000, 0, 0, 0))


def year(town: ProjectTown) -> list[ProjectFile]:
    """A year of every act that moves a light or a sum: plans, reports sent back and made again, reasons, libraries, stages."""
    office = town.actors["综合科"]
    made = []
    for number, done in enumerate((2_600, 1_500, 300)):
        with at(3, 20):
            made.append(town.started(project=town.project(f"第{number}号厂房")))
            actions.set_plan(made[-1], 2026, PLAN, by=office)
        for month in (APRIL, MAY):
            with at(month.month + 1, 2):
                town.reported(made[-1], month, done * WAN, 10, paid=done * WAN // 2)
    one, other, third = made
    with at(6, 3):
        actions.enter_library(one, "statistical", by=office, since=dt.date(2026, 4, 10), paper="回执")
        town.reported(other, APRIL, 9_000 * WAN, 12, reason="漏报了设备款")
        actions.set_plan(third, 2026, tuple(a // 2 for a in PLAN), by=office, paper="调整表", reason="减产")
        filled = Filled(done=70 * WAN, physical_percent=12, as_of=dt.date(2026, 6, 3))
        actions.sign(
            actions.fill(third, dt.date(2026, 6, 1), filled, by=town.actors["填报员"]),
            by=town.actors["总经理"],
            agrees=False,
        )
    with at(6, 4):
        made.append(town.file(stage="preparing"))
        why = actions.explain(made[-1], "start", MAY, "等待供电方案批复", by=town.actors["项目员"])
        actions.judge_explanation(why, by=office, accepts=True)
        actions.correct_file(
            other,
            by=office,
            reason="核对",
            paper="备案变更",
            levels=("district",),
            completion_planned=dt.date(2027, 5, 1),
        )
        shown = {"decision": actions.Shown("会议纪要1号")}
        actions.move_stage(
            third, "suspended", by=office, on=dt.date(2026, 6, 4), shown=shown, reason="资金没有到位"
        )
    return list(ProjectFile.objects.select_related("project").order_by("id"))


def test_every_act_leaves_the_rows_as_reckoning_gives_them(town: ProjectTown) -> None:
    files = year(town)
    with at(6, 15):
        assert standing_rows.differing() == ([], [])
        for month in (APRIL, MAY, dt.date(2026, 6, 1)):
            kept = {row.file_id: row for row in MonthStanding.objects.filter(month=month)}
            for row in standings(files, month):
                # one that came in June stands from May on, the last month that was over then
                if month == APRIL and row.file.opened_on == dt.date(2026, 6, 4):
                    assert row.file.id not in kept
                    continue
                mine = kept[row.file.id]
                assert LIGHT[mine.rank] == (row.light.colour if row.light else "none"), (month, row.file.id)
                assert mine.done == (row.year.current.done if row.year else None)
                assert mine.before + (mine.done or 0) == row.done_since_start
            late = {each.file.id for each in late_reports(files, month, dt.date(2026, 12, 31))}
            assert {key for key, row in kept.items() if 0 < row.owes < 4} == late


def test_the_tally_counts_what_the_rows_say(town: ProjectTown) -> None:
    year(town)
    with at(6, 15):
        whole = Listed(MAY)
        same = Listed(MAY, files=ProjectFile.objects.all())
        assert light_counts(cells(whole)) == light_counts(cells(same))
        assert sums_of(cells(whole)) == sums_of(cells(same))
        assert sums_of(cells(whole)).done == (2_600 * 2 + 1_500 + 9_000 + 300 * 2) * WAN
        assert sum(cell.number for cell in cells(Listed(MAY, level="district"))) == 1
        assert [len(files) for files in every(whole)] == [4]
        assert sum(cell.number for cell in cells(Listed(MAY, stage="suspended"))) == 1
        assert list(cells(Listed(dt.date(2020, 1, 1)))) == []


def test_what_was_changed_beside_the_acts_is_named_and_mended(town: ProjectTown) -> None:
    first, *_ = year(town)
    with at(6, 15), unguarded():
        MonthStanding.objects.filter(file=first, month=MAY).update(rank=3)
        StandingTally.objects.filter(month=APRIL).update(done=0)
        wrong, moved = standing_rows.differing()
        assert wrong == [first.id]
        assert {cell[0] for cell in moved} == {APRIL, MAY}
        assert standing_rows.turn() == 4
        StandingTally.objects.filter(month=APRIL).update(done=0)
        standing_rows.rebuild()
        assert standing_rows.differing() == ([], [])


def test_the_worker_reckons_ahead_and_again_when_a_rule_changes(
    town: ProjectTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = year(town)
    with at(6, 15):
        assert standing_rows.turn() == len(files)
        assert standing_rows.turn() == 0
        assert max(MonthStanding.objects.values_list("month", flat=True)) == dt.date(2026, 12, 1)
    with at(10, 2):
        assert last_reckoned(dt.date(2026, 10, 2)) == dt.date(2027, 12, 1)
        assert standing_rows.turn() == len(files)
        assert MonthStanding.objects.filter(month=dt.date(2027, 12, 1)).count() == len(files)
        assert standing_rows.turn() == 0
        monkeypatch.setattr(standing_rows, "rules_mark", lambda: "another")
        assert standing_rows.turn() == len(files)
        assert standing_rows.differing() == ([], [])
