"""What browsers carry for us: signed or sealed, by every secret that still counts, and by clocks that may differ a little."""

from __future__ import annotations

import json
import secrets
import time
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from functools import cache, lru_cache
from hashlib import sha1, sha256
from pathlib import Path
from typing import Any, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask, Response, current_app
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import Serializer, SignatureExpired, Signer, TimestampSigner, URLSafeSerializer, URLSafeTimedSerializer, want_bytes
from itsdangerous.encoding import base64_encode

from planner.kept.seal import NONCE, derived

CLOCKS_DIFFER = 120
"""Seconds that the clocks of two machines may be apart. What one has made just now comes from the future for another."""
MOST_CARRIED = 20_000  # bytes that sealed text may be, unpacked
Signs = TypeVar("Signs", bound=Serializer[str])
RAW_DEFLATE = -15  # zlib's word for no header and no checksum: the seal is a better one
WITH_WORDS = "."
"""Begins what was packed with USUAL_ANSWERS at hand. Nothing else begins so."""
USUAL_ANSWERS = Path(__file__).with_name("usual_answers.txt").read_bytes().replace(b"\n", b"")
"""Words that nearly every draft has: packing names them by their place, a fifth of what they take. Never changed, or no browser's draft
could be read any more; what is not among them is spelled out. Others would come in a file, and with a beginning, of their own."""
FILLED_TO = 48
"""Bytes. What is sealed is filled up to a multiple, or its length would tell how much of it is not usual."""


class OneKey(Signer):
    """A signer that works out its keys once."""

    def derive_key(self, secret_key: str | bytes | None = None) -> bytes:
        known: dict[str | bytes | None, bytes] = self.__dict__.setdefault("known", {})
        if secret_key not in known:
            known[secret_key] = super().derive_key(secret_key)
        return known[secret_key]


class TwoClocks(OneKey, TimestampSigner):
    """A signer that takes what another machine has signed, though the clocks differ."""

    def unsign(self, signed_value: str | bytes, max_age: int | None = None, return_timestamp: bool = False) -> Any:
        try:
            whole: tuple[bytes, datetime] = super().unsign(signed_value, max_age, True)
            return whole if return_timestamp else whole[0]
        except SignatureExpired as late:
            made, value = late.date_signed, late.payload
            if made is None or max_age is None or not in_time(made.timestamp(), self.get_timestamp(), max_age):
                raise
            return (value, made) if return_timestamp else value


def in_time(made: float, now: float, seconds: float) -> bool:
    """True for what was made at most `seconds` ago. What another clock dates to come is as good as new; nothing lives longer for it."""
    return -CLOCKS_DIFFER <= now - made <= seconds


class NeverPacked(URLSafeSerializer):
    """What is so short would not get shorter, and finding that out costs as much as signing it."""

    def dump_payload(self, obj: Any) -> bytes:
        return base64_encode(want_bytes(self.serializer.dumps(obj, **self.serializer_kwargs)))


class NeverPackedTimed(NeverPacked, URLSafeTimedSerializer):
    """The same with the time that it was made."""


class Sessions(SecureCookieSessionInterface):
    """Flask's own sessions, which hold the token of the forms, signed so."""

    digest_method = staticmethod(sha256)

    def __init__(self) -> None:
        self.known: dict[tuple[Any, ...], URLSafeTimedSerializer | None] = {}

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        secrets_of_app = (app.secret_key, *(app.config["SECRET_KEY_FALLBACKS"] or ()))
        if secrets_of_app not in self.known:
            made = super().get_signing_serializer(app)
            if made is not None:
                made.signer, made.fallback_signers = TwoClocks, [{"key_derivation": self.key_derivation, "digest_method": sha1}]
            self.known[secrets_of_app] = made and with_one_signer(made)
        return self.known[secrets_of_app]

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Nothing where nothing is new and the page says already that it rests on cookies, as nearly every page does."""
        if not session or self.should_set_cookie(app, session) or "Cookie" not in response.headers.get("Vary", ""):
            super().save_session(app, session, response)


def secrets_now() -> list[str]:
    """The secrets that what browsers carry may be signed with, oldest first; the last one signs."""
    return [*(current_app.config["SECRET_KEY_FALLBACKS"] or ()), current_app.config["SECRET_KEY"]]


def signing(purpose: str) -> URLSafeTimedSerializer:
    """For what anybody may read, and nobody but us may make."""
    return signing_by(tuple(secrets_now()), purpose)


@lru_cache(64)
def signing_by(secrets_known: tuple[str, ...], purpose: str) -> URLSafeTimedSerializer:
    made = URLSafeTimedSerializer(
        list(secrets_known),
        salt=purpose,
        signer=TwoClocks,
        signer_kwargs={"digest_method": sha256},
        fallback_signers=[{"digest_method": sha1}],  # what browsers had before; none of it lives longer than half a year
    )
    return with_one_signer(made)


@lru_cache(64)
def form_tokens_by(secret: str) -> URLSafeTimedSerializer:
    """As Flask-WTF signs and reads them by itself, with its own digest."""
    return with_one_signer(NeverPackedTimed(secret, salt="wtf-csrf-token", signer=TwoClocks))


@lru_cache(64)
def marking_by(secrets_known: tuple[str, ...], purpose: str) -> URLSafeSerializer:
    """For what says itself how old it is."""
    return with_one_signer(NeverPacked(list(secrets_known), salt=purpose, signer=OneKey))


def with_one_signer(made: Signs) -> Signs:
    """The same, with a signer that all requests share: it keeps nothing of what it has signed."""
    made.make_signer = cache(made.make_signer)  # type: ignore[method-assign]
    return made


def sealed(data: Any, purpose: str) -> str:
    """`data` (JSON) as text that nobody reads without our secret: a copy of a browser's folder tells no answer."""
    packer = zlib.compressobj(9, wbits=RAW_DEFLATE, zdict=USUAL_ANSWERS)
    packed = packer.compress(json.dumps(data, separators=(",", ":")).encode()) + packer.flush()
    nonce, filled = secrets.token_bytes(NONCE), packed + bytes(-len(packed) % FILLED_TO)
    body = cipher(secrets_now()[-1], purpose).encrypt(nonce, int(time.time()).to_bytes(5, "big") + filled, WITH_WORDS.encode())
    return WITH_WORDS + urlsafe_b64encode(nonce + body).rstrip(b"=").decode()


def unsealed(text: str, purpose: str, seconds: int) -> tuple[Any, datetime] | None:
    """What was sealed for this purpose at most `seconds` ago, and when; None if it is anything else."""
    mark, words = (WITH_WORDS, USUAL_ANSWERS) if text.startswith(WITH_WORDS) else ("", b"")
    bare = text.removeprefix(mark)
    try:
        whole = urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except ValueError:
        return None
    for secret in reversed(secrets_now()):
        try:
            body = cipher(secret, purpose).decrypt(whole[:NONCE], whole[NONCE:], mark.encode())
            data = json.loads(zlib.decompressobj(RAW_DEFLATE, zdict=words).decompress(body[5:], MOST_CARRIED))
        except (InvalidTag, ValueError, zlib.error):
            continue
        made = int.from_bytes(body[:5], "big")
        return (data, datetime.fromtimestamp(made, UTC)) if in_time(made, time.time(), seconds) else None
    return None


@lru_cache(64)
def cipher(secret: str, purpose: str) -> AESGCM:
    return AESGCM(derived(secret.encode(), b"", f"backplan carried: {purpose}".encode()))
