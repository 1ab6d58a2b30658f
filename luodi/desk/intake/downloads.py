"""The lists of intake as files to take away: batches, and the files of a batch with what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.desk.doors import role_door
from luodi.desk.intake.batches import ROLES, batch_of, batches
from luodi.desk.intake.listing import STATES, batch_rows, file_rows, files_of, posts_of
from luodi.kernel.jobs.models import Item
from luodi.pages.sheets_out import Row, csv_answer, xlsx_answer

_AT_A_TIME = 500


@role_door(*ROLES)
@require_safe
def batches_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """``/desk/intake/batches.{csv,xlsx}``."""
    header = [
        gettext("什么时候"), gettext("名称"), gettext("谁放的"), gettext("情形"), gettext("新收"), gettext("早已有"),
        gettext("拒收"), gettext("等着收"), gettext("说法"),
    ]  # fmt: skip
    jobs = list(batches(request)[:20_000])
    rows = (
        (
            row.asked,
            row.note,
            row.post,
            row.state_words,
            row.taken,
            row.known,
            row.refused,
            row.waiting,
            row.findings,
        )
        for row in batch_rows(jobs, posts_of(jobs))
    )
    return _answer(form, "batches", gettext("批次"), header, rows)


@role_door(*ROLES)
@require_safe
def files_file(request: HttpRequest, batch: str, form: str) -> HttpResponseBase:
    """``/desk/intake/<batch>/files.{csv,xlsx}``: all, or those with the outcome ``show``."""
    job = batch_of(request, batch)
    state = request.GET.get("show", "")
    header = [
        gettext("文件"), gettext("在哪个压缩包里"), gettext("结果"), gettext("原因代码"), gettext("原因和办法"),
        gettext("文件页"), gettext("题目"), gettext("说法"),
    ]  # fmt: skip
    found = files_of(job, state if state in STATES else "")
    return _answer(form, job.id, gettext("文件"), header, _lines(found.iterator(_AT_A_TIME)))


def _lines(items: Iterable[Item]) -> Iterator[Row]:
    """In bunches, each with one question for the titles."""
    bunch: list[Item] = []
    for item in items:
        bunch.append(item)
        if len(bunch) == _AT_A_TIME:
            yield from _cells(bunch)
            bunch = []
    yield from _cells(bunch)


def _cells(items: list[Item]) -> Iterator[Row]:
    for row in file_rows(items):
        number = str(row.findings) if row.document else ""
        yield row.name, row.inside, row.state_words, row.code, row.words, row.document, row.title, number


def _answer(form: str, name: str, sheet: str, header: Row, rows: Iterable[Row]) -> HttpResponseBase:
    made: dict[str, Callable[[], HttpResponseBase]] = {
        "csv": lambda: csv_answer(f"{name}.csv", header, rows),
        "xlsx": lambda: xlsx_answer(f"{name}.xlsx", sheet, header, rows),
    }
    if form not in made:
        raise Http404(gettext("可以下载 .csv 和 .xlsx，没有别的。"))
    answer = made[form]()
    answer.headers["Cache-Control"] = "no-store"
    return answer
