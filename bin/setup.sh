# Sourced by bin/luodi and bin/test: makes .venv from a lock file, once, under a lock. Messages go to stderr only.
# Needs python3.11 (or newer) with pip and nothing else: no git, make, curl, uv or python3-venv.
set -eu
luodi_python() {
    for name in python3.11 python3.12 python3.13 python3; do
        found=$(command -v "$name" 2>/dev/null) || continue
        if "$found" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
            echo "$found"
            return 0
        fi
    done
    echo "luodi: 需要 Python 3.11 至 3.13，未找到。请安装 python3.11 与 python3-pip 后重试。(no-python)" >&2
    return 3
}

# luodi_setup LOCK ENV: the packages of LOCK stand in ENV, exactly
luodi_setup() {
    lock=$1
    env=$2
    if [ -x "$env/bin/python" ] && cmp -s "$lock" "$env/.lock"; then return 0; fi
    python=$(luodi_python) || exit 3
    mkdir -p .tools
    exec 9>.tools/setup.lock
    if command -v flock >/dev/null 2>&1; then flock 9; fi
    if [ -x "$env/bin/python" ] && cmp -s "$lock" "$env/.lock"; then exec 9>&-; return 0; fi
    echo "luodi: 首次运行，正在安装依赖（约十秒）… setting up, once" >&2
    if [ -x .tools/bin/uv ] && cmp -s requirements.tools.lock .tools/.lock; then :; else
        "$python" -m pip install -q --no-input --disable-pip-version-check --root-user-action=ignore --no-deps \
            --require-hashes --upgrade --target .tools -r requirements.tools.lock >&2 || {
            echo "luodi: 安装失败：pip 无法取得安装工具。请检查网络或软件源设置后重试。(setup-failed)" >&2
            exit 3
        }
        cp requirements.tools.lock .tools/.lock
    fi
    # uv does not read pip's settings: pass the index on, so that a mirror set for pip serves here too
    if [ -z "${UV_DEFAULT_INDEX:-}" ]; then
        index=$("$python" -m pip config get global.index-url 2>/dev/null) && export UV_DEFAULT_INDEX="$index"
    fi
    export UV_PYTHON_DOWNLOADS=never
    [ -x "$env/bin/python" ] || .tools/bin/uv venv -q --no-project --python "$python" "$env" >&2
    .tools/bin/uv pip sync -q --require-hashes --python "$env/bin/python" "$lock" >&2 || {
        echo "luodi: 安装失败：依赖未能全部取得。请检查网络或软件源设置后重试。(setup-failed)" >&2
        exit 3
    }
    cp "$lock" "$env/.lock"
    exec 9>&-
}
