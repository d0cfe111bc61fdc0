"""Where triage stops the journey: the stop page, the slip for the phone, and the country whose numbers they show."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as Redirect

from planner.domain.answers import TICKED
from planner.domain.journey import Journey, put
from planner.languages.translate import gettext as _
from planner.outputs.help_now import in_crisis
from planner.outputs.words import quoted
from planner.web.draft import store
from planner.web.own_day import today_here
from planner.web.patient.here import journey, to_open
from planner.web.patient.step_paths import step_path, steps_of
from planner.web.render import country, draft, library, page

pages = Blueprint("stop", __name__)


@pages.get("/stop")
def stop() -> Response | Redirect:
    here = journey()
    if not here.stopped:
        return to_open(here)
    return page("stop.html", triage=here.triage, also=also_ticked(here), phone=on_the_phone(here), back=back_from(here))


def also_ticked(here: Journey) -> list[str]:
    """What the person said besides the reasons of the card, in their words: signs of a lower level, which the card leaves out, and ticks
    whose exact question an emergency left no time for."""
    shown: list[str] = []
    lower: list[str] = []
    for reason in here.triage.reasons:
        (shown if reason.level == here.triage.level else lower).extend(quoted(one) for one in reason.because if one.answer)
    ticks = [question.tick for question in here.asked.values() if here.answers.get(question.id) == TICKED]
    return [words for words in dict.fromkeys((*lower, *ticks)) if words not in shown]


def on_the_phone(here: Journey) -> list[str]:
    """What to say, each a sentence: what it is about, each sign in words for the telephone, and every tick that nobody asked about."""
    about = _("I am calling about back pain, and I have filled in a form about it.")
    signs = dict.fromkeys(reason.flag.phone for reason in here.triage.reasons if reason.flag.phone)
    ticks = [question.tick for question in here.asked.values() if here.answers.get(question.id) == TICKED]
    more = [_("I also ticked, as true or not sure:"), *(f"{words}." for words in ticks)] if ticks else []
    return [about, *signs, *more] if signs else []


def back_from(here: Journey) -> str:
    """Where the answer that stopped the journey can be changed: its own page, else the page that it stands on."""
    fired = [question for reason in here.triage.reasons[:1] for one in reason.because if (question := one.question_id)]
    steps = steps_of(here)
    first = next((name for name in fired if name in steps.ids), next(iter(fired), None))
    return step_path(here, steps.of_question(first)) if first else "/answers"


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
        return to_open(here)
    if in_crisis(here.triage):
        return redirect("/stop", 303)
    return page("slip.html", triage=here.triage, also=also_ticked(here), phone=on_the_phone(here), made_on=today_here(), country=country())
