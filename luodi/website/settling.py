"""What a database needs once its rows have been copied into it: a search index of its own kind."""

from __future__ import annotations

import django


def main() -> None:
    """Make it."""
    django.setup()
    from luodi.kernel.search import index

    index.rebuild()


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.website.settings")
    main()
