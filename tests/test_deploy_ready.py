"""`deploy/ready.py`, by which an operator knows that a restart is over."""

from __future__ import annotations

import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

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
