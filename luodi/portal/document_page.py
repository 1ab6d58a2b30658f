"""``/d/``, ``/d/<id>``, ``/d/<id>/kept``, ``/s/<id>``: what a text said, and what became of each thing it said."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.kernel.clocks.now import today
from luodi.kernel.commitments.models import Said
from luodi.kernel.commitments.reckoning import COUNTED
from luodi.kernel.documents import access
from luodi.kernel.documents.models import Reading, Source, StatementKey
from luodi.kernel.documents.page import DocumentPage, document_page
from luodi.kernel.documents.places import notes_of, place_of
from luodi.kernel.documents.second.told import statements_settled
from luodi.kernel.files.serving import serve
from luodi.kernel.files.store import Damaged
from luodi.pages.phrases import Bit, Phrase, joined, phrase
from luodi.pages.shapes import PageLinks, StateShown
from luodi.portal.areas import notes_beside
from luodi.portal.document_kin import kin_shown, years_before
from luodi.portal.freshness import public_page
from luodi.portal.marked_text import Marks, kept_paras, part_of, repaired_paras
from luodi.portal.promise_rows import state_of
from luodi.portal.whole_numbers import page_number

A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Note:
    """What became of one statement."""

    ident: str
    number: int
    kind: str
    words: str
    state: StateShown | None
    title: str = ""
    href: str = ""
    place: str = ""  # where in its file: page, table row, cell


@public_page
def documents_page(request: HttpRequest) -> HttpResponse:
    """Every public document, newest first, with how many statements were read and adopted."""
    number = page_number(request.GET.get("page"))
    first = (number - 1) * A_PAGE
    rows = list(access.public().defer("text")[first : first + A_PAGE])
    counts = _counts(rows)
    for row in rows:
        row.href = f"/d/{row.id}"  # type: ignore[attr-defined]
        row.read, row.adopted = counts.get(row.id, (0, 0))  # type: ignore[attr-defined]
    total = access.public().order_by().count()
    links = PageLinks(
        first=first + 1,
        last=first + len(rows),
        total=total,
        before=f"/d/?page={number - 1}" if number > 1 else "",
        after=f"/d/?page={number + 1}" if first + len(rows) < total else "",
    )
    return render(request, "portal/documents.html", {"here": "documents", "rows": rows, "links": links})


def _counts(rows: list[Source]) -> dict[str, tuple[int, int]]:
    """How many statements were read in each of these, and how many adopted; one query over their statements alone."""
    read, adopted = Count("id"), Count("id", filter=Q(state="adopted"))
    found = statements_settled().filter(source__in=[row.id for row in rows]).values("source").order_by()
    return {s: (r, a) for s, r, a in found.annotate(r=read, a=adopted).values_list("source", "r", "a")}


@public_page
def one_document(request: HttpRequest, ident: str) -> HttpResponse:
    """A document as repaired (``?view=kept``: as kept), with notes; ``?s=`` marks one statement, ``?part=`` turns pages."""
    source = access.public().filter(pk=ident).select_related("file").first()
    if source is None:
        raise Http404(gettext("没有编号为“%(id)s”的公开文件。") % {"id": ident})
    page = document_page(source)
    view = "kept" if request.GET.get("view") == "kept" else "repaired"
    asked = request.GET.get("s", "")
    forces, texts = _read(source)
    marks = Marks(
        kinds={s.statement.id: _look(s.statement, forces) for s in page.statements},
        numbers={s.statement.id: n for n, s in enumerate(page.statements, 1)},
        asked=asked,
    )
    paras = kept_paras(page, marks) if view == "kept" else repaired_paras(page, marks)
    shown, number, parts = part_of(paras, page_number(request.GET.get("part"), none=0), asked)
    said = _said(source)
    statements = {s.statement.id: s.statement for s in page.statements}
    for statement in statements.values():
        statement.source = source  # its place is looked for in it
    notes = {key: _note(statements[key], marks, said) for para in shown for key in para.statements}
    return render(
        request,
        "portal/document.html",
        {
            "here": "documents",
            "source": source,
            "page": page,
            "view": view,
            "other_view": f"?view={'repaired' if view == 'kept' else 'kept'}"
            + (f"&s={asked}#{asked}" if asked else ""),
            "paras": [(para, [notes[key] for key in para.statements]) for para in shown],
            "part": number,
            "parts": parts,
            "part_before": f"?view={view}&part={number - 1}" if number > 1 else "",
            "part_after": f"?view={view}&part={number + 1}" if number < parts else "",
            "summary": _summary(page, marks),
            "fates": _fates(said),
            "kin": kin_shown(source),
            "years_before": years_before(source),
            "left_out": notes_of(source),
            "beside": notes_beside(
                source.id,
                {key: texts.get(key, "") for key, one in statements.items() if one.state != "refused"},
            ).items(),
        },
    )


@require_safe
def kept_bytes(_request: HttpRequest, ident: str) -> FileResponse:
    """The document's bytes exactly as kept, always as a download."""
    source = access.public().filter(pk=ident).select_related("file").defer("text").first()
    if source is None:
        raise Http404(gettext("没有编号为“%(id)s”的公开文件。") % {"id": ident})
    try:
        served = serve(source.file)
    except Damaged as damaged:
        raise Http404(
            gettext("这份原件找不到了，已经记下；编号%(id)s。") % {"id": source.file_id}
        ) from damaged
    response = FileResponse(served.path.open("rb"))
    for name, value in served.headers.items():
        response.headers[name] = value
    return response


@require_safe
def one_statement(request: HttpRequest, ident: str) -> HttpResponse:
    """To the place in its document where the statement stands, marked."""
    statement = access.public_statements().filter(pk=ident).only("id", "source_id").first()
    if statement is None:
        raise Http404(gettext("没有编号为“%(id)s”的说法。") % {"id": ident})
    view = "&view=kept" if request.GET.get("view") == "kept" else ""
    return HttpResponseRedirect(f"/d/{statement.source_id}?s={statement.id}{view}#{statement.id}")


def _read(source: Source) -> tuple[dict[str, str], dict[str, str]]:
    """The force and the words of the newest reading of each statement; one query."""
    rows = list(
        Reading.objects.filter(statement__source=source)
        .order_by("id")
        .values_list("statement_id", "force", "text")
    )
    return {key: force for key, force, _ in rows}, {key: text for key, _, text in rows}


def _look(statement: StatementKey, forces: dict[str, str]) -> str:
    return "expected" if forces.get(statement.id) == "expected" else statement.kind


def _said(source: Source) -> dict[str, Said]:
    """The promise that each statement speaks of; one query."""
    found = Said.objects.filter(statement__source=source, undone=False).exclude(commitment__state="undone")
    return {s.statement_id or "": s for s in found.select_related("commitment__standing").order_by("id")}


def kind_words(kind: str) -> str:
    """What sort of statement it is."""
    return {
        "commitment": gettext("承诺"),
        "result": gettext("成果"),
        "status": gettext("现状"),
        "expected": gettext("预期效果"),
    }[kind]


def _note(statement: StatementKey, marks: Marks, said: dict[str, Said]) -> Note:
    kind = marks.kinds[statement.id]
    number = marks.numbers[statement.id]
    link = said.get(statement.id)
    if link is not None:
        roles = {"made": "", "repeats": gettext("又说了一遍"), "claims": gettext("称已做到")}
        words = roles.get(link.role, gettext("说到同一件事"))
        state = state_of(link.commitment.standing, today())
        return Note(
            statement.id,
            number,
            kind_words(kind),
            words,
            state,
            link.commitment.title,
            f"/c/{link.commitment_id}",
            place_of(statement),
        )
    words = {
        "unread": gettext("机器读出来的，还没有人复核"),
        "adopted": gettext("已采纳"),
        "refused": gettext("看过，不采纳"),
        "merged": gettext("已并入另一处"),
        "kept": gettext("留作佐证，还没有和承诺连上"),
    }[statement.state]
    return Note(statement.id, number, kind_words(kind), words, None, place=place_of(statement))


def _summary(page: DocumentPage, marks: Marks) -> Phrase:
    """文中有12处可以核对的说法：7件承诺、3件成果…… each number leads to the first of its kind."""
    if not page.statements:
        return (Bit(gettext("文中没有读出可以核对的说法。")),)
    firsts: dict[str, str] = {}
    for spoken in page.statements:
        firsts.setdefault(marks.kinds[spoken.statement.id], spoken.statement.id)
    counts = Counter(marks.kinds.values())
    parts = []
    for kind in ("commitment", "result", "status", "expected"):
        if counts[kind]:
            count = Bit(str(counts[kind]), f"/s/{firsts[kind]}", is_figure=True, strong=True)
            parts.append(phrase(gettext("{count}处{kind}"), count=count, kind=kind_words(kind)))
    total = Bit(
        str(len(page.statements)), f"/s/{page.statements[0].statement.id}", is_figure=True, strong=True
    )
    return (
        *phrase(gettext("文中有{total}处可以核对的说法："), total=total),
        *joined(gettext("、"), parts),
        Bit(gettext("。")),
    )


def _fates(said: dict[str, Said]) -> Phrase:
    """What became of the promises made here, to this day."""
    made = [s for s in said.values() if s.role == "made"]
    if not made:
        return ()
    adopted = Bit(str(len(made)), f"/c/{made[0].commitment_id}", is_figure=True)
    by_state: dict[str, list[Said]] = {}
    for each in made:
        by_state.setdefault(each.commitment.standing.board, []).append(each)
    words = {
        "kept": (gettext("{count}件核实兑现"), "good"),
        "claimed": (gettext("{count}件报完成未核实"), ""),
        "going": (gettext("{count}件推进中"), ""),
        "overdue": (gettext("{count}件逾期"), "bad"),
        "vague": (gettext("{count}件没法判断"), ""),
        "dropped": (gettext("{count}件不再办"), ""),
        "merged": (gettext("{count}件并入别的"), ""),
        "carried": (gettext("{count}件结转"), ""),
    }
    parts = []
    for state in (*COUNTED, "dropped", "merged", "carried"):
        found = by_state.get(state, [])
        if found:
            template, tone = words[state]
            count = Bit(
                str(len(found)), f"/c/{found[0].commitment_id}", is_figure=True, strong=True, tone=tone
            )
            parts.append(phrase(template, count=count))
    return (
        *phrase(gettext("采纳的{count}件到今天："), count=adopted),
        *joined(gettext("，"), parts),
        Bit(gettext("。")),
    )
