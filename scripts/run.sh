#!/bin/sh
# Serves Backplan on this computer with gunicorn. A secret key is made on the first run unless the environment has one.
set -eu
cd "$(dirname "$0")/.."

PORT=${PORT:-8000}
case $PORT in
    *[!0-9]* | "")
        echo "PORT must be a number, not '$PORT'" >&2
        exit 2
        ;;
esac

if [ -z "${SECRET_KEY:-}" ]; then
    if [ ! -s instance/secret_key ]; then
        mkdir -p instance
        (umask 077 && .venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(48))' >"instance/secret_key.$$")
        mv "instance/secret_key.$$" instance/secret_key
    fi
    SECRET_KEY=$(cat instance/secret_key)
fi
export PORT SECRET_KEY
exec .venv/bin/python -m gunicorn -c gunicorn.conf.py wsgi:app
