"""Writes the pages of the reference from the code, or says which of them the code has outgrown.

    bin/write-reference [--check]

Exit codes: 0 written, or all as the code has it; 1 with ``--check`` where a page is stale. ``pages()`` gives the texts
without writing them, for the test.
"""

from __future__ import annotations

import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parents[1]))

from docs.reference.making import commands, lines, records, rules  # noqa: E402


def pages() -> dict[str, str]:
    """File name to text, as the code has it now."""
    return {
        "reading-rules.md": rules.write(),
        "commands.md": commands.write(),
        "records.md": records.write(),
        "figures-and-periods.md": lines.write(),
    }


def main(arguments: list[str]) -> int:
    """Write what is stale, or with ``--check`` only name it."""
    outgrown = {name: text for name, text in pages().items() if _now(FOLDER / name) != text}
    for name, text in outgrown.items():
        if "--check" not in arguments:
            (FOLDER / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name}\n")
    return 1 if outgrown and "--check" in arguments else 0


def _now(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
