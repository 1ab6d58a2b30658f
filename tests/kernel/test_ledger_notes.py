"""Signed notes: the standards' own examples, and that no byte of ours can be changed."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.kernel.ledger.notes import NotANote, SignerKey, VerifierKey, open_note, read_checkpoint, split

SIGNER = SignerKey("qinglan.example/log", bytes(range(32)))
ROOT = bytes(range(32, 64))
NOTE = SIGNER.sign_checkpoint(7, ROOT, 1_767_225_600)


def test_a_checkpoint_reads_as_the_standard_says() -> None:
    lines = NOTE.split("\n")
    assert lines[:4] == ["qinglan.example/log", "7", base64.b64encode(ROOT).decode(), ""]
    assert [line.split(" ")[:2] for line in lines[4:6]] == [["—", "qinglan.example/log"]] * 2
    assert lines[6:] == [""]
    head = read_checkpoint(NOTE, SIGNER.verifier())
    assert (head.origin, head.size, head.root, head.second) == ("qinglan.example/log", 7, ROOT, 1_767_225_600)


def test_keys_are_text_and_back() -> None:
    assert SignerKey.parse(str(SIGNER)) == SIGNER
    assert VerifierKey.parse(str(SIGNER.verifier())) == SIGNER.verifier()
    # the first key of RFC 8032 §7.1
    signer = SignerKey("a", bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    name, digest, encoded = str(signer.verifier()).split("+", 2)
    assert (name, base64.b64decode(encoded)) == ("a", b"\x01" + public)
    assert digest == hashlib.sha256(b"a\n\x01" + public).hexdigest()[:8]


@given(st.integers(0, len(NOTE.encode()) - 1), st.integers(1, 255))
def test_any_changed_byte_spoils_the_log_s_own_signature_or_is_told_apart(at: int, flip: int) -> None:
    raw = bytearray(NOTE.encode())
    raw[at] ^= flip
    try:
        changed = bytes(raw).decode()
        head = read_checkpoint(changed, SIGNER.verifier())
    except (NotANote, UnicodeDecodeError):
        return
    # only the second signature may have become a stranger's; what is told then is what was signed, without a time
    assert (head.size, head.root, head.second) == (7, ROOT, None)


def test_a_stranger_s_signature_is_left_aside() -> None:
    stranger = SignerKey("other.example/log", bytes(32))
    line = stranger.sign_checkpoint(7, ROOT, 0).split("\n")[4]
    assert read_checkpoint(f"{NOTE}{line}\n", SIGNER.verifier()).size == 7
    with pytest.raises(NotANote):
        read_checkpoint(NOTE, stranger.verifier())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a+b+c",
        "a+00000000+AQ==",
        f"b{SIGNER.verifier()}",
        str(SIGNER.verifier()).replace("+", " "),
        str(SIGNER),
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(NotANote):
        VerifierKey.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "a\n",
        "a\n\n",
        "a\n\n— b\n",
        "a\n\n— b AAAA\n",
        "a\n\n- b AAAAAAAAAAA=\n",
        "a\x00\n\n— b AAAAAAAAAAA=\n",
    ],
)
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(NotANote):
        split(text)


@given(st.text() | st.binary() | st.text(alphabet="— a+b\n=1\ud800"))
def test_reading_raises_nothing_but_that_it_is_no_note(text: str | bytes) -> None:
    for read in (
        lambda: read_checkpoint(text, SIGNER.verifier()),
        lambda: open_note(text, SIGNER.verifier()),
    ):
        with pytest.raises(NotANote):
            read()
    if isinstance(text, str):
        for kind in (VerifierKey, SignerKey):
            with pytest.raises(NotANote):
                kind.parse(text)


@given(st.integers(0, len(NOTE.encode()) - 1), st.binary(max_size=3))
def test_a_note_with_other_bytes_in_it_is_refused_or_says_what_was_signed(at: int, other: bytes) -> None:
    raw = NOTE.encode()
    try:
        text = open_note(raw[:at] + other + raw[at + 1 :], SIGNER.verifier())
    except NotANote:
        return
    assert text == NOTE.partition("\n\n")[0] + "\n"


def test_any_text_may_be_signed_empty_lines_in_it_too() -> None:
    for text in ("\n", "一句话\n", "first\n\nsecond\n", "ends empty\n\n"):
        assert open_note(signed(text), SIGNER.verifier()) == text
        assert open_note(signed(text).encode(), SIGNER.verifier()) == text
        with pytest.raises(NotANote):
            open_note(signed(text), SignerKey(SIGNER.name, bytes(32)).verifier())


def test_a_key_that_is_no_point_of_the_curve_signs_nothing() -> None:
    for public in (bytes(32), b"\xff" * 32):
        with pytest.raises(NotANote):
            open_note(signed("text\n", VerifierKey(SIGNER.name, public)), VerifierKey(SIGNER.name, public))


def test_what_follows_the_root_is_left_aside_and_empty_lines_are_none() -> None:
    root = base64.b64encode(ROOT).decode()
    assert (
        read_checkpoint(signed(f"o\n18446744073709551615\n{root}\nmore\n"), SIGNER.verifier()).size
        == 2**64 - 1
    )
    for text in (
        f"o\n7\n{root}\n\n",
        f"\n7\n{root}\n",
        "o\n7\n",
        f"o\n18446744073709551616\n{root}\n",
        "o\n7\nAAAA\n",
    ):
        with pytest.raises(NotANote):
            read_checkpoint(signed(text), SIGNER.verifier())


def signed(text: str, claimed: VerifierKey | None = None) -> str:
    """A note with the plain signature of ``SIGNER``, under the key id of ``claimed`` if given."""
    key = (claimed or SIGNER.verifier()).identifier(b"\x01")
    line = base64.b64encode(key + SIGNER._key().sign(text.encode())).decode()
    return f"{text}\n— {SIGNER.name} {line}\n"


@pytest.mark.parametrize("size", ["-1", "07", "+7", "7 ", "", "٧", "9" * 40])
def test_a_size_is_written_one_way(size: str) -> None:
    text = f"{SIGNER.name}\n{size}\n{base64.b64encode(ROOT).decode()}\n"
    signature = SIGNER.verifier().identifier(b"\x01") + SIGNER._key().sign(text.encode())
    note = f"{text}\n— {SIGNER.name} {base64.b64encode(signature).decode()}\n"
    with pytest.raises(NotANote):
        read_checkpoint(note, SIGNER.verifier())
