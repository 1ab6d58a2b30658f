"""A district is founded together with the first account, or not at all."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from luodi.desk.first_hour.setup_code import is_setup_code, spend_setup_code
from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.models import Account
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import actions as register
from luodi.kernel.register.lookups import district, units_named


@dataclass(frozen=True, slots=True)
class Founding:
    """What the first form asks. ``unit`` and ``post`` are the administrator's."""

    name: str = ""
    code: str = ""
    shape: str = "urban_district"
    city: str = ""
    province: str = ""
    unit: str = ""
    post: str = ""
    person: str = ""
    login: str = ""


def found(given: Founding, password: str, again: str, setup: str) -> Account:
    """Found the district; its first account may administer it and enter its promises. Raises ``Refusal``."""
    if not is_setup_code(setup):
        raise Refusal(
            "setup-code-wrong",
            "开通码不对，没有开通。请用启动程序的那个窗口里显示的地址打开这一页，地址里带着开通码。",
        )
    if (there := district()) is not None:
        raise Refusal("district-exists", f"这里已经开通，是{there.name}。请直接登录。")
    if password != again:
        raise Refusal("passwords-differ", "两次输的密码不一样，没有开通。请再输两遍。")
    with transaction.atomic():
        register.found_district(
            name=given.name,
            code=given.code,
            shape=given.shape,
            city=given.city,
            province=given.province,
            kind="real",
            by=SYSTEM,
        )
        account = _first_account(given)
        accounts.set_password(account, password, by=SYSTEM)
    spend_setup_code()
    return account


def _first_account(given: Founding) -> Account:
    named = units_named(given.unit.strip())
    unit = named[0] if named else register.create_unit(name=given.unit, by=SYSTEM)
    post = register.create_post(title=given.post, unit=unit, by=SYSTEM)
    person = register.enter_person(name=given.person, by=SYSTEM)
    register.appoint(person, post, since=today(), by=SYSTEM)
    account = accounts.create_account(person, login=given.login, by=SYSTEM)
    for role in ("administrator", "office"):
        accounts.grant(post, role, by=SYSTEM)
    return account
