"""Clients that send a byte now and then: with the proxy as we ship it, nobody else waits for them."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from tests.abuse import ROOT
from tests.conftest import SECRET
from tests.proxy import SITE, Proxy, nginx, proxy
from tests.served import served

SLOW = 20
"""Five times as many as this site has threads."""
BEHIND = {"TRUSTED_HOSTS": SITE, "BASE_URL": f"https://{SITE}", "TRUSTED_PROXIES": "1", "KEEP_SECRET": SECRET}
HEAD = f"POST /ask/age HTTP/1.1\r\nHost: {SITE}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
BEGUN = (HEAD, f"{HEAD}Content-Length: 500\r\n\r\nage_band=")
"""What such a client has sent at first: half of its headers, or all of them and the beginning of a form."""


def begun(there: Proxy, sent: str) -> ssl.SSLSocket:
    """A connection on which so much was sent."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    made = trusting.wrap_socket(socket.create_connection(("127.0.0.1", there.secure), timeout=60))
    made.sendall(sent.encode())
    return made


@contextmanager
def slow_clients(there: Proxy) -> Iterator[None]:
    """They send a byte every half second, for as long as the block lasts or the proxy bears with them."""
    ended = threading.Event()
    with ExitStack() as kept:
        sockets = [kept.enter_context(begun(there, BEGUN[number % 2])) for number in range(SLOW)]

        def drip() -> None:
            while not ended.wait(0.5):
                for one in sockets:
                    with suppress(OSError):  # let go: that is what is hoped for
                        one.sendall(b"x")

        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            yield
        finally:
            ended.set()
            dripping.join()


@pytest.mark.slow
def test_behind_the_proxy_nobody_waits_for_slow_clients(sqlite_url: str, tmp_path: Path) -> None:
    """`ask` gives up after a minute: a site of four threads that had to wait for twenty such clients would not answer by then."""
    nginx()
    with served(sqlite_url, ROOT, **BEHIND) as site, proxy(tmp_path, site.port) as there, slow_clients(there):
        assert [there.ask("/ask/age").status for _ in range(8)] == [200] * 8


@pytest.mark.slow
def test_whoever_does_not_come_to_the_end_of_the_headers_is_let_go(tmp_path: Path) -> None:
    nginx()
    with socket.create_server(("127.0.0.1", 0)) as nobody, proxy(tmp_path, nobody.getsockname()[1]) as there, begun(there, HEAD) as slow:
        assert slow.recv(1) == b"", "closed within 60 seconds, and nothing was said"
