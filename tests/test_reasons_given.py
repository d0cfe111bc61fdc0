"""The answer that each exercise names as its reason, and the reasons of what is left out."""

from __future__ import annotations

import random
from contextlib import suppress
from typing import Any

import pytest

from planner.domain.model import Library
from planner.domain.plan import build
from planner.library.plausible import people
from planner.outputs.arrange import left_out_reasons, left_out_text
from planner.outputs.text import to_text
from tests.people import as_offered, nearly_well
from tests.persons import ARMS_UP, DESK_AFTER_CANCER, FELL, PREGNANT_PARENT
from tests.plan_text import ON, between, flat, plan_for, text_for


@pytest.mark.parametrize("seed", [43, 65, 179, 269, 331, 419, 1097, 1159])
def test_every_exercise_names_an_answer_as_its_reason(library: Library, seed: int) -> None:
    plan = build(library, as_offered(library, nearly_well(library, random.Random(seed))), on=ON)
    assert [line.title for line in plan.section("exercises") if not any(one.answer for one in line.because)] == []


def test_stronger_hips_for_walking_quote_the_walk_and_not_the_floor(library: Library) -> None:
    old = {"age_band": "75plus", "areas": ("low_back", "buttock_hip"), "mobility": "no_floor", "worse_with": ("walking",), "peg_p": 5}
    lines = plan_for(library, **old, duration="gt12w").section("exercises")
    reasons = [one for line in lines for one in line.because if "make walking easier" in one.say]
    assert reasons
    assert not [one for one in reasons if "floor" in one.answer]


def test_to_want_nothing_special_is_no_reason(library: Library) -> None:
    """A reason quotes what speaks for the line; who named no goal reads where it hurts instead."""
    plans = [build(library, answers | {"goal": "none"}, on=ON) for answers in people(library, 60, 5)]
    quoted = [one.answer for plan in plans for line in plan.section("exercises") for one in line.because]
    assert len(quoted) > 100 and "no special goal" not in quoted


def test_every_other_style_is_said_of_a_reason_for_all_of_them_alone(library: Library) -> None:
    """It stood at reasons that left out some styles, beside styles that nothing left out. Whoever has one thing more than a well person."""
    said = 0
    for question in library.questions.values():
        for option in question.options if question.kind in ("one", "many") else ():
            with suppress(ValueError):  # an answer that opens another question
                plan = plan_for(library, **{question.id: (option.id,) if question.kind == "many" else option.id})
                shown = {line.title for line in plan.massage.styles} if plan.massage else set()
                for reason in left_out_reasons(plan, library):
                    if "every other style of massage" in reason.titles:
                        said += 1
                        barred = {one.title for one in plan.left_out if left_out_text(one.because) == reason.say}
                        assert barred == {style.title for style in library.massages.values()} - shown, reason.say
    assert said, "a pregnant person has one style"


@pytest.mark.parametrize("who", [PREGNANT_PARENT, {**FELL, "country": "GB"}, DESK_AFTER_CANCER])
def test_what_was_left_out_is_named_shortly_where_the_reasons_are_many(library: Library, who: dict[str, Any]) -> None:
    left = to_text(plan_for(library, **who), library).partition("Left out, and why")[2]
    assert "more like these" not in left[:1500]


def test_one_reason_alone_is_one_sentence(library: Library) -> None:
    left = flat(between(text_for(library, **ARMS_UP), "Left out, and why", "Before a massage"))
    assert "sore neck or upper back, and you said upper back. Left out: Deep tissue massage." in left
