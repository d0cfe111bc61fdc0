"""The steps of a journey: nobody skips ahead, and what is open next is what the pages lead to."""

from __future__ import annotations

import random
from collections.abc import Sequence
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


def ticks(library: Library, page: str, *ticked: str, none: bool = False, known: Sequence[str] = (), **listed: list[str]) -> Ticks:
    here = Steps(Journey(library, well(library)))
    return Ticks(here.questions_on(page), ticked, listed, none, known)


def test_a_page_of_ticks_says_what_is_wrong_with_it(library: Library) -> None:
    assert ticks(library, "safety1").problem == "nothing"
    assert ticks(library, "safety1", none=True).problem is None
    assert ticks(library, "safety1", "rf_saddle").problem is None
    assert ticks(library, "safety1", "rf_saddle", none=True).problem == "both"
    assert ticks(library, "safety1", "areas").problem == "unknown"
    assert ticks(library, "applies", none=False, health=["flying"]).problem == "unknown"


def test_what_was_shown_and_not_ticked_is_no_and_an_exact_answer_stays(library: Library) -> None:
    one = ticks(library, "safety1", "rf_leg_weakness")
    found = one.answers(library, {})
    assert found["rf_leg_weakness"] == TICKED
    assert all(found[question.id] == question.default for question in one.questions if question.id != "rf_leg_weakness")
    assert one.answers(library, {"rf_leg_weakness": "unsure"})["rf_leg_weakness"] == "unsure"
    assert ticks(library, "applies", health=["diabetes"]).answers(library, {})["health"] == ("diabetes",)


def test_a_tick_whose_every_answer_is_an_emergency_is_one_at_once_unless_its_known_reason_is_ticked_too(library: Library) -> None:
    at_once = [one for one in library.questions.values() if one.tick_means]
    assert {one.id for one in at_once} == {"rf_chest", "rf_saddle", "rf_bladder_bowel"}
    for one in at_once:
        levels = {option.id: Journey(library, well(library, **{one.id: option.id})).triage.level for option in one.options}
        harmless = {one.default, one.tick_known}
        assert {name for name, level in levels.items() if level != "emergency"} == harmless
        for before in ({}, {one.id: TICKED}, {one.id: one.default}, {one.id: one.tick_known}):
            assert ticks(library, "safety1", one.id).answers(library, before)[one.id] == one.tick_means
            assert ticks(library, "safety1", one.id, known=[one.id]).answers(library, before)[one.id] == one.tick_known
        assert ticks(library, "safety1", one.id).answers(library, {one.id: "unsure"})[one.id] == "unsure"
        assert ticks(library, "safety1", none=True, known=[one.id]).answers(library, {})[one.id] == one.default
    assert ticks(library, "safety1", known=["rf_saddle"]).problem == "nothing"
    assert ticks(library, "safety1", "rf_trauma", known=["rf_trauma"]).problem == "unknown"


def test_a_question_is_changed_on_its_own_page_if_it_has_one(library: Library) -> None:
    ticked = Steps(Journey(library, {**well(library), "rf_saddle": "unsure"}))
    assert ticked.of_question("rf_saddle") == "rf_saddle"
    assert Steps(Journey(library, well(library))).of_question("rf_saddle") == page_of(library, "rf_saddle").id
