"""``up`` and ``prepare``: from nothing to an address, and every way in which that can be in the way."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import time
import urllib.request
from pathlib import Path

from tests.command_line.districts import district
from tests.command_line.served import eventually, free_port, served


def test_it_serves_prints_one_address_and_ends_in_order(demonstration: Path) -> None:
    began = time.monotonic()
    with served(demonstration, "--port", str(free_port())) as up:
        assert time.monotonic() - began < 15  # 3 seconds on a machine that does nothing else: see bench
        assert up.address.startswith("http://127.0.0.1:")
        assert up.get() == 200
        assert up.get("static/luodi/base.css") == 200
        below = up.descendants()
        assert len(below) >= 3
        assert up.stop() == 0
        assert "已停下" in up.said
        assert eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in below), 10)


def test_a_district_not_yet_founded_says_where_it_is_founded(empty: Path) -> None:
    with served(empty, "--port", str(free_port())) as up:
        assert eventually(lambda: "开通码" in up.said)
        way = next(word for word in up.said.split() if "/desk/first-hour/found?code=" in word)
        assert way.startswith(up.address)
        code = way.partition("code=")[2]
        assert len(code) > 20
        with urllib.request.urlopen(way, timeout=20) as answer:
            assert f'value="{code}"' in answer.read().decode()
        with urllib.request.urlopen(f"{way[: -len(code)]}wrong", timeout=20) as answer:
            assert code not in answer.read().decode()
    again = district("prepare", "--empty", "--data", empty)
    assert f"/desk/first-hour/found?code={code}" in again.err, "the same one until it is used"


def test_a_founded_district_gives_nobody_a_way_to_found_it(demonstration: Path) -> None:
    again = district("prepare", "--data", demonstration)
    assert again.code == 0
    assert "first-hour" not in again.err
    assert not (demonstration / "keys" / "first-hour.code").exists()


def test_a_killed_child_comes_back(demonstration: Path) -> None:
    with served(demonstration, "--port", str(free_port())) as up:
        children = up.children()
        assert set(children) == {"luodi.website.serve", "luodi.website.worker"}
        time.sleep(1)
        for pid in children.values():
            os.kill(pid, signal.SIGKILL)
        assert eventually(
            lambda: set(up.children().values()).isdisjoint(children.values()) and len(up.children()) == 2
        )
        assert eventually(lambda: up.get() == 200)
        assert up.said.count("(restarted)") == 2


def test_the_granian_worker_is_restarted_too(demonstration: Path) -> None:
    with served(demonstration, "--port", str(free_port())) as up:
        own = set(up.children().values())
        for pid in set(up.descendants()) - own:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.5)
        assert eventually(lambda: up.get() == 200)


def test_a_killed_parent_leaves_nobody_behind(demonstration: Path) -> None:
    with served(demonstration, "--port", str(free_port())) as up:
        below = up.descendants()
        up.process.kill()
        up.process.wait()
        assert eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in below), 15)


def test_a_second_one_is_told_where_the_first_is(demonstration: Path) -> None:
    with served(demonstration, "--port", str(free_port())) as up:
        second = district("up", "--data", demonstration)
        assert (second.code, second.out) == (3, b"")
        assert up.address in second.err
        assert "(already-up)" in second.err


def test_a_busy_port_is_said_and_another_found(demonstration: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        asked = district("up", "--data", demonstration, "--port", str(port))
        assert asked.code == 3
        assert f"端口 {port} 已被别的程序占用" in asked.err
        assert "(port-busy)" in asked.err


def test_preparing_twice_changes_nothing(demonstration: Path) -> None:
    before = count(demonstration)
    again = district("prepare", "--data", demonstration)
    assert again.code == 0, again.err
    assert count(demonstration) == before
    verified = district("verify", "--data", demonstration)
    assert (verified.code, verified.out) == (0, b""), verified.text


def test_demonstration_and_real_never_mix(demonstration: Path, empty: Path) -> None:
    refused = district("prepare", "--empty", "--data", demonstration)
    assert refused.code == 3
    assert "(born-otherwise)" in refused.err
    # an empty one stays real, whoever starts it without --empty
    assert district("prepare", "--data", empty).code == 0
    assert count(empty, "luodi_register_district") == 0


def test_a_demonstration_cut_short_is_made_anew(demonstration: Path, tmp_path: Path) -> None:
    with sqlite3.connect(demonstration / "luodi.sqlite3") as opened:
        opened.execute("DROP TRIGGER luodi_ledger_event_no_update")
        opened.execute("UPDATE luodi_ledger_event SET kind = 'clock.other' WHERE kind = 'clock.started'")
        opened.execute(
            "CREATE TRIGGER luodi_ledger_event_no_update BEFORE UPDATE ON luodi_ledger_event "
            "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        )
    opened.close()
    again = district("prepare", "--data", demonstration)
    assert again.code == 0, again.err
    assert "重新来过" in again.err
    assert district("verify", "--data", demonstration).code == 0


def test_a_slip_in_the_folder_leaves_nothing_about(tmp_path: Path) -> None:
    for command in ("verify", "doctor", "intake"):
        paths = [tmp_path] if command == "intake" else []
        refused = district(command, *paths, "--data", tmp_path / "slip")
        assert refused.code == 3
        assert "(no-district)" in refused.err
    assert not (tmp_path / "slip").exists()


def count(data: Path, table: str = "luodi_ledger_event") -> int:
    """How many rows."""
    opened = sqlite3.connect(data / "luodi.sqlite3")
    try:
        return int(opened.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    finally:
        opened.close()
