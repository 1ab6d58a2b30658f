"""A reviewer's day: statements judged over HTTP, one after the other; keystrokes, queries and server time of each.

    python bench/review.py [--statements 200] [--promises 400] [--waiting 4000] [--database postgresql]

Pages come from ``bench.texts``; everything goes through the middleware, the templates and the ledger, with commits, in a scratch
data folder (PostgreSQL: the server that LUODI_TEST_POSTGRES names, a scratch database that is dropped). A step is one judgement
and the page of the next statement, as a browser asks for them. What the reviewer decides is fixed beforehand: what is proposed
whole is accepted (one key), a missing unit is typed (E, two keys for each character of its short name, Enter), one in seven is
refused (R and a digit), results are kept or linked (one key).

Beside it the limit: the same adoptions by the same actions without pages. On a machine that is busy with other things the
milliseconds of the processor are those to compare. Ends with 1 where a step takes more queries than ``MOST_QUERIES``, or more
than a twentieth of the steps more than ``MOST_WORK``.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.scratch import ENGINES, scratch_district  # noqa: E402

MOST_QUERIES = 140
MOST_WORK = 0.5  # seconds of the processor for all but a twentieth of the steps
A_DAY = 40 * 60  # seconds for 200 statements
KEY = 0.3  # seconds for a key, of somebody who does not type blindly
PASSWORD = "松湾路上的第三棵老树"
SHORT_NAMES = (
    "教育",
    "交通运输",
    "住建",
    "民政",
    "城管",
    "水利",
    "工信",
    "商务",
    "人社",
    "卫健",
    "文旅",
    "发改",
    "财政",
    "审计",
)


def main() -> int:
    """Build, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--statements", type=int, default=200)
    parser.add_argument("--promises", type=int, default=400)
    parser.add_argument("--waiting", type=int, default=4_000)
    parser.add_argument("--database", choices=ENGINES, default="sqlite")
    given = parser.parse_args()
    with scratch_district(given.database):
        return _measured(given.statements, given.promises, given.waiting)


def _measured(statements: int, promises: int, waiting: int) -> int:
    from django.test.utils import setup_test_environment

    setup_test_environment()  # pages tell what they were made of
    began = time.perf_counter()
    by = _district()
    units = _fill(waiting + promises + statements)
    bare = _bare(promises, by, units)
    print(
        f"built in {time.perf_counter() - began:.0f} s: {waiting:,} statements waiting, {promises} promises\n"
    )
    steps = _day(statements)
    return _told(steps, bare)


def _district() -> Any:
    from luodi.kernel.accounts import actions as accounts
    from luodi.kernel.clocks.now import today
    from luodi.kernel.ledger.action import SYSTEM, Actor
    from luodi.kernel.register import actions as register

    register.found_district(name="青岚区", code="990102", shape="urban_district", kind="real", by=SYSTEM)
    register.create_place(name="青岚区", level="district", by=SYSTEM)
    top = register.create_unit(name="青岚区人民政府", short_name="区政府", by=SYSTEM)
    for name in SHORT_NAMES:
        unit = register.create_unit(name=f"青岚区{name}局", short_name=f"区{name}局", parent=top, by=SYSTEM)
        register.create_post(title=f"区{name}局局长", unit=unit, is_leader=True, by=SYSTEM)
    post = register.create_post(title="复核员", unit=top, by=SYSTEM)
    person = register.enter_person(name="某甲", by=SYSTEM)
    register.appoint(person, post, since=today(), by=SYSTEM)
    account = accounts.create_account(person, login="fuhe", by=SYSTEM)
    accounts.set_password(account, PASSWORD, by=SYSTEM)
    accounts.grant(post, "office", by=SYSTEM)
    return Actor(account.id, post.id)


def _fill(wanted: int) -> list[Any]:
    """Take pages in until so many statements wait; the units."""
    from bench.texts import make_page
    from luodi.kernel.documents.actions import intake
    from luodi.kernel.documents.models import StatementKey
    from luodi.kernel.ledger.action import SYSTEM
    from luodi.kernel.register.models import Unit

    number = 0
    while StatementKey.objects.count() < wanted:
        intake(make_page(number).encode(), by=SYSTEM)
        number += 1
    return list(Unit.objects.filter(parent__isnull=False).order_by("id"))


def _bare(count: int, by: Any, units: list[Any]) -> list[tuple[float, float]]:
    """Adopt ``count`` promises by the action alone; seconds of each, and of the processor."""
    from luodi.kernel.commitments import actions
    from luodi.kernel.commitments.proposals import propose
    from luodi.kernel.documents.models import StatementKey
    from luodi.kernel.refusal import Refusal

    found = StatementKey.objects.filter(kind="commitment", state="unread").order_by("-id")
    times = []
    for at, statement in enumerate(found[: count + 50]):
        proposal = propose(statement)
        if proposal is None or proposal.damaged or len(times) == count:
            continue
        began, worked = time.perf_counter(), time.process_time()
        try:
            actions.adopt(
                statement,
                by=by,
                title=proposal.title.strip()[:300] or "某事",
                lead_unit=units[at % len(units)],
                goal=proposal.goal,
            )
        except Refusal:
            continue
        times.append((time.perf_counter() - began, time.process_time() - worked))
    return times


class Step:
    """One statement: what was done, the keys pressed, the queries, the seconds of the judgement and of the next page, and those
    in which the processor worked for both."""

    def __init__(self, act: str, keys: int) -> None:
        self.act, self.keys = act, keys
        self.queries = 0
        self.judging = self.showing = self.processor = 0.0


@contextmanager
def _counting(step: Step) -> Iterator[None]:
    from django.db import connection

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        step.queries += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield


def _day(statements: int) -> list[Step]:
    from django.test import Client

    client = Client(headers={"HX-Request": "true"})
    client.post("/desk/login", {"login": "fuhe", "password": PASSWORD})
    page = client.get("/desk/review", follow=True)
    steps = []
    while len(steps) < statements and page.context and "form" in page.context:
        act, sent, keys = _decided(page, len(steps))
        step = Step(act, keys)
        with _counting(step):
            began, worked = time.perf_counter(), time.process_time()
            answer = client.post(f"/desk/review/{page.context['statement'].id}/{act}", sent)
            step.judging = time.perf_counter() - began
            if answer.status_code != 302:
                faults = [fault.message for fault in answer.context.get("faults", ())]
                raise SystemExit(f"{act} was answered with {answer.status_code}: {faults}")
            began = time.perf_counter()
            page = client.get(answer["Location"])
            step.showing = time.perf_counter() - began
            step.processor = time.process_time() - worked
        steps.append(step)
    return steps


def _decided(page: Any, number: int) -> tuple[str, dict[str, str], int]:
    """What the reviewer does with the statement on the page: the act, what its form sends, how many keys that takes."""
    context = page.context
    reading, form = context["reading"], context["form"]
    sent = {"reading": reading.id, **dict(form.fields)}
    if number % 7 == 6:
        return "refuse", {"reading": reading.id, "reason": str(1 + number % 8)}, 2
    if context["primary"] == "link":
        match = context["matches"][0]["row"]
        return "link", {"reading": reading.id, "commitment": f"{match.commitment.id} {match.score}"}, 1
    if context["primary"] == "keep":
        return "adopt", sent, 1
    keys = 1
    for doubt in context["doubts"]:
        if doubt["row"].is_number:
            sent[f"doubt-{doubt['at']}"] = "0" if doubt["row"].choices else "none"
            keys += 1
    if not form.parts[0].lead:
        name = f"区{SHORT_NAMES[number % len(SHORT_NAMES)]}局"
        sent |= {"lead-0": name, "leader-0": ""}
        keys += 2 * len(name) + 1
    return "adopt", sent, keys


def _told(steps: list[Step], bare: list[tuple[float, float]]) -> int:
    whole = [1000 * (step.judging + step.showing) for step in steps]
    print(f"{'':<34}{'median':>9}{'p95':>9}{'most':>9}")
    rows: list[tuple[str, list[float]]] = [
        ("keys a statement", [step.keys for step in steps]),
        ("queries a step", [step.queries for step in steps]),
        ("judging, ms", [1000 * step.judging for step in steps]),
        ("the next page, ms", [1000 * step.showing for step in steps]),
        ("both, ms", whole),
        ("both, ms of the processor", [1000 * step.processor for step in steps]),
        ("limit: adopting without pages, ms", [1000 * seconds for seconds, _ in bare]),
        ("limit, ms of the processor", [1000 * seconds for _, seconds in bare]),
    ]
    for name, values in rows:
        ranked = sorted(values)
        at = ranked[int(len(ranked) * 0.95)]
        print(f"{name:<34}{statistics.median(ranked):9.1f}{at:9.1f}{ranked[-1]:9.1f}")
    done = Counter(step.act for step in steps)
    keys, server = sum(step.keys for step in steps), sum(whole) / 1000
    left = (A_DAY - keys * KEY - server) / len(steps) if steps else 0
    print(f"\n{len(steps)} statements: {', '.join(f'{act} {count}' for act, count in done.most_common())}")
    print(f"{keys} keys ({keys * KEY:.0f} s at {KEY} s a key), {server:.1f} s of server time")
    print(f"of 40 minutes for 200 statements, {left:.1f} s are left to read each")
    worked = sorted(step.processor for step in steps)
    well = (
        max(step.queries for step in steps) <= MOST_QUERIES and worked[int(len(worked) * 0.95)] <= MOST_WORK
    )
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
