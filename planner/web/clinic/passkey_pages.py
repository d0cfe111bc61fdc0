"""Passkeys: signing in with one, adding and removing them."""

from __future__ import annotations

from flask import Response, jsonify, redirect
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from planner.clinic.people import accounts, audit, passkeys, sign_ins
from planner.clinic.people.passkeys import BadPasskey, TooMany
from planner.languages.translate import gettext as _
from planner.web import counts
from planner.web import storage as database
from planner.web.clinic.access import for_everyone, for_setting_up, for_therapists, not_with_a_key, now, pages, signed_in, visit
from planner.web.clinic.account import account_page
from planner.web.clinic.account_forms import NewPasskeyForm, PasskeyForm, SignInForm
from planner.web.clinic.challenges import challenge_of, needed, new_challenge
from planner.web.clinic.confirming import confirmed
from planner.web.clinic.sign_in import address_limit, leave, own_limit, sign_in_page, welcome


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
            token = accounts.sign_in(rows, now(), person.id, how=sign_ins.PASSKEY)
    except BadPasskey:
        with database.writing() as rows:
            audit.record_failure(rows, now(), None)
        counts.SIGN_INS_FAILED.labels("passkey").inc()
        errors = {"passkey": _("This passkey did not work. Try again, or use your password")}
        return sign_in_page(SignInForm(next=form.next.data), 422, errors)
    return welcome(token, form.next.data, person.email)


@pages.get("/account/passkeys/options")
@for_setting_up
@not_with_a_key
def options_to_add() -> Response:
    challenge, sealed = new_challenge(f"add {signed_in().id}")
    with database.reading() as rows:
        mine = passkeys.of(rows, signed_in().id)
    return jsonify(options=passkeys.to_add(needed(), signed_in(), mine, challenge), challenge=sealed)


@pages.post("/account/passkeys")
@for_setting_up
@not_with_a_key
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
            sign_ins.note_proof(rows, visit(), now(), by_passkey=True)
    except BadPasskey:
        form.refuse(form.label, _("The passkey was not added. Try again"))
        return account_page(422, key=form)
    except TooMany:
        form.refuse(form.label, _("You have %(most)s passkeys. Remove one first") % {"most": passkeys.MOST_PASSKEYS})
        return account_page(422, key=form)
    return redirect("/clinic/account", 303)


@pages.post("/account/passkeys/<passkey>/remove")
@for_therapists
@confirmed
def remove_key(passkey: str) -> Redirect:
    with database.writing() as rows:
        if not passkeys.remove_passkey(rows, now(), signed_in(), passkey):
            raise NotFound
    return redirect("/clinic/account", 303)
