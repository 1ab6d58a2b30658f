"""The cases of the invented district: every state is there, nothing was refused, and whoever comes in finds work."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.parse
import urllib.request
from collections import Counter
from pathlib import Path

import pytest

from luodi.website.demonstration.log_ins import PASSWORD
from luodi.website.demonstration.script import read_district, read_script
from tests.command_line.served import free_port, served
from tests.command_line.test_demonstration import asked, count

LATE = 3  # days that lift an overdue slip by a level
TASK = re.compile(r'<li class="ld-task">')
TONE = re.compile(r'<li class="ld-task"><div class="ld-when"><span><span class="ld-light ld-(\w+)">')


def told(kind: str) -> int:
    return sum(each.kind == kind for each in read_script().cases)


def states(data: Path, kind: str) -> Counter[str]:
    return Counter(
        dict(asked(data, f"SELECT state, count(*) FROM luodi_cases_case WHERE kind = '{kind}' GROUP BY 1"))
    )


def test_every_case_of_the_script_was_opened_and_every_move_made(demonstration_once: Path) -> None:
    script = read_script()
    assert count(demonstration_once, "cases_case") == len(script.cases)
    moves = Counter(move.move for each in script.cases for move in each.moves)
    signed = moves.pop("sign")
    assert count(demonstration_once, "cases_step", "signed_at IS NOT NULL") == signed
    by_people = count(demonstration_once, "cases_step", "post_id IS NOT NULL")
    assert by_people == len(script.cases) + moves.total()


def test_slips_stand_in_every_state_and_every_way_of_ending(demonstration_once: Path) -> None:
    found = states(demonstration_once, "supervision")
    assert found.total() == told("supervision") >= 14
    assert set(found) == {
        *("initiated", "assigned", "reported", "concluded", "under_review", "rectifying", "suspended"),
        *("evaluated", "withdrawn", "terminated", "merged"),
    }
    made = {move for (move,) in asked(demonstration_once, "SELECT DISTINCT move FROM luodi_cases_step")}
    assert {"refute", "contest", "answer_review", "extend", "resume", "return", "escalate"} <= made


def test_disputes_go_well_and_ill(demonstration_once: Path) -> None:
    found = states(demonstration_once, "mediation")
    assert found.total() == told("mediation") >= 8
    assert {"performed", "breached", "failed", "not_agreed", "performing", "in_session"} <= set(found)
    duties = dict(asked(demonstration_once, "SELECT state, count(*) FROM luodi_cases_duty GROUP BY 1"))
    assert duties["kept"] > duties["broken"] >= 1
    assert duties["open"] >= 2
    made = {move for (move,) in asked(demonstration_once, "SELECT DISTINCT move FROM luodi_cases_step")}
    assert {"confirmed", "prolong", "hand_over", "breach"} <= made


def test_a_slip_is_about_a_promise_that_was_past_its_day(demonstration_once: Path) -> None:
    about = asked(
        demonstration_once,
        """SELECT k.number, s.due_until < k.opened_on FROM luodi_supervision_slip l
           JOIN luodi_cases_case k ON k.id = l.case_id
           JOIN luodi_commitments_standing s ON s.commitment_id = l.subject""",
    )
    assert len(about) == told("supervision")
    assert [number for number, is_past in about if not is_past] == []


def test_most_slips_stand_on_a_paper_that_the_district_has(demonstration_once: Path) -> None:
    papers = asked(
        demonstration_once,
        """SELECT l.case_id FROM luodi_supervision_slip l
           WHERE EXISTS (SELECT 1 FROM luodi_documents_source d WHERE d.title = l.order_paper)""",
    )
    assert len(papers) >= 10


def test_what_stayed_overdue_was_lifted_on_its_day(demonstration_once: Path) -> None:
    [(number,)] = asked(
        demonstration_once,
        """SELECT count(*) FROM luodi_cases_step s JOIN luodi_cases_clock c ON c.case_id = s.case_id
           WHERE s.move = 'escalate' AND s.post_id IS NULL AND c.name = 'answer'
             AND (julianday(s.at) - julianday(c.due_at)) IN (3.0, 6.0, 9.0)""",
    )
    lifted = count(demonstration_once, "cases_step", "move = 'escalate' AND post_id IS NULL")
    assert lifted >= LATE
    assert 0 < number <= lifted


def test_who_did_the_work_checked_none_of_it(demonstration_once: Path) -> None:
    own = """SELECT k.number FROM luodi_cases_step s JOIN luodi_cases_case k ON k.id = s.case_id
             WHERE s.move IN ('check', 'refute', 'kept', 'broken', 'close') AND s.unit_of_id = k.unit_id"""
    assert asked(demonstration_once, own) == []


def test_the_script_of_cases_names_only_what_there_is() -> None:
    script, district = read_script(), read_district()
    units = {unit["key"] for unit in district["unit"]}
    names = [each.name for each in script.cases]
    assert len(set(names)) == len(names)
    assert {each.doer for each in script.cases} | {each.verifier for each in script.cases} <= units | {""}
    assert {move.by for each in script.cases for move in (each.begun, *each.moves)} <= units
    promises = {(promise.page, promise.near) for promise in script.promises}
    assert {each.about for each in script.cases if each.about} <= promises
    for each in script.cases:
        days = [move.day for move in (each.begun, *each.moves)]
        assert days == sorted(days), each.name
    papers = {str(each.begun.answers.get("order_paper", "")) for each in script.cases}
    assert len({paper for paper in papers if paper in script.pages}) >= 4


def test_those_at_odds_are_told_by_neutral_words_and_lie_sealed(demonstration_once: Path) -> None:
    """No name of anybody stands in a dispute, and not even the neutral words lie open in the database."""
    given = [str(each.begun.answers["parties"]) for each in read_script().cases if each.kind == "mediation"]
    assert all(words.startswith("甲方") and "乙方" in words for words in given)
    kept = asked(demonstration_once, "SELECT CAST(parties AS TEXT) FROM luodi_mediation_dispute")
    assert len(kept) == len(given)
    assert not any("甲方" in str(parties) for (parties,) in kept)


@pytest.fixture(scope="module")
def inboxes(demonstration_once: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Counter[str]]:
    """The lights of each log-in's inbox as the demonstration starts, with those that are paused."""
    import shutil

    data = shutil.copytree(demonstration_once, tmp_path_factory.mktemp("inboxes") / "data")
    with served(data, "--port", str(free_port())) as up:
        return {
            login: lights(up.address, login)
            for login in ("minzheng", "zhujian", "shuili", "shenji", "ducha", "quzhang")
        }


def lights(address: str, login: str) -> Counter[str]:
    """Come in and look into the inbox."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def page(path: str, **fields: str) -> str:
        sent = urllib.parse.urlencode(fields).encode() if fields else None
        request = urllib.request.Request(address + path, sent, {"Referer": address})
        with browser.open(request, timeout=60) as answer:
            return str(answer.read().decode())

    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page("desk/login"))
    assert token is not None
    page("desk/login", csrfmiddlewaretoken=token[1], login=login, password=PASSWORD)
    shown = page("desk/inbox") + page("desk/inbox?light=paused")
    found = Counter(TONE.findall(shown))
    assert found.total() == len(TASK.findall(shown))
    return found


@pytest.mark.parametrize("login", ["minzheng", "zhujian", "shuili", "shenji", "ducha", "quzhang"])
def test_whoever_comes_in_finds_work_that_is_late_and_work_that_is_near(
    inboxes: dict[str, Counter[str]], login: str
) -> None:
    found = inboxes[login]
    assert 3 <= found.total() <= 8, found
    assert found["bad"] >= 1
    assert found["warn"] >= 1


def test_a_matter_whose_clock_stands_still_waits_with_the_office(inboxes: dict[str, Counter[str]]) -> None:
    assert inboxes["ducha"].total() - sum(inboxes["ducha"][tone] for tone in ("bad", "warn", "good")) == 1
