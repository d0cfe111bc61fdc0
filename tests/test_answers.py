"""Reading answers from outside: what is taken, what is refused, and that a fault names its question."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.answers import chosen, default, has, read_answers, remembered
from planner.domain.journey import Journey, put
from planner.domain.model import Library


def taken(library: Library, name: str, value: Any) -> Any:
    answers, problems = read_answers(library, {name: value})
    assert problems == [], problems
    return answers[name]


def refused(library: Library, name: str, value: Any) -> str:
    """The one problem, without the question's name that it begins with."""
    answers, (problem,) = read_answers(library, {name: value})
    assert answers == {} and problem.startswith(f"{name}: ")
    return problem.removeprefix(f"{name}: ")


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("duration", "lt4w", "lt4w"),
        ("minutes", "5", "5"),
        ("minutes", 10, "10"),  # JSON may hold a number
        ("peg_p", 0, 0),
        ("peg_p", 10, 10),
        ("peg_p", "0", 0),
        ("peg_p", "10", 10),
        ("areas", ["low_back", "neck_shoulders", "low_back"], ("neck_shoulders", "low_back")),  # in the order asked, each once
        ("areas", ("none",), ("none",)),
        ("areas", ["none", "none"], ("none",)),
        ("day", ["desk"], ("desk",)),
        ("goal_words", "  to   the\nsea ", "to the sea"),
        ("goal_words", "x" * 80, "x" * 80),
        ("goal_words", " " + "x" * 80 + " ", "x" * 80),
        ("goal_words", "", ""),
    ],
)
def test_taken(library: Library, name: str, value: Any, kept: Any) -> None:
    assert taken(library, name, value) == kept


@pytest.mark.parametrize(
    ("name", "value", "names"),
    [
        ("nothing", "yes", ""),
        ("duration", "4w", "'4w'"),
        ("duration", "", "''"),
        ("duration", ["lt4w"], "a list"),
        ("duration", True, "true or false"),
        ("duration", None, "nothing"),
        ("duration", 1.5, "a fraction"),
        ("duration", {"a": 1}, "an object"),
        ("peg_p", 11, "11 "),
        ("peg_p", -1, "-1 "),
        ("peg_p", "11", "'11' "),
        ("peg_p", "-1", "'-1' "),
        ("peg_p", "100", "'100' "),
        ("peg_p", "010", "'010' "),
        ("peg_p", "٣", r"'\u0663' "),
        ("peg_p", "²", r"'\xb2' "),
        ("peg_p", False, "true or false"),
        ("peg_p", ["4"], "a list"),
        ("areas", "low_back", "text"),
        ("areas", 4, "a number"),
        ("areas", ["low_back", 4], "a list"),
        ("areas", [], ""),
        ("areas", ["gone", "low_back", "lost"], "'gone', 'lost' "),
        ("areas", ["none", "low_back"], "'none' "),
        ("goal_words", 4, ""),
        ("goal_words", "x" * 81, "80"),
    ],
)
def test_refused(library: Library, name: str, value: Any, names: str) -> None:
    problem = refused(library, name, value)
    assert problem and names in problem


@pytest.mark.parametrize(
    ("value", "kind"),
    [(["lt4w"], "a list"), (True, "true or false"), (None, "nothing"), (1.5, "a fraction"), ({"a": 1}, "an object"), (("a",), "nothing")],
)
def test_a_refusal_says_what_kind_of_thing_was_sent(library: Library, value: Any, kind: str) -> None:
    assert refused(library, "duration", value).endswith(f" not {kind}")


def test_a_list_is_no_text_and_no_number(library: Library) -> None:
    assert refused(library, "areas", "low_back").endswith(" not text") and refused(library, "areas", 4).endswith(" not a number")


def test_a_refusal_names_the_choices_and_shortens_what_was_sent(library: Library) -> None:
    choices = ", ".join(one.id for one in library.questions["duration"].options)
    assert refused(library, "duration", "x").endswith(choices)
    assert refused(library, "areas", ["x"]).endswith(", ".join(one.id for one in library.questions["areas"].options))
    assert refused(library, "duration", "x" * 38).startswith("'" + "x" * 38 + "' ")
    assert refused(library, "duration", "x" * 39).startswith("'" + "x" * 36 + "...' ")


@pytest.mark.parametrize("raw", [[], "text", None, 4, [["sleep", "ok"]]])
def test_answers_are_an_object(library: Library, raw: Any) -> None:
    answers, problems = read_answers(library, raw)
    assert answers == {} and len(problems) == 1 and problems[0]


def test_what_is_right_is_kept_beside_what_is_wrong(library: Library) -> None:
    answers, problems = read_answers(library, {"sleep": "poor", "stress": "x", "peg_p": 4, "peg_e": 44})
    assert answers == {"sleep": "poor", "peg_p": 4}
    assert [one.partition(":")[0] for one in problems] == ["stress", "peg_e"]


def test_words_of_an_answer() -> None:
    answers: dict[str, Any] = {"areas": ("low_back", "mid_back"), "peg_p": 7, "sleep": "poor"}
    assert chosen(answers, "areas") == ("low_back", "mid_back")
    assert (chosen(answers, "peg_p"), chosen(answers, "sleep"), chosen(answers, "stress")) == (("7",), ("poor",), ())
    assert has(answers, "areas", "mid_back", "tailbone") == (("areas", "mid_back"),)
    assert has(answers, "peg_p", "7", "8") == (("peg_p", "7"),)
    assert has(answers, "stress", "high") == has(answers, "sleep") == ()


def test_defaults_and_own_words(library: Library) -> None:
    assert default(library.questions["sleep"]) == "ok" and default(library.questions["areas"]) == ("low_back",)
    assert {name: question.id for name, question in library.with_own_words.items()} == {"goal_words": "goal"}


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ({"health": ["anticoagulant"]}, {"health": ("none",), "risk_blood": ("anticoagulant",)}),
        ({"health": ["diabetes", "bleeding_disorder"]}, {"health": ("diabetes",), "risk_blood": ("bleeding_disorder",)}),
        ({"health": ["steroids_long", "osteoporosis"]}, {"health": ("none",), "risk_bone": ("osteoporosis", "steroids_long")}),
        ({"health": ["fragility_fracture"], "risk_bone": ["none"]}, {"health": ("none",), "risk_bone": ("fragility_fracture",)}),
        ({"known": ["axspa", "scoliosis"]}, {"known": ("scoliosis",), "risk_bone": ("axspa",)}),
        ({"health": ["cancer_now"]}, {"health": ("none",), "rf_cancer": "current"}),
        ({"health": ["cancer_past"], "rf_cancer": "never"}, {"health": ("none",), "rf_cancer": "past"}),
        ({"health": ["cancer_past"], "rf_cancer": "current"}, {"health": ("none",), "rf_cancer": "current"}),
        ({"rf_infection_risk": ["recent_infection_or_spinal_procedure"]}, {"rf_infection_risk": ("spinal_procedure",)}),
        ({"rf_kidney": "yes"}, {"rf_kidney": ("burning_pee",)}),
        ({"rf_kidney": "no"}, {"rf_kidney": ("none",)}),
        ({"rf_kidney": "unsure"}, {"rf_kidney": ("unsure",)}),
        ({"rf_kidney": ["black_poo", "unsure"]}, {"rf_kidney": ("black_poo", "unsure")}),
    ],
)
def test_an_answer_of_an_earlier_day_keeps_its_meaning(library: Library, old: dict[str, Any], now: dict[str, Any]) -> None:
    assert read_answers(library, old) == (now, [])
    assert remembered(library, {name: tuple(one) if isinstance(one, list) else one for name, one in old.items()}) == now
    assert put(library, {}, {name: tuple(one) if isinstance(one, list) else one for name, one in old.items()}) == now


@pytest.mark.parametrize("age", ["60_74", "75plus"])
def test_a_pregnancy_from_60_is_an_error_from_outside_and_is_never_asked_about(library: Library, age: str) -> None:
    answers, problems = read_answers(library, {"age_band": age, "pregnancy": "t2"})
    assert answers == {"age_band": age} and "pregnancy" in problems[0]
    assert read_answers(library, {"age_band": age, "pregnancy": "no"})[1] == []
    assert "pregnancy" not in Journey(library, {"age_band": age}).asked
    assert "pregnancy" in Journey(library, {"age_band": "40_59"}).asked


def test_no_pain_with_signs_in_the_legs_is_asked_about(library: Library) -> None:
    odd: dict[str, Any] = {"areas": ("none",), "leg_symptoms": "below_knee_one"}
    assert "leg_signs_only" in Journey(library, odd).asked
    assert Journey(library, odd | {"leg_signs_only": "signs"}).triage.level == "see_clinician"
    assert Journey(library, odd | {"leg_signs_only": "mistake"}).triage.level == "self_care"
    assert "leg_signs_only" not in Journey(library, {**odd, "areas": ("low_back",)}).asked
