"""What every sheet of the projects' desk goes through: sent, its columns chosen by a person, looked over row by row, entered in
turns, sent back with what is wrong marked. What its rows become each import says by a ``RowsGiven`` of its own.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from luodi.areas.projects.desk.asking import BASE
from luodi.desk.first_hour.columns_view import take_place
from luodi.desk.first_hour.overview import XLSX, attachment
from luodi.desk.first_hour.sheet_given import SheetGiven, first_filled
from luodi.desk.first_hour.staged import Staged, held_by, stage, staged
from luodi.desk.first_hour.turns import goes_on, lay_out, progress_of, seconds_of, take_up, turn
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.sheets.actions import confirm_mapping, keep_sheet
from luodi.kernel.sheets.faults import Fault
from luodi.kernel.sheets.limits import MOST_BYTES
from luodi.kernel.sheets.returned import returned_copy

PER_PAGE = 100
TO_ENTER = ("new", "changed")


class RowMade(Protocol):
    """What becomes of a row: of which kind it is, and what is wrong with it."""

    @property
    def kind(self) -> str: ...

    @property
    def faults(self) -> Sequence[Fault]: ...


@dataclass(frozen=True)
class RowsGiven(SheetGiven, ABC):
    """A sheet whose rows become something, for whoever sent it."""

    actor: Actor

    @cached_property
    @abstractmethod
    def rows(self) -> Sequence[RowMade]:
        """What each row becomes."""

    @property
    @abstractmethod
    def shown(self) -> Mapping[str, Any]:
        """What the page of the rows tells of the sheet as a whole."""

    @property
    @abstractmethod
    def asked(self) -> str:
        """What the form of the columns asks besides, as it is proposed."""

    @abstractmethod
    def take(self, typed: str) -> None:
        """Take what was asked besides as a person typed it. Raises ``Refusal`` where it will not do."""

    @abstractmethod
    def plan(self) -> list[list[Any]]:
        """What is to be entered, as plain JSON, settled once before the first turn."""

    @abstractmethod
    def enter(self, rows: Sequence[Sequence[Any]], kept: KeptFile) -> tuple[int, Sequence[Fault]]:
        """Enter rows as they were laid by: how many went in, and what was refused."""


@dataclass(frozen=True)
class Steps:
    """The pages of one import, at ``where`` with templates of that ``name``. ``kinds`` are what rows may be, in words.

    ``asks``: the field in the form of the columns that is no column. ``order``: what somebody has to look at stands first. The
    rest are msgids: what is told of a sheet of another use, where there is nothing to enter, how many went in (``count``), and
    when what was sent is destroyed. ``lacking``: what a choice of columns still lacks, in words.
    """

    use: str
    where: str
    name: str
    opened: type[RowsGiven]
    kinds: Mapping[str, str]
    order: tuple[str, ...]
    asks: str
    other: str
    nothing: str
    entered: str
    dropped: str
    lacking: Callable[[Mapping[int, str]], list[str]] | None = None

    def begin(self, request: HttpRequest) -> HttpResponse:
        """Send a sheet, or go on with one that was sent."""
        error, actor = "", presence_of(request).actor
        if request.method == "POST":
            try:
                return HttpResponseRedirect(f"{self.where}/{self._laid_by(request).token}/columns")
            except Refusal as refusal:
                error = refusal.message
        held = held_by(actor.account, self.use)  # type: ignore[arg-type]  # a use of this area's own
        return self._page(request, self.name, 422 if error else 200, error=error, held=held)

    def columns(self, request: HttpRequest, token: str) -> HttpResponse:
        """What each column is, confirmed by a person and remembered."""
        given = self._given(request, token)
        if request.method != "POST":
            return self._columns(request, given)
        try:
            take_place(request, given.held)
            if "look" in request.POST:
                given.held.columns = None
                given.held.keep()
                return HttpResponseRedirect(request.path)
            given = self.opened(given.held, given.actor)
            chosen = _choose_columns(request, given)
            if self.lacking is not None and (faults := self.lacking(chosen)):
                raise Refusal("mapping-incomplete", "".join(faults) + gettext("请在各列上选好再往下。"))
            given.take(request.POST.get(self.asks, ""))
            confirm_mapping(self.use, given.table, chosen, by=given.actor)  # type: ignore[arg-type]  # as above
        except Refusal as refusal:
            return self._columns(request, self.opened(given.held, given.actor), refusal.message)
        given.held.keep()
        return HttpResponseRedirect(f"{self.where}/{token}/preview")

    def preview(self, request: HttpRequest, token: str) -> HttpResponse:
        """What each row becomes, or how far the rows have come."""
        given = self._given(request, token)
        held = given.held
        if request.GET.get("on") == "1" and held.taken < held.planned:
            return self._page(request, "sheet_turn", held=held, **progress_of(held))
        counts = counts_of(given.rows)
        rows = sorted(given.rows, key=lambda row: self.order.index(row.kind))
        return self._page(
            request,
            f"{self.name}_preview",
            held=held,
            table=given.table,
            counts=[(gettext(words), counts[kind]) for kind, words in self.kinds.items()],
            good=sum(counts[kind] for kind in TO_ENTER),
            faulty=counts["faulty"],
            page=Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
            kinds={kind: gettext(words) for kind, words in self.kinds.items()},
            **given.shown,
        )

    def enter(self, request: HttpRequest, token: str) -> HttpResponse:
        """Enter as many of the good rows as one turn takes."""
        given = self._given(request, token)
        held = given.held
        if not (goes_on(request) and held.taken < held.planned):
            rows, held.faulty = given.plan(), counts_of(given.rows)["faulty"]
            if not rows:
                messages.info(request, gettext(self.nothing))
                return self._done(held)
            held.file, held.entered = keep_sheet(held.raw, held.name, by=given.actor).id, 0
            lay_out(held, rows)
        kept, refused = KeptFile.objects.get(pk=held.file), list[Fault]()

        def enter_some(some: list[list[Any]]) -> None:
            count, faults = given.enter(some, kept)
            held.entered += count
            held.refused += len(faults)
            refused.extend(faults)

        turn(held, enter_some, seconds=seconds_of(request))
        for fault in refused[:10]:
            words = gettext("%(cell)s没有录成：%(why)s") % {"cell": str(fault.area), "why": fault.words}
            messages.warning(request, words)
        if held.taken < held.planned:
            return HttpResponseRedirect(f"{self.where}/{token}/preview?on=1")
        messages.success(request, gettext(self.entered) % {"count": held.entered})
        return self._done(held)

    def returned(self, request: HttpRequest, token: str) -> HttpResponse:
        """The sheet with every faulty cell marked and said."""
        given = self._given(request, token)
        copy = returned_copy(given.grid, given.table.heading, faults_of(given.rows))
        answer = HttpResponse(copy, content_type=XLSX)
        answer.headers["Content-Disposition"] = attachment(f"{given.grid.name}-问题已标出.xlsx")
        return answer

    def drop(self, request: HttpRequest, token: str) -> HttpResponse:
        """What was laid by is destroyed; what was entered stays."""
        self._given(request, token).held.drop()
        messages.success(request, gettext(self.dropped))
        return HttpResponseRedirect(self.where)

    def _laid_by(self, request: HttpRequest) -> Staged:
        """The sheet that was sent, read once. Raises ``Refusal``: ``sheet-missing``, ``sheet-too-large``, those of reading."""
        actor, given = presence_of(request).actor, request.FILES.get("sheet")
        if given is None:
            raise Refusal("sheet-missing", gettext("没有选文件。请先选一个 .xlsx 或 .csv 文件。"))
        if (given.size or 0) > MOST_BYTES:
            words = gettext("文件太大，表格最多5000万字节。请去掉图片后再传。")
            raise Refusal("sheet-too-large", words)
        held = stage(given.read(), given.name or "", self.use, actor.account)  # type: ignore[arg-type]  # as above
        try:
            held.sheet = first_filled(self.opened(held, actor).book)
        except Refusal:
            held.drop()
            raise
        held.keep()
        return held

    def _given(self, request: HttpRequest, token: str) -> RowsGiven:
        """What this account laid by for this use. Raises ``Refusal`` (``staged-gone``)."""
        actor = presence_of(request).actor
        held = staged(token, actor.account)
        if held.use != self.use:
            raise Refusal("staged-gone", gettext(self.other))
        return self.opened(held, actor)

    def _done(self, held: Staged) -> HttpResponse:
        """A sheet with rows to mend stays, so that its marked copy can be fetched."""
        if held.faulty or held.refused:
            held.keep()
            return HttpResponseRedirect(f"{self.where}/{held.token}/preview")
        held.drop()
        return HttpResponseRedirect(BASE)

    def _columns(self, request: HttpRequest, given: RowsGiven, error: str = "") -> HttpResponse:
        shown, fault = _columns_shown(given)
        if not fault:
            shown[self.asks] = request.POST.get(self.asks) or given.asked
        status = 422 if error or fault else 200
        return self._page(request, f"{self.name}_columns", status, error=error or fault, **shown)

    def _page(self, request: HttpRequest, name: str, status: int = 200, **shown: Any) -> HttpResponse:
        shown = {"here": "projects", "base": BASE, "where": self.where, **shown}
        return page(request, f"projects/{name}.html", status=status, **shown)


def counts_of(rows: Iterable[RowMade]) -> Counter[str]:
    """How many rows there are of each kind."""
    return Counter(row.kind for row in rows)


def faults_of(rows: Iterable[RowMade]) -> list[Fault]:
    """Every fault of every row: for the copy that goes back."""
    return [fault for row in rows for fault in row.faults]


def _choose_columns(request: HttpRequest, given: SheetGiven) -> dict[int, str]:
    """The fields by column as a person chose them in the form; what waited by other columns is forgotten."""
    names = {each.name for each in given.fields}
    chosen = {
        column.index: name
        for column in given.table.columns
        if (name := request.POST.get(f"column-{column.index}", "")) in names
    }
    given.held.columns = {str(place): name for place, name in chosen.items()}
    take_up(given.held)
    return chosen


def _columns_shown(given: SheetGiven) -> tuple[dict[str, Any], str]:
    """What the form of the columns shows, and why there is no table, in words, where there is none."""
    held = given.held
    sheets = [(at, grid.name, grid.is_hidden) for at, grid in enumerate(given.book.sheets) if grid.entries]
    shown: dict[str, Any] = {
        "held": held,
        "sheets": sheets,
        "fields": given.fields,
        "notes": given.book.notes,
    }
    try:
        chosen = held.columns
        rows = [
            (one, chosen.get(str(one.column.index), "") if chosen is not None else one.field)
            for one in given.proposals
        ]
        return shown | {"table": given.table, "columns": rows}, ""
    except Refusal as refusal:
        return shown | {"table": None, "columns": []}, refusal.message
