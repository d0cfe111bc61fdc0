"""The draft: a person's answers so far, in a sealed cookie of their own browser. Nothing is kept on the server."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import session
from itsdangerous import BadData
from werkzeug.wrappers import Response

from planner.domain.answers import Value, remembered
from planner.domain.model import Library
from planner.web import carried
from planner.web.cookies import cookie, give_cookie, take_cookie_back

DRAFT_COOKIE = "answers"
DRAFT_SECONDS = 24 * 60 * 60
REMEMBERED_SECONDS = 30 * 24 * 60 * 60
"""How long a draft lives after the last answer where the person asked for it to be remembered."""
CLEARED_COOKIE = "cleared"
UNDO_SECONDS = 2 * 60
"""What was cleared may come back for so long, and no longer: somebody else may be next at this screen."""
BEGUN = "begun"
"""In the cookie of the form tokens: this browser has had a draft. Without it an expired draft would vanish unsaid."""


KEPT = "kept"
"""The cookie's word for the kept plan that the answers came from; no question has this id."""


TICKED_BEFORE = "before"
"""And for what it answered before on pages that are asked again."""


REMEMBER = "remember"
"""And for the wish to be remembered."""


@dataclass(frozen=True)
class Belongs:
    """The kept plan, at the version that was opened, that a draft will change. `asked`: the days of its answers, as they are kept."""

    code: str
    version: int
    asked: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """Answers. `lost`: there were some in this browser, and they can't be used any more. `before`: what pages that are asked again
    show ticked; no plan rests on it. `until`: when they go by themselves, unless something is answered before."""

    answers: dict[str, Value] = field(default_factory=dict)
    lost: bool = False
    belongs: Belongs | None = None
    before: dict[str, Value] = field(default_factory=dict)
    remembered: bool = False
    until: datetime | None = None


def lifetime(*, remembered: bool) -> int:
    """Seconds from the last answer to the end of a draft."""
    return REMEMBERED_SECONDS if remembered else DRAFT_SECONDS


def load_draft(library: Library) -> Draft:
    """The draft of this request. A tampered, expired or unreadable cookie is an empty draft that says so."""
    raw = cookie(DRAFT_COOKIE)
    return (opened(library, raw, DRAFT_COOKIE, REMEMBERED_SECONDS) or Draft(lost=True)) if raw else Draft(lost=BEGUN in session)


def load_cleared(library: Library) -> Draft | None:
    """What was cleared in this browser, while it may still come back."""
    raw = cookie(CLEARED_COOKIE)
    return opened(library, raw, CLEARED_COOKIE, UNDO_SECONDS) if raw else None


def opened(library: Library, raw: str, purpose: str, seconds: int) -> Draft | None:
    """The draft in a cookie's text; None if it is older than `seconds`, past its own end, or not ours."""
    found = carried.unsealed(raw, purpose, seconds) or signed_before(raw, purpose, seconds)
    if found is None:
        return None
    data, made = found
    try:
        until = made + timedelta(seconds=lifetime(remembered=bool(data.get(REMEMBER))))
        return from_data(library, data, until) if datetime.now(UTC) <= until else None
    except (ValueError, TypeError, AttributeError):  # ours, and of another day's shape
        return None


def signed_before(raw: str, purpose: str, seconds: int) -> tuple[Any, datetime] | None:
    """Until December 2026 a cookie was signed and could be read, before that packed twice over; those that are remembered still count."""
    try:
        packed, made = carried.signing(purpose).loads(raw, max_age=seconds, return_timestamp=True)
        data = json.loads(zlib.decompressobj().decompress(b64decode(packed), 20_000)) if isinstance(packed, str) else packed
    except (BadData, ValueError, TypeError, zlib.error):
        return None
    return data, made


def from_data(library: Library, stored: dict[str, Any], until: datetime) -> Draft:
    """A draft from the cookie's data; answers that today's content no longer knows are asked again."""
    belongs, before, wish = stored.pop(KEPT, None), stored.pop(TICKED_BEFORE, {}), bool(stored.pop(REMEMBER, False))
    mine = Belongs(*belongs) if belongs else None
    ticked = remembered(library, before) if before else {}
    return Draft(remembered(library, stored), belongs=mine, before=ticked, remembered=wish, until=until)


def store(response: Response, draft: Draft) -> Response:
    """Puts the draft into the response's cookie."""
    if BEGUN not in session or session.permanent != draft.remembered:  # its cookie is sent again only when something is new
        session[BEGUN] = 1
        session.permanent = draft.remembered  # else a browser that was closed would not know that there had been a draft
    give_cookie(response, DRAFT_COOKIE, sealed(draft, DRAFT_COOKIE), lifetime(remembered=draft.remembered))
    return response


def sealed(draft: Draft, purpose: str) -> str:
    """A draft as the text of a cookie."""
    mine = draft.belongs
    kept: dict[str, Any] = {KEPT: [mine.code, mine.version, mine.asked]} if mine else {}
    kept |= {TICKED_BEFORE: draft.before} if draft.before else {}
    kept |= {REMEMBER: 1} if draft.remembered else {}
    return carried.sealed({**draft.answers, **kept}, purpose)


def forget(response: Response) -> Response:
    """Deletes our cookies and asks the browser to drop its cache and storage of this site. Not "cookies": browsers
    would delete those of every site under the same domain."""
    session.clear()
    take_cookie_back(response, DRAFT_COOKIE)
    take_cookie_back(response, CLEARED_COOKIE)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def set_aside(response: Response, draft: Draft) -> Response:
    """Forgets a draft, and leaves it where it can be brought back for a moment."""
    forget(response)
    give_cookie(response, CLEARED_COOKIE, sealed(draft, CLEARED_COOKIE), UNDO_SECONDS)
    return response


def bring_back(response: Response, draft: Draft) -> Response:
    """The draft that was set aside is the draft again."""
    take_cookie_back(response, CLEARED_COOKIE)
    return store(response, draft)
