"""What is due of a project beside cases: its next month, its leader's visit, an answer, a remedy; in inbox and notices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from luodi.areas.projects import actions, due_items
from luodi.areas.projects.acts.reporting import Filled
from luodi.areas.projects.models import Explanation
from luodi.kernel.accounts import actions as accounts
from luodi.kernel.cases import actions as cases
from luodi.kernel.cases.access import due_from
from luodi.kernel.cases.models import DueItem
from luodi.kernel.ledger.action import SYSTEM, Actor
from luodi.kernel.ledger.verify import verify
from luodi.kernel.notices.models import Notice
from luodi.kernel.refusal import Refusal
from tests.areas.projects.project_town import WAN, ProjectTown, at, found
from tests.areas.projects.test_screens import browser
from tests.desk.case_desk import text_of

pytestmark = pytest.mark.django_db
MARCH, APRIL = dt.date(2026, 3, 1), dt.date(2026, 4, 1)


@pytest.fixture
def town(data_folder: object) -> ProjectTown:
    return found()


def due(subject: str) -> list[tuple[str, str, str, dt.date, str]]:
    rows = DueItem.objects.filter(subject=subject).select_related("unit").order_by("due_on", "name")
    return [(row.kind, row.label, row.unit.name, row.due_on, row.light) for row in rows]


def test_the_next_month_is_due_from_its_owner_and_goes_on_when_it_is_signed(town: ProjectTown) -> None:
    with at(3, 20):
        early = town.file()
        assert [row[1] for row in due(early.id)] == ["按计划开工"], "works have not begun"
        file = town.started()
        owner = "青岚冷链有限公司"
        assert due(file.id) == [("project_report", "报3月的月报", owner, dt.date(2026, 4, 5), "green")]
    with at(4, 1):
        filled = Filled(done=100 * WAN, physical_percent=2, as_of=dt.date(2026, 3, 31))
        report = actions.fill(file, MARCH, filled, by=town.actors["填报员"])
        assert due(file.id)[0][1] == "签3月的月报"
        actions.sign(report, by=town.actors["总经理"], agrees=False)
        assert due(file.id)[0][1] == "改报3月的月报"
        town.reported(file, MARCH, 100 * WAN, 2)
        assert [row[1:4:2] for row in due(file.id)] == [("报4月的月报", dt.date(2026, 5, 5))]
        assert [item.title for item in due_from(town.actors["填报员"])] == [file.project.name]
    with at(4, 10):
        actions.move_stage(
            file, "suspended", by=town.actors["综合科"], on=dt.date(2026, 4, 10), reason="资金没有到位",
            shown={gate.name: actions.Shown("会议纪要") for gate in _gates("suspended")},
        )  # fmt: skip
        assert due(file.id) == []


def test_planned_days_are_due_from_the_responsible_unit_until_their_gate_is_passed(town: ProjectTown) -> None:
    with at(3, 2):
        file = town.file(completion_planned=dt.date(2026, 11, 30))
        assert due(file.id) == [("project_start", "按计划开工", "石桥镇", dt.date(2026, 3, 1), "red")]
        actions.correct_file(
            file,
            by=town.actors["综合科"],
            reason="开工推后",
            paper="备案变更",
            start_planned=dt.date(2026, 3, 16),
        )
        assert due(file.id) == [("project_start", "按计划开工", "石桥镇", dt.date(2026, 3, 16), "amber")]
    with at(3, 20):
        actions.move_stage(
            file, "newly_started", by=town.actors["综合科"], on=dt.date(2026, 3, 20),
            shown={"permit": actions.Shown("施许字1号"), "works": actions.Shown("监理日志3号")},
        )  # fmt: skip
        assert due(file.id)[-1] == (
            "project_completion", "按计划竣工", "石桥镇", dt.date(2026, 11, 30), "green",
        )  # fmt: skip
    with at(11, 10):
        cases.tick()
        assert due(file.id)[-1][4] == "amber", "fifteen working days before"
    with at(12, 1):
        cases.tick()
        assert due(file.id)[-1][4] == "red"
        actions.move_stage(
            file, "completed_works", by=town.actors["综合科"], on=dt.date(2026, 12, 1),
            shown={"acceptance": actions.Shown("竣验2026-9号")},
        )  # fmt: skip
        assert due(file.id) == []


def test_a_visit_is_due_from_the_leader_and_counts_from_the_last_one(town: ProjectTown) -> None:
    with at(3, 20):
        file = town.started()
        actions.assign_leader(
            file, town.posts["副区长"], by=town.actors["综合科"], since=dt.date(2026, 3, 20)
        )
        assert ("project_visit", "到现场走访", "区政府", dt.date(2026, 4, 19), "green") in due(file.id)
    with at(4, 21):
        cases.tick()
        (item,) = DueItem.objects.filter(subject=file.id, kind="project_visit")
        assert (item.light, item.post) == ("red", town.posts["副区长"])
        told = Notice.objects.filter(subject=file.id, what="red", post=town.posts["副区长"])
        assert [(each.label, each.says) for each in told] == [("重点项目走访", "到现场走访")]
        actions.record_visit(
            file, by=town.actors["副区长"], made_on=dt.date(2026, 4, 21), is_working=True, found="正在浇筑"
        )
        assert dt.date(2026, 5, 21) in [row[3] for row in due(file.id)]
        later = actions.assign_leader(
            file, town.posts["区长"], by=town.actors["综合科"], since=dt.date(2026, 4, 22)
        )
    with at(4, 22):
        for side in ("副区长", "区长"):
            actions.sign_hand_over(later, by=town.actors[side])
        (item,) = DueItem.objects.filter(subject=file.id, kind="project_visit")
        assert (item.post, item.due_on) == (town.posts["区长"], dt.date(2026, 5, 22))


def test_the_inbox_leads_to_the_project(town: ProjectTown) -> None:
    with at(3, 20):
        file = town.started()
        actions.assign_leader(
            file, town.posts["副区长"], by=town.actors["综合科"], since=dt.date(2026, 3, 20)
        )
    with at(4, 1):
        page = text_of(browser(town, "副区长").get("/desk/inbox"))
    assert f'href="/desk/projects/{file.id}"' in page
    assert "到现场走访" in page
    assert "重点项目走访" in page


def test_a_deferral_that_is_put_off_again_is_due_on_its_new_day(town: ProjectTown) -> None:
    office, leader = town.actors["综合科"], town.actors["区长"]
    with at(6, 1):
        file = town.file()
        case = actions.find_bottleneck(
            file, by=office, title="林地批不下来", matter="省里没有批", blocking="preparing"
        )
        cases.move(case, "classify", by=office, answers={
            "sort": "land", "asked_unit": town.units["区工信局"], "asked_act": "批复林地使用",
        })  # fmt: skip
        cases.move(case, "assign", by=office, answers={"unit": town.units["石桥镇"]})
        answers = {"reason": "要等省里", "higher_authority": "省林业局", "review_on": dt.date(2026, 6, 20)}
        cases.move(case, "defer", by=leader, answers=answers)
    assert ("bottleneck", dt.date(2026, 6, 20), "green") in [(row[0], row[3], row[4]) for row in due(case.id)]
    with at(6, 21):
        cases.tick()
        assert ("bottleneck", dt.date(2026, 6, 20), "red") in [(r[0], r[3], r[4]) for r in due(case.id)]
        cases.move(case, "defer_again", by=leader, answers={**answers, "review_on": dt.date(2026, 7, 20)})
        assert ("bottleneck", dt.date(2026, 7, 20), "green") in [(r[0], r[3], r[4]) for r in due(case.id)]


def _gates(stage: str) -> tuple[object, ...]:
    from luodi.areas.projects.stages import STAGE

    return STAGE[stage].gates


@pytest.fixture
def explained(town: ProjectTown) -> Explanation:
    """On a Monday in June: why works have not begun, and that they will by the end of the month."""
    with at(6, 1):
        return actions.explain(
            town.file(), "start", dt.date(2026, 5, 1), "征收还差两户没有签", by=town.actors["项目员"],
            remedy="由镇里月底前签完", until=dt.date(2026, 6, 30),
        )  # fmt: skip


def asked(file: str, *kinds: str) -> list[tuple[str, str, dt.date, str]]:
    rows = DueItem.objects.filter(subject=file, kind__in=kinds).select_related("unit", "post")
    return [
        (row.label, row.post.title if row.post else row.unit.name, row.due_on, row.light)
        for row in rows.order_by("due_on")
    ]


def told(file: str, light: str, label: str) -> list[str]:
    """Whom notices of that light reached."""
    rows = Notice.objects.filter(subject=file, what=light, label=label).select_related("unit", "post")
    return [row.post.title if row.post else row.unit.name for row in rows]


def test_an_explanation_that_nobody_answers_is_told_to_the_office(
    town: ProjectTown, explained: Explanation
) -> None:
    file, due = explained.file_id, dt.date(2026, 6, 8)
    words = "认可或不认可5月的说明（没有按期开工）"
    assert asked(file, "project_explanation") == [(words, "区项目办", due, "green")], "five working days"
    with at(6, 9):
        cases.tick()
        assert asked(file, "project_explanation") == [(words, "区项目办", due, "red")]
        assert told(file, "red", "重点项目说明") == ["区项目办"]
        cases.tick()
        assert told(file, "red", "重点项目说明") == ["区项目办"], "once, however often the tick goes"
        waiting = text_of(browser(town, "综合科").get("/desk/projects/explanations"))
        assert '<span class="ld-bad">最晚2026年6月8日答复，过了</span>' in waiting
        inbox = text_of(browser(town, "综合科").get("/desk/inbox"))
        assert words in inbox
        assert f'href="/desk/projects/{file}"' in inbox
        actions.judge_explanation(explained, by=town.actors["综合科"], accepts=True)
        assert asked(file, "project_explanation") == []


def test_an_explanation_is_answered_by_an_office_that_does_not_stand_in_line(town: ProjectTown) -> None:
    with at(6, 1):
        accounts.grant(town.posts["局长"], "office", scope=town.units["区工信局"], by=SYSTEM)
        file = town.file()
        month, until = dt.date(2026, 5, 1), dt.date(2026, 6, 30)
        for who, answers in (("局长", "区项目办"), ("项目员", "局长")):
            made = actions.explain(
                file, "start", month, "征收还差两户", by=town.actors[who], remedy="签完", until=until
            )
            assert [whose for _, whose, _, _ in asked(file.id, "project_explanation")] == [answers]
            actions.judge_explanation(made, by=town.actors["综合科"], accepts=False)
        actions.set_plan(file, 2026, (100 * WAN,) * 12, by=town.actors["综合科"])
        actions.explain(
            file, "start", month, "征收还差两户", by=town.actors["项目员"], remedy="签完", until=until
        )
        runs = [whose for _, whose, _, _ in asked(file.id, "project_explanation")]
        assert runs == ["区项目办"], "who plans a project runs it"


def test_a_remedy_whose_day_passes_is_told_to_whoever_promised_it(
    town: ProjectTown, explained: Explanation
) -> None:
    file, due, words = explained.file_id, dt.date(2026, 6, 30), "办好说明里写的（没有按期开工）"
    with at(6, 2):
        actions.judge_explanation(explained, by=town.actors["综合科"], accepts=True)
        assert asked(file, "project_remedy") == [(words, "项目员", due, "green")]
    with at(6, 27):
        cases.tick()
        assert asked(file, "project_remedy") == [(words, "项目员", due, "amber")]
    with at(7, 1):
        cases.tick()
        assert asked(file, "project_remedy") == [(words, "项目员", due, "red")]
        assert told(file, "red", "重点项目补救") == ["项目员"]
        assert words in text_of(browser(town, "项目员").get("/desk/inbox"))
        again = {"remedy": "七月二十日前签完", "until": dt.date(2026, 7, 20)}
        actions.explain(
            file, "start", dt.date(2026, 6, 1), "最后一户还没有签", by=town.actors["项目员"], **again
        )
        assert asked(file, "project_remedy") == [(words, "项目员", dt.date(2026, 7, 20), "green")]


def test_a_remedy_ends_when_another_unit_has_seen_it_or_what_it_promised_is_there(
    town: ProjectTown, explained: Explanation
) -> None:
    office, file = town.actors["综合科"], explained.file
    month, until = dt.date(2026, 5, 1), dt.date(2026, 6, 30)
    with at(6, 2):
        for matter in ("statistics", "figures"):
            more = actions.explain(
                file, matter, month, "数报重了一次", by=town.actors["项目员"], remedy="改过来", until=until
            )
            if matter == "figures":
                refused("nothing-to-confirm", actions.confirm_remedy, more, office)
            actions.judge_explanation(more, by=office, accepts=True)
    with at(7, 1):
        cases.tick()
        assert [light for *_, light in asked(file.id, "project_remedy")] == ["red"] * 3
        refused("not-the-office", actions.confirm_remedy, more, town.actors["项目员"])
        actions.confirm_remedy(more, by=office)
        refused("nothing-to-confirm", actions.confirm_remedy, more, office)
        assert len(asked(file.id, "project_remedy")) == 2
        actions.move_stage(
            file, "newly_started", by=office, on=dt.date(2026, 7, 1),
            shown={"permit": actions.Shown("施许字1号"), "works": actions.Shown("监理日志3号")},
        )  # fmt: skip
        assert [row[0] for row in asked(file.id, "project_remedy")] == ["办好说明里写的（没有纳统）"]
        actions.enter_library(file, "statistical", by=office, since=dt.date(2026, 7, 1), paper="平台回执")
        assert asked(file.id, "project_remedy") == []
        due_items.rebuild()
        assert asked(file.id, "project_remedy", "project_explanation") == [
            ("认可或不认可5月的说明（没有按期开工）", "区项目办", dt.date(2026, 6, 8), "red")
        ]
        assert [finding for finding in verify() if finding.is_wrong] == []


def refused(code: str, act: Callable[..., object], row: object, by: Actor) -> None:
    with pytest.raises(Refusal) as refusal:
        act(row, by=by)
    assert refusal.value.code == code
