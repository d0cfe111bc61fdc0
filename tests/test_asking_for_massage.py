"""The massage to ask for, or why there is none: one number as its top, soreness, and what to ask a therapist. Clinical plan 4."""

from __future__ import annotations

import re
from typing import Any

import pytest

from planner.domain.model import Library
from tests.persons import (
    CAESAREAN,
    CLIMBER,
    DESK_AFTER_CANCER,
    DRIVER,
    MANY_PLACES,
    NARROW_CANAL,
    OLD_WALKER,
    PAINLESS_RUNNER,
    PAYS_FOR_MASSAGE,
    SORE_BACK,
    SWIMMER,
)
from tests.plan_text import flat, no_massage, plan_for, text_for

LIGHTLY_PRESSED: dict[str, Any] = {**MANY_PLACES, "pressure_pref": "light", "budget": "low"}
IN_LATE_PREGNANCY: dict[str, Any] = {"areas": ("low_back",), "duration": "4to12w", "pregnancy": "t3", "budget": "some", "country": "GB"}


def test_a_plan_without_massage_says_why(library: Library) -> None:
    thin = no_massage(text_for(library, **OLD_WALKER, risk_blood=("anticoagulant",), budget="none"))
    assert "needs no paid massage" in thin
    assert "nobody should press hard" in thin
    plain = no_massage(text_for(library, **{**OLD_WALKER, "budget": "none"}))
    assert "little is lost" in plain
    assert "press" not in plain
    assert "hardly been tested for a narrow spinal canal" in no_massage(text_for(library, **NARROW_CANAL))
    born = no_massage(text_for(library, **CAESAREAN))
    assert "your scar has healed and your check says yes" in born
    early = no_massage(text_for(library, **{**CAESAREAN, "birth_when": "lt6w", "birth_more": ()}))
    assert "until your check after the birth says yes" in early
    assert "scar" not in early


def test_who_has_no_massage_reads_of_no_style_that_is_left_out(library: Library) -> None:
    for who in ({**NARROW_CANAL, "health": ("bp_controlled",)}, {**OLD_WALKER, "risk_blood": ("anticoagulant",), "budget": "none"}):
        assert not [one.id for one in plan_for(library, **who).left_out if one.id.startswith("massage:")]
    with_massage = plan_for(library, **{**OLD_WALKER, "risk_blood": ("anticoagulant",), "budget": "some"})
    assert [one.id for one in with_massage.left_out if one.id.startswith("massage:")]


def test_light_massage_leaves_nobody_sore(library: Library) -> None:
    text = flat(text_for(library, **LIGHTLY_PRESSED))
    assert "ask for step 2 of 5" in text, "else this says nothing"
    assert "You should not be sore after it. If you are: lighter next time, or none." in text
    assert "Mild soreness" not in text
    assert "when a spot is tender" not in text


def test_nobody_is_asked_how_firm_they_like_it_where_the_plan_has_a_top(library: Library) -> None:
    for who in (DRIVER, CLIMBER, SWIMMER, SORE_BACK):
        text = text_for(library, **{**who, "budget": "some"})
        assert "how much pressure you like" not in text
        assert text.count("the pressure in this plan is your top") == 1


@pytest.mark.parametrize(
    "who", [PAYS_FOR_MASSAGE, DESK_AFTER_CANCER, CLIMBER, DRIVER, {**PAINLESS_RUNNER, "budget": "flexible"}, IN_LATE_PREGNANCY]
)
def test_a_massage_has_one_number_as_its_top(library: Library, who: dict[str, Any]) -> None:
    text = text_for(library, **who)
    assert re.search(r"ask for step \d of 5, no more", text)
    assert "never more than" not in text


@pytest.mark.parametrize("who", [PAYS_FOR_MASSAGE, CLIMBER, {**PAINLESS_RUNNER, "budget": "flexible"}])
def test_two_sessions_are_no_proof(library: Library, who: dict[str, Any]) -> None:
    text = text_for(library, **who)
    for wrong in ("tell you if it helps", "enough to find out"):
        assert wrong not in text, wrong


def test_a_question_for_a_therapist_names_no_problem_of_others(library: Library) -> None:
    text = text_for(library, **PAINLESS_RUNNER, budget="flexible", pressure_pref="firm")
    assert "What training do you have in this kind of massage?" in text and "a problem like mine" not in text
    assert "What training do you have for a problem like mine?" in text_for(library, budget="flexible", pressure_pref="firm")
    assert "trigger points, pregnancy" not in text
