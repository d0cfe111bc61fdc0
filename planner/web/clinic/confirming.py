"""Confirm it is you: what would give an account or a clinic away asks for the password or a passkey, if none was given lately."""

from __future__ import annotations

from functools import wraps
from typing import Any

from flask import Response, jsonify, redirect, request
from werkzeug.wrappers import Response as Redirect

from planner.clinic.people import audit, passkeys, sign_ins
from planner.clinic.people.passkeys import BadPasskey
from planner.languages.translate import gettext as _
from planner.web import storage as database
from planner.web.clinic.access import View, for_setting_up, local, now, page, pages, repeated, signed_in, visit
from planner.web.clinic.account_forms import ConfirmForm, NewPasskeyForm
from planner.web.clinic.challenges import challenge_of, needed, new_challenge
from planner.web.clinic.sign_in import own_limit, passkey_site, passkey_site_here


def confirmed(view: View) -> View:
    """Stands below the guard of a view that takes a form. Without a fresh proof the form comes back on a page that asks for one, and
    goes on from there to what was meant."""

    @wraps(view)
    def call(*args: Any, **kwargs: Any) -> Any:
        if not visit().is_fresh(now()) and (asked := asks()) is not None:
            return asked
        return view(*args, **kwargs)

    return call  # type: ignore[return-value]  # `wraps` forgets what kind of view it was


def asks() -> Response | None:
    """The page that asks; None if the form that was sent holds the proof."""
    form = ConfirmForm.sent()
    if not (form.password.data or form.credential.data):
        return confirm_page(ConfirmForm(), 401)
    return None if proves(form) else confirm_page(form, 422)


def confirm_page(form: ConfirmForm, status: int) -> Response:
    where = {"can_use": passkey_site_here() is not None, "elsewhere": passkey_site()}
    meant = str(request.endpoint).rpartition(".")[2]
    return page("clinic/confirm.html", status, form=form, errors=form.wrong, fields=repeated(), to=request.path, meant=meant, **where)


@own_limit
def proves(form: ConfirmForm) -> bool:
    """True if the form proves who sent it, which is written down; and so is a try in vain."""
    by_passkey = bool(form.credential.data)
    right = _signed(form) if by_passkey else form.validate()
    with database.writing() as rows:
        if right:
            sign_ins.note_proof(rows, visit(), now(), by_passkey=by_passkey)
        else:
            audit.record(rows, now(), "not_confirmed", by=signed_in())
    return right


def _signed(form: ConfirmForm) -> bool:
    """True if a passkey of the very person who is signed in signed our challenge."""
    try:
        with database.writing() as rows:
            challenge = challenge_of(f"confirm {signed_in().id}", form.challenge.data)
            if passkeys.signed(rows, now(), needed(), form.credential.data, challenge).id == signed_in().id:
                return True
    except BadPasskey:
        pass
    form.refuse(form.credential, _("This passkey did not work. Try again, or use your password"))
    return False


@pages.get("/confirm/options")
@for_setting_up
def confirm_options() -> Response:
    challenge, sealed = new_challenge(f"confirm {signed_in().id}")
    return jsonify(options=passkeys.to_sign_in(needed(), challenge), challenge=sealed)


@pages.get("/second")
@for_setting_up
def ask_second() -> Response | Redirect:
    to = local(request.args.get("next", ""))
    return second_page(ConfirmForm(next=to)) if visit().owed else redirect(to, 303)


def second_page(form: ConfirmForm, status: int = 200) -> Response:
    """The way to the second proof that the clinic asks for: the passkey that they have, or one to be made, or one-time codes."""
    where = {"can_use": passkey_site_here() is not None, "elsewhere": passkey_site(), "key": NewPasskeyForm()}
    return page("clinic/second.html", status, form=form, errors=form.wrong, has_key=visit().owed == sign_ins.USE_PASSKEY, **where)


@pages.post("/second")
@for_setting_up
def give_second() -> Response | Redirect:
    """A passkey alone: a password is the first proof, and was given."""
    form = ConfirmForm.sent()
    if visit().owed and not (form.credential.data and proves(form)):
        return second_page(form, 422)
    return redirect(form.next.data or "/clinic", 303)
