"""Triage: the highest level wins, every reason is listed, and a clinician's check lowers only what it may lower."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.journey import Journey
from planner.domain.lines import Triage
from planner.domain.model import Flag, Library
from planner.domain.triage import actions_of, assess, checkable
from tests.made import condition, flag, reading_of, with_items
from tests.people import well

POOR = {"balance": ("poor",)}


def triage(library: Library, *flags: Flag, conditions: tuple[Any, ...] = (), **answers: Any) -> Triage:
    return assess(reading_of(with_items(library, flags=flags, conditions=conditions), **answers))


@pytest.mark.parametrize(
    ("levels", "level", "stops"),
    [
        ([], "self_care", False),
        (["self_care"], "self_care", False),
        (["self_care", "see_clinician"], "see_clinician", False),
        (["see_clinician", "urgent", "self_care"], "urgent", True),
        (["urgent", "emergency", "see_clinician"], "emergency", True),
    ],
)
def test_the_highest_level_wins_and_reasons_come_highest_first(library: Library, levels: list[str], level: str, stops: bool) -> None:
    found = triage(library, *(flag(one, one) for one in levels))
    order = ("emergency", "urgent", "see_clinician", "self_care")
    assert (found.level, found.stops, found.hold, found.no_plan) == (level, stops, stops, stops)
    assert [reason.level for reason in found.reasons] == sorted(levels, key=order.index)
    assert [reason.flag.id for reason in found.reasons] == sorted(levels, key=order.index)


@pytest.mark.parametrize(
    ("level", "actions"),
    [("emergency", ("call_emergency",)), ("urgent", ("same_day",)), ("see_clinician", ("gp_soon",)), ("self_care", ())],
)
def test_what_to_do_at_each_level_unless_the_flag_says_otherwise(library: Library, level: str, actions: tuple[str, ...]) -> None:
    assert triage(library, flag("one", level)).actions == actions
    assert actions_of(flag("one", level, actions=("maternity_unit_now",))) == ("maternity_unit_now",)


def test_at_a_stop_only_what_is_most_urgent_is_to_be_done(library: Library) -> None:
    flags = [flag("check", "see_clinician"), flag("today", "urgent", actions=("crisis_line", "same_day")), flag("also", "urgent")]
    assert triage(library, *flags).actions == ("crisis_line", "same_day")
    assert triage(library, *flags, flag("now", "emergency")).actions == ("call_emergency",)
    checks = [flags[0], flag("other", "see_clinician", actions=("physio_review",)), flag("none", "self_care", actions=("specialist_team",))]
    assert triage(library, *checks).actions == ("gp_soon", "physio_review", "specialist_team")


def test_a_flag_may_hold_massage_or_the_whole_plan_without_stopping(library: Library) -> None:
    assert triage(library, flag("one", "see_clinician", hold=True)).hold
    assert not triage(library, flag("one", "see_clinician")).hold
    child = triage(library, flag("child", "see_clinician", no_plan=True))
    assert (child.no_plan, child.stops) == (True, False)


def test_a_flag_fires_for_those_it_is_for_and_says_why(library: Library) -> None:
    (reason,) = triage(library, flag("one", "urgent", when=(POOR,)), balance="poor").reasons
    assert [(one.say, one.question_id) for one in reason.because] == [("because one", "balance")]
    assert triage(library, flag("one", "urgent", when=(POOR,)), balance="good").reasons == ()


CHECKED = {"pain_checked": ("yes",)}


@pytest.mark.parametrize(
    ("level", "lowered_by", "answer", "fires"),
    [
        ("see_clinician", CHECKED, "yes", False),
        ("see_clinician", CHECKED, "no", True),
        ("see_clinician", {}, "yes", True),
        ("urgent", CHECKED, "yes", False),
        ("emergency", CHECKED, "yes", False),
    ],
)
def test_what_a_clinicians_check_lowers(library: Library, level: str, lowered_by: Any, answer: str, fires: bool) -> None:
    found = triage(library, flag("one", level, lowered_by=lowered_by, hold=True), pain_checked=answer)
    assert [reason.flag.id for reason in found.reasons] == (["one"] if fires else [])
    assert found.hold is fires


def test_the_check_is_asked_about_only_where_it_would_lower_a_flag(library: Library) -> None:
    lowers = flag("one", "see_clinician", lowered_by=CHECKED, when=(POOR,))
    held = with_items(library, flags=[flag("other", "urgent"), lowers])
    assert checkable(held, reading_of(held, balance="poor").told)
    assert not checkable(held, reading_of(held, balance="good").told)
    other = with_items(library, flags=[flag("other", "see_clinician", when=(POOR,))])
    assert not checkable(other, reading_of(other, balance="poor").told)


def test_a_condition_that_needs_a_clinician_is_a_reason_too(library: Library) -> None:
    needs = condition("needs", refer=True, level="clinician", when=(POOR,), actions=("specialist_team",))
    calm = condition("calm", when=(POOR,), level="absolute")
    (reason,) = triage(library, conditions=(needs, calm), balance="poor").reasons
    assert (reason.flag.id, reason.level, reason.hold) == ("needs", "see_clinician", True)
    assert [(one.say, one.question_id) for one in reason.because] == [("say needs", "balance")]
    assert (reason.flag.say, reason.flag.because, reason.flag.sources) == (needs.say, needs.say, needs.sources)
    assert (reason.flag.when, reason.flag.actions) == (needs.when, ("specialist_team",))
    found = triage(library, conditions=(needs,), balance="poor", massage_cleared="yes")
    assert (found.level, found.hold, found.actions) == ("see_clinician", False, ("specialist_team",))


@pytest.mark.parametrize(
    ("answers", "level"),  # the reference (a): both sides of the flags that have more than one level
    [
        ({"rf_saddle": "unsure"}, "emergency"),
        ({"rf_leg_weakness": "one_leg_stable"}, "see_clinician"),
        ({"rf_leg_weakness": "one_leg_stable", "pain_checked": "yes"}, "self_care"),
        ({"rf_leg_weakness": "unsure"}, "urgent"),
        ({"rf_trauma": "minor_fall", "age_band": "40_59"}, "self_care"),
        ({"rf_trauma": "minor_fall", "age_band": "60_74"}, "urgent"),
        ({"peg_p": 7, "peg_e": 7, "peg_g": 7, "duration": "gt12w"}, "see_clinician"),  # R11
        ({"peg_p": 7, "peg_e": 7, "peg_g": 6, "duration": "gt12w"}, "self_care"),
        ({"peg_p": 8, "peg_e": 0, "peg_g": 0, "duration": "gt12w"}, "see_clinician"),
        ({"peg_p": 9, "peg_e": 9, "peg_g": 9, "duration": "lt4w"}, "self_care"),
        ({"age_band": "18_39", "rf_inflam": ("before35", "buttock_pain", "better_moving")}, "see_clinician"),  # NG65
        ({"age_band": "18_39", "rf_inflam": ("before35", "buttock_pain")}, "self_care"),
        ({"age_band": "under16"}, "see_clinician"),
    ],
)
def test_levels_from_the_reference(library: Library, answers: dict[str, Any], level: str) -> None:
    assert Journey(library, well(library, **answers)).triage.level == level
