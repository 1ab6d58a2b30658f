"""``/data/``: the promises of any choice as CSV, XLSX and JSON, sent as they are read, two hundred at a time."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.kernel.clocks.now import now, today
from luodi.kernel.commitments.board import Choice, page
from luodi.kernel.commitments.gather import Material, material_of
from luodi.kernel.commitments.light_rules import rule_named
from luodi.kernel.commitments.models import Standing
from luodi.kernel.ledger.lookups import newest_checkpoint
from luodi.kernel.register.lookups import district
from luodi.pages.public_address import public_address
from luodi.portal.areas import announced_public
from luodi.portal.board_words import state_words
from luodi.portal.choosing import asked, choice_of
from luodi.portal.counted import tally
from luodi.portal.freshness import public_page
from luodi.portal.names import Names
from luodi.portal.promise_rows import first_said, latest_report, latest_verified
from luodi.portal.sheets_out import csv_answer, xlsx_answer

_BATCH = 200
# key in JSON, heading in tables
COLUMNS: tuple[tuple[str, str], ...] = (
    ("id", "编号"),
    ("office_number", "办公室编号"),
    ("title", "承诺"),
    ("state", "状态代码"),
    ("state_words", "状态"),
    ("lead_unit", "牵头单位"),
    ("leader_post", "责任岗位"),
    ("topic", "领域"),
    ("place", "地点"),
    ("year", "计划年度"),
    ("target_number", "目标"),
    ("target_unit", "目标单位"),
    ("target_approx", "目标限定"),
    ("basis", "口径"),
    ("target_version", "目标第几版"),
    ("due", "期限"),
    ("due_precision", "期限精度"),
    ("reported_number", "上报"),
    ("reported_unit", "上报单位"),
    ("reported_as_of", "上报截至"),
    ("verified_number", "核实"),
    ("verified_unit", "核实单位"),
    ("verified_as_of", "核实截至"),
    ("light", "亮灯"),
    ("light_rule", "亮灯规则"),
    ("target_changed", "目标改过"),
    ("source_gone", "原文已撤或不再提"),
    ("news_on", "最新数据日"),
    ("statement", "出自说法"),
    ("source", "出自文件"),
    ("source_cell", "出自表格"),
    ("page", "网页"),
)


@public_page
def data_page(request: HttpRequest) -> HttpResponse:
    """What can be taken away, and what its columns mean."""
    return render(
        request,
        "portal/data.html",
        {
            "here": "data",
            "columns": COLUMNS,
            "total": tally(request, Choice(), today()).total,
            "checkpoint": newest_checkpoint(),
            "areas": [area for area in announced_public() if area.downloads],
        },
    )


@require_safe
def commitments_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """``/data/commitments.{csv,xlsx,json}`` with the same choices as the board."""
    day = today()
    choice = choice_of(asked(request.GET), day)
    base = public_address(request)
    records = records_of(choice, day, base)
    name = f"commitments-{day.isoformat()}.{kind}"
    header = [heading for _, heading in COLUMNS]
    if kind == "csv":
        return csv_answer(name, header, (_cells(record) for record in records))
    if kind == "xlsx":
        return xlsx_answer(name, "承诺", header, (_cells(record) for record in records))
    if kind == "json":
        return _json_answer(name, records, day, base)
    raise Http404(gettext("只有CSV、XLSX、JSON三种。"))


def records_of(choice: Choice, day: dt.date, base: str) -> Iterator[dict[str, Any]]:
    """One plain record a promise, worst first; eight queries for each two hundred."""
    after = ""
    while True:
        found = page(choice, day, order="worst", after=after, limit=_BATCH)
        materials = material_of([row.commitment_id for row in found.rows])
        posts = Names.of(
            {row.commitment.leader_post_id for row in found.rows if row.commitment.leader_post_id}
        )
        for row in found.rows:
            yield _record(row, materials[row.commitment_id], posts, base)
        after = found.after
        if not after:
            return


def _record(row: Standing, material: Material, posts: Names, base: str) -> dict[str, Any]:
    commitment, target = row.commitment, material.targets[-1]
    report, verified, said = latest_report(material), latest_verified(material), first_said(material)
    return {
        "id": commitment.id,
        "office_number": commitment.number,
        "title": commitment.title,
        "state": row.board,
        "state_words": state_words(row.board),
        "lead_unit": commitment.lead_unit.name,
        "leader_post": posts.name(commitment.leader_post_id),
        "topic": commitment.topic,
        "place": row.place.name if row.place else "",
        "year": commitment.year,
        "target_number": target.number,
        "target_unit": target.unit,
        "target_approx": target.approx,
        "basis": target.basis,
        "target_version": target.version,
        "due": target.due_until.isoformat() if target.due_until else "",
        "due_precision": target.due_precision,
        "reported_number": report.number if report else "",
        "reported_unit": report.unit if report else "",
        "reported_as_of": report.as_of.isoformat() if report else "",
        "verified_number": verified[0].number if verified else "",
        "verified_unit": verified[1].unit if verified else "",
        "verified_as_of": verified[0].as_of.isoformat() if verified else "",
        "light": row.light,
        "light_rule": rule_named(row.rule).words(),
        "target_changed": row.changed,
        "source_gone": row.gone,
        "news_on": row.news_on.isoformat(),
        "statement": f"{base}/s/{said.statement_id}" if said else "",
        "source": f"{base}/d/{said.statement.source_id}" if said and said.statement else "",
        "source_cell": commitment.origin_cell,
        "page": f"{base}/c/{commitment.id}",
    }


def _cells(record: dict[str, Any]) -> list[str]:
    shown = []
    for key, _ in COLUMNS:
        value = record[key]
        shown.append(
            ("是" if value else "") if isinstance(value, bool) else "" if value is None else str(value)
        )
    return shown


def _json_answer(
    name: str, records: Iterator[dict[str, Any]], day: dt.date, base: str
) -> StreamingHttpResponse:
    response = StreamingHttpResponse(
        _json_lines(records, day, base), content_type="application/json; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _json_lines(records: Iterator[dict[str, Any]], day: dt.date, base: str) -> Iterator[bytes]:
    here = district()
    checkpoint = newest_checkpoint()
    head = {
        "district": here.name if here else "",
        "kind": here.kind if here else "",
        "made_at": now().isoformat(timespec="seconds"),
        "states_on": day.isoformat(),
        "address": base,
        "checkpoint": checkpoint.note if checkpoint else "",
    }
    text = json.dumps(head, ensure_ascii=False)
    yield f'{text[:-1]}, "commitments": ['.encode()
    for number, record in enumerate(records):
        yield (("," if number else "") + "\n" + json.dumps(record, ensure_ascii=False)).encode()
    yield b"\n]}\n"
