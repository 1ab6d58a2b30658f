"""A desk for tests of intake: a district, somebody of the office who has come in, pages to hand in."""

from __future__ import annotations

from django.test import Client

from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.models import Account
from luodi.kernel.clocks.now import today
from luodi.kernel.documents.models import Source
from luodi.kernel.jobs.models import Item, Job
from luodi.kernel.jobs.working import Worker
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import District, Unit
from tests.desk.intake_pages import page, zipped

__all__ = ["UNIT", "adds_up", "come_in", "member", "outcomes", "page", "work", "zipped"]

PASSWORD = "松湾路上的第三棵老树"
UNIT = "青岚区人民政府办公室（青岚区政务公开与信息化工作领导小组办公室、青岚区重点任务督查落实工作专班）"


def founded() -> None:
    """The district and its first unit, whose name is long."""
    if not District.objects.exists():
        register.found_district(
            name="青岚区", code="990102", shape="urban_district", kind="real", city="云川市", by=SYSTEM
        )
        register.create_unit(name=UNIT, by=SYSTEM)


def member(login: str, *roles: str) -> Account:
    """Somebody with a post that has these roles."""
    founded()
    person = register.enter_person(name=f"{login}本人", by=SYSTEM)
    account = accounts.create_account(person, login=login, by=SYSTEM)
    accounts.set_password(account, PASSWORD, by=SYSTEM)
    unit = Unit.objects.get(name=UNIT)
    post = register.create_post(title=f"信息科{login}复核员", unit=unit, by=SYSTEM)
    register.appoint(person, post, since=today(), by=SYSTEM)
    for role in roles:
        accounts.grant(post, role, by=SYSTEM)
    return account


def come_in(login: str, *roles: str) -> Client:
    """A client that has come in as such a member."""
    member(login, *roles)
    client = Client()
    assert client.post("/desk/login", {"login": login, "password": PASSWORD}).status_code == 302
    return client


def work(worker: Worker | None = None) -> None:
    """What the working child does until nothing is left."""
    worker = worker or Worker()
    worker.turn()
    while not worker.is_idle:
        worker.turn()


def outcomes(job: Job) -> dict[str, tuple[str, str]]:
    """State and refusal's code of each file, by name."""
    return {item.name or "": (item.state, item.code) for item in Item.objects.filter(job=job)}


def adds_up(job: Job) -> bool:
    """Whether the numbers of the batch are those of its files, and nothing is there twice."""
    job.refresh_from_db()
    rows = Item.objects.filter(job=job)
    counted = {state: rows.filter(state=state).count() for state in ("taken", "known", "refused", "waiting")}
    told = {"taken": job.taken, "known": job.known, "refused": job.refused, "waiting": job.waiting}
    return counted == told and sum(told.values()) == job.total and no_page_twice()


def no_page_twice() -> bool:
    """Whether every kept page is there once."""
    hashes = list(Source.objects.values_list("file__sha256", flat=True))
    return len(hashes) == len(set(hashes))
