"""A clock that was set back: what was written later still counts as later, the board goes on, and every proof holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from luodi.kernel.clocks.now import SHANGHAI, held_at
from luodi.kernel.commitments import actions
from luodi.kernel.commitments.acts.turning import TURNED, turned_on
from luodi.kernel.commitments.models import Commitment, Report, Standing
from luodi.kernel.documents import actions as documents
from luodi.kernel.documents.lookups import sightings
from luodi.kernel.documents.models import Judgement
from luodi.kernel.ledger import rows
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.keys import verifier_key
from luodi.kernel.ledger.models import Checkpoint, Event
from luodi.kernel.ledger.proofs import check, proof_of
from luodi.kernel.ledger.sealing import seal
from luodi.kernel.ledger.verify import verify
from tests.kernel.promises import DAY, District, founded, refused

DAYS = dt.timedelta(days=1)


def clock(hour: int, day: dt.date = DAY) -> Any:
    """Within: it is ``hour`` on ``day``, as the machine believes."""
    return held_at(dt.datetime.combine(day, dt.time(hour), SHANGHAI))


@pytest.fixture(autouse=True)
def _ids_go_back_with_the_clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in a process started after the clock was set back: the ids that it makes begin lower again and again."""
    numbers = iter(range(10**6, 0, -1))
    with monkeypatch.context() as patched:
        patched.setattr(rows, "new_id", lambda letter: f"{letter}{next(numbers):013}")
        yield


@pytest.fixture
def district(committed_database: Path) -> District:
    with clock(9):
        return founded()


def test_the_latest_report_is_the_one_written_last(district: District, committed_database: Path) -> None:
    doer, office = district.actor("区教育局"), district.actor("区督查室")
    with clock(15):
        commitment, file = district.adopt(), district.kept_file()
        actions.report_done(commitment, by=doer, as_of=DAY, number=10, unit="所", evidence=file)
    with clock(16):
        actions.send_back(commitment, by=office, reason="没有看到")
    with clock(8):
        again = actions.report_done(commitment, by=doer, as_of=DAY, number=10, unit="所", evidence=file)
        assert Report.objects.order_by("id").last() == again
        finding = actions.verify(commitment, by=office, number=10)
    assert finding.report_id == again.id
    assert Commitment.objects.get().state == "kept"
    assert Standing.objects.get().verified_on == DAY
    with clock(16):
        assert actions.rebuild() == []
    assert [str(found) for found in verify(committed_database) if found.is_wrong] == []


def test_what_is_dated_before_the_last_report_is_refused_in_words(district: District) -> None:
    doer = district.actor("区教育局")
    with clock(9):
        commitment = district.adopt()
        actions.report_progress(commitment, by=doer, as_of=DAY, number=4, unit="所")
    with clock(9, DAY - 2 * DAYS), refused("older-than-last"):
        actions.report_progress(commitment, by=doer, as_of=DAY - 2 * DAYS, number=5, unit="所")


def test_the_latest_judgement_and_sighting_are_those_written_last(district: District) -> None:
    with clock(15):
        source = district.paper()
        statement = district.statement(source)
        documents.judge(statement, "refuse", by=district.actor("区督查室"))
        documents.see_again(source, by=SYSTEM)
    with clock(8):
        documents.judge(statement, "undo", by=district.actor("区督查室"))
        documents.withdraw(source, by=SYSTEM)
    assert [row.verdict for row in Judgement.objects.order_by("id")] == ["refuse", "undo"]
    assert [event.kind for event in sightings(source)][-1] == "source.withdrawn"


def test_the_board_turns_back_once_and_on_again(district: District, committed_database: Path) -> None:
    with clock(9):
        district.adopt()
        actions.tick()
    with clock(9, DAY - 2 * DAYS):
        actions.tick()
        assert turned_on() == DAY - 2 * DAYS
        told = Event.objects.filter(kind=TURNED).count()
        actions.tick()
        assert Event.objects.filter(kind=TURNED).count() == told, "not again at every look"
    with clock(9):
        actions.tick()
        assert turned_on() == DAY
    assert [str(found) for found in verify(committed_database) if found.is_wrong] == []


def test_what_is_sealed_by_a_clock_set_back_is_proved_like_everything_else(
    district: District, committed_database: Path
) -> None:
    with clock(15):
        district.adopt()
        seal(committed_database)
    with clock(8):
        district.adopt()
        made = seal(committed_database)
    assert made is not None
    assert Checkpoint.objects.order_by("-size").first() == made
    assert [str(found) for found in verify(committed_database) if found.is_wrong] == []
    pinned = verifier_key(committed_database)
    assert all(check(proof_of(pk), pinned).holds for pk in Event.objects.values_list("id", flat=True))
