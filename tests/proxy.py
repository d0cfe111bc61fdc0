"""A real nginx with the file that we ship, on free ports, with a certificate of its own; and visitors who come to it."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from planner.folders import ROOT
from tests.smtp_server import certificate

SITE = "plan.example.org"
VISITOR = "127.0.0.9"
MISSING = "nginx is not on this machine: apt-get install -y --no-install-recommends nginx-light"
AROUND = """
daemon off; pid {folder}/pid; {user} error_log {folder}/logs/main.log;
events {{ worker_connections 64; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/1; uwsgi_temp_path {folder}/2; scgi_temp_path {folder}/3;
    access_log {folder}/logs/others.log;
    include {folder}/site.conf;
}}
"""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def nginx() -> str:
    """The program; the test is left out where there is none."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        pytest.skip(MISSING)
    return found


@dataclass(frozen=True)
class Proxy:
    folder: Path
    plain: int
    secure: int

    def ask(self, path: str, *, method: str = "GET", body: bytes = b"", **headers: str) -> http.client.HTTPResponse:
        """As a browser over HTTPS. The answer is read to its end: `answer.text`."""
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        there = http.client.HTTPSConnection("127.0.0.1", self.secure, timeout=60, source_address=(VISITOR, 0), context=trusting)
        return asked(there, method, path, body, {"Host": SITE, **{name.replace("_", "-"): value for name, value in headers.items()}})

    def ask_plainly(self, path: str) -> http.client.HTTPResponse:
        there = http.client.HTTPConnection("127.0.0.1", self.plain, timeout=20, source_address=(VISITOR, 0))
        return asked(there, "GET", path, b"", {"Host": SITE})

    def logs(self) -> str:
        time.sleep(0.2)  # a line is written after the answer has gone
        return "\n".join(file.read_text("utf-8", "replace") for file in sorted((self.folder / "logs").iterdir()))


def asked(there: http.client.HTTPConnection, method: str, path: str, body: bytes, headers: dict[str, str]) -> http.client.HTTPResponse:
    try:
        there.request(method, path, body or None, headers)
        answer = there.getresponse()
        answer.text = answer.read().decode("utf-8", "replace")  # type: ignore[attr-defined]  # read before the connection goes
        return answer
    finally:
        there.close()


@contextmanager
def proxy(folder: Path, upstream: int) -> Iterator[Proxy]:
    """nginx before the program that listens on `upstream`. Only ports, folders and the certificate differ from the file as shipped."""
    made = Proxy(folder, free_port(), free_port())
    (folder / "logs").mkdir()
    certificate(folder)
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    text = re.sub(r"^\s*listen \[::\]:.*$", "", text, flags=re.M)  # IPv6 may be off in a container
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{made.plain};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{made.secure} ssl http2;"),
        ("127.0.0.1:8000", f"127.0.0.1:{upstream}"),
        (f"/etc/letsencrypt/live/{SITE}/fullchain.pem", f"{folder}/ca.pem"),
        (f"/etc/letsencrypt/live/{SITE}/privkey.pem", f"{folder}/key.pem"),
        ("/var/log/nginx/", f"{folder}/logs/"),
    ):
        assert old in text, old
        text = text.replace(old, new)
    (folder / "site.conf").write_text(text)
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user="user root;" if os.geteuid() == 0 else ""))
    command = [nginx(), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "logs" / "main.log")]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0 and "emerg" not in tried.stderr, tried.stderr
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        until_open(made.secure)
        yield made
    finally:
        server.terminate()
        server.wait(20)


def until_open(port: int) -> None:
    for _ in range(100):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nobody listens on {port}")
