# Sourced by bin/luodi and bin/test, with $home set to the checkout: has set_up.py make an environment where one is missing.
# Needs python3.11 (or 3.12, 3.13) with pip and nothing else: no git, make, curl, uv, flock or python3-venv.

# luodi_python: prints the first suitable Python that has pip
luodi_python() {
    bare=
    for name in python3.11 python3.12 python3.13 python3 python; do
        found=$(command -v "$name" 2>/dev/null) || continue
        "$found" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null || continue
        if "$found" -c 'import pip' 2>/dev/null; then
            printf '%s\n' "$found"
            return 0
        fi
        bare=$found
    done
    if [ -n "$bare" ]; then
        echo "luodi: $bare 没有 pip。请安装 python3-pip 后重试。(no-pip)" >&2
    else
        echo "luodi: 需要 Python 3.11 至 3.13，未找到。请安装 python3.11 与 python3-pip 后重试。(no-python)" >&2
    fi
    return 3
}

# luodi_setup LOCK ENVIRONMENT: the packages of LOCK stand in ENVIRONMENT, exactly; quick where they already do
luodi_setup() {
    if [ -x "$home/$2/bin/python" ] && cmp -s "$home/$1" "$home/$2/.lock"; then return 0; fi
    python=$(luodi_python) || return $?
    "$python" -I "$home/bin/set_up.py" "$home" "$1" "$2"
}
