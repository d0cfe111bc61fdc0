"""One order for one thing: one door this week, one rule for breaks. And words that fit somebody's work, feet, bones or birth."""

from __future__ import annotations

import re
from typing import Any

import pytest

from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs.arrange import advised
from tests.invariants.people import somebody
from tests.persons import AFTER_A_BIRTH, FELL, NUMB_FEET, PAINLESS_RUNNER, SORE_BACK, TEEN_ATHLETE, UNSTEADY
from tests.plan_text import ON, between, flat, plan_for, text_for

SCHOOL: dict[str, Any] = {**TEEN_ATHLETE, "rf_load_bone": "no", "day": ("athlete", "desk"), "country": "GB", "stress": "some"}
SORE_LEG: dict[str, Any] = {**SORE_BACK, "duration": "lt4w", "leg_symptoms": "below_knee_one", "peg_p": 7, "peg_e": 7, "peg_g": 7}
AT_WORK: dict[str, Any] = {**SORE_BACK, "areas": ("neck_shoulders", "upper_back"), "peg_p": 5, "goal": "work", "minutes": "10"}
PHYSIO = re.compile(r"\bbook (to see )?a (\{PHYSIO\}|physio)", re.I)
DOCTOR = re.compile(r"(ask|see|ring|book a visit to) your (\{GP\}|GP)\b[^.]* this week|\{GP\} for a (visit|check)|\{GP\} first", re.I)
PEOPLE = 400


def orders(plan: Plan, library: Library) -> str:
    """What this plan tells somebody to book: the lines of the check, and the things for today."""
    return " ".join((*advised(plan, library), *(one.text for one in plan.today)))


def test_a_doctor_this_week_and_a_physio_are_one_visit(library: Library) -> None:
    said = flat(text_for(library, **SCHOOL))
    assert "See your GP this week, and take this plan. Ask for a physio." in said, "else this says nothing"
    assert "Book a physio" not in said and "Book a visit to your GP this week, and ask for a physio." in said


def test_nobody_is_sent_to_two_doors_this_week(library: Library) -> None:
    checked = asked = 0
    for seed in range(PEOPLE):
        answers = somebody(library, seed)
        plan = build(library, answers, on=ON)
        said = orders(plan, library)
        asked += "physio_review" in plan.triage.actions and not plan.triage.no_plan
        checked += bool(DOCTOR.search(said))
        assert not (PHYSIO.search(said) and DOCTOR.search(said)), (said, answers)
    assert checked > PEOPLE / 20 and asked >= 5, "else nobody here was sent anywhere"


@pytest.mark.parametrize("legs", ["below_knee_one", "none"])
@pytest.mark.parametrize("pregnancy", ["no", "t2", "postpartum_12w"])
@pytest.mark.parametrize("rf_bladder_bowel", ["no", "long_standing"])
def test_whom_a_physio_checks_books_by_the_doctor(library: Library, legs: str, pregnancy: str, rf_bladder_bowel: str) -> None:
    person = {**SORE_BACK, "leg_symptoms": legs, "pregnancy": pregnancy, "rf_bladder_bowel": rf_bladder_bowel, "pain_checked": "no"}
    said = orders(plan_for(library, **person), library)
    assert not (PHYSIO.search(said) and DOCTOR.search(said)), said


def test_a_sore_bone_speaks_of_periods_to_whoever_has_them(library: Library) -> None:
    said = "If you have periods: tell the doctor if they have stopped."
    assert f"Tell the doctor if you eat less to stay light. {said}" in flat(text_for(library, **SCHOOL))
    hurt = {**SORE_BACK, "age_band": "18_39", "activity": "athlete", "day": ("athlete",), "goal": "sport", "rf_load_bone": "yes"}
    assert said in text_for(library, **hurt)
    assert said not in text_for(
        library, **{**AFTER_A_BIRTH, "activity": "athlete", "day": ("athlete",), "goal": "sport", "rf_load_bone": "yes"}
    )
    assert said not in text_for(library, **PAINLESS_RUNNER)


@pytest.mark.parametrize("day", ["desk", "standing", "arms_up", "driving"])
def test_changes_at_work_fit_the_work(library: Library, day: str) -> None:
    text = flat(text_for(library, **AT_WORK, day=(day,)))
    assert "more breaks and other tasks in between." in text
    assert "lighter" not in text[text.index("SMALL CHANGES AT WORK") :][:300]
    lifter = flat(text_for(library, **AT_WORK, day=("lifting",)))
    assert "Ask for lighter loads, too." in lifter


def test_whom_nobody_can_stand_by_does_the_seated_ones_with_the_phone_near(library: Library) -> None:
    text = flat(text_for(library, **UNSTEADY))
    alone = "Nobody can come? Until a doctor or physio has seen you, do only these: "
    assert f"have someone near and a firm chair behind you. {alone}" in text
    assert "the phone within reach" not in text_for(library, **{**UNSTEADY, "balance": "good"})


@pytest.mark.parametrize("minutes", ["5", "10", "20", "30"])
def test_who_fell_and_is_alone_has_the_phone_near(library: Library, minutes: str) -> None:
    text = flat(text_for(library, **{**FELL, "minutes": minutes}))
    assert "stand for exercises with someone near" in text and "Alone?" in text
    assert "the phone within reach" in text


def test_numb_feet_that_drive_for_work_are_checked_before_a_long_drive(library: Library) -> None:
    driver = {**NUMB_FEET, "goal": "work", "country": "GB"}
    text = flat(text_for(library, **driver))
    assert "If nobody has checked them, see your GP this week, before a long drive." in text
    assert "If nobody has checked the numbness, ask your GP this week, before a long drive." in text
    assert "within 2 weeks" not in text
    for other in ({**driver, "day": ("desk",)}, {**driver, "goal": "walking", "peg_g": 6, "work_now": "not"}):
        text = flat(text_for(library, **other))
        assert "If nobody has checked them, see your GP within 2 weeks." in text and "long drive" not in text


def test_strong_pain_may_be_spoken_of_at_the_visit_that_is_due(library: Library) -> None:
    said = "Your pain is strong: ask about pain relief at your check, too."
    text = flat(text_for(library, **SORE_LEG))
    assert "Ask a pharmacist before you take a painkiller." in text and "Have the leg checked." in text, "else this says nothing"
    assert said in text
    assert said in text_for(library, **{**SORE_LEG, "duration": "gt12w"})
    assert said not in text_for(library, **{**SORE_LEG, "peg_p": 6, "peg_e": 6, "peg_g": 6, "pain_now": 6})
    assert said not in text_for(library, **{**SORE_BACK, "duration": "lt4w", "peg_p": 7, "peg_e": 7, "peg_g": 7}), "no visit is due"


@pytest.mark.parametrize("birth_more", [(), ("caesarean",)])
def test_after_a_birth_a_painkiller_is_asked_about_and_none_is_named(library: Library, birth_more: tuple[str, ...]) -> None:
    plan = plan_for(library, **AFTER_A_BIRTH, birth_more=birth_more)
    text = flat(text_for(library, **AFTER_A_BIRTH, birth_more=birth_more, country="GB"))
    assert "Ask a pharmacist before you take a painkiller. You can ask your midwife, too. Say if you breastfeed." in text
    assert "stop a prescribed medicine" in text
    assert not re.search(r"suits some people|PARACETAMOL|ibuprofen|gel suits you", " ".join(plan.medicines))
    assert "Say if you breastfeed" not in text_for(library, **{**AFTER_A_BIRTH, "pregnancy": "no"})


def test_after_a_birth_the_rules_for_an_illness_still_hold(library: Library) -> None:
    ill = " ".join(plan_for(library, **AFTER_A_BIRTH, risk_blood=("anticoagulant",)).medicines)
    assert "Do not take anti-inflammatory tablets" in ill
    feeds = " ".join(plan_for(library, **AFTER_A_BIRTH, birth_more=("breastfeeding",)).medicines)
    assert "Ask a pharmacist first." in feeds


def test_breaks_from_a_screen_and_changes_of_position_are_one_rule(library: Library) -> None:
    text = flat(text_for(library, **AT_WORK, day=("desk",), worse_with=("sitting",)))
    assert ("CHANGE POSITION OFTEN" in text) != ("SHORT BREAKS, OFTEN" in text)
    assert "minutes an hour" not in text
    day = between(text, "Your day", "Looking after yourself")
    assert day.count("1 to 2 minutes") == len(re.findall("about every 30 minutes", day, re.I)) == 1
