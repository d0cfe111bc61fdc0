"""Signing in and out: password, one-time code, staying signed in."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Response, current_app, jsonify, redirect, request, session
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Redirect

from planner.clinic.people import accounts, audit, one_time_codes, sign_ins
from planner.clinic.people.passkeys import Site, site
from planner.clinic.tables import Therapist
from planner.languages.translate import gettext as _
from planner.web import counts
from planner.web import storage as database
from planner.web.carried import signing
from planner.web.clinic.access import for_everyone, for_setting_up, let_in, let_out, local, now, page, pages, signed_in, visit, visiting
from planner.web.clinic.account_forms import OneTimeForm, SignInForm
from planner.web.cookies import cookie, give_cookie
from planner.web.rate_limits import limiter, mark, marks
from planner.web.render import library

TRIES_BY_ACCOUNT = "5 per minute; 12 per 10 minutes; 30 per hour"
"""Tries for one account. The wait grows from a minute to an hour, and no further: nobody can shut somebody out for good."""
TRIES_BY_ADDRESS = "20 per minute"
HALFWAY = "halfway"
"""In the cookie of the form tokens: who has given the right password, and has yet to give a one-time code."""
TIME_FOR_CODE = 600
KNOWN_COOKIE = "known"
KNOWN_FOR = 180 * 86_400


def signer(purpose: str) -> URLSafeTimedSerializer:
    return signing(f"clinic {purpose}")


def account_key() -> str:
    """Whose tries are counted. A browser in which this person signed in before counts for itself, so that strangers can't shut them out."""
    email = SignInForm.sent().email.data
    return f"{'known' if is_known(email) else 'strange'}:{mark(email)}"


def is_known(email: str) -> bool:
    """True in a browser in which this person was the last to sign in."""
    return verified("known", cookie(KNOWN_COOKIE), KNOWN_FOR) in marks(email)


def halfway_key() -> str:
    return f"code:{halfway()[0]}"


def verified(purpose: str, text: str, seconds: int) -> object:
    """What we signed for this purpose, at most so many seconds ago; None if it is anything else."""
    try:
        return signer(purpose).loads(text, max_age=seconds)
    except BadData:
        return None


address_limit = limiter.shared_limit(TRIES_BY_ADDRESS, scope="doors", methods=["POST"])
account_limit = limiter.shared_limit(TRIES_BY_ACCOUNT, scope="account", key_func=account_key, methods=["POST"])
# Below the guard: while it makes its key nothing may raise, or the limiter takes its own store for dead.
own_limit = limiter.shared_limit(TRIES_BY_ACCOUNT, scope="own", key_func=lambda: signed_in().id, methods=["POST"])
code_limit = limiter.shared_limit(TRIES_BY_ACCOUNT, scope="account", key_func=halfway_key, methods=["POST"])


def passkey_site() -> Site | None:
    """For whom passkeys are, wherever this browser is."""
    return site(current_app.config["BASE_URL"])


def passkey_site_here() -> Site | None:
    """For whom passkeys are, if they work at the address in this browser's address bar."""
    found = passkey_site()
    return found if found and found.origin == f"{request.scheme}://{request.host}" else None


@pages.get("")
@for_everyone
def begin() -> Redirect:
    return redirect("/clinic/new" if visiting() else "/clinic/sign-in", 303)


@pages.get("/sign-in")
@for_everyone
def ask_sign_in() -> Response | Redirect:
    to = local(request.args.get("next", ""))
    return redirect(to, 303) if visiting() else sign_in_page(SignInForm(next=to))


def sign_in_page(form: SignInForm, status: int = 200, errors: dict[str, str] | None = None) -> Response:
    """The page that asks for a password or a passkey."""
    where = {"can_use": passkey_site_here() is not None, "elsewhere": passkey_site(), "asks": bool(current_app.config["ACCOUNT_REQUESTS"])}
    return page("clinic/sign_in.html", status, form=form, errors=errors or form.wrong, **where)


@pages.post("/sign-in")
@address_limit
@account_limit
@for_everyone
def sign_in() -> Response | Redirect:
    form = SignInForm.sent()
    with database.reading() as rows:
        person = accounts.by_email(rows, form.email.data)
    if not accounts.is_right(person, form.password.data) or person is None:
        with database.writing() as rows:
            audit.record_failure(rows, now(), person)
        counts.SIGN_INS_FAILED.labels("password").inc()
        form.refuse(form.email, _("The e-mail address or the password is not right"))
        return sign_in_page(form, 422)
    if person.totp is not None:
        session[HALFWAY] = signer("halfway").dumps([person.id, form.next.data])
        return redirect("/clinic/code", 303)
    with database.writing() as rows:
        leave(rows)
        token = accounts.sign_in(rows, now(), person.id, how="password", dated=form.password.data)
    return welcome(token, form.next.data, person.email)


def leave(rows: Session) -> None:
    """Whoever was signed in in this browser is not any more."""
    if (found := visiting()) is not None:
        sign_ins.end(rows, found.token_hash)


def welcome(token: str | None, to: str, email: str) -> Redirect:
    """Into the clinic, with a token of this sign-in alone."""
    if token is None:
        return redirect("/clinic/sign-in", 303)
    session.pop(HALFWAY, None)
    if not is_known(email):
        session.clear()  # a token that somebody else had put into this browser counts no longer
    response = let_in(redirect(country_first(token, to), 303), token)
    give_cookie(response, KNOWN_COOKIE, str(signer("known").dumps(mark(email))), KNOWN_FOR)
    return response


def country_first(token: str, to: str) -> str:
    """Where this sign-in leads. A clinic that has not said its country is asked before anything else."""
    with database.reading() as rows:
        found = sign_ins.find_sign_in(rows, token, now())
    if found is None or found.clinic.country in library().countries:
        return to
    return "/clinic/country?" + urlencode({"next": to})


def halfway() -> tuple[str, str]:
    """Who has given their password in this browser just now, and where they were going. Empty if nobody."""
    match verified("halfway", str(session.get(HALFWAY, "")), TIME_FOR_CODE):
        case [str() as therapist_id, str() as to]:
            return therapist_id, to
    return "", ""


@pages.get("/code")
@for_everyone
def ask_code() -> Response | Redirect:
    return page("clinic/code.html", form=OneTimeForm()) if halfway()[0] else redirect("/clinic/sign-in", 303)


@pages.post("/code")
@address_limit
@code_limit
@for_everyone
def take_code() -> Response | Redirect:
    therapist_id, to = halfway()
    if not therapist_id:
        return redirect("/clinic/sign-in", 303)
    form = OneTimeForm.sent()
    with database.writing() as rows:
        person = rows.get(Therapist, therapist_id)
        right = one_time_codes.accept(rows, now(), database.safe(), therapist_id, form.one_time.data)
        if not right or person is None:
            audit.record_failure(rows, now(), person)
            token = None
        else:
            leave(rows)
            token = accounts.sign_in(rows, now(), therapist_id, how="password and code")
    if not right or person is None:
        counts.SIGN_INS_FAILED.labels("code").inc()
        form.refuse(form.one_time, _("This code is wrong, or was used already. Wait for the next one"))
        return page("clinic/code.html", 422, form=form, errors=form.wrong)
    return welcome(token, to, person.email)


@pages.post("/sign-out")
@for_setting_up
def sign_out() -> Redirect:
    with database.writing() as rows:
        sign_ins.end(rows, visit().token_hash)
        audit.record(rows, now(), "sign_out", by=visit().therapist)
    return let_out(redirect("/clinic/sign-in", 303))


@pages.post("/stay")
@for_setting_up
def stay() -> Response:
    """For the banner: being here is written down, and the seconds that are left are told."""
    with database.writing() as rows:
        sign_ins.note_seen(rows, visit(), now())
    return jsonify(seconds=int((visit().ends_from(now()) - now()).total_seconds()))
