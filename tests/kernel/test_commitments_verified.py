"""What the acts of commitments write, the ledger can rebuild; what is not in them, it finds."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.db import connection

from luodi.kernel.commitments import actions
from luodi.kernel.commitments.models import Commitment, Standing
from luodi.kernel.ledger.verify import verify
from tests.database import unguarded
from tests.kernel.promises import DAY, at, founded, ten_by_new_year


@pytest.fixture
def lived_in(committed_database: Path) -> Path:
    """A district in which every act was done once."""
    with at(DAY):
        district = founded()
        office, bureau = district.actor("区督查室"), district.actor("区教育局")
        kept = district.adopt(co_units=[district.units["区住建局"]], year=2026, reason="看过原文")
        actions.correct(kept, by=office, reason="看错一位", goal=ten_by_new_year(number="12"), co_units=[])
        change = district.statement(number="9", quote="年内建成9所幼儿园")
        actions.change_target(
            kept, by=office, goal=ten_by_new_year(number="9"), reason="调整", adopting=change
        )
        report = actions.report_progress(kept, by=bureau, as_of=DAY, number=4, unit="所", note="土建在做")
        actions.verify(report, by=office, number=3)
        for verdict in (actions.send_back, actions.verify):
            actions.report_done(
                kept,
                by=bureau,
                as_of=DAY,
                number=9,
                unit="所",
                evidence=actions.Upload(f"验收单{verdict}".encode(), "验收单.txt"),
            )
            verdict(kept, by=office, number=9, reason="到场看过")
        actions.reopen(kept, by=office, reason="有一所没有开门", evidence=district.kept_file())
        other = district.adopt()
        actions.unmerge(actions.merge(other, into=kept, by=office, reason="同一件"), by=office)
        link = actions.link_statement(other, district.statement(), role="repeats", by=office)
        actions.unlink_statement(link, by=office)
        actions.note_silence(other, district.paper(), by=office)
        actions.restore(actions.drop(other, by=office, reason="不办"), by=office, reason="又办")
        later = ten_by_new_year(due_until=dt.date(2027, 6, 30))
        actions.carry_over(other, by=office, year=2027, goal=later, reason="没办完")
        actions.undo_adoption(district.adopt(), by=office, reason="看错")
        answered = actions.object_to(kept.id, "门口还堆着土")
        actions.answer_objection(answered, "已经到场看过", by=office)
    with at(DAY + dt.timedelta(200)):
        actions.tick()
    return committed_database


def wrong(data: Path) -> list[str]:
    """The names of what verify finds wrong."""
    return [finding.name for finding in verify(data) if finding.is_wrong]


def test_every_row_is_rebuilt_from_its_events(lived_in: Path) -> None:
    assert wrong(lived_in) == []


def test_a_state_or_a_target_written_past_the_acts_is_found_and_named(lived_in: Path) -> None:
    row = Commitment.objects.order_by("id").first()
    target = row.targets.order_by("version").first()
    with unguarded(), connection.cursor() as cursor:
        cursor.execute("UPDATE luodi_commitments_commitment SET state = 'kept' WHERE id = %s", [row.id])
        cursor.execute("UPDATE luodi_commitments_target SET number = '1' WHERE id = %s", [target.id])
    named = wrong(lived_in)
    assert len(named) == 2
    for key in (row.id, target.id):
        assert any(key in name for name in named)


def test_the_derived_table_is_no_truth_and_is_made_anew(lived_in: Path) -> None:
    with unguarded(), connection.cursor() as cursor:
        cursor.execute("UPDATE luodi_commitments_standing SET board = 'kept'")
    assert wrong(lived_in) == []
    with at(DAY + dt.timedelta(200)):
        assert len(actions.rebuild()) == Standing.objects.exclude(board="kept").count() > 0
