"""What goes from one machine to another: sealed, so that who reads Redis learns no word, no length and no name of it."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from planner.kept.seal import NONCE, derived, padded
from planner.outputs.pdf import RENDERER

LENGTH = 8  # bytes before the body that say how long it is: what comes after is padding


class Envelope:
    """Seals and names by the site's secret. Machines with another secret, or with a renderer that draws otherwise, open nothing."""

    def __init__(self, secret: str) -> None:
        self.cipher = AESGCM(derived(secret.encode(), b"", f"backplan fleet {RENDERER}: sealed".encode()))
        self.naming = derived(secret.encode(), b"", f"backplan fleet {RENDERER}: names".encode())

    def name(self, *parts: str) -> str:
        """40 characters for a thing, the same on every machine. Nobody can go from it to the parts, nor try what they might be."""
        whole = b"".join(sha256(part.encode("utf-8", "replace")).digest() for part in parts)
        return hmac.digest(self.naming, whole, sha256).hex()[:40]

    def seal(self, body: bytes, place: str) -> bytes:
        """`body`, readable with the secret and at this place alone."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + self.cipher.encrypt(nonce, padded(len(body).to_bytes(LENGTH, "big") + body), place.encode())

    def open(self, sealed: bytes, place: str) -> bytes | None:
        """What was sealed; None if it was changed, is of another place, or of another secret."""
        try:
            whole = self.cipher.decrypt(sealed[:NONCE], sealed[NONCE:], place.encode())
        except (InvalidTag, ValueError):
            return None
        return whole[LENGTH : LENGTH + int.from_bytes(whole[:LENGTH], "big")]
