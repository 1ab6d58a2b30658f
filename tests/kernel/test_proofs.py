"""Proof files: they hold offline against a pinned key, and no byte of them can be changed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from luodi.kernel.ledger.action import SYSTEM, action
from luodi.kernel.ledger.keys import verifier_key
from luodi.kernel.ledger.models import Checkpoint, Event
from luodi.kernel.ledger.notes import SignerKey
from luodi.kernel.ledger.proofs import check, proof_of, proof_that_log_grew
from luodi.kernel.ledger.sealing import seal
from luodi.kernel.ledger.tree import verify_consistency
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Person, Place
from tests.house.building import ROOT
from tests.kernel.ledger_world import rows_of_every_kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(data_folder: Path) -> Event:
    for name in ("石桥镇", "青石镇", "柳林街道"):
        with action("place.entered", by=SYSTEM, subject="", data={"reason": "内部说明"}) as act:
            act.create(Place(name=name, level="township"))
            act.create(Person(name="某甲", phone="13900000000"))
    seal(data_folder)
    return Event.objects.order_by("id")[1]


def test_every_event_has_a_proof_that_holds(data_folder: Path) -> None:
    rows_of_every_kind(data_folder, 3)
    seal(data_folder)
    key = verifier_key(data_folder)
    for event in Event.objects.all():
        verdict = check(proof_of(event.id), key)
        assert verdict.holds, verdict.message
        assert verdict.leaf["id"] == event.id


def test_a_proof_tells_what_is_public_and_nothing_else(event: Event, data_folder: Path) -> None:
    proof = proof_of(event.id)
    verdict = check(proof, str(verifier_key(data_folder)))
    assert verdict.holds
    assert "青石镇" in json.dumps(verdict.payload, ensure_ascii=False)
    assert verdict.sealed_at == Checkpoint.objects.get().at
    assert (verdict.index, verdict.size) == (1, 3)
    for hidden in ("某甲", "1390000", "内部说明", "石桥镇", "柳林"):
        assert hidden not in proof.decode()


def test_any_changed_byte_fails(event: Event, data_folder: Path) -> None:
    proof, key = proof_of(event.id), verifier_key(data_folder)
    for at in range(len(proof)):
        for flip in (1, 0x20, 0x80):
            changed = bytearray(proof)
            changed[at] ^= flip
            assert not check(bytes(changed), key).holds, (at, flip, proof[max(0, at - 20) : at + 20])
    for changed in (
        b"",
        proof[:-1],
        proof + b"\n",
        proof * 2,
        b"[]",
        b"null",
        b"{}",
        b"\xff",
        b"[" * 100_000,
    ):
        assert check(changed, key).code == "not-a-proof"


def test_a_proof_is_believed_only_against_the_pinned_key(event: Event) -> None:
    proof = proof_of(event.id)
    origin = json.loads(proof)["checkpoint"].split("\n")[0]
    assert check(proof, SignerKey(origin, bytes(32)).verifier()).code == "checkpoint-unsigned"
    assert check(proof, SignerKey("another/log", bytes(32)).verifier()).code == "checkpoint-unsigned"
    assert check(proof, "no key").code == "key-malformed"


def test_a_proof_for_another_event_is_no_proof(event: Event, data_folder: Path) -> None:
    first, second = (
        json.loads(proof_of(pk)) for pk in Event.objects.order_by("id").values_list("id", flat=True)[:2]
    )
    for part in ("leaf", "payload", "salt", "index", "path"):
        mixed = (
            json.dumps({**first, part: second[part]}, ensure_ascii=False, sort_keys=True, indent=1).encode()
            + b"\n"
        )
        assert not check(mixed, verifier_key(data_folder)).holds, part


def test_lost_or_damaged_tiles_do_not_lead_to_a_wrong_proof(event: Event, data_folder: Path) -> None:
    shutil.rmtree(data_folder / "log" / "tile")
    assert check(proof_of(event.id), verifier_key(data_folder)).holds
    seal(data_folder)
    path = data_folder / "log" / "tile" / "0" / "000.p" / "3"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(96))
    assert check(proof_of(event.id), verifier_key(data_folder)).holds
    assert path.read_bytes() != bytes(96)


def test_what_is_not_sealed_has_no_proof_yet(data_folder: Path) -> None:
    with action("day.begun", by=SYSTEM, subject="") as act:
        pass
    with pytest.raises(Refusal) as refused:
        proof_of(act.event.id)
    assert refused.value.code == "not-sealed"
    with pytest.raises(LookupError):
        proof_of("e0000000000000")


def test_growth_between_checkpoints_is_proved(data_folder: Path) -> None:
    for _ in range(5):
        rows_of_every_kind(data_folder)
        seal(data_folder)
    known = list(Checkpoint.objects.order_by("size"))
    assert len(known) == 5
    for first in known:
        for second in known:
            if first.size <= second.size:
                path = proof_that_log_grew(first.size, second.size)
                roots = (bytes.fromhex(first.root), bytes.fromhex(second.root))
                assert verify_consistency(first.size, second.size, *roots, path)
    with pytest.raises(LookupError):
        proof_that_log_grew(known[0].size + 1, known[1].size)


def test_checking_needs_no_database_and_no_framework(event: Event, data_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    file.write_bytes(proof_of(event.id))
    program = (
        "import sys; sys.modules['django'] = None; from pathlib import Path; "
        "from luodi.kernel.ledger.checking import check; "
        "v = check(Path(sys.argv[1]).read_bytes(), sys.argv[2]); print(v.holds, v.leaf['id'])"
    )
    command = [sys.executable, "-c", program, str(file), str(verifier_key(data_folder))]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told.split() == ["True", event.id]
