"""The real server: counts of all its processes in one, through the death of each of them, and a log of objects that name nobody."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from planner.database.engines import open_database
from planner.folders import ROOT
from planner.kept.codes import grouped, new_code
from tests.conftest import SECRET
from tests.keeping import keep

MARK = "zebrafish"
START = 'backplan_request_seconds_count{endpoint="public.start",method="GET",status="2xx"}'


class Server:
    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self.process, self.log, self.address = process, log, ""

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        try:
            with urlopen(Request(self.address + path, headers=headers), timeout=60) as response:
                return response.status, response.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def starts(self) -> float:
        """How often the start page was counted, by whichever process answers."""
        found = re.search(re.escape(START) + r" ([\d.]+)", self.get("/metrics")[1])
        return float(found[1]) if found else 0.0

    def children(self) -> list[int]:
        """Those that answer requests; the one that keeps the renderers is no matter here."""
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(one) for one in found if b"render-service" not in Path(f"/proc/{one}/cmdline").read_bytes()]

    def folder(self) -> Path:
        (found,) = Path("/dev/shm").glob(f"backplan-counts-{self.process.pid}-*")
        return found


@contextmanager
def served(log: Path, **settings: str) -> Iterator[Server]:
    environment = {**os.environ, "SECRET_KEY": SECRET, "PORT": "0", "BASE_URL": "http://127.0.0.1", **settings}
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"]
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT, text=True)
    server = Server(process, log)
    try:
        until = monotonic() + 90
        while not (found := re.search(r"Listening at: (http://[\d.:]+)", log.read_text())) and monotonic() < until:
            sleep(0.2)
        assert found, log.read_text()
        server.address = found[1]
        assert server.get("/healthz")[0] == 200
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(30)
        process.kill()


pytestmark = [pytest.mark.slow, pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="this machine has no memory for files")]


def counted_in(folder: Path) -> set[str]:
    """The files in which processes count; each has the number of its process."""
    return {path.stem for path in folder.glob("*.db") if "live" not in path.name}


def test_counts_are_of_all_processes_and_outlive_them(sqlite_url: str, tmp_path: Path) -> None:
    with served(tmp_path / "log", DATABASE_URL=sqlite_url, WEB_CONCURRENCY="2") as server:
        for _ in range(12):
            assert server.get("/")[0] == 200
        assert {server.starts() for _ in range(6)} == {12.0}, "whoever answers"
        files = counted_in(server.folder())
        for _ in range(3):
            first, *_ = before = server.children()
            os.kill(first, signal.SIGKILL)
            until = monotonic() + 60
            while (set(server.children()) == set(before) or len(server.children()) < 2) and monotonic() < until:
                sleep(0.2)
            assert server.get("/")[0] == 200
        assert server.starts() == 15.0
        now = counted_in(server.folder())  # a process that nobody asked for anything has written nothing yet
        assert files <= now and {name.rpartition("_")[2] for name in now} == {"0", "1"}, "who comes takes the number of who went"
        folder = server.folder()
        assert folder.stat().st_mode & 0o777 == 0o700
    assert not folder.exists()


def test_tries_are_counted_for_all_processes_and_no_death_forgets_them(sqlite_url: str, tmp_path: Path) -> None:
    """Each process had counted for itself, and whoever made it end began anew."""
    with served(tmp_path / "log", DATABASE_URL=sqlite_url, WEB_CONCURRENCY="2") as server:
        found = [server.get(f"/kept/{grouped(new_code())}")[0] for _ in range(24)]
        assert found == [404] * 20 + [429] * 4
        before = server.children()
        for one in before:
            os.kill(one, signal.SIGKILL)
        until = monotonic() + 60
        while (set(server.children()) & set(before) or len(server.children()) < 2) and monotonic() < until:
            sleep(0.2)
        assert [server.get(f"/kept/{grouped(new_code())}")[0] for _ in range(4)] == [429] * 4
        assert server.get("/")[0] == 200


def test_what_is_no_request_is_refused_with_our_headers_and_nobody_is_named(sqlite_url: str, tmp_path: Path) -> None:
    """The server's own page repeated what was sent, without any of our headers, and its log had the address."""
    sent = {
        "400": f"{MARK} / HTTP/9.9\r\n\r\n",
        "414": f"GET /{MARK}{'a' * 9000} HTTP/1.1\r\n\r\n",
        "431": f"GET / HTTP/1.1\r\nX-{MARK}: {'a' * 9000}\r\n\r\n",
    }
    with served(tmp_path / "log", DATABASE_URL=sqlite_url, WEB_CONCURRENCY="1") as server:
        for status, words in sent.items():
            told = raw(server, words)
            assert told.startswith(f"HTTP/1.1 {status} ") and MARK not in told.lower()
            for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cache-Control: no-store"):
                assert name in told, (status, name)
        told = raw(server, "POST /static/css/base.css HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        assert told.startswith("HTTP/1.1 404 ") and "Content-Security-Policy: default-src" in told
    log = (tmp_path / "log").read_text()
    assert "ip=" not in log and MARK not in log.lower() and log.count("something was sent that is no request") == 3


def raw(server: Server, words: str) -> str:
    """What the server answers to these very bytes, until it hangs up."""
    host, _, port = server.address.removeprefix("http://").rpartition(":")
    with socket.create_connection((host, int(port)), timeout=30) as line:
        line.sendall(words.encode())
        return b"".join(iter(lambda: line.recv(65536), b"")).decode()


def test_what_a_killed_server_left_is_gone_after_the_next_start(sqlite_url: str, tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = Path(f"/dev/shm/backplan-counts-{ended.pid}-left")
    left.mkdir(mode=0o700)
    (left / "counter_0.db").write_bytes(b"x")
    with served(tmp_path / "log", DATABASE_URL=sqlite_url, WEB_CONCURRENCY="1"):
        assert not left.exists()


def test_every_line_of_the_json_log_is_an_object_that_names_nobody(sqlite_url: str, tmp_path: Path) -> None:
    code = grouped(keep(open_database(sqlite_url)))
    settings = {"DATABASE_URL": sqlite_url, "WEB_CONCURRENCY": "1", "LOG_FORMAT": "json", "TRUSTED_PROXIES": "1"}
    with served(tmp_path / "log", **settings) as server:
        for path in (f"/kept/{code}", f"/kept/{code.lower()}.json", f"/{code}", f"/{MARK}?note={MARK}", f"/clinic/people?note={MARK}"):
            server.get(path, **{"User-Agent": MARK, "Referer": f"https://{MARK}.example/", "X-Forwarded-For": "192.0.2.77"})
        server.get("/static/css/base.css")
        server.get("/", **{"X-Request-ID": "of-our-proxy-1"})
    text = (tmp_path / "log").read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    answered = [line for line in lines if line["logger"] == "gunicorn.access"]
    assert {"kept.show_kept", "none", "static", "public.start", "public.healthz"} <= {line["endpoint"] for line in answered}
    assert all(set(line) == {"time", "level", "logger", "request", "endpoint", "method", "status", "bytes", "ms"} for line in answered)
    assert answered[-1]["request"] == "of-our-proxy-1" and answered[-1]["status"] == 200
    for private in (code, code[:9], MARK, "192.0.2.77", "/kept/"):
        assert private.lower() not in text.lower(), private
