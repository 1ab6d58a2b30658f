"""Choosing a document and a sentence in it by plain addresses: ``?q=`` finds, ``?paper=`` and ``?sentence=`` choose."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import HttpRequest

from luodi.kernel.commitments.proposals import Proposal, propose
from luodi.kernel.documents.access import statements_visible_to, visible_to
from luodi.kernel.documents.models import Reading, Source, StatementKey
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal

_PAPERS = 12
_SENTENCES = 60


@dataclass(frozen=True, slots=True)
class SentenceShown:
    """A statement with its wording as repaired."""

    id: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """What is chosen so far. ``papers`` to choose from while none is; ``sentences`` of the paper that is."""

    text: str = ""
    paper: Source | None = None
    sentence: StatementKey | None = None
    wording: str = ""
    proposal: Proposal | None = None
    papers: list[tuple[Source, str]] = field(default_factory=list)
    sentences: list[SentenceShown] = field(default_factory=list)


def paper_choice(request: HttpRequest, by: Actor, paper: str = "", sentence: str = "") -> PaperChoice:
    """What the address, or the form in ``paper`` and ``sentence``, has chosen, and what there is to choose from next.

    At most three queries.
    """
    text = " ".join(request.GET.get("q", "").replace("\0", "").split())[:60]
    paper = paper or request.GET.get("paper", "")
    sentence = sentence or request.GET.get("sentence", "")
    chosen = visible_to(by).defer("text").filter(pk=paper).first() if paper else None
    if chosen is None:
        return PaperChoice(text=text, papers=_papers(text, by))
    statement = statements_visible_to(by).filter(pk=sentence, source=chosen).first() if sentence else None
    if statement is None:
        return PaperChoice(text=text, paper=chosen, sentences=_sentences(chosen, text))
    proposal = propose(statement)
    wording = proposal.title if proposal else statement.quote
    return PaperChoice(text=text, paper=chosen, sentence=statement, wording=wording, proposal=proposal)


def chosen_paper(by: Actor, paper: str, sentence: str) -> tuple[Source | None, StatementKey | None]:
    """The rows that a form names. Raises ``Refusal`` ``no-paper`` for one that is not there."""
    if sentence:
        statement = statements_visible_to(by).select_related("source").filter(pk=sentence).first()
        if statement is None:
            raise Refusal("no-paper", "选的那句话找不到了。请重新选文件和那句话。")
        return statement.source, statement
    if paper:
        source = visible_to(by).filter(pk=paper).first()
        if source is None:
            raise Refusal("no-paper", "选的文件找不到了。请重新选。")
        return source, None
    return None, None


def _papers(text: str, by: Actor) -> list[tuple[Source, str]]:
    found = visible_to(by).defer("text")
    for word in text.split():
        found = found.filter(title__icontains=word)
    return [(source, "?" + urlencode({"paper": source.id})) for source in found[:_PAPERS]]


def _sentences(paper: Source, text: str) -> list[SentenceShown]:
    """The statements of a paper in their order, each by its newest reading."""
    newest: dict[str, Reading] = {}
    readings = Reading.objects.filter(statement__source=paper).select_related("statement").order_by("id")
    for reading in readings:
        newest[reading.statement_id] = reading
    shown = sorted(newest.values(), key=lambda reading: reading.statement.start)
    wanted = [r for r in shown if all(word in r.text for word in text.split())]
    return [
        SentenceShown(
            r.statement_id, r.text, "?" + urlencode({"paper": paper.id, "sentence": r.statement_id})
        )
        for r in wanted[:_SENTENCES]
    ]
