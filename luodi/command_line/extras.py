"""What is not installed unless asked for: DuckDB for Parquet, Dask for a cluster."""

from __future__ import annotations

import importlib.util

from luodi.kernel.refusal import Refusal


def require(module: str, name: str) -> None:
    """Refuse (``no-extra``) where ``module``, that people know as ``name``, is not installed."""
    if importlib.util.find_spec(module) is None:
        raise Refusal(
            "no-extra",
            f"这要用 {name}，平常不装。请在同一条命令前加 LUODI_EXTRAS=1，如 LUODI_EXTRAS=1 bin/luodi read …，第一次会自动装好。",
        )
