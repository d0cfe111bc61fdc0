"""How a browser's draft is packed: with usual words at hand, which never change, and filled up, so that its length tells little."""

from __future__ import annotations

import json
import secrets
import time
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from flask import Flask

from planner.domain.model import Library
from planner.kept.seal import NONCE
from planner.web.carried import FILLED_TO, RAW_DEFLATE, USUAL_ANSWERS, WITH_WORDS, cipher, sealed, unsealed
from planner.web.draft import DRAFT_COOKIE, DRAFT_SECONDS
from tests.conftest import SECRET
from tests.people import well

SAID = {"country": "gb", "rf_fever": "no", "areas": ["neck_shoulders", "low_back"], "peg_p": 8, "goal_words": "my own words"}
PACKED = "ab46124a4fc252c8c2331c466f08390742738205242d837ace29204fe4562a00539002845b0b00"
"""Of November 2026."""


def test_what_was_packed_with_the_words_is_still_read() -> None:
    """Who changes one letter of them makes every draft out there unreadable."""
    read = zlib.decompressobj(RAW_DEFLATE, zdict=USUAL_ANSWERS).decompress(bytes.fromhex(PACKED))
    assert json.loads(read) == SAID


def test_the_words_are_those_of_the_questions(library: Library) -> None:
    """Where most are none any more it is time for others, under another mark."""
    known = [name for name in library.questions if f'"{name}":'.encode() in USUAL_ANSWERS]
    assert len(known) > len(library.questions) * 2 / 3


def before(said: Any) -> str:
    """As a browser had it before there were such words."""
    packer = zlib.compressobj(9, wbits=RAW_DEFLATE)
    packed = packer.compress(json.dumps(said).encode()) + packer.flush()
    nonce = secrets.token_bytes(NONCE)
    body = cipher(SECRET, DRAFT_COOKIE).encrypt(nonce, int(time.time()).to_bytes(5, "big") + packed, None)
    return urlsafe_b64encode(nonce + body).rstrip(b"=").decode()


def opened(app: Flask, text: str) -> Any:
    with app.test_request_context():
        found = unsealed(text, DRAFT_COOKIE, DRAFT_SECONDS)
    return found and found[0]


def test_drafts_of_before_are_read(app: Flask) -> None:
    assert opened(app, before(SAID)) == SAID


def test_the_mark_is_part_of_the_seal(app: Flask) -> None:
    with app.test_request_context():
        text = sealed(SAID, DRAFT_COOKIE)
    assert text.startswith(WITH_WORDS) and opened(app, text) == SAID
    assert opened(app, text.removeprefix(WITH_WORDS)) is None and opened(app, WITH_WORDS + before(SAID)) is None


def test_length_tells_little(app: Flask, library: Library) -> None:
    """One more tick, or another answer, is within the same block; with the words a whole draft is a fifth as long as without."""
    usual = {name: value for name, value in well(library).items() if name in library.questions}
    with app.test_request_context():
        whole = sealed(usual, DRAFT_COOKIE)
        ticked = [sealed({**usual, name: "ticked"}, DRAFT_COOKIE) for name in usual if name.startswith("rf_")]
        sizes = {len(urlsafe_b64decode(one.removeprefix(WITH_WORDS) + "==")) for one in (whole, *ticked)}
    assert len(ticked) > 20 and len(sizes) <= 2
    assert all((size - NONCE - 16 - 5) % FILLED_TO == 0 for size in sizes)
    assert len(whole) * 3 < len(before(usual))
