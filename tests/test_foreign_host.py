"""A host name of its own: another one is refused and said in the log once; a folder of another site is refused at start."""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import threading
from typing import Any

import pytest

from planner.folders import ROOT
from planner.kept.codes import grouped, new_code
from planner.web import settings
from tests.conftest import SECRET, an_app

SITE = {"TRUSTED_HOSTS": "plan.example.org", "SECRET_KEY": SECRET, "BASE_URL": "https://plan.example.org"}


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if "TRUSTED_HOSTS" in record.getMessage()]


def test_a_host_that_is_not_ours_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    client = an_app(**settings.from_environment(SITE)).test_client()
    for path in ("/about", "/ask", "/about?x=private"):
        client.get(path, headers={"Host": "127.0.0.1:8061"}, expects=400)
    client.get("/about", headers={"Host": "plan.example.org"}, expects=200)
    (line,) = said(caplog)
    assert "the host 127.0.0.1:8061 is not in TRUSTED_HOSTS" in line and "private" not in caplog.text


def test_what_is_said_of_a_host_is_clean_and_has_an_end(caplog: pytest.LogCaptureFixture) -> None:
    client, code = an_app(**settings.from_environment(SITE)).test_client(), grouped(new_code())
    for host in ("a\x1b[31mb.test", f"{code}.test", "x" * 5000, "büro.test"):
        client.get("/about", headers={"Host": host}, expects=400)
    for number in range(100):
        client.get("/about", headers={"Host": f"n{number}.test"}, expects=400)
    lines = said(caplog)
    assert len(lines) == 20, "nobody fills the log with made-up names"
    assert all(line.isascii() and line.isprintable() and len(line) < 200 and code not in line for line in lines)


@pytest.mark.parametrize(
    "wrong",
    [
        {"BASE_URL": "https://clinic.example/backplan"},
        {"BASE_URL": "https://clinic.example/backplan/"},
        {"SCRIPT_NAME": "/backplan"},
    ],
)
def test_a_folder_of_another_site_is_refused_in_one_line(wrong: dict[str, str]) -> None:
    with pytest.raises(settings.BadSettings, match="a host name of its own") as refused:
        settings.check(settings.from_environment({**SITE, **wrong}))
    assert "\n" not in str(refused.value)


def test_a_slash_at_the_end_is_no_folder() -> None:
    settings.check(settings.from_environment({**SITE, "BASE_URL": "https://plan.example.org/", "SCRIPT_NAME": ""}))


def test_a_visitor_cannot_move_the_site_into_a_folder() -> None:
    client = an_app(PROXIES="1").test_client()
    page = client.get("/", headers={"X-Forwarded-Prefix": "/evil", "X-Script-Name": "/evil", "X-Forwarded-Host": "evil.test"}, expects=200)
    assert "evil" not in page.text and "evil" not in str(page.headers)


@pytest.mark.parametrize(("status", "code", "words"), [(200, 0, "200 ok"), (503, 1, "503 ok"), (0, 1, "no answer: ConnectionRefusedError")])
def test_ready_tells_by_its_exit_code(status: int, code: int, words: str) -> None:
    asked: list[tuple[str, str]] = []

    class Stub(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers["Host"]))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(b"ok\n")

        def log_message(self, *_: Any) -> None:
            return

    with http.server.HTTPServer(("127.0.0.1", 0), Stub) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        port = server.server_address[1] if status else 1
        environment = {"PATH": os.environ["PATH"], "PORT": str(port), "HOST": "0.0.0.0"}
        done = subprocess.run(
            [sys.executable, str(ROOT / "deploy" / "ready.py")], env=environment, capture_output=True, text=True, check=False
        )
        server.shutdown()
    assert (done.returncode, done.stdout.strip()) == (code, words), done.stderr
    assert asked == ([("/readyz", f"127.0.0.1:{port}")] if status else [])
