"""Compiled patterns kept between runs: to compile them anew is most of what a short command would wait for.

``re`` compiles in Python, about a millisecond a pattern, and the rules hold several hundred. What it compiles to is a list
of numbers for the matching engine, which we keep in the environment folder (never outside it) and hand to the engine
next time. Keyed by the pattern itself, its flags, and the exact Python; whatever does not fit is compiled as ever. The
engine checks every list it is handed, so a spoiled file costs time and nothing else. Wrong to use where a pattern is made
from what a person typed; commands do not do that.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import marshal
import os
import re
import sys
from pathlib import Path
from typing import Any

_MOST = 5_000
_compiler: Any = re._compiler  # type: ignore[attr-defined]
_Parts = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]


class KeptPatterns:
    """Stands in for ``re``'s compiler from ``install`` on; ``save`` keeps what was compiled since."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.compiled = 0
        self._kept = self._load()
        self._as_ever = _compiler.compile

    def install(self) -> None:
        """From now on patterns are looked up first."""
        _compiler.compile = self.compile

    def remove(self) -> None:
        """Compile as ever again."""
        _compiler.compile = self._as_ever

    def compile(self, pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        """What ``re`` calls for a pattern it has not seen in this run."""
        if type(pattern) is not str or flags & re.DEBUG:
            return self._as_ever(pattern, flags)  # type: ignore[no-any-return]
        key = (pattern, int(flags))
        parts = self._kept.get(key)
        if parts is not None:
            try:
                return _built(pattern, parts)
            except (RuntimeError, TypeError, ValueError, OverflowError):
                self._kept = {}  # spoiled: the engine would not have it
        made = _compiler._parser.parse(pattern, flags)
        state = made.state
        names: list[str | None] = [None] * state.groups
        for name, number in state.groupdict.items():
            names[number] = name
        code = b"".join(each.to_bytes(4, sys.byteorder) for each in _compiler._code(made, flags))
        parts = (int(flags | state.flags), code, state.groups - 1, state.groupdict, tuple(names))
        self._kept[key] = parts
        self.compiled += 1
        return _built(pattern, parts)

    def save(self) -> None:
        """Keep what is known for the next run; where nothing may be written, nothing is kept."""
        if not self.compiled:
            return
        part = self.path.with_suffix(f".{os.getpid()}")
        try:
            part.write_bytes(marshal.dumps((_python(), self._kept if len(self._kept) < _MOST else {})))
            part.replace(self.path)
        except OSError:
            part.unlink(missing_ok=True)

    def _load(self) -> dict[tuple[str, int], _Parts]:
        try:
            python, kept = marshal.loads(self.path.read_bytes())  # noqa: S302 (our own file, in our own folder)
        except (OSError, ValueError, EOFError, TypeError):
            return {}
        return kept if python == _python() and isinstance(kept, dict) else {}


def _python() -> str:
    return f"{sys.version} {_sre.MAGIC} {_sre.CODESIZE}"


def _built(pattern: str, parts: _Parts) -> re.Pattern[str]:
    flags, code, groups, index, names = parts
    numbers = list(memoryview(code).cast("I"))
    return _sre.compile(pattern, flags, numbers, groups, index, names)  # type: ignore[no-any-return]


def keep_patterns() -> KeptPatterns | None:
    """Keep patterns in the environment folder this Python runs from; None where it runs from no such folder."""
    if sys.prefix == sys.base_prefix or _sre.CODESIZE != 4 or not hasattr(_compiler, "_code"):
        return None
    kept = KeptPatterns(Path(sys.prefix) / "luodi-patterns")
    kept.install()
    return kept
