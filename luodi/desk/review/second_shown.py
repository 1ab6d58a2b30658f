"""Two readers of one sentence side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from luodi.desk.review import asking
from luodi.kernel.documents.models import Reading, SecondSaid
from luodi.kernel.figures.display import in_sentence
from luodi.kernel.review.acts.following import may_be_followed
from luodi.pages.days import due_words


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that both may say; empty where a reader says nothing of it."""

    name: str
    rules: str
    second: str
    differs: bool


@dataclass(frozen=True, slots=True)
class SecondShown:
    """``lines`` are empty where only one of the two has the sentence; ``verdict`` says whom a person followed, if one did."""

    title: str
    says: str
    lines: tuple[Line, ...]
    model: str
    verdict: str
    may_follow: bool


def second_shown(reading: Reading) -> SecondShown | None:
    """What the second reader says of a statement where it and the rules do not agree; one query. Figures should be at hand."""
    said = SecondSaid.objects.filter(statement=reading.statement_id).first()
    if said is None:
        return None
    differs = said.differences.split(",")
    only = next((name for name in ("only_rules", "only_second") if name in differs), "")
    titles = {
        "": gettext("两种读法不一样"),
        "only_rules": gettext("第二个读者没有读出这一条"),
        "only_second": gettext("只有第二个读者读出这一条"),
    }
    says = {
        "": gettext("不一样的加粗。照哪一种，由您看着原文定；它的原话都在原文里，不会自己变成数字。"),
        "only_rules": gettext("规则读出来了，它没有。请看原文：要么照规则的采纳，要么不采纳。"),
        "only_second": gettext(
            "规则没有读出来，是它从原文里抄下的。数字由规则另读，期限要由您填。没有人采纳就不公开。"
        ),
    }
    return SecondShown(
        title=titles[only],
        says=says[only],
        lines=tuple(_lines(reading, said, differs, only)),
        model=said.model,
        verdict=said.get_verdict_display() if said.verdict else "",
        may_follow=may_be_followed(said),
    )


def _lines(reading: Reading, said: SecondSaid, differs: list[str], only: str) -> Iterator[Line]:
    if only == "only_rules":
        return
    kinds = asking.kind_words()
    is_alone = only == "only_second"
    figures = [
        in_sentence(Decimal(figure.number), figure.unit)
        for figure in sorted(reading.figures.all(), key=lambda figure: figure.start)
    ]
    due = due_words(reading.due_until, reading.due_precision) if reading.due_until else ""
    if said.quote.strip() != reading.statement.quote.strip():
        yield Line(gettext("哪句话"), reading.text, said.quote, False)
    read = {
        "kind": (gettext("类型"), kinds[reading.statement.kind], kinds.get(said.kind, "")),
        "figures": (gettext("数字"), "、".join(figures), said.figures),
        "due": (gettext("期限"), due, said.due),
        "owner": (gettext("主责"), reading.owner, said.owner),
    }
    for field, (name, ours, theirs) in read.items():
        if ours or theirs:
            yield Line(name, "" if is_alone else ours, theirs, field in differs)
