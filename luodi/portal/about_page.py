"""``/about``: what is counted and how, which rules light the lights, how to check it all, how to say that something is wrong."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from luodi.kernel.clocks.now import today
from luodi.kernel.commitments.light_rules import NEWS_RHYTHM_DAYS, rules_on
from luodi.kernel.figures.display import SMALLEST_SAMPLE
from luodi.kernel.ledger.keys import verifier_key
from luodi.pages.shapes import LightShown, StateShown
from luodi.portal.board_words import state_words
from luodi.portal.freshness import public_page


@public_page
def about_page(request: HttpRequest) -> HttpResponse:
    """The page."""
    colours = {
        "red": gettext("红灯"),
        "amber": gettext("黄灯"),
        "green": gettext("绿灯"),
        "paused": gettext("停表"),
    }
    lights = [
        (
            rule.name,
            LightShown(rule.light, colours[rule.light], rule.source_title + rule.article),
            gettext(rule.title),
        )
        for rule in rules_on(today())
    ]
    return render(
        request,
        "portal/about.html",
        {
            "here": "about",
            "states": [
                (StateShown(code, state_words(code)), words) for code, words in _state_meanings().items()
            ],
            "lights": lights,
            "rhythm": NEWS_RHYTHM_DAYS,
            "sample": SMALLEST_SAMPLE,
            "key": str(verifier_key(Path(settings.DATA))),
        },
    )


def _state_meanings() -> dict[str, str]:
    return {
        "kept": gettext("牵头单位报了完成，没有办这件事、也不在它上面或下面的另一个单位核实属实。"),
        "claimed": gettext("牵头单位报了完成，还没有别的单位核实。过了期限也算这一类，旁边写着等了多久。"),
        "going": gettext("没有到期，也没有报完成。"),
        "overdue": gettext("过了期限，没有报完成。期限那天不算逾期，第二天才算。"),
        "vague": gettext("既没有数量，也没有期限，只能记下，不能判。"),
        "dropped": gettext("作出承诺的单位说不再办，理由登记在案；不进总数，单列出来。"),
        "merged": gettext("和另一件是同一件事，并过去了；随时可以撤回。"),
        "carried": gettext("转到下一年接着办；这一年不算兑现。"),
    }
