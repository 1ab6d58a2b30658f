"""What a document's page shows: both texts, with the same statements marked in each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.kernel.documents.actions import intake
from luodi.kernel.documents.models import ReadFigure, Reading, Source, StatementKey
from luodi.kernel.documents.page import document_page, excerpt, figure_excerpt
from luodi.kernel.documents.pieces import Piece, pieces
from luodi.kernel.documents.repaired import Repaired
from luodi.kernel.ledger.action import SYSTEM
from luodi.reading.edits import Edit
from luodi.reading.reader import read

PAGES = sorted((Path(__file__).parents[2] / "demonstration" / "pages").iterdir())
GARBLED = [path for path in PAGES if path.stem.startswith("g")]
HTML = (
    "<!doctype html><meta charset=utf-8><title>x</title><div>首页 | 要闻</div><h1>青岚区2026年民生实事</h1>"
    "<p>发布日期：2026-01-26</p><p>年内改造<b>老旧小区</b>23个&nbsp;，惠及居民6412户。</p>"
    "<p>6月底前建成养老服务中心3处。</p>"
).encode()


@pytest.fixture(autouse=True)
def _data(data_folder: Path) -> Iterator[Path]:
    return data_folder


def taken(raw: bytes) -> Source:
    return Source.objects.get(pk=intake(raw, by=SYSTEM).pk)


def marked(cut: tuple[Piece, ...] | list[Piece], name: str) -> str:
    return "".join(piece.text for piece in cut if name in piece.statements)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_the_repair_made_anew_is_the_one_that_was_read(path: Path) -> None:
    document = read(path.read_bytes())
    again = Repaired(document.source)
    assert [layer.edits for layer in again.layers] == [layer.edits for layer in document.layers]
    for statement in document.statements:
        span = document.source_span(statement.start, statement.stop)
        assert again.source_span(statement.start, statement.stop) == span
        low, high = again.text_span(*span)
        assert low <= statement.start
        assert statement.stop <= high
        assert high - low <= statement.stop - statement.start + 2, "no more than what shares bytes with it"


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*GARBLED, PAGES[0]], ids=lambda p: p.stem)
def test_every_statement_is_marked_in_both_texts(path: Path) -> None:
    source = taken(path.read_bytes())
    page = document_page(source)
    assert "".join(piece.text for piece in page.kept) == source.text
    readings = dict(Reading.objects.values_list("statement_id", "text"))
    assert page.statements
    shown = [piece for paragraph in page.paragraphs for piece in paragraph.pieces]
    for spoken in page.statements:
        assert marked(page.kept, spoken.statement.id) == spoken.statement.quote
        assert readings[spoken.statement.id].replace("\n", "") in marked(shown, spoken.statement.id).replace(
            "\n", ""
        )
        for cut in (page.kept, shown):
            assert sum(spoken.statement.id in piece.is_first for piece in cut) >= 1
    assert page.is_repaired is path.stem.startswith("g")


@pytest.mark.django_db
def test_repaired_places_and_holes_show_in_both_texts() -> None:
    pages = [document_page(taken(path.read_bytes())) for path in GARBLED]
    for page in pages:
        shown = [piece for paragraph in page.paragraphs for piece in paragraph.pieces]
        repaired, kept = (
            {id(piece.edit) for piece in cut if piece.is_repaired} for cut in (shown, page.kept)
        )
        assert repaired <= kept
        assert len(kept) == page.repairs > 0
        assert len({id(piece.edit) for piece in page.kept if piece.is_guess}) == page.guesses
        assert len({id(piece.edit) for piece in page.kept if piece.is_hole}) == page.holes
    assert any(page.guesses for page in pages)
    assert any(page.holes for page in pages)


@pytest.mark.django_db
def test_a_saved_web_page_keeps_its_markup_and_shows_its_text() -> None:
    source = taken(HTML)
    page = document_page(source)
    assert "".join(piece.text for piece in page.kept) == HTML.decode()
    promise = StatementKey.objects.filter(kind="commitment").order_by("start")[0]
    assert "<b>老旧小区</b>23个" in marked(page.kept, promise.id)
    shown = [piece for paragraph in page.paragraphs for piece in paragraph.pieces]
    assert "改造老旧小区23个" in marked(shown, promise.id)
    assert not page.is_repaired, "markup taken off is no repair"
    assert not any("<" in piece.text for piece in shown)


@pytest.mark.django_db
@pytest.mark.parametrize("path", GARBLED, ids=lambda p: p.stem)
def test_an_excerpt_highlights_the_statement_in_both_texts(path: Path) -> None:
    source = taken(path.read_bytes())
    for statement in StatementKey.objects.filter(source=source):
        around = excerpt(statement, source.text)
        kept = "".join(piece.text for piece in around.kept)
        assert source.text[around.start : around.start + len(kept)] == kept
        assert marked(around.kept, statement.id) == statement.quote
        reading = statement.readings.get()
        assert reading.text.replace("\n", "") in marked(around.repaired, statement.id).replace("\n", "")


@pytest.mark.django_db
def test_a_figure_can_be_highlighted_where_it_stands() -> None:
    source = taken(HTML)
    figure = ReadFigure.objects.get(number="23")
    assert marked(figure_excerpt(figure, source.text).kept, figure.id) == "23个"


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    source = draw(st.text(alphabet="一二三abc", min_size=1, max_size=30))
    edits, at = [], 0
    while at < len(source):
        start = draw(st.integers(at, len(source)))
        stop = draw(st.integers(start, min(start + 4, len(source))))
        if stop == start or draw(st.booleans()):
            break
        edits.append(Edit(start, stop, draw(st.text(alphabet="甲乙", max_size=4)), "test"))
        at = stop
    return source, edits


@given(edited(), st.integers(0, 30), st.integers(0, 30))
def test_the_way_there_and_back_holds_what_it_began_with(
    given_text: tuple[str, list[Edit]], one: int, two: int
) -> None:
    from luodi.kernel.documents.repaired import _Way
    from luodi.reading.edits import EditedText

    source, edits = given_text
    layer = EditedText(source, edits)
    way = _Way(layer.edits)
    start, stop = sorted((min(one, len(layer.text)), min(two, len(layer.text))))
    if start < stop:
        low, high = layer.source_span(start, stop)
        if low < high:
            assert way.first(low) <= start
            assert stop <= way.last(high)
    assert way.first(0) == 0
    assert way.last(len(source)) == len(layer.text)


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6)


@given(st.text(max_size=40), SPANS, SPANS, st.integers(0, 40), st.integers(0, 40))
def test_pieces_are_the_text_and_marks_are_whole(
    text: str, marks: list[tuple[int, int]], edits: list[tuple[int, int]], one: int, two: int
) -> None:
    low, high = sorted((min(one, len(text)), min(two, len(text))))
    named = [(span, str(number)) for number, span in enumerate(marks)]
    changed = [(span, Edit(0, 1, "x", "test")) for span in edits]
    cut = pieces(text, (low, high), named, changed)
    assert "".join(piece.text for piece in cut) == text[low:high]
    for (start, stop), name in named:
        start, stop = max(start, low), min(stop, high)
        assert marked(cut, name) == (text[start:stop] if start < stop else "")
