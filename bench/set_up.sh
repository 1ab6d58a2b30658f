#!/bin/sh
# Installs the libraries that the benchmark compares with; nothing of Luodi needs them. Run it once: sh bench/set_up.sh
set -eu
home=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$home/bin/setup.sh"
luodi_setup bench/requirements.lock .tools/bench
