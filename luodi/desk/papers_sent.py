"""A paper as an answer: Word, PDF or spreadsheet, made when it is asked for and named for the folder it is saved in."""

from __future__ import annotations

import importlib.util

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

from luodi.kernel.refusal import Refusal
from luodi.papers.paper import Paper

_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    "docx": f"{_OFFICE}wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
}


def can_make_pdf() -> bool:
    """Whether what sets PDF is installed: there are machines for which nobody has built it."""
    return importlib.util.find_spec("typst") is not None


def paper_answer(paper: Paper, kind: str, name: str) -> HttpResponse:
    """The paper as a file to be kept; ``kind`` is one of ``KINDS``, ``name`` the file's without its ending.

    Raises ``Refusal`` for PDF where this machine can make none.
    """
    answer = HttpResponse(_written(paper, kind), content_type=KINDS[kind])
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{kind}") or ""
    return answer


def _written(paper: Paper, kind: str) -> bytes:
    # each brings a library of some megabytes, which starting up does not wait for
    if kind == "docx":
        from luodi.papers.word import word

        return word(paper)
    if kind == "xlsx":
        from luodi.papers.sheet import sheet

        return sheet(paper)
    if not can_make_pdf():
        raise Refusal("pdf-not-here", gettext("这台机器上没有装生成PDF的组件。请下载Word，或打印这一页。"))
    from luodi.papers.pdf import pdf

    return pdf(paper)
