"""A month's report: filled by one, signed by another, on three bases; links for one month and one contact; lights."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from luodi.areas.projects import access, actions
from luodi.areas.projects.acts.reporting import Filled, PhotoGiven
from luodi.areas.projects.claimed import check_against
from luodi.areas.projects.claims import Claim
from luodi.areas.projects.indicators import totals
from luodi.areas.projects.lookups import counted, late_reports, months_of, standings
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.report_models import MonthlyReport, ReportingLink, ReportPhoto
from luodi.kernel.accounts.tokens import hash_of
from luodi.kernel.clocks.now import SHANGHAI, held_at
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from tests.areas.case_town import refused
from tests.areas.projects.project_town import WAN, ProjectTown, at, found, photo

pytestmark = pytest.mark.django_db
APRIL, MAY, SEPTEMBER = dt.date(2026, 4, 1), dt.date(2026, 5, 1), dt.date(2026, 9, 1)
NORTHERN = tuple(
    amount * WAN for amount in (0, 0, 1_000, 2_000, 2_500, 2_500, 2_500, 2_500, 2_000, 2_000, 2_000, 1_000)
)


@pytest.fixture
def town(data_folder: object) -> ProjectTown:
    return found()


@pytest.fixture
def file(town: ProjectTown) -> ProjectFile:
    with at(3, 20):
        return town.started()


def filled(done: int = 900 * WAN, **more: object) -> Filled:
    given = {"done": done, "physical_percent": 6, "as_of": dt.date(2026, 4, 28)}
    return Filled(**(given | more))  # type: ignore[arg-type]


def test_a_report_counts_once_filler_and_head_have_signed(town: ProjectTown, file: ProjectFile) -> None:
    with at(4, 30):
        report = actions.fill(file, APRIL, filled(paid=300 * WAN), by=town.actors["填报员"])
        assert months_of(file, APRIL) == []
        with refused("not-the-head"):
            actions.sign(report, by=town.actors["镇长"])
        with refused("waits-already"):
            actions.fill(file, APRIL, filled(), by=town.actors["项目员"])
        actions.sign(report, by=town.actors["总经理"])
        with refused("nothing-to-sign"):
            actions.sign(report, by=town.actors["总经理"])
    told = months_of(file, APRIL)
    assert [(each.done, each.paid, each.statistical) for each in told] == [(900 * WAN, 300 * WAN, None)]


def test_the_head_who_filled_in_does_not_sign(town: ProjectTown, file: ProjectFile) -> None:
    with at(4, 30):
        report = actions.fill(file, APRIL, filled(), by=town.actors["总经理"])
        with refused("same-hand"):
            actions.sign(report, by=town.actors["总经理"])


def test_who_does_not_do_the_project_reports_nothing(town: ProjectTown, file: ProjectFile) -> None:
    with at(4, 30), refused("not-the-doer"):
        actions.fill(file, APRIL, filled(), by=town.actors["核查科"])


def test_a_signed_report_is_followed_by_another_and_never_changed(
    town: ProjectTown, file: ProjectFile
) -> None:
    with at(4, 30):
        first = town.reported(file, APRIL, 9_000 * WAN, 6)
    with at(5, 6):
        with refused("words-missing"):
            actions.fill(file, APRIL, filled(), by=town.actors["填报员"])
        again = actions.fill(file, APRIL, filled(reason="多写了一个零"), by=town.actors["填报员"])
        assert months_of(file, APRIL)[0].done == 9_000 * WAN
        actions.sign(again, by=town.actors["总经理"])
    first.refresh_from_db()
    assert (first.done, first.state, again.version) == (9_000 * WAN, "signed", 2)
    assert months_of(file, APRIL)[0].done == 900 * WAN


def test_a_report_that_was_sent_back_is_filled_in_again(town: ProjectTown, file: ProjectFile) -> None:
    with at(4, 30):
        report = actions.fill(file, APRIL, filled(), by=town.actors["填报员"])
        actions.sign(report, by=town.actors["总经理"], agrees=False)
        assert actions.fill(file, APRIL, filled(800 * WAN), by=town.actors["填报员"]).version == 2


@pytest.mark.parametrize(
    ("month", "wrong", "code"),
    [
        (APRIL, {"as_of": dt.date(2026, 5, 1)}, "day-to-come"),
        (MAY, {}, "no-month"),
        (dt.date(2026, 4, 2), {}, "no-month"),
        (APRIL, {"done": -1}, "money-wrong"),
        (APRIL, {"paid": 10**15}, "money-wrong"),
        (APRIL, {"physical_percent": 101}, "percent-wrong"),
        (APRIL, {"photos": [PhotoGiven(b"\xff\xd8\xff not a photo", "a.jpg")]}, "picture-broken"),
    ],
)
def test_what_cannot_be_is_refused(
    town: ProjectTown, file: ProjectFile, month: dt.date, wrong: dict[str, object], code: str
) -> None:
    with at(4, 30), refused(code):
        actions.fill(file, month, filled(**wrong), by=town.actors["填报员"])  # type: ignore[arg-type]
    assert not MonthlyReport.objects.exists()


def test_before_the_start_there_is_nothing_to_report(town: ProjectTown) -> None:
    with at(4, 30):
        early = town.file()
        with refused("not-reporting"):
            actions.fill(early, APRIL, filled(), by=town.actors["填报员"])


def test_a_photo_tells_when_and_where(town: ProjectTown, file: ProjectFile) -> None:
    with at(4, 30):
        with refused("photo-untold"):
            actions.fill(
                file, APRIL, filled(photos=[PhotoGiven(photo(), "现场.jpg")]), by=town.actors["填报员"]
            )
        given = PhotoGiven(photo(), "现场.jpg", "基坑", dt.date(2026, 4, 20), "117.580,34.770")
        actions.fill(file, APRIL, filled(photos=[given]), by=town.actors["填报员"])
    kept = ReportPhoto.objects.get()
    assert (kept.taken_on, kept.point, kept.by_hand) == (dt.date(2026, 4, 20), "117.580,34.770", True)


@pytest.mark.parametrize("place", ["工地", "34.770,117.580", "117.58", "999.0,34.0"])
def test_a_place_is_longitude_and_latitude(town: ProjectTown, file: ProjectFile, place: str) -> None:
    given = PhotoGiven(photo(), "现场.jpg", "", dt.date(2026, 4, 20), place)
    with at(4, 30):
        with refused("point-wrong"):
            actions.fill(file, APRIL, filled(photos=[given]), by=town.actors["填报员"])
        with refused("point-wrong"):
            actions.correct_file(file, by=town.actors["综合科"], reason="核对地点", site=place)


def test_statistics_are_quoted_with_their_paper_after_capture(town: ProjectTown, file: ProjectFile) -> None:
    office, day = town.actors["综合科"], dt.date(2026, 4, 28)
    with at(5, 10):
        with refused("not-in-statistics"):
            actions.import_statistics(file, APRIL, 700 * WAN, by=office, as_of=day, paper="统计局四月表")
        actions.enter_library(file, "statistical", by=office, since=dt.date(2026, 4, 15), paper="统计局回执")
        with refused("words-missing"):
            actions.import_statistics(file, APRIL, 700 * WAN, by=office, as_of=day, paper="")
        actions.import_statistics(file, APRIL, 700 * WAN, by=office, as_of=day, paper="统计局四月表")
        assert [each.statistical for each in months_of(file, APRIL)] == [700 * WAN]
        assert access.statistics_for(office).count() == 1
        assert not access.statistics_for(town.actors["填报员"]).exists()


def test_a_link_opens_one_month_of_one_project_to_one_contact(town: ProjectTown, file: ProjectFile) -> None:
    office = town.actors["综合科"]
    with at(4, 28):
        _, token = actions.issue_link(file, APRIL, "filler", by=office, contact="填报的人")
        with refused("same-contact"):
            actions.issue_link(file, APRIL, "head", by=office, contact="填报的人")
        _, head = actions.issue_link(file, APRIL, "head", by=office, contact="负责人")
    with at(4, 30):
        with refused("link-closed"):
            actions.fill_by_link(head, filled())
        with refused("nothing-to-sign"):
            actions.sign_by_link(head)
        report = actions.fill_by_link(token, filled())
        assert (report.file_id, report.month, report.filler_post_id) == (file.id, APRIL, None)
        with refused("link-closed"):
            actions.sign_by_link(token)
        actions.sign_by_link(head)
    assert [each.done for each in months_of(file, APRIL)] == [900 * WAN]
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_a_link_ends_after_thirty_days_or_when_it_is_revoked(town: ProjectTown, file: ProjectFile) -> None:
    office = town.actors["综合科"]
    with at(4, 28):
        link, token = actions.issue_link(file, APRIL, "filler", by=office, contact="填报的人")
    with held_at(dt.datetime(2026, 5, 28, 9, 59, tzinfo=SHANGHAI)):
        assert actions.fill_by_link(token, filled()).state == "filled"
    with at(5, 28), refused("link-closed"):
        actions.fill_by_link(token, filled())
    with at(4, 29):
        actions.revoke_link(link, by=office)
        with refused("link-closed"):
            actions.fill_by_link(token, filled())
        with refused("link-closed"):
            actions.fill_by_link("no such token", filled())


def test_a_second_link_takes_the_place_of_the_first(town: ProjectTown, file: ProjectFile) -> None:
    office = town.actors["综合科"]
    with at(4, 28):
        _, first = actions.issue_link(file, APRIL, "filler", by=office, contact="某甲")
        _, second = actions.issue_link(file, APRIL, "filler", by=office, contact="某乙")
        with refused("link-closed"):
            actions.fill_by_link(first, filled())
        with refused("not-the-office"):
            actions.issue_link(file, APRIL, "filler", by=town.actors["填报员"], contact="某丙")
        with refused("day-to-come"):
            actions.fill_by_link(second, filled(as_of=dt.date(2026, 4, 29)))


def test_only_the_hash_of_a_token_is_kept(town: ProjectTown, file: ProjectFile) -> None:
    with at(4, 28):
        link, token = actions.issue_link(
            file, APRIL, "filler", by=town.actors["综合科"], contact="不该出现的人"
        )
    assert ReportingLink.objects.get().token_hash == hash_of(token)
    told = "".join(payload + closed for payload, closed in Event.objects.values_list("payload", "closed"))
    assert token not in told
    assert "不该出现的人" not in told
    assert link.id in told


def test_standing_and_lights_come_from_plan_and_signed_reports(town: ProjectTown, file: ProjectFile) -> None:
    with at(3, 25):
        actions.set_plan(file, 2026, NORTHERN, by=town.actors["综合科"])
        actions.enter_library(
            file, "statistical", by=town.actors["综合科"], since=dt.date(2026, 3, 22), paper="统计局回执"
        )
    for month, done in zip(range(3, 10), (1_000, 1_500, 2_000, 2_000, 2_300, 2_000, 2_000), strict=True):
        with at(month + 1, 2):
            town.reported(file, dt.date(2026, month, 1), done * WAN, month * 5)
    (row,) = standings([file], SEPTEMBER)
    assert row.year is not None
    assert (row.year.current.completion, row.year.current.gap) == (Fraction(64, 100), Fraction(-11, 100))
    assert row.light is not None
    assert (row.light.colour, row.light.rule) == ("amber", "projects.light.progress@2025-01-01")
    (card,) = standings([file], SEPTEMBER, scheme="wuhan")
    assert card.light is not None
    assert card.light.colour == "green"
    assert row.told is not None
    assert row.told.done == 2_000 * WAN
    assert totals(counted([row, row])).projects == 1


def test_a_claim_is_checked_against_the_register(town: ProjectTown, file: ProjectFile) -> None:
    with at(3, 25):
        actions.set_plan(file, 2026, (100 * 10**10, *(0,) * 11), by=town.actors["综合科"])
    with at(4, 30):
        town.reported(file, APRIL, 155 * 10**10 // 2, 6)
        town.reported(file, dt.date(2026, 3, 1), 155 * 10**10 // 2, 3)
    rows = standings([file], APRIL)
    assert check_against(Claim(done=Decimal(155), percent=Decimal(155)), rows).standing == "supported"
    assert check_against(Claim(done=Decimal(130), percent=Decimal(155)), rows).standing == "contradicted"
    assert check_against(Claim(done=Decimal(130), percent=Decimal(155)), []).standing == "unverified"


def test_many_projects_take_a_bounded_number_of_queries(
    town: ProjectTown, django_assert_num_queries: object
) -> None:
    with at(3, 20):
        files = [town.started() for _ in range(4)]
        for each in files:
            actions.set_plan(each, 2026, NORTHERN, by=town.actors["综合科"])
    for some in (files[:1], files):
        with django_assert_num_queries(7):  # type: ignore[operator]
            assert len(standings(some, SEPTEMBER)) == len(some)


def test_who_is_late_is_listed_from_the_sixth_on(town: ProjectTown, file: ProjectFile) -> None:
    with at(4, 30):
        actions.fill(file, APRIL, filled(), by=town.actors["填报员"])
        silent = town.started(on=dt.date(2026, 4, 10))
        later = town.started(on=dt.date(2026, 4, 30))
        town.file()
    files = list(ProjectFile.objects.order_by("id"))
    assert late_reports(files, APRIL, dt.date(2026, 5, 5)) == []
    late = late_reports(files, APRIL, dt.date(2026, 5, 8))
    assert [(each.file.id, each.state, each.days) for each in late] == [
        (silent.id, "", 3),
        (later.id, "", 3),
        (file.id, "filled", 3),
    ]


def test_a_reason_excuses_only_once_another_unit_accepted_it(town: ProjectTown) -> None:
    with at(9, 1):
        waiting = town.file()
    with at(9, 25):
        why = actions.explain(waiting, "start", SEPTEMBER, "等待供电方案批复", by=town.actors["项目员"])
        assert _start_light(waiting) == "red"
        with refused("not-the-office"):
            actions.judge_explanation(why, by=town.actors["项目员"], accepts=True)
        actions.judge_explanation(why, by=town.actors["综合科"], accepts=True)
        with refused("judged-already"):
            actions.judge_explanation(why, by=town.actors["主任"], accepts=False)
    assert _start_light(waiting) == "green"


def _start_light(file: ProjectFile) -> str:
    (row,) = standings([file], SEPTEMBER, scheme="yinchuan")
    assert row.light is not None
    return row.light.colour
