"""Sealing: what is kept can be read only with both the person's code and the server's secret."""

from __future__ import annotations

import hmac
import os
import secrets
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SEAL_FORMAT = b"\x01"  # of what `seal` makes; another one is for another day
NONCE = 12  # bytes
BLOCK = 1024  # bytes; what is sealed is a multiple of it, so that a length tells nobody how much was answered


@dataclass(frozen=True)
class Secret:
    """One secret of the server, and what follows from it."""

    text: str

    @cached_property
    def rows(self) -> bytes:
        return derived(self.text.encode(), b"", b"backplan kept plan: row")

    @cached_property
    def once(self) -> bytes:
        return derived(self.text.encode(), b"", b"backplan kept plan: once")

    def row_key(self, code: str) -> bytes:
        """32 bytes under which the row of a code is found. Nobody can go from it to the code."""
        return hmac.digest(self.rows, code.encode(), sha256)

    def bits(self, *parts: bytes, length: int) -> bytes:
        """Bytes that nobody can guess, the same for the same parts."""
        return hmac.digest(self.once, b"".join(sha256(part).digest() for part in parts), sha256)[:length]

    def seal(self, body: bytes, code: str, version: int) -> bytes:
        """`body` (which may get spaces at its end), readable with this code alone, at this place and version alone."""
        nonce = secrets.token_bytes(NONCE)
        return SEAL_FORMAT + nonce + self._cipher(code).encrypt(nonce, padded(body), self._bound(code, version))

    def unseal(self, sealed: bytes, code: str, version: int) -> bytes | None:
        """What was sealed; None if anything about it is different now."""
        nonce, text = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
        try:
            opened = self._cipher(code).decrypt(nonce, text, self._bound(code, version))
        except (InvalidTag, ValueError):
            return None
        return opened if sealed[:1] == SEAL_FORMAT else None

    def _cipher(self, code: str) -> AESGCM:
        return AESGCM(derived(code.encode(), self.text.encode(), b"backplan kept plan: body"))

    def _bound(self, code: str, version: int) -> bytes:
        return self.row_key(code) + version.to_bytes(8, "big")


def derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    """32 bytes for one purpose. HKDF without a slow hash: a code has 80 random bits, a secret 32 random characters."""
    return HKDF(SHA256(), 32, salt or None, purpose).derive(key)


def padded(body: bytes) -> bytes:
    return body.ljust(-(-len(body) // BLOCK) * BLOCK)


def stored_secret(file: Path) -> str:
    """The secret in a file; empty if there is none."""
    try:
        return file.read_text("ascii").strip()
    except (OSError, ValueError):
        return ""


def make_secret(file: Path) -> None:
    """Writes a new secret to a file that only its owner may read, unless there is one. Of two at once, one wins whole."""
    if stored_secret(file):
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, made = mkstemp(dir=file.parent, prefix=file.name)  # mode 0600
    with os.fdopen(descriptor, "w") as out:
        out.write(secrets.token_urlsafe(48) + "\n")
    try:
        os.link(made, file)
    except FileExistsError:
        if not stored_secret(file):
            os.replace(made, file)
            return
    os.unlink(made)
