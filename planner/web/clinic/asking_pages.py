"""Asking for an account: a page for clinics that have none, where the operator wants one. Everybody gets the same answer."""

from __future__ import annotations

from flask import Response, current_app, redirect, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from planner.clinic.people.account_requests import Applicant, ask, tell_operator
from planner.kept.plans import Safe
from planner.languages.translate import using_language
from planner.settings_together import operator_of
from planner.web.clinic.access import for_everyone, now, page, pages
from planner.web.clinic.mailing import behind_the_page, post_office
from planner.web.clinic.people_forms import AskForm
from planner.web.rate_limits import limiter, mark

ASKED_FROM_ONE = "5 per hour; 10 per day"  # requests from one place, and for one mailbox


def asker() -> str:
    """Whose requests are counted; empty if the form has no address."""
    email = AskForm.sent().email.data
    return f"asks:{mark(email)}" if email else ""


place_limit = limiter.shared_limit(ASKED_FROM_ONE, scope="asking", methods=["POST"], exempt_when=lambda: not asker())
asker_limit = limiter.shared_limit(ASKED_FROM_ONE, scope="asking", key_func=asker, methods=["POST"], exempt_when=lambda: not asker())


@pages.get("/ask")
@for_everyone
def ask_account() -> Response:
    return ask_page(AskForm(), sent=request.args.get("sent") == "1")


def ask_page(form: AskForm, status: int = 200, *, sent: bool = False) -> Response:
    """404 where the operator takes no requests, which is usual."""
    if not current_app.config["ACCOUNT_REQUESTS"]:
        raise NotFound
    return page("clinic/ask.html", status, form=form, sent=sent, errors=form.wrong)


@pages.post("/ask")
@place_limit
@asker_limit
@for_everyone
def take_request() -> Response | Redirect:
    form = AskForm.sent()
    if not current_app.config["ACCOUNT_REQUESTS"] or not form.validate():
        return ask_page(form, 422)
    said, operator = Applicant(form.clinic.data, form.email.data, form.words.data), operator_of(current_app.config) if post_office() else ""
    behind_the_page(lambda rows, safe: keep_request(rows, safe, said, operator))
    return redirect("/clinic/ask?sent=1", 303)


def keep_request(rows: Session, safe: Safe, said: Applicant, operator: str) -> None:
    """The operator reads English: their commands do too."""
    kept = ask(rows, safe, now(), said)
    if kept and operator:
        with using_language("en"):
            tell_operator(rows, safe, now(), operator, kept, said)
