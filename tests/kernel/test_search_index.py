"""Finding rows by their words, on whichever database is in use."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luodi.kernel.search import index, texts
from luodi.kernel.search.grams import terms
from luodi.kernel.search.models import Entry
from luodi.kernel.search.texts import Text
from tests.kernel.test_search_grams import holds

pytestmark = pytest.mark.django_db


def put(subject: str, text: str, *, is_public: bool = True, kind: str = "c") -> None:
    index.put(subject, kind, text, is_public)


def found(query: str, **given: object) -> list[str]:
    return [hit.subject for hit in index.find(query, **{"public_only": True, **given})]  # type: ignore[arg-type]


@pytest.fixture
def promises() -> None:
    put("c1", "新增养老床位500张，改造老旧小区23个。")
    put("c2", "建设5G基站300个，城区改造提速。")
    put("c3", "养老服务中心内部名单", is_public=False)
    put("d1", "第一句话。" * 150 + "末尾才说氢能公交。" + "再说一句。" * 150 + "养老院也提到。", kind="d")


def test_two_characters_are_found_anywhere(promises: None) -> None:
    assert found("养老") == ["d1", "c1"]
    assert found("区改") == ["c2"]
    assert found("氢能") == ["d1"]
    assert found("没有这个词") == []


def test_newest_first_and_no_more_than_asked_for(promises: None) -> None:
    assert found("养老", limit=1) == ["d1"]
    assert found("养老", public_only=False) == ["d1", "c3", "c1"]
    assert found("养老", limit=0) == []


def test_one_character_is_the_beginning_of_a_word(promises: None) -> None:
    assert found("氢") == ["d1"]
    assert found("速") == ["c2"]


def test_words_of_a_long_document_may_stand_far_apart(promises: None) -> None:
    assert found("氢能 养老院") == ["d1"]
    assert found("氢能 床位") == []
    assert index.count("氢能 养老院", public_only=True) == 1


def test_only_public_rows_are_found_for_the_public(promises: None) -> None:
    assert found("内部名单") == []
    assert found("内部名单", public_only=False) == ["c3"]


def test_a_kind_is_chosen_by_its_letter(promises: None) -> None:
    assert found("养老", kinds=["c"]) == ["c1"]
    assert found("养老", kinds=["d", "s"]) == ["d1"]


def test_width_and_case_do_not_matter(promises: None) -> None:
    assert found("５ｇ基站") == found("5G基站") == found("5g 基站") == ["c2"]


def test_the_hit_shows_where_and_in_which_words(promises: None) -> None:
    (hit,) = index.find("氢能公交", public_only=True)
    assert hit.kind == "d"
    assert hit.start == len("第一句话。" * 150 + "末尾才说")
    assert ("氢能公交", True) in hit.pieces
    assert hit.words.startswith("…末尾才说氢能公交。")


def test_the_best_part_of_several_is_shown() -> None:
    put("d1", "先说养老。" + "间隔的话。" * 200 + "再说氢能养老。", kind="d")
    (hit,) = index.find("养老 氢能", public_only=True)
    assert [words for words, is_hit in hit.pieces if is_hit] == ["氢能", "养老"]


def test_a_changed_text_is_found_by_its_new_words_only(promises: None) -> None:
    put("c1", "新建幼儿园3所。")
    assert found("养老") == ["d1"]
    assert found("幼儿园") == ["c1"]
    assert Entry.objects.filter(subject="c1").count() == 1


def test_what_stays_the_same_is_not_written_again(promises: None) -> None:
    before = list(Entry.objects.values_list("pk", flat=True))
    put("c1", "新增养老床位500张，改造老旧小区23个。")
    assert list(Entry.objects.values_list("pk", flat=True)) == before


def test_a_row_may_be_hidden_from_the_public(promises: None) -> None:
    put("c1", "新增养老床位500张，改造老旧小区23个。", is_public=False)
    assert found("床位") == []
    assert found("床位", public_only=False) == ["c1"]


def test_what_is_removed_is_not_found(promises: None) -> None:
    index.remove("d1")
    assert found("氢能", public_only=False) == []
    assert found("养老") == ["c1"]


def test_hits_go_on_behind_the_last_one() -> None:
    for number in range(230):
        put(f"c{number:03}", f"第{number}件养老的事。")
    seen: list[str] = []
    before = None
    while page := index.find("养老", public_only=True, limit=50, before=before):
        seen += [hit.subject for hit in page]
        before = page[-1].entry
    assert seen == [f"c{number:03}" for number in reversed(range(230))]
    assert index.count("养老", public_only=True) == 230
    assert index.count("养老", public_only=True, up_to=100) == 101


@pytest.mark.parametrize(
    "query",
    [
        "", " ", "'", '"', '养老" OR "床', "养老') OR 1=1 --", "'; DROP TABLE luodi_search_entry; --", "*", "养*", "^养",
        "NEAR(养 老)", "grams:养老", "养 AND 老", "-养老", "养:*", "养 <-> 老", "!养", "(养", "\\", "%", "_", "%s", "{}",
        "\0养老\0", "\ud800养老", "�", "\u202e养老", "‘养老’", "＂养老＂", "NULL", "a" * 5_000, "养" * 5_000,
        "养 " * 5_000, "😀养老",
    ],
)  # fmt: skip
def test_no_question_breaks_out_of_its_place(promises: None, query: str) -> None:
    assert set(found(query)) <= {"c1", "c2", "d1"}
    assert index.count(query, public_only=True) <= 3
    assert Entry.objects.count() > 3


def test_a_nul_in_a_text_does_no_harm() -> None:
    put("c1", "养\0老床位")
    assert found("床位") == ["c1"]


def test_a_text_of_one_repeated_sign_is_taken_in() -> None:
    put("c1", "养、" * 3_000)
    put("c2", "x" * 3_000_00 + " 养老")
    assert found("养") == ["c2", "c1"]
    assert found("养老") == ["c2"]


def test_the_index_can_be_made_anew(promises: None, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"c": lambda: iter([Text("c8", "养老旧事", True), Text("c9", "养老新事", False)])}
    monkeypatch.setattr(texts, "_tellings", told)
    assert index.rebuild() == 2
    assert found("养老") == ["c8"]
    assert found("养老", public_only=False) == ["c9", "c8"]
    assert found("氢能") == []


def test_one_kind_can_be_made_anew(promises: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_tellings", {"c": lambda: iter([Text("c8", "养老旧事", True)])})
    index.rebuild(["c"])
    assert found("养老", public_only=False) == ["c8", "d1"]


def test_a_kind_is_told_by_one_part_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_tellings", {})
    texts.register("q", lambda: iter([]))
    with pytest.raises(ValueError, match="telling already"):
        texts.register("q", lambda: iter([]))


def test_tokens_are_kept_beside_the_text_and_no_text_twice() -> None:
    tables = connection.introspection.table_names()
    if connection.vendor == "sqlite":
        assert "luodi_search_grams_data" in tables
        assert "luodi_search_grams_content" not in tables
    else:
        assert "luodi_search_grams" not in tables


def test_counting_goes_on_where_many_parts_are_of_few_texts() -> None:
    put("d1", "养老的话。" * 4_000, kind="d")
    put("d2", "养老的话。" * 4_000, kind="d")
    put("d3", "只有一次养老。", kind="d")
    assert index.count("养老", public_only=True, up_to=5) == 3
    assert index.count("养老", public_only=True, up_to=2) == 3
    assert found("养老") == ["d3", "d2", "d1"]
    assert found("养老", limit=2) == ["d3", "d2"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text(alphabet="养老服务中心。，5Gx", max_size=30), min_size=1, max_size=6),
    st.text(alphabet="养老服务中心 5G，", max_size=6),
)
def test_the_database_finds_what_the_tokens_say(texts_given: list[str], query: str) -> None:
    Entry.objects.all().delete()
    backend = index.backend()
    backend.clear()
    for number, text in enumerate(texts_given):
        put(f"c{number}", text)
    expected = [f"c{n}" for n, text in enumerate(texts_given) if terms(query) and holds(text, query)]
    assert found(query) == expected[::-1]
    assert index.count(query, public_only=True) == len(expected)
