"""Passkeys: signing in with one, adding and removing them."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from flask import Response, jsonify, redirect
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from planner.clinic.people import accounts, audit, passkeys
from planner.clinic.people.passkeys import BadPasskey, Site, TooMany
from planner.languages.translate import gettext as _
from planner.web import storage as database
from planner.web.clinic.access import for_everyone, for_therapists, now, pages, signed_in
from planner.web.clinic.account import account_page, own_limit
from planner.web.clinic.account_forms import NewPasskeyForm, PasskeyForm, SignInForm
from planner.web.clinic.sign_in import address_limit, leave, passkey_site_here, sign_in_page, signer, verified, welcome


def needed() -> Site:
    """The site that passkeys are for. 404 where they do not work."""
    found = passkey_site_here()
    if found is None:
        raise NotFound
    return found


def new_challenge(purpose: str) -> tuple[bytes, str]:
    """A challenge, and the same signed, so that nothing is stored until it is used."""
    challenge = secrets.token_bytes(32)
    return challenge, str(signer(f"passkey {purpose}").dumps(urlsafe_b64encode(challenge).decode()))


def challenge_of(purpose: str, sealed: str) -> bytes:
    """The challenge that came with the form. BadPasskey if we did not make it for this, or too long ago."""
    found = verified(f"passkey {purpose}", sealed, int(passkeys.LASTS.total_seconds()))
    if not isinstance(found, str):
        raise BadPasskey
    return urlsafe_b64decode(found)


@pages.get("/passkey/options")
@for_everyone
def options() -> Response:
    challenge, sealed = new_challenge("sign in")
    return jsonify(options=passkeys.to_sign_in(needed(), challenge), challenge=sealed)


@pages.post("/passkey")
@address_limit
@for_everyone
def sign_in_with_key() -> Response | Redirect:
    """A passkey that asked for a finger, a face or a PIN is two proofs in one, so no one-time code is wanted."""
    form, place = PasskeyForm.sent(), needed()
    try:
        with database.writing() as rows:
            challenge = challenge_of("sign in", form.challenge.data)
            person = passkeys.signed(rows, now(), place, form.credential.data, challenge)
            leave(rows)
            token = accounts.sign_in(rows, now(), person.id, how="passkey")
    except BadPasskey:
        with database.writing() as rows:
            audit.record_failure(rows, now(), None)
        errors = {"passkey": _("This passkey did not work. Try again, or use your password")}
        return sign_in_page(SignInForm(next=form.next.data), 422, errors)
    return welcome(token, form.next.data, person.email)


@pages.get("/account/passkeys/options")
@for_therapists
def options_to_add() -> Response:
    challenge, sealed = new_challenge(f"add {signed_in().id}")
    with database.reading() as rows:
        mine = passkeys.of(rows, signed_in().id)
    return jsonify(options=passkeys.to_add(needed(), signed_in(), mine, challenge), challenge=sealed)


@pages.post("/account/passkeys")
@for_therapists
@own_limit
def add_key() -> Response | Redirect:
    form = NewPasskeyForm.sent()
    if not form.validate():
        return account_page(422, key=form)
    try:
        with database.writing() as rows:
            challenge = challenge_of(f"add {signed_in().id}", form.challenge.data)
            label = form.label.data or _("Passkey")
            passkeys.add_passkey(rows, now(), needed(), signed_in(), form.credential.data, challenge, label)
    except BadPasskey:
        form.refuse(form.label, _("The passkey was not added. Try again"))
        return account_page(422, key=form)
    except TooMany:
        form.refuse(form.label, _("You have %(most)s passkeys. Remove one first") % {"most": passkeys.MOST_PASSKEYS})
        return account_page(422, key=form)
    return redirect("/clinic/account", 303)


@pages.post("/account/passkeys/<passkey>/remove")
@for_therapists
def remove_key(passkey: str) -> Redirect:
    with database.writing() as rows:
        if not passkeys.remove_passkey(rows, now(), signed_in(), passkey):
            raise NotFound
    return redirect("/clinic/account", 303)
