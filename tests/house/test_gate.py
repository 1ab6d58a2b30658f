"""The gate itself: what bin/test says it left out, what it fails for, and that no test leaves this machine."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import run
from tests.database import belongs_on
from tests.house.building import ROOT, name_of, python_files, text_of
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
    for name in (
        "lint",
        "format",
        "types",
        "import contracts",
        "deep",
        "real pages",
        "no browser",
        "PostgreSQL",
    ):
        assert name in left
    assert "not chosen" not in left
    assert "not chosen" in " / ".join(run.not_run(everything=True, arguments=("-k", "figures"), tally=tally))


def test_everything_leaves_out_neither_journeys_nor_the_other_database() -> None:
    left = " / ".join(run.not_run(everything=True, arguments=(), tally=run.Tally(), on_postgresql=True))
    assert "PostgreSQL" not in left
    assert "browser" not in left


@pytest.mark.usefixtures("_gate_without_tests")
def test_everything_means_postgresql_too(asked: list[str]) -> None:
    assert run.main(["--all"]) == 0
    assert "PostgreSQL" in asked
    asked.clear()
    assert run.main([]) == 0
    assert "PostgreSQL" not in asked


@pytest.fixture
def asked() -> list[str]:
    """What the gate would have run."""
    return []


@pytest.fixture
def _gate_without_tests(monkeypatch: pytest.MonkeyPatch, asked: list[str]) -> None:
    """The gate, with everything that takes long recorded and answered with success."""

    def done(*_: object, **__: object) -> bool:
        return True

    def on_postgresql(_: run.Tally, __: object) -> bool:
        asked.append("PostgreSQL")
        return True

    monkeypatch.setattr(run, "run_check", done)
    monkeypatch.setattr(run, "has_browser", done)
    monkeypatch.setattr(run, "run_on_postgresql", on_postgresql)
    monkeypatch.setattr(run, "run_pytest", lambda *_, **__: pytest.ExitCode.OK)


def test_without_a_server_the_other_database_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "has_postgresql", lambda: False)
    assert not run.run_on_postgresql(run.Tally())
    assert "no PostgreSQL server" in capsys.readouterr().out


def test_a_skip_on_the_other_database_counts_and_a_known_failure_does_not() -> None:
    report = (
        b'<testsuites><testsuite><testcase><skipped type="pytest.skip" message="no server"/></testcase>'
        b'<testcase><skipped type="pytest.xfail" message="known"/></testcase><testcase/></testsuite></testsuites>'
    )
    assert run.skipped_in(report) == ["no server"]


@pytest.mark.only_on("sqlite")
def test_what_is_one_engine_s_own_is_no_test_of_the_other(request: pytest.FixtureRequest) -> None:
    """Left out, not skipped: a skip is something that should have run."""
    assert belongs_on("sqlite", request.node)
    assert not belongs_on("postgresql", request.node)


@pytest.mark.django_db
def test_what_uses_a_database_is_a_test_of_both(request: pytest.FixtureRequest) -> None:
    assert belongs_on("sqlite", request.node)
    assert belongs_on("postgresql", request.node)


def test_what_uses_none_is_run_once(request: pytest.FixtureRequest) -> None:
    assert belongs_on("sqlite", request.node)
    assert not belongs_on("postgresql", request.node)


def test_what_is_not_collected_on_the_other_database_uses_none() -> None:
    paths = [path for part in run.WITHOUT_DATABASE for path in python_files(ROOT / part)]
    assert len(paths) > 20
    words = ("django_db", "committed_database", "database_template", "(db", " db:")
    assert [name_of(path) for path in paths if any(word in text_of(path) for word in words)] == []


def test_whatever_opens_a_browser_is_one_of_the_journeys() -> None:
    """They are left out together: without a browser, and on the other database."""
    opens = [
        path for path in python_files(ROOT / "tests") if "tests.journeys.browser import" in text_of(path)
    ]
    assert len(opens) > 2
    strays = [name_of(path) for path in opens if not name_of(path).startswith(run.JOURNEYS)]
    assert [name for name in strays if name != name_of(Path(__file__))] == []


def test_a_missing_tool_is_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert not run.run_check("lint", "a_tool_nobody_has", ("-c", ""))
    assert "missing" in capsys.readouterr().out


def test_what_ran_beside_the_tests_is_printed_and_counts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(name: str, _: str, __: object, say: Callable[[str], None]) -> bool:
        say(f"{name} says why")
        return name != "types"

    monkeypatch.setattr(run, "run_check", fails)
    monkeypatch.setattr(run, "has_browser", lambda: True)
    monkeypatch.setattr(run, "run_on_postgresql", lambda *_: True)
    monkeypatch.setattr(run, "run_pytest", lambda *_, **__: pytest.ExitCode.OK)
    assert run.main(["--all"]) == 1
    printed = capsys.readouterr().out
    assert "types says why" in printed
    assert "FAILED: types\n" in printed


def test_scratch_files_lie_in_memory_only_where_there_is_room(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "IN_MEMORY", tmp_path)
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(run, "ROOM", 1)
    with run.scratch_in_memory():
        folder = Path(os.environ["TMPDIR"])
        assert folder.parent == tmp_path
        assert Path(tempfile.mkdtemp()).parent == folder
    assert not folder.exists()
    assert "TMPDIR" not in os.environ
    monkeypatch.setattr(run, "ROOM", 2**62)
    with run.scratch_in_memory():
        assert "TMPDIR" not in os.environ


def test_a_run_without_tests_says_so() -> None:
    assert run.Tally().line().startswith("no tests ran")
