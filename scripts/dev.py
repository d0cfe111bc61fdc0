"""`make dev`: serves this working copy to this computer. Templates are read anew; code, content and static files make it start again.

Werkzeug's own reloader watches the files that were there when it started. Content and templates grow by new files, and a file with a
fault in it must not end the server, so one process here holds the port and watches, and another one serves until something changes.
Nothing in `planner` knows of this: `make run` can't serve this way by accident.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import traceback
from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from planner.folders import LOCALE, PLANNER, STATIC
from planner.settings_file import BadSettingsFile, read_settings_file
from planner.settings_table import BadSetting, check_settings, setting

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from flask import Response

HOST = "127.0.0.1"  # for this computer alone: faults are shown with the code around them
WATCHED = (PLANNER, STATIC, LOCALE)
NOT_WATCHED = (".br", ".gz", ".pyc", "~")  # packed, compiled, and what editors leave
LOOK = 0.25  # seconds between two looks
Look = dict[Path, tuple[int, int]]


def main() -> int:
    """Holds the port, so that a page asked for during a new start waits for it, and keeps one server running."""
    try:
        read_settings_file()
        check_settings()
        door = opened(setting("PORT"))
    except (BadSettingsFile, BadSetting) as error:
        print(f"backplan: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"PORT={setting('PORT')}: {error}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    port = door.getsockname()[1]
    print(f"Backplan is at http://{HOST}:{port} and follows every change. Ctrl+C ends it.", flush=True)
    seen = look()
    server = start(door, port)
    try:
        while True:
            now = settled(seen)
            print(f"changed: {', '.join(sorted(changed(seen, now))[:3])}", flush=True)
            seen = now
            end(server)
            server = start(door, port)
    except KeyboardInterrupt:
        return 0
    finally:
        end(server)


def opened(port: str) -> socket.socket:
    """The port of this computer, ours from now on. 0 is any that is free."""
    return socket.create_server((HOST, int(port)))


def start(door: socket.socket, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "scripts.dev", str(door.fileno())]
    return subprocess.Popen(command, pass_fds=[door.fileno()], env={**os.environ, "PORT": str(port)})  # noqa: S603  our own words


def end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    server.wait()


def look() -> Look:
    """Every watched file with its time and size."""
    found: Look = {}
    for file in watched():
        try:
            stat = file.stat()
        except OSError:  # gone since it was listed
            continue
        found[file] = (stat.st_mtime_ns, stat.st_size)
    return found


def watched() -> Iterator[Path]:
    for top in WATCHED:
        for folder, _, names in os.walk(top):
            yield from (Path(folder, name) for name in names if not name.startswith(".") and not name.endswith(NOT_WATCHED))


def settled(seen: Look) -> Look:
    """Waits until something differs, and then until nothing does any more: many files may change at once."""
    last = seen
    while (now := look()) == seen or now != last:
        last = now
        time.sleep(LOOK)
    return now


def changed(before: Look, after: Look) -> set[str]:
    return {str(file.relative_to(PLANNER.parent)) for file in before.keys() | after.keys() if before.get(file) != after.get(file)}


def serve(door: int) -> None:
    """The other process. What can't start says so on every page, until it is mended."""
    from werkzeug.serving import make_server
    from werkzeug.wrappers import Response

    app: WSGIApplication
    try:
        app = unpacked(application())
    except Exception:
        traceback.print_exc()
        app = Response(traceback.format_exc(), 500, content_type="text/plain; charset=utf-8")
    make_server(HOST, int(os.environ["PORT"]), app, threaded=True, fd=door).serve_forever()


def application() -> WSGIApplication:
    """The application as it is now, on the newest schema, with a renderer that has read the newest styles."""
    from planner import create_app
    from planner.cli.database_commands import run_upgrade
    from planner.kept.seal import stored_secret
    from planner.outputs.pool import pool
    from planner.web.settings import SECRET_FILE

    run_upgrade(Namespace())
    os.environ.setdefault("SECRET_KEY", stored_secret(SECRET_FILE))
    app = create_app({"TEMPLATES_AUTO_RELOAD": True, "RATELIMIT_ENABLED": False})
    app.register_error_handler(Exception, shown)
    pool().start()
    return app


def shown(error: Exception) -> Response:
    """Our page for a fault, and here the fault itself in the terminal."""
    from planner.web.errors import our_fault

    traceback.print_exception(error)
    return our_fault(error)


def unpacked(app: WSGIApplication) -> WSGIApplication:
    """Never sends the packed copy of a static file: `make run` made it, from an older one perhaps."""

    def call(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        return app(environ, start_response)

    return call


if __name__ == "__main__":
    if len(sys.argv) > 1:
        serve(int(sys.argv[1]))
    else:
        raise SystemExit(main())
