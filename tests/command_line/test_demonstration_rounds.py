"""The loader itself, on a few months of its script: the same script makes the same district, and any number of promises."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import subprocess
import sys
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from luodi.kernel.cases.models import DueItem, Step
from luodi.kernel.clocks import now as clock
from luodi.kernel.commitments.models import Standing
from luodi.kernel.documents.models import Source
from luodi.kernel.ledger.models import Event
from luodi.reading.document import Document
from luodi.reading.reader import read
from luodi.website.demonstration.ahead import one_by_one, reading_ahead
from luodi.website.demonstration.load import handed_in, load
from luodi.website.demonstration.script import Script, page_file, read_script
from luodi.website.demonstration.variants import Variant
from tests.command_line.front_door import environment
from tests.command_line.served import eventually

UNTIL = dt.date(2024, 1, 31)
SHOWN = (
    *("commitment__title", "commitment__lead_unit__name", "commitment__adopted_on", "commitment__state", "board", "light"),
    *("rule", "share", "due_until", "changed", "gone", "late", "news_on"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _clock_goes_back() -> Any:
    before = clock._offset
    yield
    clock._offset = before


@pytest.fixture(scope="module")
def short() -> Script:
    """What was adopted on a handful of pages in the first months, and what became of it until then."""
    whole = read_script()
    few = {"n01", "n02", "c06", "b08"}
    kept = [
        (promise, tuple(line for line in life if dt.date.fromisoformat(line[:10]) <= UNTIL))
        for promise, life in zip(whole.promises, whole.lives, strict=True)
        if promise.page in few and promise.adopted <= UNTIL
    ]
    return replace(
        whole,
        today=dt.datetime.combine(UNTIL, dt.time(20), clock.SHANGHAI),
        pages={page: day for page, day in whole.pages.items() if page in few},
        promises=tuple(promise for promise, _ in kept),
        lives=tuple(life for _, life in kept),
        judged=tuple(step for step in whole.judged if step.page in few and step.day <= UNTIL),
        cases=(),
        projects=(),
    )


def lived(script: Script, size: int = 0) -> Counter[tuple[Any, ...]]:
    """What the board shows of every promise once ``script`` was lived through."""
    load(lambda _: None, size=size, script=script)
    return Counter(Standing.objects.values_list(*SHOWN))


@pytest.mark.django_db
def test_the_same_script_makes_the_same_district(short: Script, data_folder: Path) -> None:
    seen = []
    for _ in range(2):
        with transaction.atomic():
            seen.append(lived(short))
            transaction.set_rollback(True)
    assert sum(seen[0].values()) == len(short.promises) > 10
    assert len({key[4] for key in seen[0]}) > 2
    assert seen[0] == seen[1]


@pytest.mark.django_db
def test_the_same_cases_come_of_it_twice_and_each_step_in_its_time(data_folder: Path) -> None:
    """Disputes alone: slips are about promises, and there are none here, so they are passed over."""
    whole = read_script()
    told = tuple(each for each in whole.cases if not each.project)
    only = replace(whole, pages={}, promises=(), lives=(), judged=(), cases=told, projects=())
    seen = []
    for _ in range(2):
        with transaction.atomic():
            made = load(lambda _: None, script=only)
            steps = list(Step.objects.order_by("id").values_list("case__number", "move", "at", "to_state"))
            due = Counter(DueItem.objects.values_list("title", "label", "light", "due_on", "level"))
            days = list(Event.objects.order_by("id").values_list("at", flat=True))
            transaction.set_rollback(True)
        seen.append((steps, due))
        assert days == sorted(days), "lights turn and cases are lifted in their turn"
    disputes = [each for each in told if each.about is None]
    assert made["cases"] == len(disputes) >= 8
    slips = sum(1 + len(each.moves) for each in told if each.about is not None)
    assert made["skipped"] == slips
    assert seen[0] == seen[1]


@pytest.mark.django_db
def test_a_larger_district_lives_through_it_again_with_other_figures(
    short: Script, data_folder: Path
) -> None:
    with transaction.atomic():
        once = lived(short)
        transaction.set_rollback(True)
    size = 2 * len(short.promises) + 1
    large = lived(short, size)
    assert sum(large.values()) == 3 * len(short.promises) >= size
    assert once <= large
    assert len(set(large)) > 2 * len(once), "names and figures differ from round to round"
    boards = Counter(key[4] for key in once.elements())
    assert Counter(key[4] for key in large.elements()) == Counter({k: 3 * n for k, n in boards.items()})
    assert Source.objects.count() == 3 * len(short.pages)
    days = list(Event.objects.order_by("id").values_list("at", flat=True))
    assert days == sorted(days), "every round lives through the same days at once"


def test_a_larger_district_is_the_script_as_often_as_it_takes() -> None:
    script = read_script()
    promises, pages = len(script.promises), len(script.pages)
    assert len(handed_in()) == len(handed_in(promises)) == pages
    assert len(handed_in(promises + 1)) == 2 * pages
    assert {nth for _, nth in handed_in(3 * promises)} == {0, 1, 2}


def test_another_round_keeps_what_is_greater_greater() -> None:
    for nth in (1, 7, 18, 19):
        numbers = [float(Variant(nth).number(str(number), "个")) for number in range(1, 3_000)]
        assert numbers == sorted(numbers)
    page = page_file("a08").read_bytes()
    assert len({Variant(nth).raw(page) for nth in range(30)}) == 30
    assert Variant(2).text("2024年12月底前改造32个小区，增长3.5%，电话0600-6688123") == (
        "2024年12月底前改造33个小区，增长3.5%，电话0600-6688123"
    )


def test_pages_read_ahead_are_those_read_one_by_one() -> None:
    handed = [("n01", 0), ("h16", 0), ("n25", 1), ("n01", 2)]
    with reading_ahead(handed) as pages:
        found = list(pages)
    assert [raw for raw, _ in found] == [raw for raw, _ in one_by_one(handed)]
    for (raw, document), (key, _) in zip(found, handed, strict=True):
        assert document is not None
        plain = read(raw, page_file(key).name)
        for each in fields(Document):
            if each.name != "layers":  # their texts are compared below: they hold what has no equality
                assert getattr(document, each.name) == getattr(plain, each.name)
        assert [layer.text for layer in document.layers] == [layer.text for layer in plain.layers]


def test_a_page_over_which_its_reader_died_is_read_when_it_is_taken_in() -> None:
    handed = [(key, nth) for nth in range(60) for key in ("n01", "n02", "n03")]
    with reading_ahead(handed) as pages:
        first, document = next(pages)
        for child in multiprocessing.active_children():
            child.kill()
            child.join()
        rest = list(pages)
    assert document is not None
    assert [first, *(raw for raw, _ in rest)] == [raw for raw, _ in one_by_one(handed)]
    assert rest[-1][1] is None


def test_who_reads_ahead_ends_with_its_parent(tmp_path: Path) -> None:
    told = tmp_path / "children"
    code = (
        "import multiprocessing, os, signal, sys\n"
        "from luodi.website.demonstration.ahead import reading_ahead\n"
        "with reading_ahead([('n01', n) for n in range(5_000)]) as pages:\n"
        "    next(pages)\n"
        "    ids = [str(child.pid) for child in multiprocessing.active_children()]\n"
        "    open(sys.argv[1], 'w').write(' '.join(ids))\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code, told], check=False, env=environment())
    assert ended.returncode == -9
    children = [int(word) for word in told.read_text().split()]
    assert children
    assert eventually(lambda: not any(_runs(child) for child in children))


def _runs(process: int) -> bool:
    stat = Path(f"/proc/{process}/stat")
    try:
        return stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
