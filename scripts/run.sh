#!/bin/sh
# Serves Backplan on this computer with gunicorn, with the settings of instance/backplan.env where the environment has no others.
# The first run makes the database, and a secret key unless the environment has one.
set -eu
cd "$(dirname "$0")/.."

settings=$(.venv/bin/python -m planner.settings_file)
eval "$settings"
.venv/bin/python -m planner db upgrade
mkdir -p instance
[ -n "${SECRET_KEY:-}" ] || SECRET_KEY=$(cat instance/secret_key)
# Static files are sent packed; they are packed again when one has changed.
if [ ! -e instance/packed ] || [ -n "$(find static -type f -newer instance/packed ! -name '*.br' ! -name '*.gz' | head -n 1)" ]; then
    .venv/bin/python -m whitenoise.compress -q static
    touch instance/packed
fi
export SECRET_KEY
exec .venv/bin/python -m gunicorn -c gunicorn.conf.py wsgi:app
