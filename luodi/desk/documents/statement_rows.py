"""What was read in a document, statement by statement: what it says, why it was read so, how sure, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from luodi.desk.review.asking import force_words, kind_words
from luodi.kernel.commitments.models import Said
from luodi.kernel.documents.models import Reading, SecondSaid, Source, StatementKey
from luodi.kernel.documents.places import place_of
from luodi.kernel.documents.second.told import SECOND
from luodi.kernel.figures.display import in_sentence
from luodi.kernel.review.doubts import HOLE, Doubt, touches
from luodi.kernel.review.proposing import doubts_in
from luodi.kernel.review.queue import UNSURE
from luodi.pages.days import due_words
from luodi.reading.figures.find import find_figures
from luodi.reading.statements.rules import RULES

_MEANINGS = {rule.name: rule.meaning for rule in RULES}


@dataclass(frozen=True, slots=True)
class Why:
    """What the machine decided about one thing, and by which rule."""

    name: str
    read: str
    rule: str


@dataclass(frozen=True, slots=True)
class StatementRow:
    """``score`` is how sure the reader is, 0.00 to 1.00; ``state`` what became of the statement, ``href`` where one goes on.

    ``readings`` counts the versions of the reader that read it; ``is_split`` says that two readers do not agree about it.
    """

    ident: str
    number: int
    text: str
    kind: str
    force: str
    score: str
    is_unsure: bool
    whys: tuple[Why, ...]
    doubts: tuple[Doubt, ...]
    place: str
    state: str
    href: str
    does: str
    readings: int
    is_split: bool


def rule_words(name: str) -> str:
    """What a rule means; its name where nobody wrote that down."""
    if name == SECOND:
        return gettext("第二个读者读出来的，没有规则作依据")
    return _MEANINGS.get(name, name)


def statement_rows(source: Source, first: int, most: int, *, may_review: bool) -> list[StatementRow]:
    """``most`` statements of a document from the ``first`` on (counted from nought), in text order; six queries."""
    found = StatementKey.objects.filter(source=source).order_by("start", "end", "id")[first : first + most]
    statements = list(found)
    ids = [each.id for each in statements]
    readings = _readings(ids)
    said = _said(ids)
    split = set(SecondSaid.objects.filter(statement__in=ids, verdict="").values_list("statement", flat=True))
    rows = []
    for number, statement in enumerate(statements, first + 1):
        statement.source = source
        if not (of_it := readings.get(statement.id)):
            continue
        reading = of_it[-1]
        reading.statement = statement
        rows.append(
            _row(number, reading, len(of_it), said.get(statement.id), statement.id in split, may_review)
        )
    return rows


def place_in(source: Source, ident: str) -> int | None:
    """How many statements of a document stand before this one; ``None`` where it is none of its statements. Two queries."""
    of_it = StatementKey.objects.filter(source=source)
    sought = of_it.filter(pk=ident).first() if ident else None
    if sought is None:
        return None
    at = (sought.start, sought.end, sought.id)
    return sum(each < at for each in of_it.values_list("start", "end", "id"))


def _readings(ids: Sequence[str]) -> dict[str, list[Reading]]:
    found: dict[str, list[Reading]] = {}
    rows = Reading.objects.filter(statement__in=ids).order_by("id").prefetch_related("figures")
    for row in rows:
        found.setdefault(row.statement_id, []).append(row)
    return found


def _said(ids: Sequence[str]) -> dict[str, Said]:
    """The promise that each statement speaks of; one query."""
    rows = Said.objects.filter(statement__in=ids, undone=False).exclude(commitment__state="undone")
    return {row.statement_id or "": row for row in rows.select_related("commitment").order_by("id")}


def _row(
    number: int, reading: Reading, readings: int, said: Said | None, is_split: bool, may_review: bool
) -> StatementRow:
    statement = reading.statement
    state, href, does = _fate(statement, said, may_review)
    doubts = tuple(doubts_in(reading)) if reading.damaged else ()
    return StatementRow(
        ident=statement.id,
        number=number,
        text=_with_holes(reading.text),
        kind=kind_words()[statement.kind],
        force=force_words(reading.force),
        score=reading.score,
        is_unsure=Decimal(reading.score) < Decimal(UNSURE),
        whys=tuple(_whys(reading, doubts)),
        doubts=doubts,
        place=place_of(statement),
        state=state,
        href=href,
        does=does,
        readings=readings,
        is_split=is_split and statement.state == "unread",
    )


def _whys(reading: Reading, doubts: Sequence[Doubt]) -> Iterable[Why]:
    figures = sorted(reading.figures.all(), key=lambda figure: figure.start)
    amounts = "、".join(in_sentence(Decimal(each.number), each.unit) for each in figures)
    if any(touches(doubts, figure.start, figure.stop) for figure in find_figures(reading.text)):
        # what is left of a number is no number: it is not shown as one
        amounts = gettext("有缺，不取；可能的读法在上面")
    due = due_words(reading.due_until, reading.due_precision) if reading.due_until else ""
    yield Why(gettext("取这一句"), "", rule_words(reading.rule))
    if reading.kind_rule:
        yield Why(gettext("类型"), kind_words()[reading.statement.kind], rule_words(reading.kind_rule))
    if amounts:
        yield Why(gettext("数字"), amounts, "")
    if due:
        yield Why(gettext("期限"), due, rule_words(reading.due_rule) if reading.due_rule else "")
    if reading.owner:
        yield Why(
            gettext("主责"), reading.owner, rule_words(reading.owner_rule) if reading.owner_rule else ""
        )
    if reading.object:
        yield Why(gettext("何事"), _with_holes(reading.object), "")


def _with_holes(text: str) -> str:
    """The words with a box for each lost sign."""
    return text.replace("\ufffd", HOLE)


def _fate(statement: StatementKey, said: Said | None, may_review: bool) -> tuple[str, str, str]:
    """What became of it, and where one goes on with which words."""
    review = f"/desk/review/{statement.id}" if may_review else ""
    if said is not None:
        words = {
            "made": gettext("采纳为承诺"),
            "repeats": gettext("又说了一遍"),
            "changes": gettext("后来的说法变了"),
            "claims": gettext("称已做到"),
        }.get(said.role, gettext("说到同一件事"))
        return words, f"/desk/promises/{said.commitment_id}", said.commitment.title
    words = {
        "unread": gettext("等人复核"),
        "adopted": gettext("已采纳"),
        "refused": gettext("看过，不采纳"),
        "merged": gettext("已并入另一处"),
        "kept": gettext("留作佐证"),
    }[statement.state]
    does = gettext("去复核") if statement.state == "unread" else gettext("看复核的结果")
    return words, review, does if review else ""
