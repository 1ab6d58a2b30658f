"""What the register and the accounts write, the ledger can rebuild, and what is erased is gone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.forgetting import forget_person
from luodi.kernel.accounts.models import Account, Session
from luodi.kernel.clocks.now import day_of, held_at, now, today
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.verify import verify
from luodi.kernel.refusal import Refusal
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Person


@pytest.fixture
def lived_in(committed_database: Path) -> Path:
    """A district in which a little of everything happened."""
    register.found_district(name="青岚区", code="990199", shape="urban_district", kind="real", by=SYSTEM)
    place = register.create_place(name="枫桥街道", level="township", by=SYSTEM)
    old = register.create_unit(name="区建设局", place=place, by=SYSTEM)
    new = register.create_unit(name="区住建局", parent=old, by=SYSTEM)
    register.rename_unit(new, name="区住房城乡建设局", by=SYSTEM)
    register.move_unit(new, parent=None, by=SYSTEM)
    head = register.create_post(title="局长", unit=new, by=SYSTEM)
    one = register.enter_person(name="张小满", phone="13800001234", by=SYSTEM)
    other = register.enter_person(name="李大暑", identity_number="990101199001010019", by=SYSTEM)
    held = register.appoint(one, head, since=today(), by=SYSTEM)
    register.correct_person(one, phone="13900005678", by=SYSTEM)
    account = accounts.create_account(one, login="zhangxiaoman", by=SYSTEM)
    accounts.set_password(account, "松湾路上的第三棵老树", by=SYSTEM)
    accounts.revoke(accounts.grant(head, "office", by=SYSTEM), by=SYSTEM)
    accounts.choose_post(account, head)
    accounts.begin_session(account, address="192.0.2.7")
    register.undo_judgement(register.judge_same(old.id, new.id, "positive", by=SYSTEM), by=SYSTEM)
    register.hand_over(held, to=other, on=today().replace(year=today().year + 1), by=SYSTEM)
    register.close_unit(old, on=today(), by=SYSTEM, into=new)
    return committed_database


def test_every_row_is_rebuilt_from_the_events(lived_in: Path) -> None:
    assert [finding for finding in verify(lived_in) if finding.is_wrong] == []
    assert Account.objects.get().login == "zhangxiaoman"


def test_an_erased_person_is_gone_and_every_row_still_rebuilt(lived_in: Path) -> None:
    account = Account.objects.select_related("person").get()
    somebody = account.person
    somebody_else_administers()
    with pytest.raises(Refusal, check=lambda refusal: refusal.code == "still-in-office"):
        forget_person(somebody, by=SYSTEM, reason="left", data=lived_in)
    later = now() + dt.timedelta(days=400)
    with held_at(later):
        forget_person(somebody, by=SYSTEM, reason="left", data=lived_in)
    account, somebody = Account.objects.get(id=account.id), Person.objects.get(id=somebody.id)
    assert (account.login, somebody.name, somebody.phone) == (None, None, None)
    assert somebody.erased_on == day_of(later)
    assert not Session.objects.exists()
    assert [finding for finding in verify(lived_in) if finding.is_wrong] == []
    written = b"".join(path.read_bytes() for path in lived_in.glob("luodi.sqlite3*"))
    for planted in ("张小满", "13800001234", "13900005678", "zhangxiaoman", "192.0.2.7"):
        assert planted.encode() not in written
    with pytest.raises(Refusal, check=lambda refusal: refusal.code == "person-erased"):
        register.correct_person(somebody, name="张小满", by=SYSTEM)


def somebody_else_administers() -> None:
    unit = register.create_unit(name="区政府办", by=SYSTEM)
    post = register.create_post(title="系统管理员", unit=unit, by=SYSTEM)
    person = register.enter_person(name="乙", by=SYSTEM)
    register.appoint(person, post, since=today(), by=SYSTEM)
    accounts.create_account(person, login="guanli", by=SYSTEM)
    accounts.grant(post, "administrator", by=SYSTEM)
