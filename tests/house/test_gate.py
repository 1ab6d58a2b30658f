"""The gate itself: what bin/test says it left out, what it fails for, and that no test leaves this machine."""

from __future__ import annotations

import socket

import pytest

from tests import run
from tests.real_pages import ABSENT


@pytest.fixture
def without_real_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "are_here", lambda: False)


@pytest.fixture
def with_real_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "are_here", lambda: True)


def test_no_test_reaches_another_machine() -> None:
    with socket.socket() as caller, pytest.raises(PermissionError, match="stay on this machine"):
        caller.connect(("192.0.2.1", 80))


def test_a_test_may_talk_to_itself() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()[:2]):
        server.accept()[0].close()


@pytest.mark.usefixtures("without_real_pages")
def test_only_the_absence_of_real_pages_excuses_a_skip() -> None:
    tally = run.Tally()
    tally.skips = {ABSENT: 2, "no browser": 1}
    assert tally.unexcused() == {"no browser": 1}


@pytest.mark.usefixtures("with_real_pages")
def test_where_the_real_pages_are_nothing_excuses_a_skip() -> None:
    tally = run.Tally()
    tally.skips = {ABSENT: 2}
    assert tally.unexcused() == {ABSENT: 2}


@pytest.mark.usefixtures("without_real_pages")
def test_every_check_that_did_not_run_is_listed() -> None:
    tally = run.Tally()
    tally.skips = {"no browser": 1}
    left = " / ".join(run.not_run(everything=False, arguments=(), tally=tally))
    for name in ("lint", "format", "types", "import contracts", "deep", "real pages", "no browser"):
        assert name in left
    assert "not chosen" not in left
    assert "not chosen" in " / ".join(run.not_run(everything=True, arguments=("-k", "figures"), tally=tally))


def test_a_missing_tool_is_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert not run.run_check("lint", "a_tool_nobody_has", ("-c", ""))
    assert "missing" in capsys.readouterr().out


def test_a_run_without_tests_says_so() -> None:
    assert run.Tally().line().startswith("no tests ran")
