"""What commitments and the documents they rest on do to each other: neither is changed behind the other's back."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from luodi.kernel.commitments import actions
from luodi.kernel.commitments.models import Commitment, Said, Standing
from luodi.kernel.documents import actions as documents
from luodi.kernel.documents.models import Judgement, Source, StatementKey
from luodi.kernel.files.store import read as read_kept
from luodi.kernel.ledger.action import SYSTEM, action
from luodi.kernel.ledger.models import Event
from tests.kernel.promises import DAY, District, at, founded, refused, ten_by_new_year

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def district() -> object:
    with at(DAY):
        yield founded()


def state_of(statement: StatementKey) -> str:
    return StatementKey.objects.get(pk=statement.pk).state


def is_gone(commitment: Commitment) -> bool:
    return Standing.objects.get(pk=commitment.pk).gone


def test_a_page_that_is_gone_shows_on_the_board_at_once_and_so_does_its_return(
    district: District, settings: object
) -> None:
    source = district.paper()
    both = [district.adopt(statement=district.statement(source)) for _ in range(2)]
    taken_back = district.adopt(statement=district.statement(source))
    actions.undo_adoption(taken_back, by=district.actor("区督查室"), reason="看错")
    elsewhere = district.adopt()
    before = Event.objects.count()
    documents.withdraw(source, by=SYSTEM)
    assert [is_gone(row) for row in (*both, taken_back, elsewhere)] == [True, True, False, False]
    assert Event.objects.count() == before + 1, "one change, one event"
    assert actions.tick() == 0, "nothing is left for the turn of the day"
    documents.intake(read_kept(settings.DATA, source.file.sha256), by=SYSTEM)
    assert [is_gone(row) for row in (*both, elsewhere)] == [False, False, False]
    assert actions.tick() == 0


def test_a_promise_that_later_plans_are_silent_about_stays_gone_when_its_page_comes_back(
    district: District,
) -> None:
    commitment = district.adopt()
    source = Source.objects.get()
    actions.note_silence(commitment, district.paper(), by=district.actor("区督查室"))
    documents.withdraw(source, by=SYSTEM)
    documents.see_again(source, by=SYSTEM)
    assert Source.objects.get(pk=source.pk).withdrawn_on is None
    assert is_gone(commitment)


def test_an_adoption_is_taken_back_with_its_commitment_or_not_at_all(district: District) -> None:
    statement, office = district.statement(), district.actor("区督查室")
    commitment = district.adopt(statement=statement)
    events, judgements = Event.objects.count(), Judgement.objects.count()
    with refused("adoption-stands"):
        documents.judge(statement, "undo", by=office)
    assert (Event.objects.count(), Judgement.objects.count()) == (events, judgements)
    assert state_of(statement) == "adopted"
    assert Commitment.objects.get(pk=commitment.pk).state == "open"
    actions.undo_adoption(commitment, by=office, reason="看错")
    assert state_of(statement) == "unread"
    documents.judge(statement, "refuse", by=office)
    documents.judge(statement, "undo", by=office)


def test_a_statement_whose_commitment_was_merged_is_not_taken_back_beside_it(district: District) -> None:
    statement, office = district.statement(), district.actor("区督查室")
    merged = district.adopt(statement=statement)
    actions.merge(merged, into=district.adopt(), by=office)
    with refused("adoption-stands"):
        documents.judge(statement, "undo", by=office)
    assert state_of(statement) == "merged"


@pytest.mark.parametrize(("role", "state"), [("claims", "kept"), ("repeats", "merged")])
def test_a_link_is_taken_down_where_it_hangs(district: District, role: str, state: str) -> None:
    statement, office = district.statement(kind="result"), district.actor("区督查室")
    said = actions.link_statement(district.adopt(), statement, role=role, by=office)
    with refused("link-stands"):
        documents.judge(statement, "undo", by=office)
    assert state_of(statement) == state
    actions.unlink_statement(said, by=office)
    assert state_of(statement) == "unread"


def test_what_a_newer_reading_reopened_is_judged_in_step_with_its_commitment(district: District) -> None:
    statement, office = district.statement(), district.actor("区督查室")
    district.adopt(statement=statement)
    with action("test.reopened", by=SYSTEM, subject=statement.id) as act:
        act.change(StatementKey.objects.get(pk=statement.pk), state="unread")
    for verdict in ("refuse", "keep", "merge"):
        with refused("adoption-stands"):
            documents.judge(statement, verdict, by=office)
    documents.judge(statement, "accept", by=office)
    assert state_of(statement) == "adopted"


def test_what_else_a_statement_speaks_of_never_hides_that_it_made_a_promise(district: District) -> None:
    statement, office = district.statement(), district.actor("区督查室")
    made, other = district.adopt(statement=statement), district.adopt()
    actions.change_target(
        other,
        by=office,
        goal=ten_by_new_year(number="8"),
        reason="调整",
        adopting=statement,
    )
    assert state_of(statement) == "adopted"
    actions.merge(made, into=other, by=office)
    said = actions.link_statement(district.adopt(), statement, role="claims", by=office)
    assert state_of(statement) == "merged"
    actions.unlink_statement(said, by=office)
    assert state_of(statement) == "merged"
    actions.unmerge(made, by=office)
    assert state_of(statement) == "adopted"


def test_a_sentence_that_made_two_promises_is_adopted_while_one_of_them_stands(district: District) -> None:
    statement, office = district.statement(), district.actor("区督查室")
    one = district.adopt(statement=statement)
    two = district.adopt(statement=statement, beside=[one.id])
    actions.merge(one, into=district.adopt(), by=office)
    assert state_of(statement) == "adopted"
    actions.undo_adoption(two, by=office, reason="看错")
    assert state_of(statement) == "merged"
    actions.unmerge(one, by=office)
    assert state_of(statement) == "adopted"
    actions.undo_adoption(one, by=office, reason="看错")
    assert state_of(statement) == "unread"


def test_an_adoption_taken_back_leaves_the_statement_what_its_other_links_make_it(district: District) -> None:
    statement, office = district.statement(), district.actor("区督查室")
    commitment, other = district.adopt(statement=statement), district.adopt()
    said = actions.link_statement(other, statement, role="evidence", by=office)
    actions.undo_adoption(commitment, by=office, reason="看错")
    assert state_of(statement) == "kept"
    actions.unlink_statement(said, by=office)
    assert state_of(statement) == "unread"
    assert Said.objects.filter(statement=statement, undone=False).count() == 0


def test_the_event_of_a_page_that_is_gone_says_where_it_was(district: District) -> None:
    source = district.paper()
    with at(DAY + dt.timedelta(1)):
        documents.withdraw(source, by=SYSTEM)
    event = Event.objects.get(kind="source.withdrawn")
    assert json.loads(event.payload)["data"] == {"address": ""}
    assert (event.subject, event.at.date()) == (source.id, DAY + dt.timedelta(1))
