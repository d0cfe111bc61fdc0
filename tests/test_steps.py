"""The steps of a journey: nobody skips ahead, and what is open next is what the pages lead to."""

from __future__ import annotations

import random
from typing import Any

from planner.domain.answers import TICKED
from planner.domain.journey import Journey, ask_order
from planner.domain.model import Library
from planner.domain.steps import Steps, Ticks, page_called, page_of
from tests.people import anybody, well


def answered_up_to(library: Library, answers: dict[str, Any], step: str) -> Steps:
    """The steps of somebody who has answered the pages before this one."""
    page = page_called(library, step)
    assert page is not None
    before = library.pages[: library.pages.index(page)]
    names = {name for one in before for name in one.questions}
    return Steps(Journey(library, {name: value for name, value in answers.items() if name in names}))


def test_a_page_with_the_name_of_its_question_is_open_until_that_is_answered(library: Library) -> None:
    asked = Journey(library, well(library)).asked
    twins = [page.id for page in library.pages if page.id in page.questions and page.id in asked]
    assert twins
    for name in twins:
        here = answered_up_to(library, well(library), name)
        assert here.first_open() == here.next() == name
        assert here.can_visit(name) and not here.is_answered(name)


def test_nobody_skips_ahead_and_everybody_may_go_back(library: Library) -> None:
    rng = random.Random(5)
    for _ in range(40):
        answers = anybody(library, rng)
        known = {question.id: answers[question.id] for question in ask_order(library)[: rng.randrange(len(answers))]}
        here = Steps(Journey(library, known))
        upto = here.first_open()
        after = here.ids[here.ids.index(upto) + 1 :] if upto else ()
        assert not any(here.can_visit(step) for step in after)
        assert all(here.can_visit(step) for step in here.ids if step not in after)


def test_next_is_the_first_open_step_unless_triage_stopped(library: Library) -> None:
    here = Steps(Journey(library, {"rf_saddle": "yes"}))
    assert here.journey.triage.no_plan and here.next() is None and here.first_open() is not None
    whole = Steps(Journey(library, well(library)))
    assert whole.next() is None and whole.first_open() is None
    last = whole.at(whole.ids[-1])
    assert last is not None and last.part == last.parts and last.filled == 100 and last.back == whole.ids[-2]


def test_the_way_goes_through_four_parts_and_only_ever_forward(library: Library) -> None:
    """Whatever is answered: no part comes back, none grows, and there are never more of them."""
    rng = random.Random(6)
    for answers in [well(library), *(anybody(library, rng) for _ in range(60))]:
        here = Steps(Journey(library, answers))
        way = [one for name in here.ids if name != "multipliers" and (one := here.at(name))]
        assert {one.parts for one in way} == {4}
        so_far = [(one.part, one.filled) for one in way]
        assert so_far == sorted(so_far)


def ticks(library: Library, page: str, *ticked: str, none: bool = False, **listed: list[str]) -> Ticks:
    here = Steps(Journey(library, well(library)))
    return Ticks(here.questions_on(page), ticked, listed, none)


def test_a_page_of_ticks_says_what_is_wrong_with_it(library: Library) -> None:
    assert ticks(library, "safety1").problem == "nothing"
    assert ticks(library, "safety1", none=True).problem is None
    assert ticks(library, "safety1", "rf_saddle").problem is None
    assert ticks(library, "safety1", "rf_saddle", none=True).problem == "both"
    assert ticks(library, "safety1", "areas").problem == "unknown"
    assert ticks(library, "applies", none=False, health=["flying"]).problem == "unknown"


def test_what_was_shown_and_not_ticked_is_no_and_an_exact_answer_stays(library: Library) -> None:
    one = ticks(library, "safety1", "rf_saddle")
    found = one.answers(library, {})
    assert found["rf_saddle"] == TICKED
    assert all(found[question.id] == question.default for question in one.questions if question.id != "rf_saddle")
    assert one.answers(library, {"rf_saddle": "unsure"})["rf_saddle"] == "unsure"
    assert ticks(library, "applies", health=["diabetes"]).answers(library, {})["health"] == ("diabetes",)


def test_a_question_is_changed_on_its_own_page_if_it_has_one(library: Library) -> None:
    ticked = Steps(Journey(library, {**well(library), "rf_saddle": "unsure"}))
    assert ticked.of_question("rf_saddle") == "rf_saddle"
    assert Steps(Journey(library, well(library))).of_question("rf_saddle") == page_of(library, "rf_saddle").id
