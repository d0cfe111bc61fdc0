"""A file that only a key opens: JSON Web Encryption (RFC 7516), compact, as SMART Health Links want it."""

from __future__ import annotations

import json
import secrets
import zlib
from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from planner.kept.seal import NONCE

TAG = 16  # bytes at the end of what AES-GCM makes
MOST_PACKED = 250_000
"""Bytes of a file that is packed. Readers refuse to unpack more, so that a small file can't fill their memory."""


def jwe(body: bytes, key: bytes, kind: str) -> bytes:
    """`body` (of the content type `kind`) in the form header..nonce.text.tag. `key`: 32 bytes, used for this file alone."""
    packs = len(body) <= MOST_PACKED
    about = {"alg": "dir", "enc": "A256GCM", "cty": kind} | ({"zip": "DEF"} if packs else {})
    header = base64url(json.dumps(about, separators=(",", ":")).encode())
    nonce = secrets.token_bytes(NONCE)
    made = AESGCM(key).encrypt(nonce, deflated(body) if packs else body, header.encode())
    return ".".join((header, "", base64url(nonce), base64url(made[:-TAG]), base64url(made[-TAG:]))).encode()


def deflated(body: bytes) -> bytes:
    """Packed by RFC 1951, with no header around it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


def base64url(some: bytes) -> str:
    return urlsafe_b64encode(some).rstrip(b"=").decode()
