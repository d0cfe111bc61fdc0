#!/bin/sh
# Makes .venv with all that Backplan and its tests need, and installs missing system packages on Debian and Ubuntu.
# Safe to repeat; a second run takes a moment. With --app, what only the tests need may stay missing.
set -eu
cd "$(dirname "$0")/.."

only_app=no
[ "${1:-}" = "--app" ] && only_app=yes

say() { printf '%s\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

# --- Python ---------------------------------------------------------------------------------------------------------

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
complete() { new_enough "$1" && "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

find_python() {
    for name in python3.13 python3.12 python3.11 python3; do
        if complete "$name"; then
            "$name" -c 'import sys; print(sys.executable)'
            return
        fi
    done
}

# The package that brings a Python with venv: for one that is here without it, else the newest on offer.
python_packages() {
    for name in python3.13 python3.12 python3.11 python3; do
        if new_enough "$name"; then
            "$name" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])'
            return
        fi
    done
    for name in python3.13 python3.12 python3.11; do
        if offered "$name-venv"; then
            echo "$name $name-venv"
            return
        fi
    done
    echo "python3 python3-venv"
}

# --- System packages ------------------------------------------------------------------------------------------------

offered() { apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [^(]'; }

library() {
    for folder in /lib /usr/lib /usr/local/lib /lib/*-linux-* /usr/lib/*-linux-* /lib64 /usr/lib64; do
        [ -e "$folder/$1" ] && return 0
    done
    return 1
}

browser() { have chromium || have chromium-browser || have google-chrome; }

app_packages() {
    [ -n "$python" ] || python_packages
    library libpango-1.0.so.0 || echo libpango-1.0-0
    library libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
}

# Makes PDFs a little smaller. Nothing waits for it, and older releases do not have it.
welcome_packages() {
    library libharfbuzz-subset.so.0 || ! offered libharfbuzz-subset0 || echo libharfbuzz-subset0
}

test_packages() {
    browser || if grep -qs '^ID=ubuntu' /etc/os-release; then echo chromium-browser; else echo chromium; fi
    have pdftotext || echo poppler-utils
    have qpdf || echo qpdf
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || have initdb || echo postgresql
}

apt_install() {
    [ $# -gt 0 ] || return 0
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

system_packages() {
    needed=$(app_packages | xargs)
    extra=$(test_packages | xargs)
    [ "$only_app" = no ] || [ -n "$needed" ] || return 0
    [ -n "$needed$extra" ] || return 0
    if ! have apt-get; then
        say "Please install Python 3.11 or newer with venv, Pango, and for the tests Chromium, Poppler, qpdf and PostgreSQL, with this system's package manager."
        exit 1
    fi
    if [ "$(id -u)" = 0 ]; then
        root=""
    elif have sudo && sudo -n true 2>/dev/null; then
        root="sudo"
    else
        say "An administrator must run: apt-get update && apt-get install -y --no-install-recommends $(echo $needed $(welcome_packages) $extra)"
        exit 1
    fi
    say "Installing system packages: $(echo $needed $extra)"
    $root apt-get update -qq
    # Names are settled again: a fresh machine knows no package before its first update.
    needed=$(app_packages | xargs)
    apt_install $needed $(welcome_packages)
    [ "$only_app" = yes ] || apt_install $extra
}

# --- The virtual environment ----------------------------------------------------------------------------------------

fingerprint() { { cat requirements.txt requirements-dev.txt; .venv/bin/python --version; pwd; } 2>/dev/null | sha256sum | cut -d ' ' -f 1; }

up_to_date() {
    [ -x .venv/bin/python ] && [ -f .venv/.stamp ] && [ "$(cat .venv/.stamp)" = "$(fingerprint)" ] && new_enough .venv/bin/python
}

make_venv() {
    # A .venv that was moved here or lost its Python is made again.
    if ! complete .venv/bin/python || ! grep -qsF "$(pwd)/.venv" .venv/bin/activate; then
        say "Making .venv with $python"
        "$python" -m venv --clear .venv
    fi
    say "Installing Python packages into .venv (about a minute the first time)"
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input --require-hashes -r requirements-dev.txt
    fingerprint >.venv/.stamp
}

python=$(find_python)
system_packages
[ -n "$python" ] || python=$(find_python)
if [ -z "$python" ]; then
    say "Backplan needs Python 3.11 or newer with its venv module, and this system offers none."
    exit 1
fi
up_to_date || make_venv
.venv/bin/python -m scripts.styles
