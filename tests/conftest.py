"""What holds for every test: how hard Hypothesis searches, and that nothing leaves this machine."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# ci: the same examples on every run, so that a red run is red again; deep: an hour's search, by hand or at night
settings.register_profile("ci", derandomize=True, deadline=None, database=None, print_blob=True)
settings.register_profile(
    "deep", max_examples=5_000, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci")


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
