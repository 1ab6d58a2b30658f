"""``python -m luodi.command_line``: what bin/luodi runs."""

import sys

from luodi.command_line.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
