"""A person who has left is forgotten: no byte of them stays in the district or in a new back-up, and every proof still holds."""

from __future__ import annotations

import datetime as dt
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from axes.models import AccessAttempt
from django.db import OperationalError, connection
from django.test import Client

from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.forgetting import forget_person
from luodi.kernel.accounts.models import Account
from luodi.kernel.clocks.now import held_at, now, today
from luodi.kernel.ledger import sweeping
from luodi.kernel.ledger.action import SYSTEM, Actor
from luodi.kernel.ledger.keys import verifier_key
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.proofs import check, proof_of
from luodi.kernel.ledger.sealing import seal
from luodi.kernel.ledger.verify import verify
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Person, Post
from luodi.kernel.search import index
from luodi.website.backups import write_backup
from luodi.website.examining import examine
from tests.database import Guard

NAME, PHONE, NUMBER = "鼉鼊氍", "13912345678", "990101199001010019"
LOGIN, ADDRESS, DEVICE = "tuobiqu", "192.0.2.77", "鼉字牌手机"
# the pairs of signs under which the index keeps a name, too
PLANTED = (NAME, PHONE, NUMBER, LOGIN, ADDRESS, DEVICE, NAME[:2], NAME[1:], "13987654321")


@pytest.fixture
def left(committed_database: Path) -> Person:
    """Somebody who worked here, came in, mistyped a password, was found by search, acted, and left."""
    unit = register.create_unit(name="区住房城乡建设局", by=SYSTEM)
    post = register.create_post(title="局长", unit=unit, by=SYSTEM)
    person = register.enter_person(name=NAME, phone=PHONE, identity_number=NUMBER, by=SYSTEM)
    register.appoint(person, post, since=today(), by=SYSTEM)
    register.correct_person(person, phone="13987654321", by=SYSTEM)
    account = accounts.create_account(person, login=LOGIN, by=SYSTEM)
    accounts.begin_session(account, address=ADDRESS, device=DEVICE)
    AccessAttempt.objects.create(
        username=LOGIN.upper(),
        ip_address=ADDRESS,
        user_agent=DEVICE,
        get_data="",
        post_data="",
        failures_since_start=1,
    )
    index.put(person.id, "n", NAME, is_public=False)
    register.rename_post(post, title="主要负责人", by=Actor(account.id, post.id))
    administered_by_somebody_else()
    seal(committed_database)
    return person


def administered_by_somebody_else() -> None:
    unit = register.create_unit(name="区政府办", by=SYSTEM)
    post = register.create_post(title="系统管理员", unit=unit, by=SYSTEM)
    other = register.enter_person(name="乙", by=SYSTEM)
    register.appoint(other, post, since=today(), by=SYSTEM)
    accounts.create_account(other, login="guanli", by=SYSTEM)
    accounts.grant(post, "administrator", by=SYSTEM)


def files_with(folder: Path) -> list[str]:
    """Files below that hold something planted, as text or as bytes in hexadecimal."""
    return [
        f"{path.name}: {word}"
        for path in sorted(p for p in folder.rglob("*") if p.is_file())
        for word in PLANTED
        if word.encode() in (raw := path.read_bytes()) or word.encode().hex().encode() in raw
    ]


def cells_with() -> list[str]:
    """Tables that hold something planted, in whatever column."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("luodi_search_grams"):
                continue  # SQLite's own; its bytes are in the file
            cursor.execute(f'SELECT * FROM "{table}"')
            text = "\n".join(str(row) for row in cursor.fetchall())
            found += [f"{table}: {word}" for word in PLANTED if word in text]
    return found


def public_bytes() -> Iterator[bytes]:
    client = Client()
    addresses = ["/", "/feed.atom", "/g/", "/data/", "/search?q=%E9%BC%89%E9%BC%8A", "/log/checkpoint"]
    addresses += [f"/g/{pk}" for pk in Post.objects.values_list("id", flat=True)]
    addresses += [f"/e/{pk}" for pk in Event.objects.values_list("id", flat=True)]
    addresses += [f"/proof/{pk}.json" for pk in Event.objects.values_list("id", flat=True)]
    for address in addresses:
        answer = client.get(address)
        yield b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_somebody_who_has_left_is_found_nowhere_any_more(
    committed_database: Path,
    left: Person,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert cells_with(), "the test could not see a trace if there were one"
    if connection.vendor == "sqlite":
        assert files_with(committed_database)
    account = Account.objects.get(person=left)
    with held_at(now() + dt.timedelta(days=2)):
        register.leave(left, until=today(), by=SYSTEM)
    with held_at(now() + dt.timedelta(days=4)):
        forget_person(left, by=SYSTEM, reason="left")
        seal(committed_database)
        assert index.find(NAME, public_only=False) == []
        assert cells_with() == []
        assert not (committed_database / sweeping.DUE).exists(), "nothing is left to be swept"
        assert files_with(committed_database) == []
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT word FROM ts_stat('SELECT grams FROM luodi_search_entry')")
                assert not {word for (word,) in cursor.fetchall()} & set(PLANTED)
        searched = tuple(word for word in PLANTED if word != NAME[:2])  # what was asked for is shown again
        for raw in public_bytes():
            assert not [word for word in searched if word.encode() in raw]
        monkeypatch.setattr(
            Guard, "_judge", lambda *_: None
        )  # of PostgreSQL, a back-up is a copy into SQLite
        write_backup(committed_database, tmp_path / "new.luodi")
        with tarfile.open(tmp_path / "new.luodi") as tar:
            tar.extractall(tmp_path / "unpacked", filter="data")
        assert files_with(tmp_path / "unpacked") == []
        said = caplog.text + "".join(capfd.readouterr())
        assert not [word for word in PLANTED if word in said]
        assert [finding for finding in verify(committed_database) if finding.is_wrong] == []
        pinned = verifier_key(committed_database)
        events = list(Event.objects.values_list("id", "account"))
        assert all(check(proof_of(pk), pinned).holds for pk, _ in events)
    assert account.id in {acted for _, acted in events}, "what was done in office stays, under the bare id"


def test_where_others_are_in_the_way_the_sweep_is_done_later(
    committed_database: Path, left: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with held_at(now() + dt.timedelta(days=2)):
        register.leave(left, until=today(), by=SYSTEM)
    with held_at(now() + dt.timedelta(days=4)):
        with monkeypatch.context() as patched:
            patched.setattr("luodi.kernel.search.sqlite.purge", in_the_way)
            patched.setattr("luodi.kernel.search.postgresql.purge", in_the_way)
            forget_person(left, by=SYSTEM, reason="left")
        assert Person.objects.get(pk=left.pk).name is None, "forgotten all the same"
        assert "清扫" in [line.what for line in examine(committed_database)], "the doctor tells"
        assert sweeping.sweep_if_due()
        assert not (committed_database / sweeping.DUE).exists()
        assert "清扫" not in [line.what for line in examine(committed_database)]
        assert files_with(committed_database) == []
    assert sweeping.sweep_if_due(), "nothing is due"


def in_the_way() -> None:
    raise OperationalError("database is locked")
