"""Password forgotten: a link by e-mail to whoever has an account, and the same answer to everybody. Without e-mail: who can help."""

from __future__ import annotations

from flask import Response, current_app, redirect, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from planner.clinic.people import accounts, audit
from planner.clinic.people.invitations import FORGOTTEN, own_link
from planner.clinic.people.outgoing_mail import queue_mail
from planner.clinic.people.post_office import Mail
from planner.kept.plans import Safe
from planner.languages.translate import gettext as _
from planner.web.clinic.access import for_everyone, now, page, pages
from planner.web.clinic.account_forms import ForgottenForm
from planner.web.clinic.mailing import behind_the_page, post_office
from planner.web.clinic.sign_in import address_limit
from planner.web.rate_limits import limiter, mark

ASKED_FOR_ONE = "3 per hour; 6 per day"  # for one address, whether it has an account or not: a mailbox is not to be filled


def mailbox() -> str:
    """Whose tries are counted; empty if what was typed is no address."""
    email = ForgottenForm.sent().email.data
    return f"forgotten:{mark(email)}" if email else ""


mailbox_limit = limiter.shared_limit(
    ASKED_FOR_ONE, scope="forgotten", key_func=mailbox, methods=["POST"], exempt_when=lambda: not mailbox()
)


@pages.get("/forgot")
@for_everyone
def ask_forgotten() -> Response:
    return forgotten_page(ForgottenForm(), sent=request.args.get("sent") == "1")


def forgotten_page(form: ForgottenForm, status: int = 200, *, sent: bool = False) -> Response:
    return page("clinic/forgot.html", status, form=form, sent=sent, mails=post_office() is not None, errors=form.wrong)


@pages.post("/forgot")
@address_limit
@mailbox_limit
@for_everyone
def forgotten() -> Response | Redirect:
    """404 where the site sends no e-mail."""
    if post_office() is None:
        raise NotFound
    form = ForgottenForm.sent()
    if not form.validate():
        return forgotten_page(form, 422)
    email, letter, to = form.email.data, a_letter(), f"{current_app.config['BASE_URL']}/clinic/join"
    behind_the_page(lambda rows, safe: mail_own_link(rows, safe, email, letter, to))
    return redirect("/clinic/forgot?sent=1", 303)


def a_letter() -> tuple[str, str, str]:
    """Subject, and what stands before and after the link, in the language of the page."""
    before = [_("Somebody has asked for a new password for this address."), _("Open this link within 30 minutes. It works once:")]
    after = _("It was not you? Then do nothing: your password stays as it is.")
    return _("A new password for Backplan"), "\n\n".join(before), after


def mail_own_link(rows: Session, safe: Safe, email: str, letter: tuple[str, str, str], to: str) -> None:
    """Nobody with this address: that somebody asked is noted all the same."""
    person = accounts.by_email(rows, email)
    if person is None:
        audit.record(rows, now(), "password_asked")
        return
    subject, before, after = letter
    text = f"{before}\n\n{to}/{own_link(rows, now(), person)}\n\n{after}\n"
    queue_mail(rows, safe, person.clinic_id, Mail(person.email, subject, text), now(), now() + FORGOTTEN)
