"""The small forms of a promise, each through its own page: what is taken, what is refused in words at its field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from luodi.kernel.commitments import actions
from luodi.kernel.commitments.models import Commitment, Objection, Report, Said, Standing, Verification
from luodi.kernel.documents.models import StatementKey
from tests.desk.promise_desk import (
    AUDIT,
    BASE,
    BUREAU,
    DAY,
    HOUSING,
    Desk,
    at,
    do,
    done,
    filled,
    paper,
    state_of,
    ten_by_new_year,
    text_of,
)
from tests.kernel.promises import at as on_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(data_folder: Any) -> Iterator[Desk]:
    with on_day(DAY):
        yield Desk()


# reporting


def test_progress_is_reported_with_number_day_note_and_file(desk: Desk) -> None:
    row = desk.promise()
    done(
        desk.reporter,
        at(row, "report"),
        number="4",
        unit="所",
        as_of="2026-09-21",
        note="三所封顶",
        evidence=paper(),
    )
    report = Report.objects.get()
    assert (report.number, report.unit, report.as_of, report.note) == (
        "4",
        "所",
        dt.date(2026, 9, 21),
        "三所封顶",
    )
    assert report.evidence is not None
    assert not report.evidence.is_public
    page = text_of(desk.reporter.get(at(row)))
    for words in ("已上报4所", "三所封顶", "验收单.txt", "上报的凭据"):
        assert words in page, words


def test_the_number_to_report_is_never_filled_in(desk: Desk) -> None:
    row = desk.promise()
    desk.reported(row)
    page = desk.reporter.get(at(row, "report"))
    assert 'name="number" value=""' in text_of(page)
    assert "上次报的是4所" in text_of(page)


def test_money_is_reported_in_any_unit_of_money(desk: Desk) -> None:
    row = desk.promise(goal=ten_by_new_year(number="9300", unit="万元"))
    assert "<option selected>万元" in text_of(desk.reporter.get(at(row, "report")))
    done(desk.reporter, at(row, "report"), number="0.465", unit="亿元", as_of="2026-09-22")
    assert (Report.objects.get().number, Report.objects.get().unit) == ("46500000.000", "元")


def test_of_a_thing_a_share_or_only_words_are_reported(desk: Desk) -> None:
    row = desk.promise(goal=ten_by_new_year(number=None, unit=""))
    done(desk.reporter, at(row, "report"), number="", unit="%", as_of="2026-09-22", note="已开工")
    done(desk.reporter, at(row, "report"), number="60", unit="%", as_of="2026-09-22")
    assert [(r.number, r.unit, r.note) for r in Report.objects.order_by("at", "id")] == [
        ("", "", "已开工"),
        ("60", "%", None),
    ]


@pytest.mark.parametrize(
    ("fields", "words", "field"),
    [
        ({"number": ""}, "上报要写明做到了多少", "number"),
        ({"number": "四所"}, "不是数", "number"),
        ({"number": "4", "as_of": "2026-09-23"}, "还没有到", "as_of"),
        ({"number": "4", "as_of": "九月"}, "不是日期", "as_of"),
        ({"number": "4", "as_of": "2026-08-01"}, "更旧", "as_of"),
        ({"number": "4", "note": "字" * 2001}, "说明有2001字", "note"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_what_was_typed_stays(
    desk: Desk, fields: dict[str, str], words: str, field: str
) -> None:
    row = desk.promise()
    desk.reported(row, "3", dt.date(2026, 9, 1))
    given = {"unit": "所", "as_of": "2026-09-22", "note": "三所封顶", **fields}
    answer = do(desk.reporter, at(row, "report"), **given)
    assert answer.status_code == 422
    page = text_of(answer)
    assert words in page
    assert f'href="#{field}"' in page
    assert f'id="{field}-fault"' in page
    assert given["note"][:4] in page
    assert Report.objects.count() == 1


def test_done_needs_evidence_and_the_target_reached(desk: Desk) -> None:
    row = desk.promise()
    fields = {"number": "10", "unit": "所", "as_of": "2026-09-22"}
    without = do(desk.reporter, at(row, "done"), **fields)
    assert without.status_code == 422
    assert "报完成要有凭据" in text_of(without)
    short = do(desk.reporter, at(row, "done"), **{**fields, "number": "9"}, evidence=paper())
    assert short.status_code == 422
    assert "没有到就报进展" in text_of(short)
    assert "已经传好" in text_of(short)
    kept = short.context["given"].key
    done(desk.reporter, at(row, "done"), **fields, **{"evidence-upload": kept})
    assert state_of(row) == "claimed"
    assert Report.objects.get().evidence is not None


def test_a_photo_taken_on_the_spot_counts_and_two_files_do_not(desk: Desk) -> None:
    row = desk.promise()
    fields = {"number": "4", "unit": "所", "as_of": "2026-09-22"}
    both = do(desk.reporter, at(row, "report"), **fields, photo=paper("现场.txt"), evidence=paper())
    assert both.status_code == 422
    assert "只能附一份" in text_of(both)
    done(desk.reporter, at(row, "report"), **fields, photo=paper("现场.txt", "现场"))
    report = Report.objects.get()
    assert report.evidence is not None
    assert report.evidence.name == "现场.txt"


# verifying


def test_another_unit_verifies_with_its_own_number(desk: Desk) -> None:
    row = desk.promise()
    desk.reported(row, "5")
    page = text_of(desk.verifier.get(at(row, "verify")))
    assert 'name="number" value=""' in page
    assert "5所" in page
    done(
        desk.verifier,
        at(row, "verify"),
        number="4",
        unit="所",
        as_of="2026-09-22",
        reason="点了四所",
        evidence=paper(),
    )
    finding = Verification.objects.get()
    assert (finding.verdict, finding.number, finding.reason) == ("verified", "4", "点了四所")
    shown = text_of(desk.reporter.get(at(row)))
    assert "点了四所" in shown
    assert "核实的凭据" in shown


def test_a_sum_of_money_is_verified_in_the_unit_typed(desk: Desk) -> None:
    row = desk.promise(goal=ten_by_new_year(number="9300", unit="万元"))
    desk.reported(row, "5000", unit="万元")
    done(desk.verifier, at(row, "verify"), number="4800.5", unit="万元", as_of="2026-09-22")
    assert Verification.objects.get().number == "48005000"


def test_done_and_verified_is_kept_and_the_public_page_says_so(desk: Desk) -> None:
    row = desk.promise()
    desk.claimed(row)
    done(desk.verifier, at(row, "verify"), number="10", unit="所", as_of="2026-09-22")
    assert state_of(row) == "kept"
    assert "已核实兑现" in text_of(desk.verifier.get(f"/c/{row.id}"))


def test_sent_back_goes_to_the_reporter_with_its_reason_and_not_to_the_public(desk: Desk) -> None:
    row = desk.promise()
    desk.claimed(row)
    wordless = do(desk.verifier, at(row, "send-back"), reason="", as_of="2026-09-22")
    assert wordless.status_code == 422
    done(
        desk.verifier,
        at(row, "send-back"),
        reason="城东那所没有封顶",
        number="9",
        unit="所",
        as_of="2026-09-22",
        evidence=paper(),
    )
    assert state_of(row) == "open"
    assert "现在要做：看退回的理由" in text_of(desk.reporter.get(f"{BASE}?todo=back"))
    assert "城东那所没有封顶" in text_of(desk.reporter.get(at(row, "report")))
    assert "城东那所没有封顶" not in text_of(desk.reporter.get(f"/c/{row.id}"))


def test_what_was_verified_is_opened_again_on_counter_evidence_only(desk: Desk) -> None:
    row = desk.promise()
    desk.claimed(row)
    desk.verified(row)
    bare = do(desk.verifier, at(row, "reopen"), reason="有两所没有招生", as_of="2026-09-22")
    assert bare.status_code == 422
    assert "要有反面凭据" in text_of(bare)
    done(desk.verifier, at(row, "reopen"), reason="有两所没有招生", as_of="2026-09-22", evidence=paper())
    assert state_of(row) == "open"
    assert "凭反面凭据重新打开" in text_of(desk.reporter.get(at(row)))


def test_a_linked_sentence_may_be_the_counter_evidence(desk: Desk) -> None:
    row = desk.promise()
    said = desk.district.statement(kind="result", quote="幼儿园还没有招生")
    actions.link_statement(row, said, role="evidence", by=desk.district.actor("区督查室"))
    desk.claimed(row)
    desk.verified(row)
    other = desk.district.statement(quote="和它无关的一句")
    assert do(desk.verifier, at(row, "reopen"), reason="没有招生", sentence=other.id).status_code == 422
    done(desk.verifier, at(row, "reopen"), reason="没有招生", sentence=said.id, as_of="2026-09-22")
    assert state_of(row) == "open"


# the plan


def test_a_target_is_changed_by_choosing_the_paper_and_the_sentence(desk: Desk) -> None:
    row = desk.promise()
    source = desk.district.paper()
    said = desk.district.statement(source, number="8", quote="年内建成8所幼儿园")
    first = text_of(desk.office.get(at(row, "target")))
    assert f"?paper={source.id}" in first
    assert "<textarea" not in first
    second = text_of(desk.office.get(at(row, "target") + f"?paper={source.id}"))
    assert "年内建成8所幼儿园" in second
    where = at(row, "target") + f"?paper={source.id}&sentence={said.id}"
    assert 'value="8"' in text_of(desk.office.get(where))
    done(
        desk.office, where, number="8", unit="所", due_until="2026-12-31", due_precision="year", reason="用地没有批下来",
        paper=source.id, sentence=said.id,
    )  # fmt: skip
    version = row.targets.get(version=2)
    assert (version.number, version.adopting_id, version.kind) == ("8", said.id, "changed")
    assert Standing.objects.get(pk=row.id).changed
    page = text_of(desk.reporter.get(at(row)))
    assert "<del>10所</del>" in page
    assert "用地没有批下来" in page


def test_a_doubtful_digit_is_not_filled_in(desk: Desk) -> None:
    row = desk.promise()
    said = desk.district.statement(number="8", damaged=True)
    page = text_of(desk.office.get(at(row, "target") + f"?paper={said.source_id}&sentence={said.id}"))
    assert "机器没有填数" in page
    assert 'value="8"' not in page


def test_a_whole_paper_of_an_unknown_body_needs_somebody_to_have_looked(desk: Desk) -> None:
    row = desk.promise()
    source = desk.district.paper(issuer="")
    fields = {"number": "8", "unit": "所", "due_until": "2026-12-31", "reason": "调整", "paper": source.id}
    where = at(row, "target") + f"?paper={source.id}&whole=1"
    unsure = do(desk.office, where, **fields)
    assert unsure.status_code == 422
    assert 'href="#confirmed"' in text_of(unsure)
    assert 'value="8"' in text_of(unsure)
    done(desk.office, where, **fields, confirmed="1")
    assert row.targets.get(version=2).adopting_source_id == source.id


def test_it_is_carried_over_into_a_later_year(desk: Desk) -> None:
    row = desk.promise(year=2026)
    fields = {
        "year": "2027",
        "title": "2027年建成余下的幼儿园",
        "number": "6",
        "unit": "所",
        "reason": "跨年工程",
    }
    early = do(desk.office, at(row, "carry-over"), **fields, due_until="2026-12-31")
    assert early.status_code == 422
    assert 'id="due_until-fault"' in text_of(early)
    done(desk.office, at(row, "carry-over"), **fields, due_until="2027-12-31", due_precision="year")
    new = Commitment.objects.get(year=2027)
    assert (state_of(row), new.title) == ("carried", "2027年建成余下的幼儿园")
    assert new.title in text_of(desk.office.get(at(row)))
    assert "从上一年结转" in text_of(desk.office.get(at(new)))


def test_given_up_with_reason_and_taken_back_with_one_press(desk: Desk) -> None:
    row = desk.promise()
    assert do(desk.office, at(row, "drop"), reason=" ").status_code == 422
    done(desk.office, at(row, "drop"), reason="项目撤销")
    page = desk.office.get(at(row))
    assert state_of(row) == "dropped"
    assert "撤回" in text_of(page)
    desk.office.post(at(row, "restore"), {"version": page.context["one"].version, "reason": "按错了，撤回"})
    assert state_of(row) == "open"
    assert page.context["undo"]["act"] == "restore"
    assert desk.verifier.get(at(row)).context["undo"] is None


def test_merged_into_another_and_back_to_what_it_was(desk: Desk) -> None:
    one, other = desk.promise("建成10所幼儿园"), desk.promise("年内建成幼儿园10所")
    desk.reported(one)
    before = Commitment.objects.filter(pk=one.id).values().get()
    listed = text_of(desk.office.get(at(one, "merge")))
    assert f'value="{other.id}"' in listed
    assert do(desk.office, at(one, "merge")).status_code == 422
    done(desk.office, at(one, "merge"), into=other.id)
    page = desk.office.get(at(one))
    assert state_of(one) == "merged"
    assert page.context["undo"]["act"] == "unmerge"
    assert other.title in text_of(page)
    desk.office.post(at(one, "unmerge"), {"version": page.context["one"].version})
    assert Commitment.objects.filter(pk=one.id).values().get() == before
    assert "撤回并入" in text_of(desk.office.get(at(one)))


def test_a_later_plan_s_silence_is_noted_and_taken_back(desk: Desk) -> None:
    row, source = desk.promise(), desk.district.paper()
    done(desk.office, at(row, "silence") + f"?paper={source.id}", paper=source.id)
    assert Standing.objects.get(pk=row.id).gone
    undo = desk.office.get(at(row)).context["undo"]
    for _ in range(2):
        desk.office.post(at(row, "unsilence"), {"said": undo["said"], "reason": "按错了"})
    assert Said.objects.get(role="silent").undone
    assert not Standing.objects.get(pk=row.id).gone


def test_what_was_adopted_wrongly_is_put_right(desk: Desk) -> None:
    row = desk.promise()
    units = desk.district.units
    page = desk.office.get(at(row, "correct"))
    fields = {
        **page.context["typed"],
        "title": "建成十所幼儿园",
        "lead_unit": units[HOUSING].id,
        "helper": [units[BUREAU].id],
    }
    done(desk.office, at(row, "correct"), **{**fields, "goal_number": "11"}, reason="牵头单位看错了")
    row.refresh_from_db()
    assert (row.title, row.lead_unit_id) == ("建成十所幼儿园", units[HOUSING].id)
    assert list(row.co_units.values_list("unit", flat=True)) == [units[BUREAU].id]
    assert (row.targets.get(version=2).number, row.targets.get(version=2).kind) == ("11", "corrected")
    page = text_of(desk.office.get(at(row)))
    assert "更正登记：" in page
    assert "牵头单位看错了" in page


def test_after_a_report_a_goal_is_no_slip_of_the_pen_any_more(desk: Desk) -> None:
    row = desk.promise()
    desk.reported(row)
    page = desk.office.get(at(row, "correct"))
    assert "goal_number" not in text_of(page)
    typed = page.context["typed"]
    done(desk.office, at(row, "correct"), **{**typed, "goal_number": "3", "topic": "教育"}, reason="补上领域")
    assert row.targets.count() == 1


def test_nobody_who_verified_becomes_a_doer_by_correction(desk: Desk) -> None:
    row = desk.promise()
    desk.reported(row)
    actions.verify(row, by=desk.district.actor(AUDIT), number="4")
    typed = desk.office.get(at(row, "correct")).context["typed"]
    answer = do(
        desk.office,
        at(row, "correct"),
        **{**typed, "lead_unit": desk.district.units[AUDIT].id},
        reason="换单位",
    )
    assert answer.status_code == 422
    assert 'id="lead_unit-fault"' in text_of(answer)


def test_an_adoption_is_taken_back_before_anything_was_reported(desk: Desk) -> None:
    said = desk.district.statement()
    row = desk.promise(statement=said)
    done(desk.office, at(row, "undo-adoption"), reason="不是承诺")
    assert state_of(row) == "undone"
    assert StatementKey.objects.get(pk=said.id).state == "unread"


# said from outside


def test_the_office_answers_who_says_that_it_is_wrong(desk: Desk) -> None:
    row = desk.promise()
    actions.object_to(row.id, "城东那所没有开工。")
    assert "城东那所没有开工。" in text_of(desk.office.get(f"{BASE}/wrong"))
    assert "有人说这里有错" in text_of(desk.office.get(at(row)))
    assert "现在要做：有人说这里有错" in text_of(desk.office.get(f"{BASE}?todo=wrong"))
    where = f"{BASE}/wrong/{Objection.objects.get().id}"
    key = desk.office.get(where).context["key"]
    assert desk.office.post(where, {"key": key, "answer": " "}).status_code == 422
    for _ in range(2):
        answer = desk.office.post(where, {"key": key, "answer": "核对过，9月5日开工，已更正。"})
        assert answer["Location"] == at(row)
    objection = Objection.objects.get()
    assert (objection.state, objection.answer) == ("answered", "核对过，9月5日开工，已更正。")
    assert "核对过，9月5日开工" in text_of(desk.office.get(at(row)))
    late = desk.office.post(where, {"key": "another", "answer": "再答一次"})
    assert late.status_code == 422
    assert "答复过了" in text_of(late)


def test_an_objection_does_not_get_in_the_way_of_a_report(desk: Desk) -> None:
    row = desk.promise()
    given = filled(desk.reporter, at(row, "report"))
    actions.object_to(row.id, "城东那所没有开工。")
    answer = desk.reporter.post(
        at(row, "report"), {**given, "number": "4", "unit": "所", "as_of": "2026-09-22"}
    )
    assert answer.status_code == 302
