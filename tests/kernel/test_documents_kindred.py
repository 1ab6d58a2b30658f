"""One article printed again or brought up to date is one document with its sightings; the district takes in office files."""

from __future__ import annotations

from pathlib import Path

import pytest

from luodi.kernel.documents.actions import intake
from luodi.kernel.documents.kindred import kin_of, versions_of
from luodi.kernel.documents.models import Sighting, Source, StatementKey
from luodi.kernel.documents.places import notes_of, place_of
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from luodi.kernel.refusal import Refusal
from tests.reading.made_files import a_docx, an_xlsx, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

HEAD = "青岚区2026年重点工作安排\n发布时间：2026-03-05 来源：青岚区人民政府办公室\n\n"
BODY = "\n".join(
    f"今年，全区将在第{n}网格新建口袋公园{n + 3}个，由第{n * 7 % 11}工作组牵头，惠及居民{n * 113}户。"
    for n in range(1, 25)
)
OTHER = "\n".join(
    f"年内改建农村公路{n}公里，硬化路面{n * 9}平方米，安装路灯{n * 5}盏。" for n in range(1, 25)
)
ROWS = [["序号", "项目名称", "建设内容", "责任单位"], ["1", "口袋公园", "新建口袋公园5个", "区住建局"]]


def took(text: str) -> Source:
    return intake(text.encode(), name="页.txt", by=SYSTEM)


def test_another_printing_is_a_sighting_of_the_first_and_one_document_with_it() -> None:
    first = took(HEAD + BODY)
    stranger = took(HEAD.replace("重点", "交通") + OTHER)
    again = took("云川日报转载\n" + HEAD + BODY + "\n责任编辑：某人\n")
    seen = Sighting.objects.get()
    assert (seen.source_id, seen.first_id, seen.relation) == (again.id, first.id, "same")
    assert float(seen.share) > 0.9
    assert [each.id for each in versions_of(again)] == [each.id for each in versions_of(first)]
    assert {each.id for each in versions_of(first)} == {first.id, again.id}
    assert [each.id for each in versions_of(stranger)] == [stranger.id]
    assert kin_of(first) == kin_of(again) == [seen]


def test_an_update_and_its_update_are_versions_of_one_document() -> None:
    lines = BODY.split("\n")
    chain = [
        took(HEAD + "\n".join(lines[n * 3 :]) + "\n" + "\n".join(OTHER.split("\n")[: n * 3]))
        for n in range(3)
    ]
    assert {each.id for each in versions_of(chain[2])} == {each.id for each in chain}
    assert {each.relation for each in Sighting.objects.all()} == {"updated"}


def test_a_sighting_is_part_of_the_event_that_kept_the_page(data_folder: Path) -> None:
    took(HEAD + BODY)
    again = took("转载\n" + HEAD + BODY)
    assert Event.objects.filter(subject=again.id).values_list("kind", flat=True).get() == "source.kept"
    assert [finding for finding in verify(data_folder) if finding.is_wrong] == []


def test_a_short_page_is_kin_of_nobody() -> None:
    took("今年新建公园5个。")
    took("今年新建公园5个。 ")
    assert not Sighting.objects.exists()


def test_a_word_document_is_taken_in_with_its_places() -> None:
    source = intake(
        a_docx([HEAD, "今年，全区将新建口袋公园5个。"], ROWS, header="内部"), name="安排.docx", by=SYSTEM
    )
    assert (source.encoding, source.decoder) == ("docx", "extract-1")
    statements = list(StatementKey.objects.filter(source=source).order_by("start"))
    assert [source.text[s.start : s.end] == s.quote for s in statements] == [True, True]
    assert [place_of(s) for s in statements] == ["第2段", "表1第2行"]
    assert notes_of(source) == ("页眉页脚没有取",)


def test_a_workbook_is_taken_in_and_text_has_no_places() -> None:
    sheet = intake(an_xlsx({"任务": ROWS}), name="任务.xlsx", by=SYSTEM)
    assert [place_of(s) for s in StatementKey.objects.filter(source=sheet)] == ["工作表“任务”C2:D2"]
    plain = took(HEAD + BODY)
    assert {place_of(s) for s in StatementKey.objects.filter(source=plain)} == {""}


def test_an_archive_is_no_document() -> None:
    with pytest.raises(Refusal) as refused:
        intake(zipped({"甲.txt": b"x"}), name="包.zip", by=SYSTEM)
    assert refused.value.code == "archive"
    assert not Source.objects.exists()
