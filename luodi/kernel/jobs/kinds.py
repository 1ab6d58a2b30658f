"""Which kinds of long work there are: each part of the kernel says at start what is done with one item of its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from luodi.kernel.refusal import Refusal

if TYPE_CHECKING:
    from luodi.kernel.jobs.work import Work


@dataclass(frozen=True, slots=True)
class Kind:
    """``roles`` may see and steer such jobs. ``largest`` gives the most bytes of a file of that name. ``handle`` does the work of
    one item: it settles it within the transaction that writes what it became, or raises ``Refusal``."""

    name: str
    roles: tuple[str, ...]
    largest: Callable[[str], int]
    handle: Callable[[Work], None]


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Let there be jobs of this kind. Called in ``AppConfig.ready``. Raises ``ValueError`` where the name is another's."""
    if _kinds.setdefault(kind.name, kind) != kind:
        raise ValueError(f"there are jobs of kind {kind.name!r} already: {_kinds[kind.name]!r}")


def kind_of(name: str) -> Kind:
    """The kind called ``name``. Raises ``LookupError``."""
    if name not in _kinds:
        raise LookupError(f"no jobs of kind {name!r}; the kinds are {', '.join(sorted(_kinds))}")
    return _kinds[name]


def require_size(kind: Kind, name: str, size: int) -> None:
    """Refuse a file that is empty or larger than its kind allows. Codes: ``empty-file``, ``too-large``."""
    largest = kind.largest(name)
    if size == 0:
        raise Refusal("empty-file", "这个文件是空的，0字节。请确认选对了文件，或重新导出后再放。")
    if size > largest:
        raise Refusal("too-large", f"文件有{size:,}字节，这样的文件最多{largest:,}字节。请拆成几份后再放。")
