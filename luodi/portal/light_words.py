"""A light as pages show it: colour as shape and word, and the rule that lit it."""

from __future__ import annotations

from django.utils.translation import gettext

from luodi.kernel.commitments.light_rules import COLOUR_WORDS, rule_named
from luodi.kernel.commitments.models import Standing
from luodi.pages.shapes import LightShown


def light_of(standing: Standing) -> LightShown:
    """The light of a standing with its rule: 红灯　过了期限，还没有报完成（第一条）."""
    rule = rule_named(standing.rule)
    return LightShown(
        standing.light,
        gettext(COLOUR_WORDS[standing.light]),
        gettext(rule.title) + f"（{rule.source_title}{rule.article}）",
        f"/about#{rule.name}",
    )
