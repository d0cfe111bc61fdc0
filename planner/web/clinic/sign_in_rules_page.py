"""How the clinic's people sign in, for its owners: how long they may do nothing, and whether a password alone is enough."""

from __future__ import annotations

from flask import Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from planner.clinic.people.sign_in_rules import IDLE_TIMES, change_rules
from planner.web import storage as database
from planner.web.clinic.access import clinic, for_owners, now, page, pages, signed_in
from planner.web.clinic.confirming import confirmed
from planner.web.clinic.people_forms import SignInRulesForm


def rules_page(form: SignInRulesForm, status: int = 200, *, saved: bool = False) -> Response:
    return page("clinic/signing_in.html", status, form=form, errors=form.wrong, times=IDLE_TIMES, saved=saved)


@pages.get("/signing-in")
@for_owners
def sign_in_rules() -> Response:
    here = clinic()
    form = SignInRulesForm(idle=here.idle_minutes, two_factors="yes" if here.two_factors else "")
    return rules_page(form, saved=request.args.get("saved") == "1")


@pages.post("/signing-in")
@for_owners
@confirmed
def save_sign_in_rules() -> Response | Redirect:
    form = SignInRulesForm.sent()
    if not form.validate():
        return rules_page(form, 422)
    with database.writing() as rows:
        change_rules(rows, signed_in(), int(form.idle.data), form.two_factors.data == "yes", now())
    return redirect("/clinic/signing-in?saved=1", 303)
