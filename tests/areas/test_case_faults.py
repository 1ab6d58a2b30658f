"""Two people on one case, a clock set back, a database server that goes and comes back: each loses nothing and is told."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, connections

from luodi.kernel.cases import actions
from luodi.kernel.cases.models import Case, CaseClock, DueItem, Step
from luodi.kernel.ledger.verify import verify
from tests.areas.case_town import CaseTown, at, found
from tests.kernel.test_two_writers import one_after_the_other, told


@pytest.fixture
def town(committed_database: Path) -> CaseTown:
    return found()


def handed_out(town: CaseTown) -> Case:
    with at(9, 1):
        return town.move(town.slip(), "assign", "区督查室")


def is_sound(data: Path, case: Case) -> None:
    """The rows are what the events say; what is due is what runs."""
    assert [str(finding) for finding in verify(data) if finding.is_wrong] == []
    running = CaseClock.objects.filter(case=case, stopped_at=None).values_list("name", flat=True)
    assert set(DueItem.objects.filter(subject=case.id).values_list("name", flat=True)) == set(running)


def test_of_two_answers_at_once_one_is_written_and_the_other_told(
    town: CaseTown, committed_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = handed_out(town)

    def answer() -> Any:
        by = town.actors["区住建局"]
        return actions.move(case, "report", by=by, answers={"answer": "已经通水"}, seen="assigned")

    assert told(one_after_the_other(monkeypatch, answer, answer)) == "changed-meanwhile"
    assert Step.objects.filter(case=case, move="report").count() == 1
    is_sound(committed_database, case)


def test_an_answer_and_a_withdrawal_at_once_leave_one_end(
    town: CaseTown, committed_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = handed_out(town)
    given = {"reason": "立项有误"}
    acts = (
        lambda: actions.move(case, "withdraw", by=town.actors["区督查室"], answers=given),
        lambda: actions.move(case, "report", by=town.actors["区住建局"], answers={"answer": "已经通水"}),
    )
    assert told(one_after_the_other(monkeypatch, *acts)) == "not-from-here"
    assert Case.objects.get(pk=case.id).outcome == "withdrawn"
    is_sound(committed_database, case)


def test_two_ticks_at_once_turn_each_light_once(
    town: CaseTown, committed_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [handed_out_again(town, number) for number in range(5)]
    turned: list[int] = []
    begin = threading.Barrier(2)

    def tick() -> None:
        begin.wait(30)
        with at(9, 30, 23):
            turned.append(actions.tick())
        connections.close_all()

    threads = [threading.Thread(target=tick) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(turned) == len(cases)
    assert set(DueItem.objects.values_list("light", flat=True)) == {"amber"}
    with at(9, 30, 23):
        assert actions.tick() == 0


def handed_out_again(town: CaseTown, number: int) -> Case:
    with at(9, 1):
        return town.slip(f"c{number:013}")


def test_a_clock_set_back_moves_no_deadline_and_loses_no_step(
    town: CaseTown, committed_database: Path
) -> None:
    case = handed_out(town)
    before = CaseClock.objects.get(case=case, name="answer")
    with at(8, 30):
        town.move(case, "report", "区住建局", answer="已经通水")
    after = CaseClock.objects.get(case=case, name="answer")
    assert (after.due_on, after.started_at) == (before.due_on, before.started_at)
    assert list(Step.objects.filter(case=case).order_by("id").values_list("move", flat=True)) == [
        "initiate",
        "assign",
        "report",
    ]
    is_sound(committed_database, case)


@pytest.mark.only_on("postgresql")
def test_a_connection_that_breaks_takes_nothing_half_and_the_next_act_goes_through(
    town: CaseTown, committed_database: Path
) -> None:
    case = handed_out(town)
    steps = Step.objects.count()
    pid = _pid()

    def broken(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('INSERT INTO "luodi_ledger_event"'):
            _end_backend(pid)
        return execute(sql, params, many, context)

    with at(9, 3):
        with connection.execute_wrapper(broken), pytest.raises(OperationalError):
            actions.move(case, "report", by=town.actors["区住建局"], answers={"answer": "已经通水"})
        connection.close()
        assert Step.objects.count() == steps
        assert town.move(case, "report", "区住建局", answer="已经通水").state == "reported"
    is_sound(committed_database, case)


def _pid() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _end_backend(pid: int) -> None:
    """As a server that is restarted ends every connection."""
    import psycopg

    with psycopg.connect(os.environ["LUODI_TEST_POSTGRES"], autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])
