"""The review page of one statement: all that its template shows, asked for in a bounded number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from luodi.desk.areas import remarks_on, ties_of
from luodi.desk.presence import Presence, presence_of
from luodi.desk.rendering import page
from luodi.desk.review import asking
from luodi.desk.review.columns import columns_of
from luodi.desk.review.filled import MOST_PARTS, Filled, proposed_form
from luodi.desk.review.keys import KEYS, keys_are_on
from luodi.desk.review.last_act import last_act
from luodi.desk.review.likewise import offer
from luodi.desk.review.order import before
from luodi.desk.review.reading_form import Fault
from luodi.desk.review.reasons import REASONS
from luodi.desk.review.second_shown import second_shown
from luodi.desk.review.was import was
from luodi.kernel.clocks.now import today
from luodi.kernel.commitments.goals import PRECISIONS
from luodi.kernel.commitments.models import Commitment
from luodi.kernel.documents.access import statements_visible_to
from luodi.kernel.documents.models import Reading, StatementKey
from luodi.kernel.documents.second.told import SECOND
from luodi.kernel.figures.progress import APPROX_WORDS
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Place, Post
from luodi.kernel.review.leads import Units
from luodi.kernel.review.matches import Match, titles_like
from luodi.kernel.review.proposing import Proposed, propose
from luodi.kernel.review.queue import Asked, done_on, waiting
from luodi.kernel.review.topics import TOPICS
from luodi.pages.days import precision_words
from luodi.pages.promise_words import post_name
from luodi.reading.statements.rules import RULES


def reading_of(request: HttpRequest, statement: str) -> Reading | None:
    """The newest reading of a statement that the reviewer may see, with statement, source and figures; three queries."""
    presence = presence_of(request)
    row = statements_visible_to(presence.actor).filter(pk=statement).select_related("source").first()
    if row is None:
        return None
    reading: Reading | None = row.readings.prefetch_related("figures").order_by("-id").first()
    if reading is not None:
        reading.statement = row
    return reading


def show(
    request: HttpRequest,
    asked: Asked,
    reading: Reading,
    *,
    proposed: Proposed | None = None,
    units: Units | None = None,
    filled: Filled | None = None,
    faults: Iterable[Fault] = (),
    looker: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page. ``filled`` comes back as it was sent; ``looker`` is the post of somebody else who looks at it now."""
    units = units or Units()
    proposed = proposed or propose(reading, units)
    statement = reading.statement
    presence = presence_of(request)
    found = list(faults)
    form = filled or proposed_form(proposed)
    judged = was(statement) if statement.state != "unread" else None
    context: dict[str, Any] = {
        "here": "review",
        "statement": statement,
        "source": statement.source,
        "reading": reading,
        "columns": columns_of(statement, _evidence(proposed)),
        "proposed": proposed,
        "remarks": remarks_on(reading.text),
        "ties": ties_of([statement.id], presence.actor),
        "doubts": [_doubt(at, doubt, form) for at, doubt in enumerate(proposed.doubts)],
        "blocked": any(doubt.is_number for doubt in proposed.doubts) and not form.chosen,
        "form": form,
        "parts": list(enumerate(form.parts)),
        "may_split": len(form.parts) < MOST_PARTS,
        "faults": found,
        "fault_at": {fault.field: fault.message for fault in found},
        "was": was_read(proposed, units),
        "matches": [_match(match) for match in proposed.matches],
        "primary": _primary(proposed),
        "found": _found(request.GET.get("find", "")),
        "find": request.GET.get("find", ""),
        "judged": judged,
        "looker": _looker(looker),
        "reasons": REASONS,
        "kind_words": asking.kind_words(),
        "approx_words": [(code, words) for code, words in APPROX_WORDS.items()],
        "precisions": [(code, precision_words(code)) for code in PRECISIONS],
        "places": list(
            Place.objects.exclude(level="site").order_by("level", "name").values_list("id", "name")
        ),
        "asked": asked,
        "query": asking.query_of(asked),
        "previous": before(request, asked, statement.id),
        "last": last_act(request),
        "offer": offer(last_act(request)),
        **_read_by(reading),
        **counted(presence, statement),
        **choosing(asked),
    }
    return answer(request, "one", status, context, units)


def answer(
    request: HttpRequest, name: str, status: int, context: dict[str, Any], units: Units | None = None
) -> HttpResponse:
    """The whole page, or only its part where a script asked for that."""
    context = {"keys": keys_are_on(request), **context}
    template = f"desk/review/{name}_part.html"
    if not request.headers.get("HX-Request"):
        template = f"desk/review/{name}.html"
        context |= lists(units or Units()) | {"key_table": KEYS}
    response = page(request, template, status=status, is_part=template.endswith("_part.html"), **context)
    if request.method == "POST":
        response.headers["HX-Push-Url"] = "false"
    return response


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """What was not done and why, in the frame of the queue."""
    return answer(request, "refused", 409, {"here": "review", "refusal": refusal, "asked": Asked()})


def lists(units: Units) -> dict[str, Any]:
    """What fields offer while one types; outside the part that is exchanged, so sent once."""
    leading = Post.objects.filter(is_leader=True, closed_on__isnull=True).order_by("unit__name", "id")
    posts = list(leading.values_list("title", "unit_id"))
    by_unit = {unit: title for title, unit in reversed(posts)}
    topics = Commitment.objects.exclude(topic="").order_by("topic").values_list("topic", flat=True).distinct()
    return {
        "unit_options": [(row.name, row.short_name, by_unit.get(row.id, "")) for row in units.rows],
        "post_options": [title for title, _ in posts],
        "topic_options": sorted({*TOPICS, *topics}),
    }


def counted(presence: Presence, statement: StatementKey | None = None) -> dict[str, Any]:
    """What is left, what was done today, and the place of the statement in its document; four queries."""
    left, aside = waiting(presence.actor.account)
    everybody, mine = done_on(today(), presence.actor.post)
    found: dict[str, Any] = {"left": left, "aside": aside, "done": everybody, "mine": mine}
    if statement is not None:
        beside = StatementKey.objects.filter(source=statement.source_id)
        found |= beside.aggregate(of=Count("id"), nth=Count("id", filter=Q(start__lte=statement.start)))
    return found | {"all_today": left + everybody}


def choosing(asked: Asked) -> dict[str, Any]:
    """What the form for choosing offers."""
    return {
        "state_options": list(asking.state_words().items()),
        "kind_options": list(asking.kind_words().items()),
        "topic_choices": TOPICS,
        "is_narrow": asked.is_narrow,
        "chosen": asking.words_of(asked),
        "all_href": asking.HOME,
    }


def was_read(proposed: Proposed, units: Units) -> dict[str, str]:
    """Below each field: what the machine read where it differs from what stands, or what speaks for what stands."""
    reading, corrections = proposed.reading, proposed.corrections
    found: dict[str, str] = {}
    amount = proposed.figures[0] if proposed.figures else None
    if proposed.number_withheld:
        holes = [doubt.shown for doubt in proposed.doubts if doubt.is_number]
        words = "、".join(holes) or (f"{amount.number}{amount.unit}" if amount else "")
        found["number"] = gettext("机器读作“%(words)s”，不能直接用") % {"words": words}
    elif "amount" in corrections and amount is not None:
        found["number"] = gettext("有人改过；机器读作“%(words)s”") % {
            "words": f"{amount.number}{amount.unit}"
        }
    if proposed.due_withheld:
        found["due"] = gettext("机器读作%(day)s，这里的字有缺，没有填") % {"day": reading.due_until or "—"}
    elif "due" in corrections:
        found["due"] = gettext("有人改过；机器读作%(day)s") % {
            "day": reading.due_until or gettext("没有期限")
        }
    elif proposed.due.words:
        found["due"] = gettext("原话“%(words)s”") % {"words": proposed.due.words}
    elif reading.due_until:
        found["due"] = gettext("句中没有，按上文的时间")
    if "owner" in corrections:
        found["lead"] = gettext("有人改过；机器读作“%(words)s”") % {
            "words": reading.owner or gettext("没有写")
        }
    elif proposed.lead is not None:
        found["lead"] = proposed.lead.why
    else:
        owner = reading.owner if reading.owner != units.district else ""
        found["lead"] = (
            gettext("原文写作“%(words)s”，单位表里没有") % {"words": owner}
            if owner
            else gettext("原文没有写明")
        )
    if "kind" in corrections:
        kinds = asking.kind_words()
        found["kind"] = gettext("有人改过；机器读作“%(words)s”") % {"words": kinds[reading.statement.kind]}
    return found


def _evidence(proposed: Proposed) -> list[tuple[int, int]]:
    choices = [choice for doubt in proposed.doubts for choice in doubt.choices]
    return sorted({span for choice in choices for span in choice.spans})


def _read_by(reading: Reading) -> dict[str, Any]:
    """Who read it and why: the rule, the force it found, and what a second reader says otherwise."""
    return {
        "rule_words": _rule_words(reading.rule),
        "force_words": asking.force_words(reading.force),
        "second": second_shown(reading),
        "is_only_second": reading.reader == SECOND,
    }


def _rule_words(name: str) -> str:
    if name == SECOND:
        return gettext("第二个读者读出来的，没有规则作依据")
    return next((rule.meaning for rule in RULES if rule.name == name), name)


def _doubt(at: int, doubt: Any, form: Filled) -> dict[str, Any]:
    return {"at": at, "row": doubt, "chosen": (form.chosen or {}).get(at, "")}


def _match(match: Match) -> dict[str, Any]:
    """A match with the words for what linking it would say."""
    words = {
        "repeats": gettext("又说了一遍"),
        "changes": gettext("会标为“后来的说法变了”"),
        "claims": gettext("记作它“称已做到”"),
        "evidence": gettext("记作它的佐证"),
    }
    return {"row": match, "says": words[match.role], "differs": [each.words for each in match.differences]}


def _primary(proposed: Proposed) -> str:
    """What the filled button does: ``adopt``, ``link`` to the strongest match, or ``keep``."""
    if proposed.kind == "commitment":
        return "adopt"
    return "link" if proposed.matches and proposed.matches[0].is_strong else "keep"


def _found(words: str) -> list[Commitment]:
    return titles_like(words[:60]) if words.strip() else []


def _looker(post: str) -> str:
    row = Post.objects.select_related("unit").filter(pk=post).first() if post else None
    return post_name(row) or (gettext("另一位复核员") if post else "")
