"""A person who answers for a clinic, on their phone or on its tablet: what our cookies know of that, and what is forgotten."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from flask import after_this_request, g, session
from werkzeug.wrappers import Response

from planner.web import carried
from planner.web.cookies import cookie, give_cookie, take_cookie_back
from planner.web.draft import CLEARED_COOKIE, DRAFT_COOKIE, Draft

AT_CLINIC_COOKIE, TABLET_COOKIE = "intake", "tablet"
PERSONS_COOKIES = (DRAFT_COOKIE, CLEARED_COOKIE, AT_CLINIC_COOKIE)
ON_PHONE, ON_TABLET = 24 * 60 * 60, 2 * 60 * 60
"""Seconds that answering may take. On a tablet somebody else is next."""
TABLET_SECONDS = 180 * 86_400
IDLE_SECONDS, ASKED_BEFORE = 5 * 60, 60
"""After so long without a touch a tablet goes back to its start; it asks so long before."""


@dataclass(frozen=True)
class AtClinic:
    """Whom the answers are for, and the code under which they will wait. `word`: what opens them, once they were handed in; `given`:
    which answers that was. `country`: of the clinic, or empty."""

    code: str
    clinic_id: str
    clinic: str
    country: str = ""
    tablet: bool = False
    word: str = ""
    given: str = ""


def at_clinic() -> AtClinic | None:
    """Whether this browser answers for a clinic now; read once a request."""
    if "at_clinic" not in g:
        raw = cookie(AT_CLINIC_COOKIE)
        g.at_clinic = opened_at(raw) if raw else None
    found: AtClinic | None = g.at_clinic
    return found


def opened_at(raw: str) -> AtClinic | None:
    for seconds, tablet in ((ON_TABLET, True), (ON_PHONE, False)):
        data, _made = carried.unsealed(raw, AT_CLINIC_COOKIE, seconds) or (None, None)
        try:
            found = AtClinic(**data) if isinstance(data, dict) else None
        except TypeError:
            return None
        if found and found.tablet == tablet:
            return found
    return None


def stay_at(now: AtClinic) -> None:
    """From the response to this request on, the browser answers for a clinic so."""
    g.at_clinic = now

    @after_this_request
    def send(response: Response) -> Response:
        give_cookie(response, AT_CLINIC_COOKIE, carried.sealed(asdict(now), AT_CLINIC_COOKIE), ON_TABLET if now.tablet else ON_PHONE)
        return response


def handed_in(now: AtClinic, word: str, given: str) -> None:
    stay_at(replace(now, word=word, given=given))


def is_tablet() -> bool:
    return bool(tablet_token())


def tablet_token() -> str:
    return cookie(TABLET_COOKIE)


def make_tablet(response: Response, token: str) -> None:
    give_cookie(response, TABLET_COOKIE, token, TABLET_SECONDS)


def no_tablet(response: Response) -> None:
    take_cookie_back(response, TABLET_COOKIE)


def forget_person() -> None:
    """Nothing of the person stays in this browser: no answers, no word, no page to go back to. A tablet stays a tablet."""
    session.clear()
    g.draft, g.at_clinic = Draft(), None

    @after_this_request
    def take_back(response: Response) -> Response:
        for name in PERSONS_COOKIES:
            take_cookie_back(response, name)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


def has_person() -> bool:
    """True if anything of a person is in this browser."""
    return any(cookie(name) for name in PERSONS_COOKIES)
