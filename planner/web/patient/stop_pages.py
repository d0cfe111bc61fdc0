"""Where triage stops the journey: the stop page, the slip for the phone, and the country whose numbers they show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as Redirect

from planner.domain.answers import TICKED
from planner.domain.journey import Journey, put
from planner.domain.steps import Steps
from planner.outputs.help_now import in_crisis
from planner.web.draft import store
from planner.web.patient.here import journey, next_url
from planner.web.render import country, draft, library, page

pages = Blueprint("stop", __name__)


@pages.get("/stop")
def stop() -> Response | Redirect:
    here = journey()
    if not here.stopped:
        return redirect(next_url(here), 303)
    return page("stop.html", triage=here.triage, also=also_ticked(here), back=back_from(here))


def also_ticked(here: Journey) -> list[str]:
    """Ticks whose exact question an emergency left no time for, in the person's words."""
    return [question.tick for question in here.asked.values() if here.answers.get(question.id) == TICKED]


def back_from(here: Journey) -> str:
    """Where the answer that stopped the journey can be changed: its own page, else the page that it stands on."""
    fired = [question for reason in here.triage.reasons[:1] for one in reason.because if (question := one.question_id)]
    steps = Steps(here)
    first = next((name for name in fired if name in steps.ids), next(iter(fired), None))
    return f"/ask/{steps.of_question(first)}" if first else "/answers"


@pages.post("/country")
@pages.post("/stop")
def change_country() -> Redirect:
    """The country chosen on the stop page is the answer to the question that would ask for it later."""
    chosen_now = request.form.get("country", "")
    if chosen_now not in library().countries:
        abort(422)
    return store(redirect("/stop", 303), replace(draft(), answers=put(library(), draft().answers, {"country": chosen_now})))


@pages.get("/slip")
def slip() -> Response | Redirect:
    here = journey()
    if not here.stopped:
        return redirect(next_url(here), 303)
    if in_crisis(here.triage):
        return redirect("/stop", 303)
    return page("slip.html", triage=here.triage, also=also_ticked(here), made_on=date.today(), country=country())
