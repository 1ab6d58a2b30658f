"""The leader's screen as a paper: everything the screen was given stands in it, also where there is nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from luodi.desk.leading.briefs import Brief
from luodi.desk.leading.decisions import Decision
from luodi.desk.leading.leader_paper import leader_paper
from luodi.desk.leading.loads import Counts, Load
from luodi.desk.leading.waiting import rule_on
from luodi.pages.shapes import FigureShown, StateShown
from luodi.papers.paper import Paper
from luodi.papers.pdf import pdf
from luodi.papers.sheet import sheet
from luodi.papers.word import word
from tests.papers.read_back import bare, in_pdf, in_sheets, in_word

DAY = dt.date(2026, 9, 22)


def full() -> Paper:
    decision = Decision(
        kind="silent",
        title="农村客运站建设逾期83天没有消息",
        situation="区交通局牵头，上报35%",
        ask="督办，还是改期限？",
        href="/desk/promises/c1",
        since=DAY - dt.timedelta(days=30),
        count=1,
        rule=rule_on("silent", DAY),
        day=DAY,
    )
    brief = Brief(
        id="c1",
        href="/desk/promises/c1",
        title="新建乡镇二级站",
        unit="区交通局",
        light=None,
        state=StateShown("going", "在办"),
        verified="12.5%",
        reported="35.0%",
        behind="−36.0",
        is_behind=True,
        due=DAY,
        news_on=DAY,
        age="今天",
        is_old=False,
        flags=(),
    )
    load = Load("u1", "区住建局", Counts(going_on=1234, overdue=5, claimed=6, quiet=7), False, (), {})
    figures = [FigureShown("承诺逾期", "9", "件", "/desk/leader/list", note="最久的超83天")]
    return leader_paper(
        unit="区政府", day=DAY, decisions=[decision], figures=figures, own=[brief], loads=[load]
    )


def test_everything_on_the_screen_stands_in_the_paper() -> None:
    paper = full()
    told = (
        "农村客运站建设逾期83天没有消息",
        "请您定：",
        "督办，还是改期限？",
        "承诺逾期",
        "9件",
        "最久的超83天",
        "−36.0",
        "1,234",
    )
    shown, written = in_pdf(pdf(paper)), bare("".join(in_word(word(paper))))
    for words in told:
        assert bare(words) in shown, words
        assert bare(words) in written, words
    assert in_sheets(sheet(paper))["各单位手上的"][1] == ["区住建局", "1,234", "5", "6", "7"]


@pytest.mark.parametrize("write", [word, pdf])
def test_where_nothing_waits_the_paper_says_so(write: object) -> None:
    paper = leader_paper(unit="", day=DAY, decisions=[], figures=[], own=[], loads=[])
    made = write(paper)  # type: ignore[operator]
    read = in_pdf(made) if write is pdf else bare("".join(in_word(made)))
    assert read.count("一件也没有") == 2
    assert "还没有没办结的承诺。" in read
