"""Pages that send people for help: each reason has its own "while you wait", every sign is named, and a check comes first, by one day.

The ids of the reasons are typed here from clinical safety 3 and 4.1, not read from the content."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask, render_template_string

from planner.domain.journey import Journey
from planner.domain.lines import Reason, Triage
from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs.help_now import while_you_wait
from tests.by_country import ON, page_words, person_at
from tests.people import well
from tests.walker import Walker

STILL, LIE = "Keep as still as you can.", "Lie down."
MOVING, WARM, MEDICINES = "Keep gently moving", "warm pack", "usual medicines"
OWN = {
    "rf_trauma": STILL,
    "R1_axspa": STILL,
    "rf_aaa": LIE,
    "R6": LIE,
    "R6_side": LIE,
    "rf_both_legs_recent": "between your legs",
    "rf_leg_weakness_worse": "between your legs",
    "rf_sexual": "between your legs",
    "rf_myelopathy": "between your legs",
    "rf_myelopathy_arms": "between your legs",
    "rf_fever_only": "stiff neck",
    "R2": "stiff neck",
    "R2b_worse": "stiff neck",
    "rf_lump_hot": "stiff neck",
    "R17": "stiff neck",
    "rf_dvt": "cannot breathe well",
    "rf_aaa_pulsing": "feel faint",
    "rf_kidney": "feel faint",
    "rf_kidney_side": "feel faint",
    "rf_kidney_tummy": "feel faint",
    "rf_kidney_bleed": "bleeding does not stop",
    "R16b": "bleeding does not stop",
    "R16c": "bleeding does not stop",
    "R1": "bleeding does not stop",
    "R1_head_other": "trouble seeing",
    "R19": "trouble seeing",
    "rf_eye": "trouble seeing",
    "R3": "walking gets unsteady",
    "R3_unchecked": "walking gets unsteady",
    "R3_now": "walking gets unsteady",
    "rf_weight_loss": "walking gets unsteady",
    "rf_night_constant": "walking gets unsteady",
    "rf_lump_shape": "walking gets unsteady",
    "maternity_t2": "have a fit",
    "maternity_t3": "have a fit",
    "early_pregnancy": "have a fit",
    "rf_early_preg": "have a fit",
    "rf_preg_warning_signs": "have a fit",
    "rf_preg_warning_early": "have a fit",
    "R1_pregnant": "have a fit",
    "rf_postnatal": "very short of breath",
    "R15": "very short of breath",
}
"""Reason -> words of the line that is its own."""
NERVES = {"rf_both_legs_recent", "rf_leg_weakness_worse", "rf_sexual"}
NO_MEDICINES = ("rf_kidney_bleed", "R16b", "R16c", "R1", "R1_head_other", "rf_kidney", "rf_postnatal", "rf_early_preg", "rf_aaa_pulsing")


def waiting(library: Library, *names: str) -> str:
    flags = [library.flags[name] for name in names]
    level = flags[0].level
    reasons = tuple(Reason(flag, (), flag.level, True) for flag in flags)
    return " ".join(while_you_wait(Triage(level=level, reasons=reasons, hold=True, actions=(), no_plan=True), library))


def stopping(library: Library, level: str) -> list[str]:
    return [name for name, flag in library.flags.items() if flag.level == level and not flag.at_once]


def test_each_reason_has_a_line_of_its_own(library: Library) -> None:
    assert {name for name, words in OWN.items() if words not in waiting(library, name)} == set()
    without = set(stopping(library, "urgent")) - OWN.keys()
    assert without == {"rf_lump_blisters"}, "a pharmacist may do, and nothing in the reference makes it an emergency"


@pytest.mark.parametrize("words", [STILL, LIE])
def test_no_emergency_reads_what_is_for_another(library: Library, words: str) -> None:
    found = {name for name in stopping(library, "emergency") if words in waiting(library, name)}
    assert found == {name for name, own in OWN.items() if own == words}


def test_every_emergency_stays_off_the_wheel_and_off_the_table(library: Library) -> None:
    for name in stopping(library, "emergency"):
        found = waiting(library, name)
        assert "Do not drive yourself." in found and "Do not have a massage" in found and "medicines with you" in found, name
        assert WARM not in found and MOVING not in found and MEDICINES not in found, name


def test_warmth_and_moving_are_for_nerve_signs_alone(library: Library) -> None:
    for words, right in ((WARM, NERVES), (MOVING, NERVES | {"rf_eye"})):
        assert {name for name in stopping(library, "urgent") if words in waiting(library, name)} == right


def test_what_is_wrong_for_one_reason_is_not_said_for_two(library: Library) -> None:
    for name in stopping(library, "urgent"):
        both = waiting(library, "rf_both_legs_recent", name)
        assert (WARM in both) == (name in NERVES), name
        assert OWN.get(name, "") in both, name


@pytest.mark.parametrize("name", NO_MEDICINES)
def test_whoever_may_bleed_is_not_told_to_go_on_with_tablets(library: Library, name: str) -> None:
    assert MEDICINES not in waiting(library, name)


def test_every_list_says_when_it_becomes_an_emergency_and_ends_the_same(library: Library) -> None:
    for name in stopping(library, "urgent"):
        assert waiting(library, name).endswith("If a sign of an emergency appears, call {EMERG}."), name


SIGNS: dict[str, Any] = {"rf_saddle": "yes", "rf_dvt": "yes", "rf_weight_loss": "yes", "rf_claudication": "yes"}


def test_the_card_and_the_slip_name_every_sign(app: Flask, library: Library) -> None:
    client = person_at(app, library, well(library, country="GB", **SIGNS))
    here = Journey(library, well(library, country="GB", **SIGNS))
    said = {one.answer for reason in here.triage.reasons for one in reason.because if one.answer and one.question_id in SIGNS}
    assert len(said) >= 3
    for url in ("/stop", "/slip"):
        found = page_words(client.get(url).text)
        assert "I am calling about back pain" in found
        for name in ("rf_saddle", "rf_dvt", "rf_weight_loss"):
            assert library.flags[name].phone in found, (url, name)
        lower = [one for reason in here.triage.reasons for one in reason.because if reason.level != "emergency" and one.answer]
        assert lower and all(one.answer in found for one in lower), url


def test_a_tick_that_nobody_asked_about_is_said_on_the_phone(app: Flask, library: Library) -> None:
    walker = Walker(app.test_client(), library, well(library, rf_chest="yes", rf_bladder_bowel="yes", rf_saddle="yes"))
    assert walker.walk() == "/stop"
    ticked = ("rf_bladder_bowel", "rf_saddle")
    for url in ("/stop", "/slip"):
        found = page_words(walker.get(url).text)
        told = found.partition("What to say on the phone")[2]
        assert "chest pain or trouble breathing with my back pain" in told
        signs = [f"{library.questions[name].tick}." in told or library.flags[name].phone in told for name in ticked]
        assert all(signs), (url, told)


CHECKED: list[dict[str, Any]] = [
    {"rf_cancer": "past"},
    {"rf_leg_weakness": "stable"},
    {"risk_bone": ("osteoporosis",), "areas": ("mid_back",), "duration": "lt4w", "peg_p": "8"},
    {"rf_inflam": ("night", "moving", "buttocks", "stiff"), "duration": "gt12w"},
    {"age_band": "16_17"},
]
DEADLINE = re.compile(r"\b(today|this week|within \w+ (?:days|weeks?)|in \w+ weeks?|by \w+day)\b", re.I)


def test_no_check_has_two_days(library: Library) -> None:
    """Whatever sends somebody to a clinician says this week, or nothing, of when; what must be today is a sign that may follow."""
    texts = [flag.say for flag in library.flags.values() if flag.level == "see_clinician" and not flag.no_plan]
    texts += [one.say for one in library.policy.check_first] + [library.actions[name].say for name in ("gp_soon", "physio_review")]
    for text in texts:
        orders = [one for one in re.split(r"(?<=[.])\s", text) if not re.match(r"(If|With) ", one)]
        assert {found.lower() for one in orders for found in DEADLINE.findall(one)} <= {"this week"}, text


def plans_with_a_check(library: Library) -> list[Any]:
    found = []
    for changes in CHECKED:
        answers = {name: value for name, value in changes.items() if name in library.questions}
        plan = build(library, well(library, country="GB", **answers), on=ON)
        if plan.triage.level == "see_clinician":
            found.append(plan)
    return found


def test_a_check_is_the_first_thing_of_today_with_a_number_to_call(app: Flask, library: Library) -> None:
    plans = plans_with_a_check(library)
    assert len(plans) >= 3
    for plan in plans:
        assert plan.today[0].line == "" and re.search(r"this week", plan.today[0].text), plan.today[0]
        with app.test_request_context():
            for country, number in (("GB", "111"), ("EU", "")):
                drawn = render_template_string("{% include 'check_call.html' %}", plan=plan, country=library.countries[country])
                assert ("tel:111" in drawn) == bool(number) and "Ring your" in drawn
