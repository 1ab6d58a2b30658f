"""Two documents side by side in public: what changed, what is no longer said, each beside its sentence; and kin."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luodi.kernel.documents import access
from luodi.kernel.documents.actions import intake
from luodi.kernel.documents.models import Source, StatementKey
from luodi.kernel.documents.side_by_side import earlier_like
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.action import SYSTEM
from tests.database import unguarded
from tests.reading.made_files import a_docx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

HEAD = "{year}年青岚区政府工作报告\n发布时间：{year}-01-20 来源：青岚区人民政府\n\n各位代表：\n\n"
LAST = """今年，新建口袋公园12个。
年内建成智慧停车泊位3000个。
年底前完成城区背街小巷排水管网改造18.6公里。
6月底前开通青石镇到城区的夜班公交2条。
"""
THIS = """今年，新建口袋公园8个。
年底前完成城区背街小巷排水管网改造18.6公里。
秋季开学前新增公办幼儿园学位1800个。
"""


def took(text: str, name: str = "页.txt") -> Source:
    return intake(text.encode(), name=name, by=SYSTEM)


def hidden(source: Source) -> Source:
    """The source, kept from the public."""
    with unguarded():
        KeptFile.objects.filter(pk=source.file_id).update(is_public=False)  # type: ignore[attr-defined]
    return source


@pytest.fixture
def reports() -> tuple[Source, Source]:
    return took(HEAD.format(year=2025) + LAST), took(HEAD.format(year=2026) + THIS)


def get(address: str) -> Any:
    answer = Client().get(address)
    assert answer.status_code == 200, answer.content[:300]
    return answer


def test_this_year_s_report_leads_to_last_year_s_and_says_what_became_of_it(
    reports: tuple[Source, Source],
) -> None:
    earlier, later = reports
    address = f"/d/{later.id}/against/{earlier.id}"
    assert f'href="{address}"' in get(f"/d/{later.id}").content.decode()
    assert "against" not in get(f"/d/{earlier.id}").content.decode(), "nothing of the sort stands before it"
    page = get(address)
    said = {group.outcome: list(group.pairs) for group in page.context["groups"]}
    assert [pair.before.text for pair in said["changed"]] == ["新建口袋公园12个"]
    assert [found.what for found in said["changed"][0].changes] == ["number_lowered"]
    assert said["changed"][0].changes[0].is_quiet
    assert {pair.before.text[:9] for pair in said["gone"]} == {"年内建成智慧停车泊", "6月底前开通青石镇"}
    assert [pair.after.text for pair in said["new"]] == ["秋季开学前新增公办幼儿园学位1800个"]
    assert len(said["same"]) == 1
    text = page.content.decode()
    for statement in StatementKey.objects.filter(kind="commitment"):
        assert f'href="/s/{statement.id}"' in text, statement.quote


def test_asked_the_wrong_way_round_it_goes_to_the_right_one(reports: tuple[Source, Source]) -> None:
    earlier, later = reports
    answer = Client().get(f"/d/{earlier.id}/against/{later.id}")
    assert answer.status_code == 302
    assert answer["Location"] == f"/d/{later.id}/against/{earlier.id}"


def test_two_without_promises_say_that_there_is_nothing_to_compare() -> None:
    one, other = took("会议通知\n2025年1月3日\n下午开会。\n"), took("会议通知\n2026年1月3日\n下午开会。\n")
    assert "没有可以对照的" in get(f"/d/{other.id}/against/{one.id}").content.decode()


def test_the_files_hold_every_pair(reports: tuple[Source, Source]) -> None:
    earlier, later = reports
    address = f"/d/{later.id}/against/{earlier.id}"
    answer = Client().get(f"{address}.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[0] for row in rows[1:]] == ["变了", "不再提", "不再提", "新提出", "照旧"]
    assert rows[1][1] == "目标数调低：12个→8个"
    assert rows[1][2] == "没有说明"
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(Client().get(f"{address}.xlsx").streaming_content))  # type: ignore[attr-defined]
    )
    assert book.active is not None
    assert [str(row[0]) for row in book.active.values] == [row[0] for row in rows]
    assert Client().get(f"{address}.pdf").status_code == 404


def test_what_is_not_public_or_not_there_is_not_compared(reports: tuple[Source, Source]) -> None:
    _, later = reports
    inner = hidden(took(HEAD.format(year=2024) + LAST))
    for other in (inner.id, later.id, "d0000000000000"):
        assert Client().get(f"/d/{later.id}/against/{other}").status_code == 404
    assert inner not in earlier_like(later, access.public())
    assert inner.id not in get(f"/d/{later.id}").content.decode()


def test_another_printing_is_named_with_how_much_is_the_same(reports: tuple[Source, Source]) -> None:
    earlier, _ = reports
    again = took("云川日报转载\n" + HEAD.format(year=2025) + LAST + "\n责任编辑：某人\n")
    text = get(f"/d/{earlier.id}").content.decode()
    assert f'href="/d/{again.id}"' in text
    assert "同一篇，在别处也登过" in text
    assert "相同处约" in text
    inner = hidden(took("转载\n" + HEAD.format(year=2025) + LAST))
    assert inner.id not in get(f"/d/{earlier.id}").content.decode()


def test_a_statement_out_of_a_table_says_where_it_stands() -> None:
    rows = [["序号", "项目名称", "建设内容", "责任单位"], ["1", "口袋公园", "新建口袋公园5个", "区住建局"]]
    source = intake(a_docx("青岚区2026年民生实事", rows), name="任务.docx", by=SYSTEM)
    assert StatementKey.objects.filter(source=source).exists()
    assert "表1第2行" in get(f"/d/{source.id}").content.decode()


def test_two_too_long_are_refused_in_words_before_anything_is_compared(
    reports: tuple[Source, Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier, later = reports
    monkeypatch.setattr("luodi.kernel.documents.side_by_side.MOST_PAIRS", 3)
    monkeypatch.setattr("luodi.kernel.documents.side_by_side.pair_up", lambda *_: pytest.fail("compared"))
    for ending in ("", ".csv", ".xlsx"):
        answer = Client().get(f"/d/{later.id}/against/{earlier.id}{ending}")
        assert answer.status_code == 422
        assert "bin/luodi compare" in answer.content.decode()


def test_many_pairs_cost_no_more_queries_than_few(reports: tuple[Source, Source]) -> None:
    earlier, later = reports
    with CaptureQueriesContext(
        connection,
    ) as few:
        get(f"/d/{later.id}/against/{earlier.id}")
    long = [
        took(HEAD.format(year=year) + LAST + "".join(f"今年在第{n}村修建水塔{n}座。\n" for n in range(2, 30)))
        for year in (2023, 2024)
    ]
    with CaptureQueriesContext(connection) as many:
        get(f"/d/{long[1].id}/against/{long[0].id}")
    assert len(many) <= len(few) <= 16
