"""Fixtures of the tests that work on a district."""

from __future__ import annotations

from tests.command_line.districts import (  # noqa: F401 (fixtures)
    demonstration,
    demonstration_once,
    empty,
    empty_once,
)
