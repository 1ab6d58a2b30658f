"""The words of a decision: what is the matter, how it stands, and what exactly is asked. One function a shape of matter."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext

from luodi.kernel.commitments.gather import Material
from luodi.kernel.commitments.models import Standing
from luodi.pages import days
from luodi.pages.promise_words import post_name, target_words

Words = tuple[str, str, str]  # title, situation, question


def of_one(kind: str, row: Any, day: dt.date) -> Words:
    """A decision about one promise; not for one whose wording changed (``of_changed``)."""
    return {"silent": _silent, "unverified": _unverified, "gone": _gone}[kind](row, day)


def _who(row: Standing) -> str:
    """Who answers for a promise: the post, else the unit."""
    return post_name(row.commitment.leader_post) or row.commitment.lead_unit.name


def _silent(row: Standing, day: dt.date) -> Words:
    late = (day - row.due_until).days if row.due_until else 0
    return (
        gettext("%(title)s：逾期%(late)s天，没有消息")
        % {"title": bare(row.commitment.title), "late": f"{late:,}"},
        gettext("%(due)s到期；最后的消息是%(news)s，%(age)s。")
        % {
            "due": days.words(row.due_until or day),
            "news": days.words(row.news_on),
            "age": days.ago((day - row.news_on).days),
        },
        gettext("%(who)s哪天前说清卡在哪里、哪天办完；办不成的，是否按程序不再办并公布理由。")
        % {"who": _who(row)},
    )


def _unverified(row: Standing, day: dt.date) -> Words:
    waited = (day - row.state_since).days
    return (
        gettext("%(title)s：报完成%(days)s天，没有人核实")
        % {"title": bare(row.commitment.title), "days": f"{waited:,}"},
        gettext("%(unit)s%(day)s报完成。没有别的单位看过，不能算兑现。")
        % {"unit": row.commitment.lead_unit.name, "day": days.words(row.state_since)},
        _who_verifies(row.commitment.lead_unit.name),
    )


def _who_verifies(unit: str) -> str:
    return gettext("由哪个单位、哪天前去核实。不能是%(unit)s和它的上级、下级、配合单位。") % {"unit": unit}


def of_changed(row: Any, material: Material, spoken: str, day: dt.date) -> Words:
    """A decision about a promise of which a later sentence, ``spoken``, says otherwise."""
    target = target_words(material.targets[-1])
    said = days.words(row.since_on or day)
    goal = gettext("维持%(target)s") % {"target": target} if target else gettext("维持原来的承诺")
    return (
        gettext("%(title)s：说法变了，没有改目标的文件") % {"title": bare(row.commitment.title)},
        gettext("%(said)s公开的话是“%(words)s”；目标没有改过，原期限照算。")
        % {"said": said, "words": spoken},
        gettext("%(goal)s，还是由定目标的单位按程序改并公布理由。") % {"goal": goal},
    )


def _gone(row: Any, day: dt.date) -> Words:
    said = days.words(row.since_on or day)
    title = {"title": bare(row.commitment.title)}
    if row.withdrawn_on:
        return (
            gettext("%(title)s：原文从网上撤下了") % title,
            gettext("%(said)s起原网页打不开；承诺没有办结，期限照算，存下的原文还在。") % {"said": said},
            gettext("是否恢复原网页；不恢复的，由谁对外说明为什么撤。"),
        )
    return (
        gettext("%(title)s：后来的计划不再提") % title,
        gettext("%(said)s的文件没有再提这件事；承诺没有办结，期限照算。") % {"said": said},
        gettext("%(who)s继续办，还是按程序不再办并公布理由。") % {"who": _who(row)},
    )


def of_group(kind: str, unit: str, count: int, worst: Any, day: dt.date) -> Words:
    """A decision about several promises of one unit; ``worst`` has waited longest."""
    title = bare(worst.commitment.title)
    if kind == "silent":
        return (
            gettext("%(unit)s：%(count)s件逾期，都超过30天没有消息") % {"unit": unit, "count": f"{count:,}"},
            gettext("最久的一件是“%(title)s”，%(age)s没有消息。")
            % {"title": title, "age": _days((day - worst.news_on).days)},
            gettext("%(unit)s哪天前逐件说清卡在哪里、哪天办完；办不成的，是否按程序不再办并公布理由。")
            % {"unit": unit},
        )
    if kind == "unverified":
        return (
            gettext("%(unit)s：%(count)s件报完成，久没有人核实") % {"unit": unit, "count": f"{count:,}"},
            gettext("最久的一件是“%(title)s”，报了%(age)s。")
            % {"title": title, "age": _days((day - worst.state_since).days)},
            _who_verifies(unit),
        )
    what = (
        gettext("说法变了，没有改目标的文件") if kind == "changed" else gettext("原文打不开了，或后来不再提")
    )
    return (
        gettext("%(unit)s：%(count)s件%(what)s") % {"unit": unit, "count": f"{count:,}", "what": what},
        gettext("最早的一件是“%(title)s”，%(day)s。")
        % {"title": title, "day": days.words(worst.since_on or day)},
        gettext("逐件定：维持原来的承诺，还是按程序改、按程序不再办，并公布理由。"),
    )


def of_vacant(posts: int, promises: int) -> Words:
    """The decision about posts that nobody holds."""
    return (
        gettext("%(posts)s个责任岗位没有人，名下还有%(promises)s件没办结")
        % {"posts": f"{posts:,}", "promises": f"{promises:,}"},
        gettext("事在岗位上，岗位上今天没有登记任职的人，没有人签报。"),
        gettext("每个岗位由谁接任、哪天到岗；到岗以前由谁代管。"),
    )


def of_wrong(count: int, oldest: dt.date, day: dt.date) -> Words:
    """The decision about objections that nobody answered."""
    return (
        gettext("群众指出的错，%(count)s条没有答复") % {"count": f"{count:,}"},
        gettext("最早的一条是%(day)s提的，%(age)s。")
        % {"day": days.words(oldest), "age": days.ago((day - oldest).days)},
        gettext("每条由哪个单位、哪天前答复；查实写错的由谁更正。"),
    )


def bare(title: str) -> str:
    """A promise's title without the stop at its end, to stand inside a sentence.

    >>> bare("年内贯通环湖绿道32公里。")
    '年内贯通环湖绿道32公里'
    """
    return title.rstrip("。；;. ")


def _days(number: int) -> str:
    return gettext("%(days)s天") % {"days": f"{number:,}"}
