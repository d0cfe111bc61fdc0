"""Lines that two physiotherapists asked for: births without a yes, pelvic pain, a sore bone, a leg, many places. Clinical plan 2, 7, 8."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.items import Exercise
from planner.domain.lines import Plan
from planner.domain.model import Library
from tests.test_kind_of_person import flat
from tests.test_said_to_whom import SORE, TEEN, plan_for, text_for
from tests.test_sore_bones import BIRTH, LEG, WIDE

GIRDLE: dict[str, Any] = {
    **{"age_band": "18_39", "areas": ("low_back", "buttock_hip"), "duration": "4to12w", "peg_p": 6, "peg_e": 6, "peg_g": 7, "pgp": "yes"},
    **{"pregnancy": "t3", "day": ("carer_parent",), "worse_with": ("walking", "getting_up"), "country": "GB", "minutes": "10"},
}


def exercises(plan: Plan) -> set[str]:
    return {line.item_id for line in plan.section("exercises")}


def test_who_waits_for_a_yes_after_a_birth_is_told_what_comes_then(library: Library) -> None:
    assert text_for(library, **BIRTH).count("answer the questions again") == 1
    assert "When your check says yes" in plan_for(library, **BIRTH).today[0].text
    early = {**BIRTH, "birth_when": "lt6w", "birth_more": ()}
    assert text_for(library, **early).count("answer the questions again") == 1
    assert "answer the questions again" not in text_for(library, **BIRTH, exercise_cleared="yes")


@pytest.mark.parametrize("minutes", ["5", "10"])
def test_the_deep_tummy_muscles_work_in_the_first_weeks_after_a_birth(library: Library, minutes: str) -> None:
    """Clinical plan 8: draw in gently before and after 6 weeks; of three places two are for the upper back that hurts."""
    assert {"tummy_draw", "scap_squeeze"} <= exercises(plan_for(library, **{**BIRTH, "areas": ("low_back", "upper_back")}, minutes=minutes))
    assert "tummy_draw" in exercises(plan_for(library, **{**BIRTH, "birth_when": "lt6w", "birth_more": ()}, minutes=minutes))


def test_discharge_that_smells_is_for_those_who_gave_birth(library: Library) -> None:
    assert "discharge that smells bad or gets heavier" in " ".join(plan_for(library, **BIRTH).stop_box.ring)
    assert "discharge" not in text_for(library, **GIRDLE)


def test_pelvic_pain_late_in_pregnancy(library: Library) -> None:
    plan, text = plan_for(library, **GIRDLE), text_for(library, **GIRDLE)
    (squeeze,) = (line.item for line in plan.section("exercises") if line.item_id == "adductor_squeeze")
    assert isinstance(squeeze, Exercise)
    assert "press both knees gently" in squeeze.steps[1]
    assert "front of your pelvis" in squeeze.steps[2]  # said where it may hurt
    assert "Say which positions hurt, so that the birth is planned for it." in plan.today[0].text
    assert "for the birth" not in text_for(library, **{**GIRDLE, "pregnancy": "t2"})
    assert "Your pelvis hurts on one leg" not in text
    assert "Stop anti-inflammatory tablets that you bought yourself" in text
    assert "Ask the physio whether a pelvic belt helps you" in text


def test_a_sore_bone_at_16_is_told_to_book_in_one_place_and_what_is_allowed(library: Library) -> None:
    text = text_for(library, **TEEN)
    assert text.lower().count("book a ") == 2  # the visit, and the thing to do today
    assert "You may talk to the doctor alone." in text
    assert "It builds strength that sport asks for" not in text
    assert "Easy cycling is fine if it does not hurt: 15 minutes at most" in text
    assert "Walk only as daily life asks" in text
    adult = text_for(library, **{**TEEN, "age_band": "18_39"})
    assert "talk to the doctor alone" not in adult
    assert "Easy cycling" not in adult


def test_strong_new_leg_pain_has_no_massage_to_come(library: Library) -> None:
    plan, text = plan_for(library, **LEG), text_for(library, **LEG)
    assert plan.massage is not None
    assert not plan.massage.recommended
    for words in ("Say this to the therapist", "Before a massage", "Finding a therapist", "Stop a massage", "needs no paid massage"):
        assert words not in text, words
    assert text_for(library, **LEG, country="GB").count("See your GP this week") == 1


def test_strong_new_leg_pain_that_sitting_makes_worse_has_no_seated_slider(library: Library) -> None:
    sliders = {"nerve_slider_low", "sciatic_slider"}
    assert not sliders & exercises(plan_for(library, **LEG))
    milder = {**LEG, "peg_p": 4, "peg_e": 4, "peg_g": 4}
    assert sliders & exercises(plan_for(library, **milder))


@pytest.mark.parametrize(("country", "note"), [("GB", "a fit note"), ("US", "a note for work"), ("IE", "a note for work")])
def test_a_note_for_who_is_off_work(library: Library, country: str, note: str) -> None:
    text = text_for(library, **LEG, goal="work", work_now="off", country=country)
    assert f"about {note}" in text or f"for {note}" in text
    assert "If you cannot work" not in text_for(library, **LEG, goal="work", work_now="as_usual", country=country)


def test_pain_in_many_places_that_gets_in_the_way(library: Library) -> None:
    plan, text = plan_for(library, **WIDE), flat(text_for(library, **WIDE))
    found = {line.item_id for line in plan.section("therapies")}
    assert {"group_gentle", "cbt_i"} <= found, "who wants to sleep well has the course for sleep (clinical plan 7)"
    walks = plan_for(library, **{**WIDE, "goal": "walking"})
    assert {"cbt", "pain_programme"} & {line.item_id for line in walks.section("therapies")}, (
        "clinical plan 8: a group, then CBT or a programme"
    )
    assert "Ask your doctor for a course for sleep." in text
    assert "With 5 minutes a day: the exercises on 3 days," in text
    assert "One light session is for calm, if you would enjoy it. Do not expect less pain from it." in text
    assert "course for sleep" not in " ".join(plan_for(library, **{**SORE, "goal": "sleep", "sleep": "ok"}).goal_way.steps)
