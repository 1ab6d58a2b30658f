"""The arithmetic of coming in: one-time codes against the published vectors, throttles, addresses."""

from __future__ import annotations

import base64
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.kernel.accounts import tokens, totp
from luodi.kernel.accounts.addresses import blurred, client_address
from luodi.kernel.accounts.throttle import Throttle

SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [  # RFC 6238, appendix B, SHA-1
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert totp.code_at(SECRET, seconds // 30, digits=8) == code
    assert totp.code_at(SECRET, seconds // 30) == code[2:]


@pytest.mark.parametrize(
    ("counter", "code"),
    list(
        enumerate(
            (
                "755224",
                "287082",
                "359152",
                "969429",
                "338314",
                "254676",
                "287922",
                "162583",
                "399871",
                "520489",
            )
        )
    ),
)
def test_codes_of_counters_are_those_of_rfc_4226(counter: int, code: str) -> None:
    assert totp.code_at(SECRET, counter) == code


@given(st.integers(2, 2**40), st.integers(-2, 2))
def test_a_code_fits_one_step_early_or_late_and_no_more(step: int, off: int) -> None:
    code = totp.code_at(SECRET, step + off)
    near = {totp.code_at(SECRET, step + each) for each in (-1, 0, 1)}
    assert (totp.matching_step(SECRET, code, step * 30.0 + 7) is not None) == (code in near)


@given(st.integers(2, 2**40))
def test_a_used_code_does_not_fit_again(step: int) -> None:
    code = totp.code_at(SECRET, step)
    found = totp.matching_step(SECRET, code, step * 30.0)
    assert found is not None
    assert totp.matching_step(SECRET, code, step * 30.0, after=step + 1) is None


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "①②③④⑤⑥", "\ud800" * 6])
def test_what_is_no_code_fits_nowhere(code: str) -> None:
    assert totp.matching_step(SECRET, code, 1e9) is None


def test_the_address_in_the_qr_code_names_account_and_district() -> None:
    address = totp.address(SECRET, "zhang.san", "青岚区落地")
    assert address.startswith("otpauth://totp/%E9%9D%92")
    assert f"secret={SECRET}" in address


def test_recovery_codes_are_read_however_they_are_typed() -> None:
    codes = tokens.new_recovery_codes()
    assert len(set(codes)) == 10
    typed = codes[0].upper().replace("-", " ")
    assert tokens.looks_like_recovery_code(typed)
    assert tokens.hash_of_code("w1", typed) == tokens.hash_of_code("w1", codes[0])
    assert tokens.hash_of_code("w1", codes[0]) != tokens.hash_of_code("w2", codes[0])
    assert not tokens.looks_like_recovery_code("123456")


def test_a_throttle_lets_so_many_through_and_says_how_long_to_wait() -> None:
    clock = [0.0]
    throttle = Throttle(limit=3, window=60, clock=lambda: clock[0])
    assert [throttle.attempt("a") for _ in range(4)] == [0, 0, 0, 60]
    assert throttle.attempt("b") == 0
    clock[0] = 20
    assert throttle.attempt("a") == 40
    clock[0] = 60
    assert throttle.attempt("a") == 0


def test_success_takes_the_attempt_off_again() -> None:
    throttle = Throttle(limit=1, window=60)
    for _ in range(5):
        assert throttle.attempt("a") == 0
        throttle.succeeded("a")
    assert throttle.attempt("a") == 0
    assert throttle.attempt("a") > 0


def test_a_throttle_never_grows_beyond_its_capacity() -> None:
    throttle = Throttle(limit=1, window=60, capacity=10)
    for number in range(1_000):
        throttle.attempt(str(number))
    assert len(throttle._tries) == 10


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "expected"),
    [
        ("192.0.2.1", "", (), "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9", (), "192.0.2.1"),  # nobody is trusted: the header is a claim
        ("10.0.0.1", "203.0.113.9", ("10.0.0.1",), "203.0.113.9"),
        (
            "10.0.0.1",
            "198.51.100.7, 203.0.113.9",
            ("10.0.0.0/8",),
            "203.0.113.9",
        ),  # the left part is the client's claim
        ("10.0.0.1", "203.0.113.9, 10.0.0.2", ("10.0.0.0/8",), "203.0.113.9"),
        ("10.0.0.1", "nonsense", ("10.0.0.1",), "10.0.0.1"),
        ("10.0.0.1", "", ("10.0.0.1",), "10.0.0.1"),
        ("", "203.0.113.9", ("10.0.0.1",), ""),
    ],
)
def test_only_a_named_proxy_is_believed(
    peer: str, forwarded: str, trusted: tuple[str, ...], expected: str, settings: object
) -> None:
    settings.TRUSTED_PROXIES = trusted
    request = SimpleNamespace(META={"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded})
    assert client_address(request) == expected


def test_addresses_are_blurred() -> None:
    assert (blurred("192.0.2.77"), blurred("2001:db8::1"), blurred("x")) == ("192.0.*.*", "2001:db8:*", "")
