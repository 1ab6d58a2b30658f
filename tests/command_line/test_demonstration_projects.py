"""The key projects of the invented district: every stage, every light, a plan lowered in autumn, bottlenecks in every state."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

from luodi.areas.projects.playbook import PLAYBOOK
from luodi.areas.projects.stages import STAGE
from luodi.website.demonstration.project_script import project_turns
from luodi.website.demonstration.script import read_district, read_script
from tests.command_line.test_demonstration import asked, count
from tests.command_line.test_demonstration_cases import states

FILE = "luodi_projects_file"


def test_every_project_of_the_script_is_on_the_books(demonstration_once: Path) -> None:
    told = read_script().projects
    assert len(told) >= 50
    assert count(demonstration_once, "projects_file") == len(told)
    levels = {frozenset(each.levels.split()) for each in told}
    assert frozenset({"provincial", "city", "district"}) in levels, "on three lists, counted once"
    at = {stage for (stage,) in asked(demonstration_once, f"SELECT DISTINCT stage FROM {FILE}")}
    assert at == set(STAGE)


def test_every_month_was_filled_in_and_signed_by_two(demonstration_once: Path) -> None:
    script = read_script()
    turns = [turn for told in script.projects for turn in project_turns(told, script.today.date())]
    filled = sum(turn.act in ("fill", "again") for turn in turns)
    assert count(demonstration_once, "projects_monthly_report") == filled > 400
    signed = sum(turn.act == "sign" for turn in turns)
    assert count(demonstration_once, "projects_monthly_report", "state = 'signed'") == signed
    assert 0 < filled - signed < 5, "somebody is late"
    own = "filler_post_id = head_post_id"
    assert count(demonstration_once, "projects_monthly_report", own) == 0
    [(first, last)] = asked(
        demonstration_once, "SELECT min(month), max(month) FROM luodi_projects_monthly_report"
    )
    assert (first, last) == ("2023-10-01", "2026-08-01")


def test_sites_stand_still_in_winter(demonstration_once: Path) -> None:
    winter = "strftime('%m', month) IN ('01', '12') AND done > 0"
    assert count(demonstration_once, "projects_monthly_report", winter) < 10
    assert (
        count(demonstration_once, "projects_monthly_report", "strftime('%m', month) = '06' AND done > 0") > 30
    )


def test_a_plan_was_lowered_in_autumn_and_both_versions_stand(demonstration_once: Path) -> None:
    [(name, first, now, day)] = asked(
        demonstration_once,
        f"""SELECT j.name, a.annual, b.annual, b.from_day FROM luodi_projects_plan_version a
            JOIN luodi_projects_plan_version b ON b.file_id = a.file_id AND b.year = a.year AND b.version = a.version + 1
            JOIN {FILE} f ON f.id = a.file_id JOIN luodi_register_project j ON j.id = f.project_id""",
    )
    assert name == "岚北片区海绵城市示范"
    assert now < first
    assert day == "2026-09-08"


def test_no_plan_and_no_funding_is_more_than_the_whole(demonstration_once: Path) -> None:
    for each in read_script().projects:
        assert sum(each.plans.values()) + each.before <= each.total, each.name
        assert sum(each.mix.values()) <= each.total, each.name
        assert all(sum(each.monthly(year)) == amount for year, amount in each.plans.items()), each.name


def test_bottlenecks_stand_in_every_state(demonstration_once: Path) -> None:
    found = states(demonstration_once, "bottleneck")
    assert set(found) == {state.name for state in PLAYBOOK.states} | {"closed", "withdrawn"}
    lifted = asked(
        demonstration_once,
        """SELECT k.title, count(*) FROM luodi_cases_step s JOIN luodi_cases_case k ON k.id = s.case_id
           WHERE k.kind = 'bottleneck' AND s.move = 'escalate' GROUP BY 1""",
    )
    assert max(times for _, times in lifted) >= 2, "one climbed two levels"
    made = {
        move
        for (move,) in asked(
            demonstration_once,
            """SELECT DISTINCT s.move FROM luodi_cases_step s JOIN luodi_cases_case k ON k.id = s.case_id
               WHERE k.kind = 'bottleneck'""",
        )
    }
    assert {"defer", "defer_again", "refute", "deny", "return", "extend", "confirm", "no_progress"} <= made
    says = {
        words
        for (words,) in asked(demonstration_once, "SELECT DISTINCT owner_says FROM luodi_projects_bottleneck")
    }
    assert {"solved", "partly", "unreached"} <= says


def test_leaders_are_posts_and_two_projects_changed_hands_with_both_signatures(
    demonstration_once: Path,
) -> None:
    taken = asked(
        demonstration_once,
        "SELECT given_on IS NOT NULL, taken_on IS NOT NULL FROM luodi_projects_leader WHERE after_id IS NOT NULL",
    )
    assert taken == [(1, 1), (1, 1)]
    assert count(demonstration_once, "projects_visit") > 25
    assert count(demonstration_once, "projects_visit", "NOT is_working") >= 2


def test_photos_are_drawn_near_their_sites_and_may_be_seen(demonstration_once: Path) -> None:
    found = asked(
        demonstration_once,
        f"""SELECT p.by_hand, k.is_public, p.point, f.site FROM luodi_projects_report_photo p
            JOIN luodi_projects_monthly_report r ON r.id = p.report_id JOIN {FILE} f ON f.id = r.file_id
            JOIN luodi_files_file k ON k.id = p.kept_id""",
    )
    assert len(found) >= 25
    assert {(by_hand, is_public) for by_hand, is_public, _, _ in found} == {(0, 1)}


def test_projects_are_tied_to_promises_and_sentences(demonstration_once: Path) -> None:
    script = read_script()
    tied = dict(asked(demonstration_once, "SELECT kind, count(*) FROM luodi_register_link GROUP BY 1"))
    assert tied["delivers"] == sum(each.promise is not None for each in script.projects) >= 25
    assert tied["named_in"] == sum(len(each.sentences) for each in script.projects) >= 15


def test_the_script_of_projects_names_only_what_there_is() -> None:
    script, district = read_script(), read_district()
    units = {unit["key"] for unit in district["unit"]}
    posts = units | {post["key"] for post in district["post"]}
    promises = {(promise.page, promise.near) for promise in script.promises}
    names = [each.name for each in script.projects]
    assert len(set(names)) == len(names)
    for each in script.projects:
        assert each.owner in units | set(script.owners), each.name
        assert {each.lead, each.town} <= units, each.name
        assert {post for _, post in each.leaders} <= posts, each.name
        assert each.promise is None or each.promise in promises, each.name
        days = [day for day, _, _ in each.stages]
        assert days == sorted(days), each.name
        assert days[-1] <= dt.date(2026, 9, 22), each.name
    about = {each.project for each in script.cases if each.kind == "bottleneck"}
    assert about <= set(names)


def test_explanations_stand_in_every_state_with_their_remedies(demonstration_once: Path) -> None:
    said = asked(
        demonstration_once,
        f"""SELECT j.name, e.accepted, e.remedy != '', d.kind, d.light FROM luodi_projects_explanation e
            JOIN {FILE} f ON f.id = e.file_id JOIN luodi_register_project j ON j.id = f.project_id
            LEFT JOIN luodi_cases_due_item d ON d.subject = f.id AND d.kind IN ('project_explanation', 'project_remedy')
            ORDER BY e.at, d.kind""",
    )
    assert said == [
        ("岚东片区更新二期", 1, 1, "project_remedy", "red"),
        ("岚江航电枢纽", 1, 1, "project_remedy", "green"),
        ("青岚陆港多式联运", None, 1, "project_explanation", "green"),
        ("青岚陆港多式联运", None, 1, "project_remedy", "green"),
    ]


def test_a_library_was_left_and_another_project_stands_in_two(demonstration_once: Path) -> None:
    libraries = f"""SELECT j.name, l.meaning, l.until FROM luodi_projects_library_entry l
        JOIN {FILE} f ON f.id = l.file_id JOIN luodi_register_project j ON j.id = f.project_id"""
    assert asked(demonstration_once, f"{libraries} WHERE l.until IS NOT NULL") == [
        ("岚湖音乐小镇", "planning", "2025-07-14")
    ]
    assert ("青岚陆港多式联运", "provincial", None) in asked(demonstration_once, libraries)


def test_a_sentence_of_the_statistics_bureau_waits_to_be_quoted(demonstration_once: Path) -> None:
    """It is tied to its project; nobody has quoted it yet."""
    [(title, amount, quoted)] = asked(
        demonstration_once,
        f"""SELECT d.title, g.number, (SELECT count(*) FROM luodi_projects_statistical_figure q WHERE q.file_id = f.id)
            FROM luodi_register_link l JOIN {FILE} f ON f.project_id = l.source
            JOIN luodi_documents_statement s ON s.id = l.target JOIN luodi_documents_source d ON d.id = s.source_id
            JOIN luodi_documents_reading r ON r.statement_id = s.id JOIN luodi_documents_figure g ON g.reading_id = r.id
            WHERE l.kind = 'named_in' AND d.title LIKE '%统计局%' AND g.unit = '元'""",
    )
    assert title.startswith("青岚区统计局")
    assert (Decimal(amount), quoted) == (6_997_000, 0)


def test_a_site_lies_where_nobody_lives() -> None:
    """In the open sea: no real place is meant."""
    for each in read_script().projects:
        east, north = (float(part) for part in each.site.split(","))
        assert 124.3 < east < 124.8, each.name
        assert 31.1 < north < 31.4, each.name
