"""An SMTP server of the tests' own, on a free port of this machine: RFC 5321 as far as a client needs it, STARTTLS, and AUTH PLAIN."""

from __future__ import annotations

import socketserver
import ssl
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


@dataclass
class Box:
    """What the server was given, and how it behaves. `refuses`: its answer to every recipient; `hold`: it waits before each message."""

    port: int = 0
    came: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    signed_in: list[tuple[str, str]] = field(default_factory=list)
    closed: list[bool] = field(default_factory=list)
    refuses: str = ""
    tls: ssl.SSLContext | None = None
    hold: threading.Event = field(default_factory=threading.Event)
    arrived: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    @property
    def mails(self) -> list[EmailMessage]:
        found = [message_from_bytes(body, policy=policy.default) for _, _, body in self.came]
        return found


class Handler(socketserver.StreamRequestHandler):
    """One client, from its greeting to QUIT."""

    timeout = 20

    def handle(self) -> None:
        self.box: Box = self.server.box  # type: ignore[attr-defined]  # ours, below
        self.sender, self.to, self.is_closed, self.user = "", list[str](), False, ""
        self.say("220 test ESMTP")
        while line := self.rfile.readline(1002):
            word, _, rest = line.decode("ascii", "replace").strip().partition(" ")
            if word.upper() == "QUIT":
                return self.say("221 bye")
            getattr(self, f"do_{word.lower()}", self.unknown)(rest)
        return None

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")

    def unknown(self, rest: str) -> None:
        self.say("502 no")

    def do_ehlo(self, rest: str) -> None:
        more = ["250-STARTTLS"] if self.box.tls and not self.is_closed else []
        self.say("\r\n".join(["250-test", *more, "250-8BITMIME", "250-SMTPUTF8", "250 AUTH PLAIN"]))

    def do_starttls(self, rest: str) -> None:
        if self.box.tls is None:
            return self.unknown(rest)
        self.say("220 go")
        self.connection = self.box.tls.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), socketserver._SocketWriter(self.connection)  # type: ignore[attr-defined]
        self.is_closed = True
        return None

    def do_auth(self, rest: str) -> None:
        _, user, password = b64decode(rest.partition(" ")[2]).decode().split("\0")
        self.box.signed_in.append((user, password))
        self.say("235 welcome" if password == "right" else "535 no")

    def do_mail(self, rest: str) -> None:
        self.sender, self.to = rest.partition("<")[2].partition(">")[0], []
        self.say("250 ok")

    def do_rcpt(self, rest: str) -> None:
        self.to.append(rest.partition("<")[2].partition(">")[0])
        self.say(self.box.refuses or "250 ok")

    def do_data(self, rest: str) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        self.box.hold.wait(20)
        self.box.came.append((self.sender, self.to, b"".join(lines)))
        self.box.closed.append(self.is_closed)
        self.say("250 taken")
        self.box.arrived.release()

    def do_rset(self, rest: str) -> None:
        self.say("250 ok")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, box: Box) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.box = box

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that does not trust us hangs up."""


@contextmanager
def serving(box: Box) -> Iterator[Box]:
    with Server(box) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield box
        server.shutdown()
        thread.join()


@pytest.fixture
def smtp() -> Iterator[Box]:
    """A server that takes everything."""
    box = Box()
    box.hold.set()
    with serving(box) as found:
        yield found


def certificate(folder: Path) -> ssl.SSLContext:
    """A server's context with a new certificate for localhost, written to `folder`/ca.pem for those who are to trust it."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    made = made.not_valid_before(today - timedelta(days=1)).not_valid_after(today + timedelta(days=1)).add_extension(names, False)
    signed = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), True).sign(key, SHA256())
    (folder / "ca.pem").write_bytes(signed.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "ca.pem", folder / "key.pem")
    return context
