"""What holds for every test: how hard Hypothesis searches, on which engine, and that nothing leaves this machine."""

from __future__ import annotations

import gc
import ipaddress
import os
import shutil
import socket
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.command_line.districts import (  # noqa: F401 (fixtures)
    demonstration,
    demonstration_once,
    empty,
    empty_once,
)
from tests.database import (  # noqa: F401 (fixtures)
    ENGINES,
    belongs_on,
    committed_database,
    data_folder,
    database_template,
    django_db_setup,
    prepare_settings,
)

# ci: the same examples on every run, so that a red run is red again; deep: an hour's search, by hand or at night
settings.register_profile("ci", derandomize=True, deadline=None, database=None, print_blob=True)
settings.register_profile(
    "deep", max_examples=5_000, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci")


_CLUSTER = pytest.StashKey[Any]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--database``: which engine the tests that need one run on."""
    parser.addoption(
        "--database", choices=ENGINES, default="sqlite", help="the engine of tests that need a database"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Settings for tests, before Django reads any."""
    config.addinivalue_line(
        "markers",
        "only_on(*engines): the limits of these engines are tested; elsewhere there is no such test",
    )
    # no example in a docstring uses a database
    config.option.doctestmodules &= config.getoption("--database") == ENGINES[0]
    config.stash[_CLUSTER] = prepare_settings(config.getoption("--database"))
    import django

    django.setup()


# modules and collected tests stay to the end. Looked through for garbage again and again, they cost a sixth of all the time.
gc.disable()
AFTER = 50_000  # new objects


def pytest_collection_finish() -> None:
    """From now on garbage is looked for among what tests make, and less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(AFTER)
    gc.enable()


# a worker that came to one of these last would work on alone
LONG = (
    "tests/journeys/",
    "tests/api/test_schema",
    "tests/kernel/test_kill",
    "tests/kernel/test_tamper",
    "tests/desk/test_hostile",
    "tests/desk/test_intake_kills",
    "tests/desk/test_permission",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, not skip, what has nothing to say of the engine asked for; the long files come first."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))
    engine = config.getoption("--database")
    elsewhere = [item for item in items if not belongs_on(engine, item)]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if belongs_on(engine, item)]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    gc.unfreeze()
    shutil.rmtree(os.environ["LUODI_DATA"], ignore_errors=True)
    if cluster := config.stash.get(_CLUSTER, None):
        cluster.stop()


@pytest.fixture(autouse=True, scope="session")
def _quick_hashes() -> Any:
    """Passwords are hashed as in the product, but not as often: what is slow on purpose is slow a thousand times here."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
            patch.setattr(Argon2PasswordHasher, name, value)
        yield


def _is_here(address: Any) -> bool:
    """Whether ``address`` is a loopback address or a socket of this machine's file system."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Any:
    """A test that calls out fails: Luodi reads what it is given and fetches nothing."""
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex", "sendto"):
        allowed = getattr(socket.socket, name)

        def guarded(self: socket.socket, *given: Any, _allowed: Any = allowed) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(given[-1]):
                raise PermissionError(f"a test tried to reach {given[-1]!r}; tests stay on this machine")
            return _allowed(self, *given)

        patch.setattr(socket.socket, name, guarded)
    yield
    patch.undo()
