"""What the server stands: a restart in the middle, fonts or libraries that are missing, text that a pattern could choke on."""

from __future__ import annotations

import resource
import shutil
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from planner.clinic.colours import as_hex
from planner.clinic.people import passwords
from planner.clinic.people.names import clean_email, clean_name
from planner.domain.typed_text import as_typed, one_line
from planner.kept.codes import read_code, without_code
from tests.abuse import copied
from tests.installed import children, said_by
from tests.served import Served, served


@pytest.mark.slow
def test_a_restart_loses_no_step(sqlite_url: str) -> None:
    """A new release is told by SIGHUP; who is half way through sending an answer when the server ends is still answered."""
    with served(sqlite_url, WEB_CONCURRENCY="2") as site:
        ended, statuses = threading.Event(), []

        def asks() -> None:
            while not ended.wait(0.1):  # fewer than one address may ask for, whichever process counts
                statuses.append(site.status("/ask/age"))

        clients = [threading.Thread(target=asks) for _ in range(4)]
        for client in clients:
            client.start()
        time.sleep(1)
        site.process.send_signal(signal.SIGHUP)
        time.sleep(6)
        ended.set()
        for client in clients:
            client.join()
        assert len(statuses) > 3 and set(statuses) == {200}
        with socket.create_connection(("127.0.0.1", site.port), timeout=30) as sending:
            sending.sendall(b"POST /ask/age HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n")
            sending.sendall(b"Content-Length: 14\r\nConnection: close\r\n\r\nage_band")
            time.sleep(1)
            site.process.send_signal(signal.SIGTERM)
            time.sleep(1)
            sending.sendall(b"=40_59")
            assert sending.recv(15) == b"HTTP/1.1 400 BA", "our own page: there was no form token in it"


@pytest.mark.slow
def test_more_connections_than_files_end_no_process(sqlite_url: str) -> None:
    """A process that can't accept one more connection ends, with all that it was answering. So the next ones wait outside."""
    with served(sqlite_url) as site:
        (process,) = (one for one in children(site.process.pid) if "render-service" not in said_by(one))
        resource.prlimit(process, resource.RLIMIT_NOFILE, (400, 400))
        waiting = [socket.create_connection(("127.0.0.1", site.port)) for _ in range(450)]
        time.sleep(2)
        for one in waiting:
            one.close()
        assert site.comes_to("/healthz", 200) and process in children(site.process.pid)


@pytest.fixture
def without_fonts(tmp_path: Path) -> Path:
    folder = copied(tmp_path / "site")
    shutil.rmtree(folder / "static" / "fonts")
    return folder


@pytest.fixture
def without_pango(tmp_path: Path) -> Path:
    folder = copied(tmp_path / "site")
    (folder / "weasyprint.py").write_text("raise OSError(\"cannot load library 'libpangoft2-1.0-0'\")\n")
    return folder


def settled(site: Served, wanted: int) -> bool:
    """True if /readyz comes to say `wanted` while a renderer starts, and says so still a while later."""
    found = site.comes_to("/readyz", wanted)
    time.sleep(10)
    return found and site.status("/readyz") == wanted


@pytest.mark.slow
def test_with_all_it_needs_the_site_is_ready(sqlite_url: str) -> None:
    with served(sqlite_url) as site:
        assert settled(site, 200)


@pytest.mark.slow
@pytest.mark.parametrize("what", ["without_fonts", "without_pango"])
def test_without_fonts_or_libraries_pages_are_served_and_documents_are_not(
    sqlite_url: str, what: str, request: pytest.FixtureRequest
) -> None:
    with served(sqlite_url, request.getfixturevalue(what)) as site:
        assert site.status("/") == 200 and site.status("/ask/age") == 200
        assert settled(site, 503)
        assert site.status("/ask/age") == 200


NASTY = (
    *("a" * 100_000, "a@" * 50_000, "a." * 50_000, " " * 100_000, "-" * 100_000, "0" * 100_000, "ä\u0301" * 50_000, "/kept/" * 16_000),
    f"x{'-' * 30_000}x",  # 8 seconds for a pattern that looks for the end from each hyphen, as that of common passwords does
)


@pytest.mark.parametrize("reader", [clean_email, clean_name, one_line, as_typed, read_code, without_code, as_hex, passwords.fault])
def test_no_reader_of_typed_text_chokes(reader: Callable[[str], object]) -> None:
    """In proportion to the length, that is: 100,000 characters in a moment, which a pattern that backtracks never is."""
    for text in NASTY:
        before = time.process_time()
        with suppress(ValueError):  # it said no, and at once
            reader(text)
        assert time.process_time() - before < 3, (reader, text[:10])
