"""The country of a clinic, asked once of clinics that have not said it: telephone numbers, words and paper follow it."""

from __future__ import annotations

from flask import Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from planner.clinic.profile import choose_country
from planner.web import storage as database
from planner.web.clinic.access import clinic, for_therapists, local, now, page, pages, signed_in
from planner.web.clinic.clinic_forms import CountryForm
from planner.web.render import library


def country_page(form: CountryForm, status: int = 200) -> Response:
    countries = {one.id: one.name for one in library().countries.values()}
    return page("clinic/country.html", status, form=form, errors=form.wrong, countries=countries)


@pages.get("/country")
@for_therapists
def ask_country() -> Response | Redirect:
    to = local(request.args.get("next", ""))
    return redirect(to, 303) if clinic().country in library().countries else country_page(CountryForm(next=to))


@pages.post("/country")
@for_therapists
def take_country() -> Response | Redirect:
    """Anybody of the clinic may say it while nobody has; from then on it is changed in the profile, by owners."""
    form = CountryForm.sent()
    if not form.validate():
        return country_page(form, 422)
    if clinic().country not in library().countries:
        chosen = library().countries[form.country.data]
        with database.writing() as rows:
            choose_country(rows, signed_in(), chosen, now())
    return redirect(form.next.data or "/clinic/new", 303)
