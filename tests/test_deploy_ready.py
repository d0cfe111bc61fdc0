"""`deploy/ready.py`, by which an operator knows that a restart is over."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from planner.folders import ROOT


def test_ready_waits_for_a_start() -> None:
    """A server that comes a second late is waited for, and asked no more once it is there."""
    came: list[str] = []

    class Late(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            came.append(self.path)
            self.send_response(200 if len(came) > 2 else 503)
            self.end_headers()
            self.wfile.write(b"ok\n")

        def log_message(self, format: str, *args: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Late) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        environment = {"BACKPLAN_ENV": os.devnull, "PORT": str(server.server_port)}
        once, waited = [
            subprocess.run([sys.executable, str(ROOT / "deploy" / "ready.py"), *words], env=environment, capture_output=True, check=False)
            for words in ([], ["--wait", "60"])
        ]
        server.shutdown()
    assert (once.returncode, waited.returncode, waited.stdout) == (1, 0, b"200 ok\n") and came == ["/readyz"] * 3


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"BACKPLAN_ENV": "/none"}, "BACKPLAN_ENV: there is no file /none"),
        ({"BACKPLAN_ENV": os.devnull, "PORT": "http"}, "PORT must be the number of a port, such as 8000"),
        ({"BACKPLAN_ENV": os.devnull, "HOST": "http://a"}, "HOST must be an address or a name of this machine, .*"),
    ],
)
def test_ready_says_what_is_wrong_with_the_settings_as_the_server_does(settings: dict[str, str], said: str) -> None:
    command = [sys.executable, str(ROOT / "deploy" / "ready.py")]
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "") and re.fullmatch(f"backplan: {said}\n", done.stderr), done.stderr


def test_ready_names_the_line_of_the_file_that_is_none(tmp_path: Path) -> None:
    file = tmp_path / "backplan.env"
    file.write_text("PORT=8000\nsecret words\n")
    done = subprocess.run(
        [sys.executable, str(ROOT / "deploy" / "ready.py")], env={"BACKPLAN_ENV": str(file)}, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr.decode()) == (2, f"backplan: {file}: line 2 is not NAME=value\n")
