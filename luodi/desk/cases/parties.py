"""Who a party of a playbook is for one case: the unit or post by its name, so that everybody knows whom to ask."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from luodi.kernel.cases.models import Case
from luodi.kernel.cases.playbook import PARTIES, Party
from luodi.pages.promise_words import post_name


def who(case: Case, party: Party) -> str:
    """A party by name: 区住建局局长, 分管区住建局的领导. Needs units and ``post__unit`` fetched along."""
    if party == "office":
        return case.office_unit.name
    if party == "doer":
        return post_name(case.post) if case.post is not None else case.unit.name
    if party == "verifier":
        if case.verifier_unit is not None:
            return case.verifier_unit.name
        return gettext("没有办这件事的核实单位")
    if party == "leader":
        return gettext("分管%(unit)s的领导") % {"unit": case.unit.name}
    return PARTIES[party]


def any_of(case: Case, parties: Iterable[Party]) -> str:
    """Several parties, any of whom may: 区督查室或区住建局."""
    return gettext("或").join(who(case, party) for party in parties if party != "system")
