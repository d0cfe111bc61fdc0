#!/bin/sh
# Serves Backplan on this computer with gunicorn, with the settings of instance/backplan.env where the environment has no others. The first run makes the database, and a secret key unless the environment has one.
set -eu
cd "$(dirname "$0")/.."

settings=$(.venv/bin/python -m planner.settings_file)
eval "$settings"
PORT=${PORT:-8000}
case $PORT in
    *[!0-9]* | "")
        echo "PORT must be a number, not '$PORT'" >&2
        exit 2
        ;;
esac

.venv/bin/python -m planner db upgrade
[ -n "${SECRET_KEY:-}" ] || SECRET_KEY=$(cat instance/secret_key)
# Static files are sent packed; they are packed again when one has changed.
if [ ! -e instance/packed ] || [ -n "$(find static -type f -newer instance/packed ! -name '*.br' ! -name '*.gz' | head -n 1)" ]; then
    .venv/bin/python -m whitenoise.compress -q static
    touch instance/packed
fi
export PORT SECRET_KEY
exec .venv/bin/python -m gunicorn -c gunicorn.conf.py wsgi:app
