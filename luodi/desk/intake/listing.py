"""Batches and their files as rows of tables: for the pages and for the files one takes away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext

from luodi.desk.intake.progress import number
from luodi.kernel.documents.models import Source
from luodi.kernel.jobs.models import Item, Job
from luodi.kernel.register.models import Post
from luodi.pages import days
from luodi.pages.shapes import PageLinks

STATES = ("refused", "taken", "known", "waiting")


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a batch. ``title`` is of the document it became, ``review`` where its statements are judged."""

    name: str
    state: str
    state_words: str
    words: str = ""
    code: str = ""
    document: str = ""
    title: str = ""
    findings: int = 0
    review: str = ""
    inside: str = ""


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch in the list of batches."""

    href: str
    asked: str
    note: str
    post: str
    state: str
    state_words: str
    taken: str
    known: str
    refused: str
    waiting: str
    findings: str


def files_of(job: Job, state: str = "") -> QuerySet[Item]:
    """The files with this outcome, or all; archives and lists that unfolded are none. Refused and waiting in their order, the
    rest newest first."""
    found = Item.objects.filter(job=job).exclude(state="opened").select_related("parent")
    if state:
        found = found.filter(state=state)
    return found.order_by("-id" if state in ("taken", "known") else "id")


def chosen_state(request: HttpRequest, job: Job) -> str:
    """Which outcome the page lists: as asked, else the one that wants looking at most."""
    asked = request.GET.get("show", "")
    if asked in STATES:
        return asked
    counts = {"refused": job.refused, "taken": job.taken, "known": job.known, "waiting": job.waiting}
    return next((state for state in STATES if counts[state]), "taken")


def file_rows(items: Sequence[Item]) -> list[FileRow]:
    """Rows with the titles of their documents; one query."""
    ids = [item.result for item in items if item.result]
    titles = dict(Source.objects.filter(id__in=ids).values_list("id", "title")) if ids else {}
    return [_file_row(item, titles) for item in items]


def _file_row(item: Item, titles: Mapping[str, str]) -> FileRow:
    return FileRow(
        name=item.name or gettext("（文件名已清）"),
        state=item.state,
        state_words=state_words(item.state),
        words=item.words,
        code=item.code,
        document=f"/desk/documents/{item.result}" if item.result else "",
        title=titles.get(item.result, ""),
        findings=item.findings,
        review=f"/desk/review?document={item.result}" if item.findings else "",
        inside=item.parent.name or "" if item.parent else "",
    )


def state_words(state: str) -> str:
    """An item's state as people read it."""
    return {
        "taken": gettext("新收"),
        "known": gettext("早已有"),
        "refused": gettext("拒收"),
        "waiting": gettext("等着收"),
        "opened": gettext("已展开"),
    }[state]


def batch_rows(jobs: Iterable[Job], posts: Mapping[str, str]) -> list[BatchRow]:
    """Rows; asks nothing."""
    words = {
        "ended": gettext("收完了"),
        "stopped": gettext("停着"),
        "receiving": gettext("在传"),
        "working": gettext("在收"),
    }
    return [
        BatchRow(
            href=f"/desk/intake/{job.id}",
            asked=days.instant(job.asked_at),
            note=job.note or "",
            post=posts.get(job.post, ""),
            state=job.state,
            state_words=words[job.state],
            taken=number(job.taken),
            known=number(job.known),
            refused=number(job.refused),
            waiting=number(job.waiting),
            findings=number(job.findings),
        )
        for job in jobs
    ]


def posts_of(jobs: Iterable[Job]) -> dict[str, str]:
    """The posts that asked, by id, with their units; one query."""
    rows = Post.objects.filter(Q(id__in={job.post for job in jobs})).select_related("unit")
    return {row.id: f"{row.unit.name}{row.title}" for row in rows}


def turned_to(request: HttpRequest, total: int, a_page: int) -> tuple[int, int]:
    """The first row of the page asked for, from 0, and the number of that page; the last page where there are fewer."""
    text = request.GET.get("page", "")
    asked = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    number_of_page = min(max(asked, 1), max((total + a_page - 1) // a_page, 1))
    return (number_of_page - 1) * a_page, number_of_page


def page_links(
    address: str, chosen: Mapping[str, str], turned: int, here: int, total: int, a_page: int, mark: str
) -> PageLinks | None:
    """Where one is in the list at ``mark`` of the page; nothing where one page holds it all."""
    if total <= a_page:
        return None
    first = (turned - 1) * a_page

    def there(to: int) -> str:
        return f"{address}?{urlencode({**chosen, 'page': str(to)})}#{mark}"

    return PageLinks(
        first=first + 1,
        last=first + here,
        total=total,
        before=there(turned - 1) if turned > 1 else "",
        after=there(turned + 1) if first + here < total else "",
    )
