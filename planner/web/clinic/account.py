"""A person's own account: name, password, one-time codes, where they are signed in."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from planner.clinic.people import accounts, one_time_codes, passkeys, passwords, sign_ins
from planner.clinic.people.audit import record
from planner.clinic.sheets.reminders import set_remind
from planner.languages.translate import gettext as _
from planner.outputs.qr import qr
from planner.web import storage as database
from planner.web.clinic.access import (
    clinic,
    for_setting_up,
    for_therapists,
    let_in,
    let_out,
    not_with_a_key,
    now,
    page,
    pages,
    signed_in,
    visit,
)
from planner.web.clinic.account_forms import CodesOffForm, CodesOnForm, NameForm, NewPasskeyForm, PasswordForm
from planner.web.clinic.mailing import post_office
from planner.web.clinic.shown_once import show_once, shown_once
from planner.web.clinic.sign_in import own_limit, passkey_site, passkey_site_here, signer, verified
from planner.web.typed_fields import TypedForm

TIME_TO_SET_UP = 1800  # seconds


def account_page(status: int = 200, *, codes: object = (), **sent: TypedForm) -> Response:
    """The account page. `sent`: those of its forms that come back, with what is wrong with them."""
    me = signed_in()
    forms = {"naming": NameForm(obj=me), "secret": PasswordForm(), "key": NewPasskeyForm(), "off": CodesOffForm(), **sent}
    with database.reading() as rows:
        shown = {
            "keys": passkeys.of(rows, me.id),
            "open_ones": sign_ins.open_ones(rows, me.id, now(), timedelta(minutes=clinic().idle_minutes)),
        }
    shown |= {
        "can_add": passkey_site_here() is not None,
        "elsewhere": passkey_site(),
        "mails": post_office() is not None,
        "errors": {name: words for form in forms.values() for name, words in form.wrong.items()},
    }
    return page("clinic/account.html", status, codes=codes, **shown, **forms)


@pages.get("/account")
@for_therapists
def account() -> Response:
    return account_page(codes=shown_once().get("codes", ()))


@pages.post("/account")
@for_therapists
def rename() -> Response | Redirect:
    form = NameForm.sent()
    if not form.validate():
        return account_page(422, naming=form)
    with database.writing() as rows:
        accounts.rename(rows, now(), signed_in().id, form.name.data, form.initials.data)
    return redirect("/clinic/account", 303)


@pages.post("/account/reminders")
@for_therapists
def keep_reminders() -> Response | Redirect:
    """404 where the site sends no e-mail."""
    if post_office() is None:
        raise NotFound
    with database.writing() as rows:
        set_remind(rows, signed_in().id, remind=request.form.get("remind") == "yes")
    return redirect("/clinic/account#re", 303)


@pages.post("/account/password")
@for_therapists
@own_limit
def change_password() -> Response | Redirect:
    """Signs out everywhere else, and gives this browser a new token."""
    form = PasswordForm.sent()
    if not form.validate():
        return account_page(422, secret=form)
    hashed = passwords.hashed(form.new_password.data)
    with database.writing() as rows:
        token = accounts.set_password(rows, now(), signed_in().id, hashed, by_passkey=visit().by_passkey)
    return let_in(redirect("/clinic/account", 303), token)


@pages.get("/account/codes")
@for_setting_up
@not_with_a_key
def ask_codes() -> Response | Redirect:
    return redirect("/clinic/account", 303) if signed_in().totp else codes_page(one_time_codes.new_secret(), CodesOnForm())


def codes_page(secret: str, form: CodesOnForm, status: int = 200) -> Response:
    """The QR code to scan. The secret goes with the form, signed: nothing is stored before a first code was right."""
    drawn = qr(one_time_codes.provisioning_uri(secret, signed_in().email), _("QR code for your authenticator app"))
    sealed = signer(f"codes {signed_in().id}").dumps(secret)
    return page("clinic/codes.html", status, qr=drawn, secret=secret, sealed=sealed, form=form, errors=form.wrong)


@pages.post("/account/codes")
@for_setting_up
@not_with_a_key
@own_limit
def turn_on() -> Response | Redirect:
    form = CodesOnForm.sent()
    secret = verified(f"codes {signed_in().id}", form.challenge.data, TIME_TO_SET_UP)
    if not isinstance(secret, str):
        form.refuse(form.one_time, _("That took too long. Scan the new code below"))
        return codes_page(one_time_codes.new_secret(), form, 422)
    if signed_in().totp:
        return redirect("/clinic/account", 303)
    if not form.validate():
        return codes_page(secret, form, 422)
    with database.writing() as rows:
        codes = one_time_codes.turn_on(rows, now(), database.safe(), signed_in(), secret, form.one_time.data)
    if codes is None:
        form.refuse(form.one_time, _("This code is wrong. Check the clock of your phone, and type the next one"))
        return codes_page(secret, form, 422)
    show_once(codes=codes)
    return redirect("/clinic/account", 303)


@pages.post("/account/codes/off")
@for_therapists
@own_limit
def turn_off() -> Response | Redirect:
    form = CodesOffForm.sent()
    if not form.validate():
        return account_page(422, off=form)
    with database.writing() as rows:
        one_time_codes.turn_off(rows, now(), signed_in(), signed_in())
    return redirect("/clinic/account", 303)


@pages.post("/sign-out-everywhere")
@for_setting_up
def sign_out_everywhere() -> Redirect:
    with database.writing() as rows:
        sign_ins.end_all(rows, visit().therapist.id)
        record(rows, now(), "sign_out_all", by=visit().therapist)
    return let_out(redirect("/clinic/sign-in", 303))
