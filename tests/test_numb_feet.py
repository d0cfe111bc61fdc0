"""Numb feet, behind a wheel or not: their care and check, heat, firm hands, balance, pedals and stops. Clinical plan 8; safety 4.1."""

from __future__ import annotations

import re
from typing import Any

import pytest

from planner.domain.model import Library
from tests.persons import DRIVER, NUMB_FEET, OFFICE_RUNNER, TENSE_NECK
from tests.plan_text import plan_for, text_for, titles, under


def test_numb_feet_and_pedals(library: Library) -> None:
    said = "If you cannot feel the pedals well, do not drive."
    text = text_for(library, **NUMB_FEET)
    assert text.count(said) == 1 and text.index(said) < text.index("Do this today")
    assert "whoever checks that you are fit to drive" in text
    at_a_desk = text_for(library, **{**NUMB_FEET, "day": ("desk",)})
    assert said in at_a_desk and "whoever checks" not in at_a_desk
    assert "pedals well" not in text_for(library, **{**NUMB_FEET, "numb_where": ("hands",)})
    assert "pedals well" not in text_for(library, **NUMB_FEET, mobility="chair_only")


def test_numb_feet_have_their_care_before_the_exercises_and_one_speed_for_new_numbness(library: Library) -> None:
    text = text_for(library, **NUMB_FEET)
    assert "Keep a hand on something firm, and look at your feet" in under(text, "Before you begin")
    assert "New or spreading numbness" not in text
    assert re.search(r"comes fast or climbs up your legs: call [^.]*\d{3}", text)


def test_numb_feet_ask_once_where_it_comes_from_and_train_to_be_steady(library: Library) -> None:
    assert "from diabetes or your back" in text_for(library, **{**NUMB_FEET, "health": ("numb_skin_neuropathy", "diabetes")})
    assert "from diabetes or your back" not in text_for(library, **NUMB_FEET)
    found = titles(plan_for(library, **NUMB_FEET))
    assert {"Heel raise", "Heel-to-toe stand"} & set(found)
    assert "Sit to stand with hands" in found


def test_numb_feet_are_checked_once_and_watched_for_sores(library: Library) -> None:
    sore = "A foot has a sore or a blister, or is hot, red or swollen."
    text = text_for(library, **NUMB_FEET)
    assert "If nobody has checked the numbness, ask your" in text
    assert sore in under(text, "Stop, and get help")
    assert sore in under(text_for(library, age_band="40_59", health=("diabetes",)), "Stop, and get help")
    assert sore not in text_for(library, **TENSE_NECK)


@pytest.mark.parametrize("activity", ["low", "regular", "athlete"])
def test_numb_feet_never_carry_all_the_weight_on_the_toes_of_one_foot(library: Library, activity: str) -> None:
    more: dict[str, Any] = {"activity": activity, "day": ("standing",), "minutes": "20", "peg_p": 3, "peg_e": 3, "peg_g": 3}
    assert "One-leg heel raise" not in text_for(library, **{**NUMB_FEET, **more})
    assert "One-leg heel raise" in text_for(library, **OFFICE_RUNNER)


def test_hot_baths_are_ruled_out_once_and_only_the_feet_are_spared_cold_and_firm_hands(library: Library) -> None:
    text = text_for(library, **{**DRIVER, "health": ("diabetes", "numb_skin_neuropathy", "bp_controlled")})
    assert text.count("Hot baths and hot stones are left out") == 1
    assert "no cold or firm pressure on your feet" in text
    assert "I cannot kneel" not in text.partition("Say this to the therapist:")[2].partition("Keep away from:")[0]
    only_pressure = text_for(library, **{**DRIVER, "health": ("bp_controlled",), "numb_where": ()})
    assert "Hot baths and hot stones are left out because of your blood pressure." in only_pressure


def test_a_driver_with_numb_feet_has_moves_for_the_road(library: Library) -> None:
    text = text_for(library, **DRIVER)
    assert "Stop every 45 minutes or so where you can, never over 2 hours." in text
    assert "for a few minutes. You can do your standing moves there too, holding on." in text
    assert "Wear shoes, and choose even ground." in text
    assert "Stop if pain or tingling spreads into a leg, or further down one." in text
    assert "chilli" not in text
    assert text.count("onto the table") + text.count("onto a massage table") == 0, "the numb feet ask for help on and off already"
    assert "on and off the table" in text
    assert "chilli" in text_for(library, **{**DRIVER, "country": "GB"})


def test_a_driver_has_one_rule_for_stops_and_nothing_that_concerns_others(library: Library) -> None:
    text = text_for(library, **DRIVER)
    assert "Stop every 45 minutes or so where you can, never over 2 hours." in text
    assert "1 to 2 hours, get out" not in text
    assert "if you are pregnant, have cancer" not in text
    assert "people like you" not in text


def test_who_drives_for_work_is_awake_before_driving_on(library: Library) -> None:
    assert "Drive only when you feel wide awake." in text_for(library, **DRIVER)
    assert "wide awake" not in text_for(library, **{**DRIVER, "day": ("home",)})


def test_numb_feet_keep_shoes_on_train_balance_and_ask_today(library: Library) -> None:
    text, driver = text_for(library, **NUMB_FEET), {**NUMB_FEET, "goal": "work", "worse_with": ("sitting", "bending")}
    assert "Keep shoes on for moves on your feet." in under(text, "Before you begin")
    assert {"Shift side to side", "Heel-to-toe stand"} & set(titles(plan_for(library, **NUMB_FEET)))
    assert "Ask about your numb feet." in under(text, "Do this today")
    assert "Ask about your numb feet." not in text_for(library, **{**NUMB_FEET, "numb_where": ("hands",)})
    assert "hold a wall or a rail that does not move" in text
    assert plan_for(library, **driver).headline.startswith("Stop often on the road")
