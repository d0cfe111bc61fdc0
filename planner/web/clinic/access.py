"""The door of the therapist's side: who is signed in, who may come in, and what happens to those who may not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, g, redirect, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import Forbidden, Gone, HTTPException
from werkzeug.wrappers import Response as Redirect

from planner.clinic import closing, lengths
from planner.clinic.people import sign_ins
from planner.clinic.people.sign_ins import SignIn
from planner.clinic.tables import Clinic, Therapist
from planner.database.engines import Unavailable
from planner.web import storage as database
from planner.web.cookies import cookie, give_cookie, take_cookie_back
from planner.web.errors import stale_form
from planner.web.headers import for_one_person
from planner.web.own_forms import is_ours
from planner.web.rate_limits import limiter
from planner.web.render import page as patients_page
from planner.web.storage import A_MOMENT

pages = Blueprint("clinic", __name__, url_prefix="/clinic")
pages.after_request(for_one_person)
View = TypeVar("View", bound=Callable[..., Any])
EVERYONE, THERAPISTS, OWNERS = "everyone", "therapists", "owners"
SIGN_IN_COOKIE = "clinic"
NEVER_REPEATED = ("csrf_token", "password", "new_password", "one_time", "invite", "credential", "challenge")
"""Fields that are never written into a page that sends a form again."""


def for_everyone(view: View) -> View:
    """Says that a page needs no sign-in. Every view of the clinic's side says who it is for; a test holds it."""
    view.door = EVERYONE  # type: ignore[attr-defined]  # a function declares no attributes
    return view


def for_therapists(view: View) -> View:
    """Only for people who are signed in; `signed_in()` says who. Anyone else is sent to sign in, and comes back."""
    return _guarded(view, THERAPISTS)


def for_setting_up(view: View) -> View:
    """As for therapists, and for those who still owe the second proof that their clinic asks for."""
    return _guarded(view, THERAPISTS, owing=True)


def for_owners(view: View) -> View:
    """Only for owners; 403 for other therapists."""
    return _guarded(view, OWNERS)


def _guarded(view: View, who: str, *, owing: bool = False) -> View:
    @wraps(view)
    def call(*args: Any, **kwargs: Any) -> Any:
        if visit().owed and not owing:
            return owes()
        if not signed_in().owns and who == OWNERS:
            raise Forbidden
        return view(*args, **kwargs)

    call.door = who  # type: ignore[attr-defined]  # as above
    return call  # type: ignore[return-value]  # `wraps` forgets what kind of view it was


def signed_in() -> Therapist:
    """Who is signed in, from rows read in this request: id, clinic_id, role, name, initials. Anyone else leaves for the sign-in page.

    Every query of a clinic's data takes `signed_in().clinic_id`; a row of another clinic is 404."""
    return visit().therapist


def clinic() -> Clinic:
    """The clinic of the person who is signed in, without its logo. Anyone else leaves for the sign-in page."""
    return visit().clinic


def visit() -> SignIn:
    found = visiting()
    if found is None:
        abort(turned_away())
    return found


def visiting() -> SignIn | None:
    """Who is signed in, or None; read once a request."""
    if "visit" not in g:
        g.visit = _visit(cookie(SIGN_IN_COOKIE))
    found: SignIn | None = g.visit
    return found


def _visit(token: str) -> SignIn | None:
    if not token:
        return None
    with database.reading() as session:
        found = sign_ins.find_sign_in(session, token, now())
    if found and sign_ins.is_stale(found, now()):
        try:
            with database.writing(patience=A_MOMENT) as session:
                sign_ins.note_seen(session, found, now())
        except Unavailable as fault:
            database.noted(fault)
    return found


def now() -> datetime:
    return datetime.now(UTC)


def turned_away() -> Response | Redirect:
    """A page that was asked for comes after signing in. A form that was sent is not lost: it can be sent again.

    Gone if the whole clinic was deleted."""
    if request.method in ("GET", "HEAD"):
        return redirect(f"/clinic/sign-in?next={asked_for()}", 303)
    if is_deleted():
        raise Gone
    return again(401)


def not_with_a_key(view: View) -> View:
    """Stands below `for_setting_up`, where a second proof is made: whoever owes the passkey that they have makes no other one."""

    @wraps(view)
    def call(*args: Any, **kwargs: Any) -> Any:
        return owes() if visit().owed == sign_ins.USE_PASSKEY else view(*args, **kwargs)

    return call  # type: ignore[return-value]  # `wraps` forgets what kind of view it was


def asked_for() -> str:
    """The address of this page, with its query."""
    return request.full_path.rstrip("?")


def owes() -> Response | Redirect:
    """To the second proof before anything else. A form that was sent is not lost."""
    return redirect(f"/clinic/second?next={asked_for()}", 303) if request.method in ("GET", "HEAD") else again(403)


@pages.errorhandler(CSRFError)
def of_before(error: CSRFError) -> Response:
    """A form of ours with a token of before: forms get new ones when somebody else signs in here. It is shown, to be sent again.

    What may come from another site is not: whoever pressed the button would send it in their name."""
    refused = stale_form(error)
    return again(400) if is_ours() else refused


def works_at_clinic() -> bool:
    """True in a browser in which somebody signed in at a clinic. Whether they still are is asked where they go."""
    return bool(cookie(SIGN_IN_COOKIE))


def is_deleted() -> bool:
    """True in a browser that was signed in when its clinic was deleted. There is nowhere left for what it sends."""
    token = cookie(SIGN_IN_COOKIE)
    if not token:
        return False
    with database.reading() as session:
        return closing.was_ours(session, sign_ins.token_hash(token), now())


def again(status: int) -> Response:
    """A page that holds what was sent, to send it again: at once (400), after signing in (401), after a second proof (403), or once the
    database answers (503)."""
    withheld = any(request.form.get(name) for name in NEVER_REPEATED if name != "csrf_token") or bool(request.files)
    came = current_app.config["SESSION_COOKIE_NAME"] in request.cookies or bool(cookie(SIGN_IN_COOKIE))  # signing in ends the first
    return page("clinic/again.html", status, why=status, cookies=came, fields=repeated(), withheld=withheld, to=request.path)


def repeated() -> list[tuple[str, str]]:
    """The fields of the form that was sent which a page may hold, to send them again."""
    return [(name, value) for name, value in request.form.items(multi=True) if name not in NEVER_REPEATED]


def page(template: str, status: int = 200, **context: Any) -> Response:
    """A page in the clinic's layout. Templates also get `here` (SignIn or None), `seconds` (until signed out) and `lengths` (of fields)."""
    here = g.get("visit")
    noted = here and sign_ins.is_stale(here, now())
    ends = here.ends_from(now() if noted else here.seen) if here else now()
    seconds = int((ends - now()).total_seconds())
    return patients_page(template, status, **{"here": here, "seconds": seconds, "lengths": lengths, "errors": {}, **context})


def local(path: str) -> str:
    """A path of the clinic's side, or the first page if it is anything else: a link must not lead away from here."""
    try:
        found = urlsplit(path)
    except ValueError:
        return "/clinic"
    odd = found.scheme or found.netloc or "\\" in path or not path.isprintable()
    return path if found.path.startswith("/clinic/") and "//" not in found.path and not odd else "/clinic"


def let_in(response: Response | Redirect, token: str) -> Response | Redirect:
    """Gives the browser its token. The cookie ends with the browser; the row ends earlier or later."""
    give_cookie(response, SIGN_IN_COOKIE, token)
    return response


def let_out(response: Response | Redirect) -> Response | Redirect:
    """Takes the token back. On a shared tablet nobody pages back to what was shown."""
    take_cookie_back(response, SIGN_IN_COOKIE)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@pages.errorhandler(Unavailable)
def unavailable(fault: Unavailable) -> Response:
    """503; a form that was sent is on the page, to be sent again."""
    database.noted(fault)
    g.setdefault("visit", None)
    return database.later(again(503))


@pages.errorhandler(HTTPException)
def refused(error: HTTPException) -> Response:
    """403, 404, 405, 410, 413, 429 and the like, in the clinic's layout."""
    try:
        visiting()
    except Unavailable:
        g.visit = None
    code = error.code or 500
    if code == 404 and g.visit and request.view_args:
        current_app.logger.warning("clinic: %s asked for what is not theirs, or is gone", request.endpoint)
    seconds = max(1, int(limit.reset_at - now().timestamp())) if code == 429 and (limit := limiter.current_limit) else 0
    response = page("clinic/trouble.html", code, code=code, minutes=-(-seconds // 60))
    for name, value in [*error.get_headers(), *([("Retry-After", str(seconds))] if seconds else [])]:
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response
