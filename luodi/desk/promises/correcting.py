"""Putting right what was adopted wrongly."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext, gettext_noop

from luodi.desk.promises import goal_typed
from luodi.desk.promises.act_form import ActForm
from luodi.desk.promises.one_promise import OnePromise
from luodi.desk.promises.typed import Typed
from luodi.kernel.commitments import actions
from luodi.kernel.commitments.actions import Upload
from luodi.kernel.commitments.gather import goal_of
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Place, Post, Unit
from luodi.pages.promise_words import post_name

LONGEST_TOPIC = 20
LONGEST_NUMBER = 30


class CorrectForm(ActForm):
    """更正登记."""

    name = "correct"
    roles = ("office",)
    template = "desk/promises/act_correct.html"
    fields = (
        *(f"goal_{name}" for name in goal_typed.FIELDS),
        "title", "lead_unit", "leader_post", "place", "topic", "plan_year", "office_number", "reason",
    )  # fmt: skip
    many = ("helper",)
    labels = {  # noqa: RUF012
        "title": gettext_noop("名称"),
        "topic": gettext_noop("领域"),
        "reason": gettext_noop("理由"),
    }

    def start(self, one: OnePromise, request: HttpRequest) -> Typed:  # noqa: ARG002
        """All as it is registered now."""
        row = one.row
        texts = {
            "title": row.title,
            "lead_unit": row.lead_unit_id,
            "leader_post": row.leader_post_id or "",
            "place": row.place_id or "",
            "topic": row.topic,
            "plan_year": str(row.year or ""),
            "office_number": row.number,
        }
        goal = {f"goal_{name}": text for name, text in goal_typed.goal_texts(goal_of(one.target)).items()}
        return Typed({**texts, **goal}, {"helper": [unit.id for unit in one.helpers]})

    def context(self, one: OnePromise, typed: Typed, request: HttpRequest) -> dict[str, Any]:  # noqa: ARG002
        """What there is to choose from; the goal only while nothing was reported."""
        posts = Post.objects.filter(closed_on__isnull=True, is_leader=True).select_related("unit")
        return {
            "units": list(Unit.objects.filter(closed_on__isnull=True).order_by("name")),
            "posts": sorted(((post.id, post_name(post)) for post in posts), key=lambda each: each[1]),
            "places": list(Place.objects.order_by("name")),
            "helpers": typed.all_of("helper"),
            "goal_open": not one.material.reports,
            **goal_typed.goal_choices(""),
        }

    def act(self, one: OnePromise, typed: Typed, evidence: Upload | None) -> str:  # noqa: ARG002
        """Put it right."""
        fields = self._fields(one, typed)
        goal = None
        if not one.material.reports:
            plain = Typed({name: typed[f"goal_{name}"] for name in goal_typed.FIELDS})
            goal = goal_typed.goal_typed(plain, one.target)
        helpers = list(Unit.objects.filter(pk__in=typed.all_of("helper")).order_by("id"))
        actions.correct(
            one.row, by=one.reach.actor, reason=typed["reason"], goal=goal, co_units=helpers, **fields
        )
        return gettext("更正了，改前的样子在来龙去脉里。")

    def _fields(self, one: OnePromise, typed: Typed) -> dict[str, Any]:
        lead = Unit.objects.filter(pk=typed["lead_unit"], closed_on__isnull=True).first()
        if lead is None and typed["lead_unit"] != one.row.lead_unit_id:
            raise Refusal("no-such-unit", "选的牵头单位不在单位表里，或已经撤销。请重新选。")
        for text, longest, what in (
            (typed["topic"], LONGEST_TOPIC, "领域"),
            (typed["office_number"], LONGEST_NUMBER, "编号"),
        ):
            if len(text) > longest:
                raise Refusal("too-long", f"{what}有{len(text)}字，最多{longest}字。请写短一些。")
        return {
            "title": typed["title"],
            "lead_unit": lead or one.row.lead_unit,
            "leader_post": Post.objects.filter(pk=typed["leader_post"]).first()
            if typed["leader_post"]
            else None,
            "place": Place.objects.filter(pk=typed["place"]).first() if typed["place"] else None,
            "topic": typed["topic"],
            "year": typed.year("plan_year"),
            "number": typed["office_number"],
        }
