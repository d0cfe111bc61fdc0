"""Facts that choosing rests on, at their boundaries: regions, direction, level, strong pain and work. Source: clinical plan 2 and 3."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.every_fact import FACTS
from tests.reference import REGIONS

LOW, HIGH = ("low_back", "buttock_hip", "tailbone"), ("neck_shoulders", "upper_back", "mid_back")
LEGS = ("below_knee_one", "below_knee_both")


def said(fact: str, **answers: Any) -> dict[str, list[str]]:
    """Each word that a fact says, with the answers behind it as "question=answer"."""
    return {word: [f"{question}={answer}" for question, answer in pairs] for word, pairs in FACTS[fact](answers).items()}


def word(fact: str, **answers: Any) -> str:
    return "".join(said(fact, **answers))


def test_whether_the_tailbone_hurts_is_said_of_everybody_who_named_a_place() -> None:
    assert said("tailbone_hurts", areas=("low_back", "tailbone")) == {"yes": ["areas=tailbone"]}
    assert said("tailbone_hurts", areas=("low_back",)) == {"no": []} and said("tailbone_hurts") == {}


def test_whether_it_hurts_low_down_is_said_of_everybody_in_pain() -> None:
    assert said("low_hurts", areas=("mid_back", "low_back")) == {"yes": ["areas=low_back"]}
    assert said("low_hurts", areas=("upper_back",), leg_symptoms="below_knee_one") == {"yes": ["leg_symptoms=below_knee_one"]}
    assert said("low_hurts", areas=("neck_shoulders", "mid_back")) == {"no": []}
    assert said("low_hurts", areas=("none",)) == said("low_hurts") == {}


@pytest.mark.parametrize(("area", "region"), REGIONS.items())
def test_each_place_that_hurts_is_a_region(area: str, region: str) -> None:
    assert said("regions", areas=(area,)) == {region: [f"areas={area}"]}


@pytest.mark.parametrize("leg", LEGS)
def test_signs_below_a_knee_are_a_region_of_their_own(leg: str) -> None:
    assert said("regions", areas=("low_back",), leg_symptoms=leg) == {"low": ["areas=low_back"], "leg_nerve": [f"leg_symptoms={leg}"]}
    assert set(said("regions", areas=("low_back",), leg_symptoms="buttock_thigh")) == {"low"}


def test_without_pain_every_region_counts() -> None:
    assert set(said("regions", areas=("none",))) == {*REGIONS.values(), "leg_nerve"}
    assert said("regions") == {}


@pytest.mark.parametrize("worse", ["sitting", "bending"])
@pytest.mark.parametrize("area", LOW)
def test_worse_with_sitting_or_bending(worse: str, area: str) -> None:
    assert said("flexion_sensitive", areas=(area,), worse_with=(worse,)) == {"yes": [f"worse_with={worse}"]}


def test_worse_with_arching_or_with_both_standing_and_walking() -> None:
    assert said("extension_sensitive", areas=("low_back",), worse_with=("arching",)) == {"yes": ["worse_with=arching"]}
    both = ("standing", "walking")
    assert said("extension_sensitive", areas=("low_back",), worse_with=both) == {"yes": ["worse_with=standing", "worse_with=walking"]}
    for one in both:
        assert word("extension_sensitive", areas=("low_back",), worse_with=(one,)) == ""


@pytest.mark.parametrize("fact", ["flexion_sensitive", "extension_sensitive"])
def test_a_direction_is_for_low_places_and_legs_alone(fact: str) -> None:
    every = ("sitting", "bending", "standing", "walking", "arching")
    assert word(fact, areas=HIGH, worse_with=every) == word(fact, worse_with=every) == ""
    for leg in LEGS:
        assert word(fact, areas=("mid_back",), leg_symptoms=leg, worse_with=every) == "yes"
    for other in ("lifting", "getting_up", "turning_bed", "look_down", "turning_head", "arms_up", "one_position", "lying_neck", "twisting"):
        assert word(fact, areas=LOW, worse_with=(other,)) == ""


ACTIVE = {"low": 1, "some": 2, "regular": 3, "athlete": 4}
ONE_LESS: list[dict[str, Any]] = [  # clinical plan 2.4
    {"duration": "lt4w"},
    {"peg_p": 7, "peg_e": 7, "peg_g": 7},
    {"pregnancy": "t1"},
    {"pregnancy": "t2"},
    {"pregnancy": "t3"},
    {"pregnancy": "maybe"},
    {"pregnancy": "postpartum_12w"},
    {"worry_move": "yes"},
]


@pytest.mark.parametrize(("activity", "level"), ACTIVE.items())
def test_the_level_is_the_activity(activity: str, level: int) -> None:
    assert said("level", activity=activity) == {str(level): [f"activity={activity}"]}
    usual = {"duration": "4to12w", "peg_p": 7, "peg_e": 7, "peg_g": 6, "pregnancy": "no", "worry_move": "no", "age_band": "60_74"}
    assert word("level", activity=activity, **usual) == str(level)


@pytest.mark.parametrize("change", ONE_LESS)
def test_each_reason_takes_one_level_off(change: dict[str, Any]) -> None:
    assert word("level", activity="athlete", **change) == "3"
    assert word("level", activity="low", **change) == "1", "never below 1"
    (pairs,) = said("level", activity="athlete", **change).values()
    assert pairs == ["activity=athlete", *(f"{question}={answer}" for question, answer in change.items())]


def test_reasons_add_up() -> None:
    two = {"duration": "lt4w", "worry_move": "yes"}
    assert word("level", activity="athlete", **two) == "2"
    assert word("level", activity="athlete", **two, pregnancy="t2") == "1"
    assert word("level", activity="some", **two) == "1"


def test_the_oldest_begin_at_two_at_most_and_widespread_pain_at_one() -> None:
    assert [word("level", activity=one, age_band="75plus") for one in ACTIVE] == ["1", "2", "2", "2"]
    assert [word("level", activity=one, known=("widespread_pain",)) for one in ACTIVE] == ["1"] * 4
    assert word("level", activity="regular", age_band="75plus", duration="lt4w", worry_move="yes") == "1"


def test_without_an_answer_the_level_is_the_lowest() -> None:
    assert word("level") == "1"


@pytest.mark.parametrize(
    ("pain", "joy", "life", "strong"),  # clinical safety 3.3: a mean of 7 or more, or a pain of 8 or more
    [(8, 0, 0, True), (10, 1, 1, True), (7, 7, 7, True), (7, 7, 6, False), (5, 8, 8, True), (5, 8, 7, False), (7, 0, 0, False)],
)
def test_strong_pain(pain: int, joy: int, life: int, strong: bool) -> None:
    assert word("strong_pain", peg_p=pain, peg_e=joy, peg_g=life) == ("yes" if strong else "")


@pytest.mark.parametrize(("pain", "strong"), [(6, False), (7, True), (8, True)])
def test_new_pain_is_asked_for_its_strength_alone(pain: int, strong: bool) -> None:
    assert word("strong_pain", peg_p=pain) == ("yes" if strong else "")
    assert word("severity", peg_p=pain) == ("severe" if strong else "moderate")


def test_a_pain_that_is_there_now() -> None:
    assert word("in_pain", areas=("low_back",), duration="gt12w") == "yes"
    assert word("in_pain", areas=("low_back",), duration="none") == word("in_pain", areas=("none",)) == ""


def test_groups_of_places() -> None:
    assert set(said("place_group", areas=("neck_shoulders", "upper_back"))) == {"high"}
    assert set(said("place_group", areas=("mid_back",))) == {"mid"}
    assert set(said("place_group", areas=LOW)) == {"low"}
    assert set(said("place_group", areas=("upper_back", "mid_back"), leg_symptoms="below_knee_one")) == {"high", "mid", "low"}


JOBS = ("desk", "standing", "driving", "lifting", "arms_up", "carer_adult", "night_shift")


def test_work_matters_as_a_goal_or_when_pain_is_much_in_the_way_of_a_job() -> None:
    assert said("work_matters", goal="work") == {"yes": ["goal=work"]}
    for job in JOBS:
        assert said("work_matters", day=(job,), peg_g=5) == {"yes": [f"day={job}", "peg_g=5"]}
        assert word("work_matters", day=(job,), peg_g=4) == ""
    assert word("work_matters", day=("home",), peg_g=10) == word("work_matters", goal="sport", peg_g=10) == ""


def test_who_drives_the_whole_day_drives_for_work_unless_they_do_not_work() -> None:
    assert said("drives_for_work", day=("desk", "driving")) == {"yes": ["day=driving"]}
    for working in ("as_usual", "changed", "off"):
        assert word("drives_for_work", day=("driving",), work_now=working) == "yes"
    assert said("drives_for_work", day=("driving",), work_now="not") == {"no": []}
    assert said("drives_for_work", day=("desk",), work_now="as_usual") == {"no": []} and said("drives_for_work") == {}


def test_new_pain_counts_by_its_strength_where_the_way_it_is_in_was_not_asked() -> None:
    assert word("work_matters", day=("desk",), peg_p=5) == "yes"
    assert word("work_matters", day=("desk",), peg_p=4) == ""
    assert word("work_matters", day=("desk",), peg_p=9, peg_e=1, peg_g=4) == ""
