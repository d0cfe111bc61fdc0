"""A person's own account: name, password, one-time codes, where they are signed in."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from planner.clinic.people import accounts, one_time_codes, passkeys, passwords, sign_ins
from planner.clinic.people.audit import record
from planner.clinic.people.names import clean_initials, clean_name
from planner.languages.translate import gettext as _
from planner.outputs.qr import qr
from planner.web import storage as database
from planner.web.clinic.access import clinic, for_therapists, let_in, let_out, now, page, pages, signed_in, visit
from planner.web.clinic.shown_once import show_once, shown_once
from planner.web.clinic.sign_in import TRIES_BY_ACCOUNT, passkey_site, passkey_site_here, signer, verified
from planner.web.rate_limits import limiter

TIME_TO_SET_UP = 1800  # seconds
# Below the guard: while it makes its key nothing may raise, or the limiter takes its own store for dead.
own_limit = limiter.shared_limit(TRIES_BY_ACCOUNT, scope="own", key_func=lambda: signed_in().id, methods=["POST"])


def account_page(status: int = 200, **context: Any) -> Response:
    """The account page, with what is wrong in `errors` and what was typed in `typed`."""
    me = signed_in()
    with database.reading() as rows:
        shown = {
            "keys": passkeys.of(rows, me.id),
            "open_ones": sign_ins.open_ones(rows, me.id, now()),
        }
    shown |= {
        "can_add": passkey_site_here() is not None,
        "elsewhere": passkey_site(),
        "typed": {"name": me.name, "initials": me.initials, "label": ""},
    }
    return page("clinic/account.html", status, **{**shown, "codes": [], **context})


@pages.get("/account")
@for_therapists
def account() -> Response:
    return account_page(codes=shown_once().get("codes", []))


@pages.post("/account")
@for_therapists
def rename() -> Response | Redirect:
    typed = {name: request.form.get(name, "") for name in ("name", "initials")}
    name, initials = clean_name(typed["name"]), clean_initials(typed["initials"])
    errors = {} if name else {"name": _("Type your name, at most 80 letters")}
    errors |= {} if initials else {"initials": _("Type 1 to 4 letters")}
    if errors:
        return account_page(422, errors=errors, typed={**typed, "label": ""})
    with database.writing() as rows:
        accounts.rename(rows, now(), signed_in().id, name, initials)
    return redirect("/clinic/account", 303)


def wrong_password() -> dict[str, str]:
    """What to say about the field `password` of this form; empty if the password is right."""
    right = accounts.is_right(signed_in(), request.form.get("password", ""))
    return {} if right else {"password": _("This is not your password")}


def new_fault(password: str, *context: str) -> dict[str, str]:
    """What to say about a new password; empty if it will do."""
    words = {
        "short": _("Use at least 8 letters, signs and spaces. 15 or more is better"),
        "long": _("This is too long. Use at most 1,000 letters"),
        "common": _("This is one of the first passwords that others would try. Choose another"),
    }
    fault = passwords.fault(password, *context)
    return {"new_password": words[fault]} if fault else {}


@pages.post("/account/password")
@for_therapists
@own_limit
def change_password() -> Response | Redirect:
    """Signs out everywhere else, and gives this browser a new token."""
    new = request.form.get("new_password", "")
    errors = wrong_password() | new_fault(new, signed_in().name, signed_in().email, clinic().name)
    if errors:
        return account_page(422, errors=errors)
    hashed = passwords.hashed(new)
    with database.writing() as rows:
        token = accounts.set_password(rows, now(), signed_in().id, hashed)
    return let_in(redirect("/clinic/account", 303), token)


@pages.get("/account/codes")
@for_therapists
def ask_codes() -> Response | Redirect:
    return redirect("/clinic/account", 303) if signed_in().totp else codes_page(one_time_codes.new_secret())


def codes_page(secret: str, status: int = 200, **context: Any) -> Response:
    """The QR code to scan. The secret goes with the form, signed: nothing is stored before a first code was right."""
    drawn = qr(one_time_codes.provisioning_uri(secret, signed_in().email), _("QR code for your authenticator app"))
    sealed = signer(f"codes {signed_in().id}").dumps(secret)
    return page("clinic/codes.html", status, qr=drawn, secret=secret, sealed=sealed, **context)


@pages.post("/account/codes")
@for_therapists
@own_limit
def turn_on() -> Response | Redirect:
    secret = verified(f"codes {signed_in().id}", request.form.get("challenge", ""), TIME_TO_SET_UP)
    if not isinstance(secret, str):
        return codes_page(one_time_codes.new_secret(), 422, errors={"one_time": _("That took too long. Scan the new code below")})
    if signed_in().totp:
        return redirect("/clinic/account", 303)
    if errors := wrong_password():
        return codes_page(secret, 422, errors=errors)
    with database.writing() as rows:
        codes = one_time_codes.turn_on(rows, now(), database.safe(), signed_in(), secret, request.form.get("one_time", ""))
    if codes is None:
        return codes_page(secret, 422, errors={"one_time": _("This code is wrong. Check the clock of your phone, and type the next one")})
    show_once(codes=codes)
    return redirect("/clinic/account", 303)


@pages.post("/account/codes/off")
@for_therapists
@own_limit
def turn_off() -> Response | Redirect:
    if errors := wrong_password():
        return account_page(422, errors={"off_password": errors["password"]})
    with database.writing() as rows:
        one_time_codes.turn_off(rows, now(), signed_in(), signed_in())
    return redirect("/clinic/account", 303)


@pages.post("/sign-out-everywhere")
@for_therapists
def sign_out_everywhere() -> Redirect:
    with database.writing() as rows:
        sign_ins.end_all(rows, visit().therapist.id)
        record(rows, now(), "sign_out_all", by=visit().therapist)
    return let_out(redirect("/clinic/sign-in", 303))
