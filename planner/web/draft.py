"""The draft: a person's answers so far, in a signed cookie of their own browser. Nothing is kept on the server."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import current_app, session
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from planner.domain.answers import Value, remembered
from planner.domain.model import Library
from planner.web.cookies import cookie, give_cookie, take_cookie_back

DRAFT_COOKIE = "answers"
DRAFT_SECONDS = 24 * 60 * 60
BEGUN = "begun"
"""In the cookie of the form tokens: this browser has had a draft. Without it an expired draft would vanish unsaid."""


KEPT = "kept"
"""The cookie's word for the kept plan that the answers came from; no question has this id."""


TICKED_BEFORE = "before"
"""And for what it answered before on pages that are asked again."""


@dataclass(frozen=True)
class Belongs:
    """The kept plan, at the version that was opened, that a draft will change. `asked`: the days of its answers, as they are kept."""

    code: str
    version: int
    asked: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """Answers. `lost`: there were some in this browser, and they can't be used any more. `before`: what pages that are asked again
    show ticked; no plan rests on it."""

    answers: dict[str, Value] = field(default_factory=dict)
    lost: bool = False
    belongs: Belongs | None = None
    before: dict[str, Value] = field(default_factory=dict)


def serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="answers")


def load_draft(library: Library) -> Draft:
    """The draft of this request. A tampered, expired or unreadable cookie is an empty draft that says so."""
    raw = cookie(DRAFT_COOKIE)
    if not raw:
        return Draft(lost=BEGUN in session)
    try:
        packed = b64decode(serializer().loads(raw, max_age=DRAFT_SECONDS))
        data = json.loads(zlib.decompressobj().decompress(packed, 20_000))
    except (BadData, ValueError, TypeError, zlib.error):
        return Draft(lost=True)
    return from_data(library, data)


def from_data(library: Library, stored: dict[str, Any]) -> Draft:
    """A draft from the cookie's data; answers that today's content no longer knows are asked again."""
    belongs, before = stored.pop(KEPT, None), stored.pop(TICKED_BEFORE, {})
    return Draft(remembered(library, stored), belongs=Belongs(*belongs) if belongs else None, before=remembered(library, before))


def store(response: Response, draft: Draft) -> Response:
    """Puts the draft into the response's cookie."""
    session[BEGUN] = 1
    mine = draft.belongs
    kept: dict[str, Any] = {KEPT: [mine.code, mine.version, mine.asked]} if mine else {}
    kept |= {TICKED_BEFORE: draft.before} if draft.before else {}
    data = json.dumps({**draft.answers, **kept}, separators=(",", ":"), ensure_ascii=False).encode()
    text = str(serializer().dumps(b64encode(zlib.compress(data, 9)).decode()))
    give_cookie(response, DRAFT_COOKIE, text, DRAFT_SECONDS)
    return response


def forget(response: Response) -> Response:
    """Deletes our two cookies and asks the browser to drop its cache and storage of this site. Not "cookies": browsers
    would delete those of every site under the same domain."""
    session.clear()
    take_cookie_back(response, DRAFT_COOKIE)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
