"""``/desk/projects/<id>/quote``: a figure of statistics quoted from a sentence that is tied to the project, as it stands there.

Nobody types the figure: it is one that was read in the sentence. Only papers of the statistics bureau are quoted on its basis.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from luodi.areas.projects.acts.proposing import NAMED
from luodi.areas.projects.acts.reporting import import_statistics
from luodi.areas.projects.desk.asking import BASE, usual_month
from luodi.areas.projects.desk.one_file import file_of
from luodi.areas.projects.desk.typed import Typed, typed_of
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.months import last_day_of, month_of
from luodi.desk.doors import role_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.clocks.now import today
from luodi.kernel.documents.access import statements_visible_to
from luodi.kernel.documents.models import ReadFigure, Reading, Source, StatementKey
from luodi.kernel.figures.money import to_fen
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import links_of

_NAMES = ("figure", "as_of")
# at which field the act's refusals belong
_PLACES = {"no-month": "as_of", "day-to-come": "as_of", "quoted-already": "figure"}
_LONGEST_QUOTE = 120


@dataclass(frozen=True, slots=True)
class Offered:
    """A sum of money in a sentence: ``words`` as they stand in the source, the amount in 分."""

    ident: str
    words: str
    fen: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence tied to the project, the figures that can be quoted from it, or why none can."""

    statement: StatementKey
    offered: tuple[Offered, ...]
    why_not: str


@role_door("office")
@require_http_methods(["GET", "HEAD", "POST"])
def quote_form(request: HttpRequest, ident: str) -> HttpResponse:
    """The sentences with their figures, and what was chosen. The same quoted twice finds that it is there."""
    presence = presence_of(request)
    file = file_of(ident, presence.actor)
    sentences = sentences_of(file, presence.actor)
    if request.method != "POST":
        first = {"as_of": last_day_of(usual_month()).isoformat()}
        return _form(request, file, sentences, typed_of(first, _NAMES))
    typed = typed_of(request.POST, _NAMES)
    as_of = typed.day("as_of")
    known = {one.ident: (sentence, one) for sentence in sentences for one in sentence.offered}
    chosen = known.get(typed.given["figure"])
    if chosen is None:
        typed.faults["figure"] = gettext("引用哪个数没有选。")
    if as_of is not None and as_of > today():
        typed.faults["as_of"] = gettext("数字截至的那一天还没有到。请核对。")
    if typed.faults or as_of is None or chosen is None:
        return _form(request, file, sentences, typed, 422)
    statement, one = chosen[0].statement, chosen[1]
    try:
        import_statistics(
            file, month_of(as_of), one.fen, by=presence.actor, as_of=as_of,
            paper=paper_of(statement), source=statement.source.file,
        )  # fmt: skip
    except Refusal as refusal:
        typed.faults[_PLACES.get(refusal.code, "")] = refusal.message
        return _form(request, file, sentences, typed, 409)
    messages.success(request, gettext("引用了，出处记着这句话。"))
    return HttpResponseRedirect(f"{BASE}/{file.id}?month={as_of:%Y-%m}#months")


def sentences_of(file: ProjectFile, actor: Actor) -> list[Sentence]:
    """The sentences tied to a project, each with its figures. A bounded number of queries."""
    ids = [link.target for link in links_of(file.project_id) if link.kind == NAMED and link.target[0] == "s"]
    rows = statements_visible_to(actor).filter(pk__in=ids).select_related("source__file").order_by("id")
    newest: dict[str, Reading] = {}
    for reading in Reading.objects.filter(statement__in=ids).order_by("id"):
        newest[reading.statement_id] = reading
    figures: dict[str, list[ReadFigure]] = defaultdict(list)
    wanted = [reading.id for reading in newest.values()]
    for figure in ReadFigure.objects.filter(reading__in=wanted).order_by("start", "id"):
        figures[figure.reading_id].append(figure)
    return [_sentence(row, newest[row.id], figures[newest[row.id].id]) for row in rows if row.id in newest]


def paper_of(statement: StatementKey) -> str:
    """A sentence as the source of a figure: the paper's title and the words."""
    source = statement.source
    return f"{source.title or source.id}：“{statement.quote[:_LONGEST_QUOTE]}”"


def _sentence(row: StatementKey, reading: Reading, figures: Sequence[ReadFigure]) -> Sentence:
    if not _is_of_statistics(row.source):
        return Sentence(row, (), gettext("不是统计部门的材料，不能当统计口径引用。"))
    if reading.damaged:
        return Sentence(row, (), gettext("这句话里有认不准的字，数不能引用。"))
    offered = tuple(_offered(row.source, each) for each in figures if _is_quotable(each))
    return Sentence(row, offered, "" if offered else gettext("这句话里没有确定的金额。"))


def _is_of_statistics(source: Source) -> bool:
    return "统计" in f"{source.issuer}{source.title}"


def _is_quotable(figure: ReadFigure) -> bool:
    """A sum of money that is said outright: no range, no rough figure, no change against another year, no part of a 分."""
    is_outright = figure.unit == "元" and not (figure.approx or figure.change or figure.end_of_range)
    return is_outright and (Decimal(figure.number) * 100) % 1 == 0


def _offered(source: Source, figure: ReadFigure) -> Offered:
    return Offered(figure.id, source.text[figure.start : figure.end], to_fen(Decimal(figure.number)))


def _form(
    request: HttpRequest, file: ProjectFile, sentences: list[Sentence], typed: Typed, status: int = 200
) -> HttpResponse:
    return page(
        request,
        "projects/quote.html",
        status=status,
        here="projects",
        base=BASE,
        file=file,
        sentences=sentences,
        can_quote=any(each.offered for each in sentences),
        given=typed.given,
        faults=typed.faults,
        error=typed.faults.get("", ""),
    )
