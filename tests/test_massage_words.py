"""The words of a massage agree with its numbers: pressure, reasons, what to tell, how often and when to stop."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planner.domain.massage import massage_part
from planner.domain.model import Library, Suit
from planner.domain.plan import build
from planner.outputs import documents
from planner.outputs.massage_sessions import how_long
from planner.outputs.text import to_text
from tests.made import condition, massage, reading_of, row
from tests.people import well
from tests.test_massage import part

GENTLE_FIRST = [{"duration": "lt4w"}, {"leg_symptoms": "below_knee_one"}, {"known": ("widespread_pain",)}]


@pytest.mark.parametrize("answers", GENTLE_FIRST, ids=lambda one: next(iter(one)))
def test_new_pain_signs_in_the_leg_and_pain_in_many_places_begin_light(library: Library, answers: dict[str, Any]) -> None:
    """Clinical plan 4.2: the pressure asked is 2, and every style shown works with it."""
    found = massage_part(reading_of(library, pressure_pref="firm", areas=("low_back",), **answers), False)[0]
    assert found.pressure_ask == 2
    assert all(line.item.pressure[0] <= 2 for line in found.styles)  # type: ignore[union-attr]


def test_a_reason_never_names_another_pressure_than_is_asked_for(library: Library) -> None:
    style = massage("one", pressure=(1, 4), suits=(Suit({"pressure_pref": ("medium",)}, 2, "medium it is"),))
    light = part(library, style, conditions=(condition("a", cap=2),), pressure_pref="medium").styles[0]
    assert [why.say for why in light.because] == [style.because]
    assert [why.say for why in part(library, style, pressure_pref="medium").styles[0].because] == ["medium it is"]


def test_each_sentence_to_the_therapist_is_said_once(library: Library) -> None:
    conditions = (condition("a", tell="I am old. Please help me up."), condition("b", tell="My feet are numb. Please help me up."))
    assert part(library, conditions=conditions).tell == ("I am old. Please help me up.", "My feet are numb.")


def test_who_may_not_go_weekly_gets_the_row_of_every_two_weeks(library: Library) -> None:
    """A row whose words speak of weekly sessions is not for somebody who may not have them: clinical plan 4.3."""
    rows = (row("weekly", freq="weekly", when={"budget": ("flexible",)}), row("seldom", freq="as_wanted", when={"budget": ("some",)}))
    answers = {"budget": "flexible", "conditions": (condition("a", at_most="fortnightly"),)}
    found = part(library, rows=rows, **answers)
    assert (found.row, found.freq) == (rows[1], "as_wanted")
    assert part(library, rows=rows, budget="flexible").row is rows[0]


def test_how_often_how_many_and_when_to_stop_agree(library: Library) -> None:
    """One paragraph: a look back only where sessions go on, after the 4th, or the 2nd if they are 2 weeks apart: clinical plan 4.3."""
    schedule, done = library.schedule, {}
    for one in schedule.frequency:
        if one.freq != "none":
            made_up = part(library, rows=(replace(one, when={}),), conditions=())
            done[one.id] = how_long(replace(made_up, row=one), schedule)
    assert "after session 4" in done["chronic_severe_flexible"] and "after session 2" in done["careful_age_flexible"]
    for name, words in done.items():
        seldom = name.startswith(("pregnancy", "after_birth", "pain_free", "sciatica", "acute", "neck")) or name.endswith("_low")
        assert ("stop buying" in words) is (not seldom and name not in ("widespread_some", "any")), (name, words)
        assert "home" not in words, "massage at home is named only where it is on the plan"


@pytest.mark.parametrize("liked", ["light", "medium", "firm"])
@pytest.mark.parametrize("activity", ["some", "athlete"])
def test_a_number_of_pain_stands_only_by_firm_pressure(library: Library, liked: str, activity: str) -> None:
    """Up to step 3 a massage is easy, so no line allows 5 out of 10; from step 4 the line of the pressure says it."""
    training = {"day": ("athlete",), "goal": "sport"} if activity == "athlete" else {}
    answers = well(library, pressure_pref=liked, activity=activity, budget="flexible", areas=("upper_back",), duration="gt12w", **training)
    plan = build(library, answers, on=date(2026, 11, 28))
    assert plan.massage and plan.massage.recommended
    text = to_text(plan, library)
    texts = [text[text.index("The massage to ask for") :], documents.sheet_html(plan, library)]
    texts += [
        re.split(r"to ask for", one, maxsplit=1)[1] for one in (documents.plan_html(plan, library), documents.page_html(plan, library))
    ]
    for one in texts:
        capped = re.findall(r"(?:pain at|at most|above) 5 out of 10", re.sub(r"\s+", " ", one))
        assert bool(capped) == (plan.massage.pressure_ask >= 4), (capped, plan.massage.pressure_ask)
