"""A figure of statistics quoted from a sentence of the bureau's paper as it stands; other papers and rough figures are not."""

from __future__ import annotations

import datetime as dt

import pytest

from luodi.areas.projects import actions
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.report_models import StatisticalFigure
from luodi.kernel.documents import actions as documents
from luodi.kernel.documents.models import StatementKey
from luodi.kernel.ledger.verify import verify
from luodi.kernel.register import actions as register
from tests.areas.projects.project_town import WAN, ProjectTown, at, found
from tests.areas.projects.test_screens import browser, read, running
from tests.desk.case_desk import text_of

pytestmark = pytest.mark.django_db
BASE = "/desk/projects"
BULLETIN = "2026年5月统计公报\n\n2026-06-08  来源：区统计局\n\n{}\n"
SENTENCE = "岚谷冷链中心完成投资1234.5万元。"


@pytest.fixture
def town(data_folder: object) -> ProjectTown:
    return found()


@pytest.fixture
def file(town: ProjectTown) -> ProjectFile:
    made = running(town, "岚谷冷链中心", 1_500)
    with at(6, 3):
        actions.enter_library(
            made, "statistical", by=town.actors["综合科"], since=dt.date(2026, 4, 10), paper="平台回执"
        )
    return made


def tied(town: ProjectTown, file: ProjectFile, text: str) -> StatementKey:
    """A document whose one statement is tied to the project."""
    with at(6, 10):
        documents.intake(text.encode(), by=town.actors["综合科"])
        statement = StatementKey.objects.order_by("id").last()
        assert statement is not None, "nothing was read"
        register.link("named_in", file.project_id, statement.id, by=town.actors["综合科"])
    return statement


def test_a_figure_is_quoted_as_it_stands_and_leads_back_to_its_paper(
    town: ProjectTown, file: ProjectFile
) -> None:
    where = f"{BASE}/{file.id}/quote"
    assert "还没有连到这个项目的句子" in text_of(read(town, "综合科", where))
    statement = tied(town, file, BULLETIN.format(SENTENCE))
    page = read(town, "综合科", where)
    (sentence,) = page.context["sentences"]
    (one,) = sentence.offered
    assert (one.words, one.fen) == ("1234.5万元", 1_234_50 * WAN // 100)
    given = {"figure": one.ident, "as_of": "2026-05-31"}
    with at(6, 15):
        client = browser(town, "综合科")
        for name, wrong in (("figure", ""), ("figure", "x999"), ("as_of", "五月"), ("as_of", "2026-06-16")):
            answer = client.post(where, {**given, name: wrong, "amount": "9999"})
            assert (answer.status_code, list(answer.context["faults"])) == (422, [name]), (name, wrong)
        assert client.post(where, given)["Location"] == f"{BASE}/{file.id}?month=2026-05#months"
        assert list(client.post(where, given).context["faults"]) == ["figure"]
    row = StatisticalFigure.objects.select_related("source__source").get()
    assert (row.month, row.amount, row.source) == (dt.date(2026, 5, 1), one.fen, statement.source.file)
    shown = text_of(read(town, "综合科", f"{BASE}/{file.id}"))
    assert "1234.50万元，截至2026年5月31日" in shown
    assert f'<a href="/d/{statement.source_id}">出自' in shown
    assert "岚谷冷链中心完成投资1234.5万元" in shown
    assert "1234.50" not in text_of(read(town, "镇长", f"{BASE}/{file.id}"))
    assert [finding for finding in verify() if finding.is_wrong] == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026年5月工作简报\n\n2026-06-08  来源：区政府办公室\n\n" + SENTENCE + "\n", "不是统计部门的材料"),
        (BULLETIN.format("岚谷冷链中心完成投资约1200万元。"), "没有确定的金额"),
        (BULLETIN.format("岚谷冷链中心建成冷库3座。"), "没有确定的金额"),
    ],
)
def test_what_is_not_the_bureaus_or_not_outright_is_not_offered(
    town: ProjectTown, file: ProjectFile, text: str, why: str
) -> None:
    tied(town, file, text)
    page = read(town, "综合科", f"{BASE}/{file.id}/quote")
    assert why in text_of(page)
    assert not page.context["can_quote"]


def test_only_the_office_quotes_and_only_what_is_in_statistics(town: ProjectTown, file: ProjectFile) -> None:
    for post in ("填报员", "镇长", "核查科", "副区长"):
        read(town, post, f"{BASE}/{file.id}/quote", 403)
    other = running(town, "环湖绿道贯通", 1_500)
    tied(town, other, BULLETIN.format("环湖绿道贯通完成投资300万元。"))
    where = f"{BASE}/{other.id}/quote"
    one = read(town, "综合科", where).context["sentences"][0].offered[0]
    with at(6, 15):
        answer = browser(town, "综合科").post(where, {"figure": one.ident, "as_of": "2026-05-31"})
    assert answer.status_code == 409
    assert "还没有纳统" in text_of(answer)
    assert not StatisticalFigure.objects.exists()
