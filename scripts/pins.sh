#!/bin/sh
# Resolves requirements*.in into exact versions with hashes. Needs uv. `scripts/pins.sh --upgrade` takes newer indirect dependencies.
set -eu
cd "$(dirname "$0")/.."
pin() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$@"
}
pin "$@" requirements.in --output-file requirements.txt
pin "$@" requirements-dev.in --output-file requirements-dev.txt
