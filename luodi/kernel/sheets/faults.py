"""What is wrong with a cell, in words for whoever fills the sheet."""

from __future__ import annotations

from dataclasses import dataclass

from luodi.kernel.sheets.addresses import Area


@dataclass(frozen=True, slots=True)
class Fault:
    """``area`` is the cell; ``words`` say what stands there, what is allowed and what to do."""

    area: Area
    words: str
