#!/bin/sh
# Serves Backplan on this computer with gunicorn, with the settings of instance/backplan.env where the environment has no others.
# The first run makes the database, and a secret key unless the environment has one.
set -eu
cd "$(dirname "$0")/.."

settings=$(.venv/bin/python -m planner.settings_file)
eval "$settings"
.venv/bin/python -m planner db upgrade
[ -n "${SECRET_KEY:-}" ] || SECRET_KEY=$(cat instance/secret_key)
export SECRET_KEY
exec .venv/bin/python -m gunicorn -c gunicorn.conf.py wsgi:app
