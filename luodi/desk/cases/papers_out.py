"""``/desk/cases/<id>.docx`` and ``.pdf``: the case as a paper to be sent and filed, the same as its print view."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.desk.cases.case_page import next_words, who_of
from luodi.desk.cases.clocks_shown import ClockShown, clocks_of
from luodi.desk.cases.details_shown import details_of
from luodi.desk.cases.duties_shown import DutyShown, duties_of
from luodi.desk.cases.history import Moment, moments
from luodi.desk.cases.one_case import OneCase, one_case
from luodi.desk.doors import post_door
from luodi.desk.papers_sent import paper_answer
from luodi.pages import days
from luodi.pages.phrases import plain_text
from luodi.pages.shapes import Fact
from luodi.papers.paper import Block, Facts, Heading, Paper, Paragraph, Receipt, Signed, Table


def heading_of(one: OneCase) -> str:
    """What the case is called on paper: the paper's own name, or that of its kind."""
    return one.playbook.paper or one.playbook.label


def case_paper(one: OneCase) -> Paper:
    """The case as whoever looks may see it, as of today."""
    row = one.row
    blocks: list[Block] = [*_to_whom(one), Facts(tuple(_facts(one)))]
    blocks += [Heading(gettext("经过")), _history(moments(one)[::-1])]
    blocks.append(Signed(row.office_unit.name, days.full(row.opened_on)))
    blocks.append(Receipt((gettext("签收单位（盖章）"), gettext("签收岗位"), gettext("签收日期"))))
    return Paper(
        title=heading_of(one),
        day=one.day,
        blocks=tuple(blocks),
        office=row.office_unit.name,
        number=gettext("编号：%(number)s") % {"number": row.number},
        dated=days.full(row.opened_on),
        as_of=gettext("截至%(day)s") % {"day": days.full(one.day)},
        foot=gettext("以系统里的登记为准"),
    )


@post_door
@require_safe
def word_page(request: HttpRequest, ident: str) -> HttpResponse:
    """The paper as Word."""
    return _sent(request, ident, "docx")


@post_door
@require_safe
def pdf_page(request: HttpRequest, ident: str) -> HttpResponse:
    """The paper as PDF. Raises ``Refusal`` where this machine can not make one."""
    return _sent(request, ident, "pdf")


def _sent(request: HttpRequest, ident: str, kind: str) -> HttpResponse:
    one = one_case(request, ident)
    return paper_answer(case_paper(one), kind, f"{heading_of(one)}{one.row.number}")


def _to_whom(one: OneCase) -> list[Block]:
    """Whom a notice is sent to and by when they are to answer; nothing for a kind that sends none, or one that has ended."""
    if not one.playbook.paper or one.state is None:
        return []
    due = one.row.planned_due
    asked = gettext("下列事项请你单位办理。")
    # what is due while another party is to act binds that one
    if due is not None and one.state.waits_for == "doer":
        asked = gettext("下列事项请你单位办理，最晚%(day)s反馈。") % {"day": days.full(due)}
    to = gettext("%(unit)s：") % {"unit": one.row.unit.name}
    return [Paragraph(to, is_flush=True), Paragraph(asked)]


def _facts(one: OneCase) -> list[tuple[str, str]]:
    told = [(gettext("名称"), one.row.title or "")]
    told += [(fact.name, _value(fact)) for fact in who_of(one)]
    told += [(fact.name, plain_text(fact.text)) for fact in details_of(one, on_paper=True)]
    told += [(clock.label, _clock(clock)) for clock in clocks_of(one)]
    told += [(gettext("约定"), _duty(duty)) for duty in duties_of(one)]
    told.append((gettext("现在"), f"{one.place_words}{gettext('。')}{next_words(one)}"))
    return told


def _value(fact: Fact) -> str:
    words = plain_text(fact.text)
    return f"{words}\n{fact.second}" if fact.second else words


def _clock(clock: ClockShown) -> str:
    told = f"{clock.due}{gettext('，')}{clock.now}"
    if clock.is_provisional:
        told += gettext("（暂算）")
    cited = gettext("，").join(filter(None, (clock.rule, clock.cites)))
    return f"{told}\n{cited}" if cited else told


def _duty(duty: DutyShown) -> str:
    told = gettext("%(day)s前，%(who)s%(does)s") % {"day": duty.due, "who": duty.who, "does": duty.does}
    amount = gettext("，") + duty.amount if duty.amount else ""
    return f"{told}{amount}{gettext('：')}{duty.state}"


def _history(line: list[Moment]) -> Table:
    header = (gettext("时间"), gettext("岗位"), gettext("做了什么"))
    rows = tuple((moment.at, moment.by, "\n".join(_done(moment))) for moment in line)
    return Table("", header, rows, widths=(3, 4, 7), empty=gettext("还没有办过"))


def _done(moment: Moment) -> list[str]:
    told = [moment.label, *(f"{name}{gettext('：')}{value}" for name, value in moment.told)]
    attached = gettext("附%(kind)s%(name)s")
    told += [attached % {"kind": card.kind, "name": card.kept.name or ""} for card in moment.cards]
    return [*told, moment.signed] if moment.signed else told
