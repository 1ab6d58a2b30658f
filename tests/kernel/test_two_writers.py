"""Two people change one promise at the same moment, on two connections: one does it, the other is told, nothing is half done."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from luodi.kernel.commitments import actions
from luodi.kernel.commitments.models import Commitment, Report, Standing, Target, Verification
from luodi.kernel.commitments.standing import standings_of
from luodi.kernel.documents import actions as documents
from luodi.kernel.documents import lookups
from luodi.kernel.documents.models import Source
from luodi.kernel.ledger.action import SYSTEM, Action
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from luodi.kernel.refusal import Refusal
from tests.kernel.promises import DAY, District, at, founded, ten_by_new_year

Act = Callable[[], Any]


@pytest.fixture
def district(committed_database: Path) -> District:
    with at(DAY):
        return founded()


def one_after_the_other(monkeypatch: pytest.MonkeyPatch, first: Act, second: Act) -> list[Refusal | None]:
    """Both at once: ``second`` begins while ``first`` has written its rows and not yet ended. How each was refused."""
    inside, asked = threading.Event(), threading.Event()
    answers: list[Refusal | None] = [None, None]
    faults: list[BaseException] = []
    finish = Action._finish

    def finish_late(act: Action) -> Event:
        if threading.current_thread().name == "first":
            inside.set()
            assert asked.wait(30)
        return finish(act)

    def run(number: int, act: Act) -> None:
        try:
            if number == 1:
                assert inside.wait(30)
                asked.set()
            with at(DAY):
                act()
        except Refusal as refusal:
            answers[number] = refusal
        except BaseException as fault:
            faults.append(fault)
        finally:
            inside.set()
            connections.close_all()

    monkeypatch.setattr(Action, "_finish", finish_late)
    threads = [
        threading.Thread(target=run, args=(number, act), name=name)
        for number, (name, act) in enumerate((("first", first), ("second", second)))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    return answers


def is_sound(data: Path) -> None:
    """Every row is what its events say, and the board what its rows say."""
    assert [str(finding) for finding in verify(data) if finding.is_wrong] == []
    keys = list(Commitment.objects.values_list("pk", flat=True))
    with at(DAY):
        anew = {row.pk: row for row in standings_of(keys, DAY)}
    for row in Standing.objects.all():
        names = [field.attname for field in row._meta.concrete_fields]
        assert [getattr(row, n) for n in names] == [getattr(anew[row.pk], n) for n in names]


def told(answers: list[Refusal | None]) -> str:
    """The code by which the second, and only the second, was refused."""
    assert answers[0] is None
    assert answers[1] is not None
    assert answers[1].message.endswith("。")
    return answers[1].code


def test_of_two_reports_of_done_one_is_written(
    district: District, committed_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at(DAY):
        commitment, file, other = district.adopt(), district.kept_file(), district.kept_file()
    by = district.actor("区教育局")
    acts = [
        lambda file=file: actions.report_done(
            commitment, by=by, as_of=DAY, number=10, unit="所", evidence=file
        )
        for file in (file, other)
    ]
    before = Event.objects.count()
    assert told(one_after_the_other(monkeypatch, *acts)) == "impossible-move"
    assert (Event.objects.count(), Report.objects.count()) == (before + 1, 1)
    assert Report.objects.get().evidence_id == file.id
    is_sound(committed_database)


def test_a_report_sent_twice_is_written_once(
    district: District, committed_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at(DAY):
        commitment = district.adopt()
    by = district.actor("区教育局")

    def report() -> Any:
        return actions.report_progress(commitment, by=by, as_of=DAY, number=4, unit="所", note="按月上报")

    assert told(one_after_the_other(monkeypatch, report, report)) == "sent-twice"
    assert Report.objects.count() == 1
    with at(DAY):
        actions.send_back(commitment, by=district.actor("区督查室"), reason="没有看到")
        report()
    assert Report.objects.count() == 2, "after it was sent back the same may be said again"
    is_sound(committed_database)


def test_of_two_reports_with_different_figures_both_are_written_in_their_order(
    district: District, committed_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at(DAY):
        commitment = district.adopt()
    by = district.actor("区教育局")
    acts = [
        lambda number=number: actions.report_progress(commitment, by=by, as_of=DAY, number=number, unit="所")
        for number in (4, 6)
    ]
    assert one_after_the_other(monkeypatch, *acts) == [None, None]
    assert list(Report.objects.order_by("id").values_list("number", flat=True)) == ["4", "6"]
    assert Standing.objects.get().share.startswith("0.6")
    is_sound(committed_database)


@pytest.mark.parametrize("order", [1, -1], ids=["verified first", "sent back first"])
def test_a_report_is_verified_or_sent_back_not_both(
    district: District, committed_database: Path, monkeypatch: pytest.MonkeyPatch, order: int
) -> None:
    with at(DAY):
        commitment = district.adopt()
        report = actions.report_done(
            commitment,
            by=district.actor("区教育局"),
            as_of=DAY,
            number=10,
            unit="所",
            evidence=district.kept_file(),
        )
    acts = [
        lambda: actions.verify(report, by=district.actor("区督查室"), number=10),
        lambda: actions.send_back(report, by=district.actor("区审计局"), reason="没有看到"),
    ]
    before = Event.objects.count()
    assert told(one_after_the_other(monkeypatch, *acts[::order])) in ("already-judged", "impossible-move")
    assert (Event.objects.count(), Verification.objects.count()) == (before + 1, 1)
    assert Commitment.objects.get().state == ("kept" if order == 1 else "open")
    is_sound(committed_database)


@pytest.mark.parametrize(
    ("numbers", "seen", "code"),
    [((8, 8), None, "nothing-changed"), ((8, 6), 1, "changed-meanwhile")],
    ids=["the same", "another"],
)
def test_of_two_changes_of_a_target_the_second_is_told_of_the_first(
    district: District,
    committed_database: Path,
    monkeypatch: pytest.MonkeyPatch,
    numbers: tuple[int, int],
    seen: int | None,
    code: str,
) -> None:
    with at(DAY):
        commitment, paper = district.adopt(), district.paper()
    acts = [
        lambda number=number: actions.change_target(
            commitment,
            by=district.actor("区督查室"),
            goal=ten_by_new_year(number=str(number)),
            reason="调整",
            adopting_source=paper,
            seen=seen,
        )
        for number in numbers
    ]
    assert told(one_after_the_other(monkeypatch, *acts)) == code
    assert list(Target.objects.order_by("version").values_list("number", flat=True)) == ["10", "8"]
    is_sound(committed_database)


def test_a_sentence_is_adopted_once(
    district: District, committed_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at(DAY):
        statement = district.statement()
    assert (
        told(one_after_the_other(monkeypatch, *[lambda: district.adopt(statement=statement)] * 2))
        == "already-judged"
    )
    assert Commitment.objects.count() == 1
    is_sound(committed_database)


def test_a_row_of_a_sheet_is_entered_once(
    district: District, committed_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at(DAY):
        file = district.kept_file()

    def enter() -> Any:
        return actions.enter_from_sheet(
            by=district.actor("区督查室"),
            file=file,
            cell="任务分解表!B7:F7",
            title="修通环城路",
            lead_unit=district.units["区住建局"],
            goal=ten_by_new_year(number=None, unit=""),
        )

    assert told(one_after_the_other(monkeypatch, enter, enter)) == "sent-twice"
    assert Commitment.objects.count() == 1
    is_sound(committed_database)


def test_two_that_are_merged_into_each_other_do_not_both_vanish(
    district: District, committed_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at(DAY):
        one, other = district.adopt(), district.adopt()
    by = district.actor("区督查室")
    acts = [
        lambda: actions.merge(one, into=other, by=by),
        lambda: actions.merge(other, into=one, by=by),
    ]
    assert told(one_after_the_other(monkeypatch, *acts)) == "cannot-take-in"
    assert sorted(Commitment.objects.values_list("state", flat=True)) == ["merged", "open"]
    is_sound(committed_database)


def test_a_page_that_goes_while_its_promise_changes_shows_on_the_board(
    district: District, committed_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at(DAY):
        source = district.paper()
        commitment = district.adopt(statement=district.statement(source))
    acts = [
        lambda: actions.change_target(
            commitment,
            by=district.actor("区督查室"),
            goal=ten_by_new_year(number="8"),
            reason="调整",
            adopting_source=source,
        ),
        lambda: documents.withdraw(source, by=SYSTEM),
    ]
    assert one_after_the_other(monkeypatch, *acts) == [None, None]
    standing = Standing.objects.get()
    assert (standing.gone, standing.changed) == (True, True)
    is_sound(committed_database)


PAGE = "青岚区发布消息\n发布时间:2026-09-20\n\n　　年内新建口袋公园5个。\n".encode()
SITES = ("https://qinglan.example/a", "https://yunchuan.example/b")


def test_the_same_page_from_two_sites_at_once_is_one_source_seen_twice(
    committed_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts = [lambda site=site: documents.intake(PAGE, address=site, by=SYSTEM) for site in SITES]
    assert one_after_the_other(monkeypatch, *acts) == [None, None]
    source = Source.objects.get()
    assert source.address == SITES[0]
    sightings = lookups.sightings(source)
    assert [event.kind for event in sightings] == ["source.kept", "source.seen_again"]
    assert [site in event.payload for site, event in zip(SITES, sightings, strict=True)] == [True, True]
    is_sound(committed_database)
