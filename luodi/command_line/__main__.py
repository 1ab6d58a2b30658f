"""``python -m luodi.command_line``: what bin/luodi runs."""

import sys


def run() -> int:
    """The command line with patterns kept from earlier runs; everything else is imported under them."""
    from luodi.command_line.kept_patterns import keep_patterns

    kept = keep_patterns()
    from luodi.command_line.main import main

    code = main(sys.argv[1:])
    if kept is not None:
        kept.save()
    return code


if __name__ == "__main__":
    sys.exit(run())
