"""A light as pages show it, under the name by which the public pages know it; made in ``luodi.pages.promise_words``."""

from __future__ import annotations

from luodi.pages.promise_words import light_of

__all__ = ["light_of"]
