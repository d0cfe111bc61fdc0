"""A bone that training may have hurt, mostly at 16: one check, rest until one yes, food, and whom to ring. Plan 2; safety 3, 4."""

from __future__ import annotations

import re
from typing import Any

import pytest

from planner.domain.model import Library
from tests.persons import OLD_WALKER, STRONG_LEG, TEEN_ATHLETE
from tests.plan_text import flat, no_massage, plan_for, text_for

SORE_BONE: dict[str, Any] = {**TEEN_ATHLETE, "rf_load_bone": "yes"}


def test_a_sore_bone_at_16(library: Library) -> None:
    plan, text = (
        plan_for(library, **TEEN_ATHLETE, stress="some", budget="some"),
        text_for(library, **TEEN_ATHLETE, stress="some", budget="some"),
    )
    assert "belts" not in text
    assert "belts" in text_for(library, **OLD_WALKER)
    assert "All training waits until the doctor says yes, and so do far arches and jolts" in text
    assert "hard training" not in no_massage(text)
    assert "half as long" not in " ".join(plan.goal_way.steps)
    assert "no landings until they say so" in " ".join(plan.goal_way.steps)
    assert "parent or carer" not in text
    assert re.search(r"A WARM PACK .* Low certainty\. [^\[]* not tested at 16 or 17", text)
    assert "not tested at 16" not in text_for(library, **STRONG_LEG)


@pytest.mark.parametrize(("country", "line"), [("GB", "Childline"), ("IE", "Childline"), ("AU", "Kids Helpline"), ("US", "")])
def test_the_line_for_children_stands_beside_the_crisis_line(library: Library, country: str, line: str) -> None:
    text = text_for(library, **TEEN_ATHLETE, stress="some", country=country)
    assert ("At your age you can ring" in text) is bool(line)
    assert not line or f"At your age you can ring {line}" in text
    assert "At your age you can ring" not in text_for(library, **TEEN_ATHLETE, stress="low", country=country)
    assert "At your age you can ring" not in text_for(library, **STRONG_LEG, stress="some", country=country)


def test_a_sore_bone_rests_from_all_training_and_eats(library: Library) -> None:
    text = text_for(library, **{**TEEN_ATHLETE, "rf_load_bone": "yes", "stress": "some", "budget": "some", "country": "GB"})
    assert "No training of your sport at all until the doctor says yes." in text
    assert "No PE until then: tell your teacher too." in text
    assert "a bone needs both to mend" in text
    assert "as pressing can hurt a sore bone" in no_massage(text)
    grown = text_for(library, **{**TEEN_ATHLETE, "age_band": "18_39", "rf_load_bone": "yes"})
    assert "PE teacher" not in grown
    assert "a bone needs both to mend" in grown
    assert "a bone needs both to mend" not in text_for(library, **STRONG_LEG)
    assert "Book a visit to your GP this week, and ask for a physio too." in text
    assert "Book a physio this week" not in text
    later = text_for(library, **{**TEEN_ATHLETE, "rf_load_bone": "no", "country": "GB"})
    assert "Book a visit to your GP this week, and ask for a physio." in later


def test_a_sore_bone_at_16_reads_check_then_rest_and_only_then_a_move(library: Library) -> None:
    today = [one.title for one in plan_for(library, **TEEN_ATHLETE).today]
    assert today[:2] == ["Book a check", "Rest from all training"]


def test_a_sore_bone_at_16_cycles_little_or_not_at_all(library: Library) -> None:
    text = flat(text_for(library, **TEEN_ATHLETE))
    assert "15 minutes at most, and you can still talk. No cycling if your periods have stopped or you eat little." in text


def test_who_must_not_train_reads_it_in_the_first_line(library: Library) -> None:
    assert "Rest from all training, and get it checked." in text_for(library, **TEEN_ATHLETE)


def test_who_rests_a_sore_bone_is_asked_for_no_walks(library: Library) -> None:
    for person in (TEEN_ATHLETE, SORE_BONE, {**SORE_BONE, "age_band": "18_39"}):
        text = text_for(library, **person)
        assert "Walk every week" not in text
        assert "701 adults" not in text
        assert "Walk only as daily life asks" in text


def test_a_sore_bone_has_one_doctor_who_says_yes_and_a_limp_is_seen_today(library: Library) -> None:
    text = text_for(library, **SORE_BONE)
    assert "When the doctor says yes" in text
    assert "they say yes:" not in text
    assert "If you start to limp, be seen today." in text
    assert "You may have to miss a contest" in text
    assert "Easy cycling is fine if it does not hurt: 15 minutes at most" in text
    assert "periods that stopped" not in text


def test_a_sore_bone_waits_for_one_yes(library: Library) -> None:
    text = text_for(library, **{**TEEN_ATHLETE, "rf_load_bone": "yes"})
    for wrong in ("until you are checked", "has seen you", "wait until your check", "check says yes", "keeps you strong while"):
        assert wrong not in text, wrong
    assert "Add nothing until the doctor says yes, even if it stops hurting." in text
    assert "enter none until the doctor says yes" in text


def test_a_sore_bone_at_16_is_told_to_book_in_one_place_and_what_is_allowed(library: Library) -> None:
    text = text_for(library, **TEEN_ATHLETE)
    assert text.lower().count("book a ") == 2  # the visit, and the thing to do today
    assert "You may talk to the doctor alone." in text
    assert "It builds strength that sport asks for" not in text
    assert "Easy cycling is fine if it does not hurt: 15 minutes at most" in text
    assert "Walk only as daily life asks" in text
    adult = text_for(library, **{**TEEN_ATHLETE, "age_band": "18_39"})
    assert "talk to the doctor alone" not in adult
    assert "Easy cycling" not in adult
