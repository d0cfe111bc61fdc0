"""The journey: what is asked, in which order, where a person is, and what an answer opens again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.domain.answers import TICKED
from planner.domain.journey import Asking, Journey, ask_order, put, reading_of, with_defaults
from planner.domain.model import Fold, Library, Option, Page, Question
from planner.domain.saying import Saying
from planner.domain.steps import Steps, own_page, page_called, page_of
from tests.made import condition, flag, with_items
from tests.people import well

NO = (Option("no", "No"), Option("yes", "Yes"))


def question(name: str, **more: Any) -> Question:
    usual = {"kind": "one", "ask": "", "short": name, "default": "no", "options": NO}
    return Question(id=name, **{**usual, **more})


def page(name: str, *questions: str, kind: Any = "form", **more: Any) -> Page:
    return Page(id=name, kind=kind, title="", questions=questions, **more)


MAYBE = (*NO, Option("maybe", "Maybe"))
SAFE, TICK = question("safe", tick="I am not safe"), question("tick", tick="I tick")
LONG = question("long", tick="I am long", options=MAYBE)
MANY = question("many", kind="many", default=("none",), none="none", tick="Some", options=(Option("a", "A"), Option("none", "None")))
AGE, LATER = question("age", reopens={"yes": ("tick", "long")}), question("later", ask_if={"age": ("yes",)}, own_words="words")
LAST = question("last", ask_if={"later": ("yes",), "long": ("yes", "maybe")})
PAGES = (
    page("signs", "safe", kind="ticks", safety=True),
    page("ticks", "tick", "long", "many", kind="ticks"),
    page("form", "age", "later"),
    page("end", "last"),
)
ALL: dict[str, Any] = {"safe": "no", "tick": "no", "long": "no", "many": ("none",), "age": "no"}


@pytest.fixture
def small(library: Library) -> Library:
    """Seven questions on four pages; nothing is a flag or a condition."""
    held = with_items(library, questions=(SAFE, TICK, LONG, MANY, AGE, LATER, LAST), flags=(), conditions=())
    return replace(held, pages=PAGES)


def asked(library: Library, **answers: Any) -> list[str]:
    return list(Journey(library, answers).asked)


def test_questions_are_asked_in_the_order_of_the_pages(small: Library) -> None:
    assert [one.id for one in ask_order(small)] == ["safe", "tick", "long", "many", "age", "later", "last"]
    assert asked(small) == ["safe", "tick", "long", "many", "age"]


def test_a_question_is_asked_where_all_its_conditions_hold(small: Library) -> None:
    assert "later" in asked(small, age="yes") and "later" not in asked(small, age="no")
    assert "last" in asked(small, age="yes", later="yes", long="maybe")
    assert "last" not in asked(small, age="yes", later="yes", long="no")
    assert "last" not in asked(small, age="yes", later="no", long="maybe")
    assert "last" not in asked(small, age="no", later="yes", long="maybe"), "an answer to a question that is not asked counts for nothing"


def test_a_list_meets_a_condition_with_any_of_its_words(library: Library) -> None:
    assert "worse_with" in asked(library, areas=("mid_back", "tailbone"))
    assert "worse_with" not in asked(library, areas=("none",))


def test_what_a_question_rests_on_may_be_worked_out_first(library: Library) -> None:
    assert "rf_inflam" in asked(library, age_band="18_39", duration="gt12w", areas=("low_back",))
    assert "rf_inflam" not in asked(library, age_band="60_74", duration="gt12w", areas=("low_back",))
    assert "massage_cleared" in asked(library, health=("clot_past",))
    assert "massage_cleared" not in asked(library, health=("diabetes",))
    assert "pain_checked" in asked(library, rf_cancer="past", areas=("low_back",), duration="gt12w", age_band="40_59")
    assert "pain_checked" not in asked(library, rf_cancer="never", areas=("low_back",), duration="gt12w", age_band="40_59")


def test_answers_that_count(small: Library) -> None:
    given = ALL | {"long": TICKED, "later": "yes", "words": "mine", "nonsense": "x"}
    assert Journey(small, given).reachable == {name: value for name, value in ALL.items() if name != "long"}
    with_words = ALL | {"age": "yes", "later": "no", "words": "mine"}
    assert Journey(small, with_words).reachable == with_words
    assert "words" not in Journey(small, with_words | {"words": ""}).reachable
    assert reading_of(small, with_words).extra_words == {"words": "mine"}
    assert "words" not in reading_of(small, with_words).answers


def test_missing_are_the_open_questions_in_order(small: Library) -> None:
    assert Journey(small, {}).missing == ("safe", "tick", "long", "many", "age")
    assert Journey(small, ALL | {"many": TICKED}).missing == ("many",)
    assert Journey(small, ALL | {"age": "yes"}).missing == ("later",)
    assert Journey(small, ALL).complete and not Journey(small, {}).complete


def test_nothing_is_missing_once_triage_has_stopped_the_journey(small: Library) -> None:
    stop = flag("stop", "urgent", when=({"safe": ("yes",)},))
    assert Journey(with_items(small, flags=(stop,)), {"safe": "yes"}).complete
    assert Journey(with_items(small, flags=(replace(stop, level="see_clinician"),)), {"safe": "yes"}).missing


@pytest.mark.parametrize(
    ("where", "which", "own"),
    [
        (PAGES[1], TICK, False),  # yes or no: the tick says it all
        (PAGES[0], SAFE, True),  # but for a safety question
        (PAGES[1], LONG, True),
        (PAGES[1], MANY, True),
        (PAGES[2], LONG, True),  # a form, where it is one more row of a list
        (page("form", "age", "long", folds=(Fold("f", "", ("long",)),)), LONG, False),  # unless a fold holds it
        (PAGES[1], replace(LONG, tick=""), False),
        (PAGES[0], replace(SAFE, tick=""), False),
    ],
)
def test_which_ticks_lead_to_a_page_of_their_own(where: Page, which: Question, own: bool) -> None:
    assert own_page(where, which) is own


def test_steps_are_the_pages_each_with_its_ticked_questions(small: Library) -> None:
    assert Steps(Journey(small, {})).ids == ("signs", "ticks", "form")
    assert Steps(Journey(small, ALL)).ids == ("signs", "ticks", "form")
    ticked: dict[str, Any] = {"safe": "yes", "tick": "yes", "long": TICKED, "many": ("a",), "age": "yes"}
    assert Steps(Journey(small, ticked)).ids == ("signs", "safe", "ticks", "long", "many", "form")
    assert Steps(Journey(small, ALL | {"age": "yes", "later": "yes", "long": "yes"})).ids == ("signs", "ticks", "long", "form", "end")


def test_the_next_step_is_the_first_with_something_open(small: Library) -> None:
    places: list[tuple[dict[str, Any], str | None]] = [
        ({}, "signs"),
        ({"safe": TICKED}, "safe"),
        ({"safe": "yes"}, "ticks"),
        ({"safe": "no", "tick": "no", "long": TICKED, "many": ("none",)}, "long"),
        ({"safe": "no", "tick": "no", "long": TICKED}, "ticks"),
        ({"safe": "no", "tick": "no", "long": "no", "many": ("none",)}, "form"),
        (ALL | {"age": "yes"}, "form"),
        (ALL, None),
    ]
    for answers, step in places:
        assert Steps(Journey(small, answers)).next() == step, answers


def test_where_a_step_stands(small: Library) -> None:
    steps = Steps(Journey(small, ALL | {"long": "yes"}))
    assert steps.ids == ("signs", "ticks", "long", "form")
    stands = [steps.at(name) for name in (*steps.ids, "later")]
    assert [(one.part, one.parts, one.filled, one.back) for one in stands if one] == [
        (1, 1, 25, None),
        (1, 1, 50, "signs"),
        (1, 1, 50, "ticks"),
        (1, 1, 75, "long"),
        (1, 1, 75, None),
    ]
    assert steps.at("gone") is None


def test_questions_on_a_step(small: Library) -> None:
    assert [one.id for one in Steps(Journey(small, ALL)).questions_on("form")] == ["age"]
    assert [one.id for one in Steps(Journey(small, ALL | {"age": "yes"})).questions_on("form")] == ["age", "later"]
    assert [one.id for one in Steps(Journey(small, ALL)).questions_on("long")] == ["long"]
    assert Steps(Journey(small, ALL)).questions_on("later") == ()


def test_pages_by_name(small: Library) -> None:
    assert page_called(small, "form") is PAGES[2] and page_called(small, "long") is None
    assert page_of(small, "many") is PAGES[1]
    with pytest.raises(KeyError):
        page_of(small, "gone")


def test_an_answer_that_is_the_default_is_asked_again_and_one_that_is_not_is_never_thrown_away(small: Library) -> None:
    assert put(small, ALL, {"age": "yes"}) == {"safe": "no", "many": ("none",), "age": "yes"}
    said = ALL | {"tick": "yes", "long": "maybe"}
    assert put(small, said, {"age": "yes"}) == said | {"age": "yes"}
    assert put(small, ALL | {"long": "maybe"}, {"age": "yes"}) == {"safe": "no", "many": ("none",), "long": "maybe", "age": "yes"}


def test_nothing_is_asked_again_by_another_answer_or_by_the_same_once_more(small: Library) -> None:
    assert put(small, ALL, {"age": "no"}) == ALL
    assert put(small, ALL | {"age": "yes"}, {"age": "yes"}) == ALL | {"age": "yes"}
    assert put(small, ALL, {"safe": "yes"}) == ALL | {"safe": "yes"}
    assert put(small, ALL | {"age": "yes"}, {"age": "no"}) == ALL
    assert put(small, {"safe": "no"}, {"age": "yes", "words": "mine"}) == {"safe": "no", "age": "yes", "words": "mine"}


@pytest.mark.parametrize("first", [{"words": "mine"}, {"safe": "no"}])
def test_of_several_answers_at_once_each_is_looked_at(small: Library, first: dict[str, Any]) -> None:
    assert put(small, ALL, {**first, "age": "yes"}) == {"safe": "no", "many": ("none",), "age": "yes", **first}


def test_an_empty_answer_takes_it_out_and_nothing_given_is_changed(small: Library) -> None:
    before = dict(ALL)
    assert put(small, before, {"age": "", "tick": "yes"}) == {"safe": "no", "tick": "yes", "long": "no", "many": ("none",)}
    assert before == ALL


def test_what_is_open_again_has_a_page_of_its_own(small: Library) -> None:
    journey = Journey(small, put(small, ALL, {"age": "yes", "later": "no"}))
    assert journey.missing == ("tick", "long")
    assert Steps(journey).ids == ("signs", "ticks", "tick", "long", "form")
    assert Steps(journey).next() == "tick"
    answered = Journey(small, put(small, journey.answers, {"tick": "no", "long": "no"}))
    assert answered.complete and Steps(answered).ids == ("signs", "ticks", "form")


def test_a_list_that_holds_the_answer_opens_too(small: Library) -> None:
    where = question("where", kind="many", default=("none",), reopens={"a": ("tick",)}, options=MANY.options)
    held = replace(with_items(small, questions=(TICK, where)), pages=(page("ticks", "tick", kind="ticks"), page("form", "where")))
    assert put(held, {"tick": "no"}, {"where": ("b", "a")}) == {"where": ("b", "a")}
    assert Steps(Journey(held, {"where": ("a",)})).ids == ("ticks", "tick", "form")
    assert Steps(Journey(held, {"where": ("none",)})).ids == ("ticks", "form")


def test_signs_in_both_legs_ask_the_safety_question_again(library: Library) -> None:
    answers = put(library, well(library), {"leg_symptoms": "below_knee_both"})
    assert Journey(library, answers).missing == ("rf_both_legs",)
    assert Steps(Journey(library, answers)).next() == "rf_both_legs"
    known = well(library, rf_both_legs="long_standing_same")
    assert Journey(library, put(library, known, {"leg_symptoms": "below_knee_both"})).complete


def test_defaults_fill_what_the_journey_still_asks_and_nothing_else(small: Library) -> None:
    assert with_defaults(small, {}) == ALL
    assert with_defaults(small, {"age": "yes", "long": "maybe", "later": "yes"}) == ALL | {
        "age": "yes",
        "long": "maybe",
        "later": "yes",
        "last": "no",
    }


def test_a_check_that_would_lower_a_flag_is_a_word_for_the_question_alone(small: Library) -> None:
    lowers = flag("f", lowered_by={"age": ("yes",)})
    held = with_items(small, flags=(lowers,), conditions=(condition("c"),))
    for content, said in ((held, {"yes": ()}), (small, {})):
        asking = Asking(content)
        asking.saying = Saying(ALL)
        assert asking.says("checkable") == said
    assert "checkable" not in reading_of(held, ALL).words
    assert reading_of(held, ALL | {"words": "mine"}).extra_words == {"words": "mine"}
