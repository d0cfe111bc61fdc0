#!/bin/sh
# Makes .venv with all that Backplan and its tests need, and installs missing system packages on Debian and Ubuntu.
# Safe to repeat; a second run takes a moment. With --app, what only tests and developers need is left out: it is three quarters of it.
set -eu
cd "$(dirname "$0")/.."

only_app=no
[ "${1:-}" = "--app" ] && only_app=yes
# What root installs another user runs.
[ "$(id -u)" != 0 ] || umask 022

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
    have redis-server || echo redis-server
    have nginx || [ -x /usr/sbin/nginx ] || echo nginx-light
}

apt_install() {
    [ $# -gt 0 ] || return 0
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

system_packages() {
    needed=$(app_packages | xargs)
    extra=""
    [ "$only_app" = yes ] || extra=$(test_packages | xargs)
    [ -n "$needed$extra" ] || return 0
    if ! have apt-get; then
        say "Please install Python 3.11 or newer with venv, and Pango, with this system's package manager."
        [ "$only_app" = yes ] || say "The tests also need Chromium, Poppler, qpdf, PostgreSQL, Redis and nginx."
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
    apt_install $extra
}

# --- The virtual environment ----------------------------------------------------------------------------------------

wanted() { if [ "$only_app" = yes ]; then echo requirements.txt; else echo requirements-dev.txt; fi; }

# Where it really is, so that copies of the program which share one by a link need not install in turn.
place() { readlink -f .venv; }

fingerprint() { { cat requirements.txt "$1"; .venv/bin/python --version; place; } 2>/dev/null | sha256sum | cut -d ' ' -f 1; }

up_to_date() {
    [ -x .venv/bin/python ] && new_enough .venv/bin/python && { stamped "$(wanted)" || stamped requirements-dev.txt; }
}

stamped() { grep -qsxF "$(fingerprint "$1")" .venv/.stamp; }

# A .venv that is nobody's link, and was moved here or lost its Python, is made again. Nothing else is ever emptied.
fit_venv() {
    if [ -L .venv ]; then
        complete .venv/bin/python && return 0
        say ".venv is a link to $(readlink .venv), where no Python 3.11 or newer with pip is. Make one there (python3 -m venv), or remove the link."
        exit 1
    fi
    complete .venv/bin/python && grep -qsF "$(place)" .venv/bin/activate && return 0
    if [ -e .venv ] && [ ! -e .venv/pyvenv.cfg ] && [ -n "$(ls -A .venv)" ]; then
        say ".venv holds something else than a virtual environment of Python. Move it away first."
        exit 1
    fi
    say "Making .venv with $python"
    "$python" -m venv --clear .venv
}

# What root installs as a service another user runs. /root is closed to others unless somebody opened it.
for_others() {
    [ "$(id -u)" = 0 ] || return 0
    used=$(readlink -f .venv/bin/python 2>/dev/null || readlink -f "$python")
    case "$used" in /root/*) ;; *) return 0 ;; esac
    [ -z "$(find /root -maxdepth 0 -perm -o+x)" ] || return 0
    said="$used is in /root, where no service may go: apt-get install python3-venv, remove .venv, and run this with PATH=/usr/bin:/bin."
    # Whoever tries Backplan as root on a computer of their own has no such user, and may.
    if [ "$only_app" = yes ] && getent passwd backplan >/dev/null 2>&1; then
        say "$said"
        exit 1
    fi
    say "Good for trying it out, and it goes on. Only a service could not run it: $said"
}

make_venv() {
    fit_venv
    say "Installing Python packages into .venv (about a minute the first time)"
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input --require-hashes -r "$(wanted)"
    fingerprint "$(wanted)" >.venv/.stamp
}

# --- Static files ---------------------------------------------------------------------------------------------------

plain_static() { find static -type f ! -name '*.br' ! -name '*.gz' ! -name .packed -exec sha256sum {} + | sort | sha256sum; }

# Static files are sent packed, and by what is in them: an older release has older times after a roll back. What an earlier one packed goes
# last, since a site may be sending it.
pack_static() {
    [ "$only_app" = yes ] || [ -e static/.packed ] || return 0 # what a developer has never served packed need not be
    packed=$(plain_static)
    [ "$packed" != "$(cat static/.packed 2>/dev/null)" ] || return 0
    rm -f static/.packed
    say "Packing static files (some seconds)"
    begun=$(mktemp)
    .venv/bin/python -m whitenoise.compress -q static
    find static -type f \( -name '*.br' -o -name '*.gz' \) ! -newer "$begun" -delete
    rm -f "$begun"
    printf '%s\n' "$packed" >static/.packed
}

python=$(find_python)
system_packages
[ -n "$python" ] || python=$(find_python)
if [ -z "$python" ]; then
    say "Backplan needs Python 3.11 or newer with its venv module, and this system offers none."
    exit 1
fi
for_others
up_to_date || make_venv
.venv/bin/python -m scripts.styles
pack_static
