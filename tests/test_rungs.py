"""Which rung a person gets: by level, places, limits and what they have; and what a line says. Source: clinical plan 1 and 2."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.exercises import moves
from planner.domain.lines import Line
from planner.domain.model import Condition, Exercise, Library
from planner.domain.ranking import related
from planner.domain.training import Ladder, Requirement
from tests.made import condition, exercise, reading_of, with_items, with_training

PLAIN = (Requirement("everybody", (), movement=(1, 9), strength=(0, 9)),)
PERSON: dict[str, Any] = {"minutes": "20", "activity": "regular", "areas": ("low_back",), "duration": "gt12w"}


def library_of(library: Library, items: tuple[Exercise, ...], held: tuple[Condition, ...], lines: tuple[tuple[str, ...], ...]) -> Library:
    ladders = (Ladder("made", "A made ladder", lines),) if lines else ()
    made = with_items(library, exercises=items, conditions=held)
    return with_training(made, require=PLAIN, ladder=ladders, goal=(), usual=(), outside=(), easing=("lie", "sit"))


def chosen(
    library: Library, *items: Exercise, held: tuple[Condition, ...] = (), ladder: tuple[str, ...] = (), **answers: Any
) -> list[Line]:
    """The lines of a person with a low back that hurts, of level 3."""
    made = library_of(library, items, held, (ladder,) if ladder else ())
    return list(moves(reading_of(made, **{**PERSON, **answers})).lines)


def names(*more: Any, **kinds: Any) -> list[str]:
    return [line.item.id for line in chosen(*more, **kinds)]


RUNGS = tuple(exercise(f"rung{level}", "strength", level=level) for level in (1, 2, 3, 4))
LADDER = tuple(rung.id for rung in RUNGS)


@pytest.mark.parametrize(("activity", "rung"), [("low", "rung1"), ("some", "rung2"), ("regular", "rung3"), ("athlete", "rung4")])
def test_a_person_begins_on_the_highest_rung_of_their_level(library: Library, activity: str, rung: str) -> None:
    assert names(library, *RUNGS, ladder=LADDER, activity=activity) == [rung]


def test_a_rung_that_is_barred_leaves_the_one_below_it(library: Library) -> None:
    loaded = (*RUNGS[:2], exercise("rung3", "strength", level=3, demands=("load_heavy",)), RUNGS[3])
    held = (condition("light", bars=("load_heavy",)),)
    assert names(library, *loaded, ladder=LADDER, held=held) == ["rung2"]
    assert names(library, *loaded, ladder=LADDER) == ["rung3"]


def test_nobody_begins_above_their_level(library: Library) -> None:
    assert names(library, *RUNGS[2:], ladder=LADDER, activity="some") == []
    assert names(library, *RUNGS[2:], activity="some") == [], "neither off a ladder"


def test_two_rungs_of_one_line_do_not_meet(library: Library) -> None:
    other = exercise("other", "strength")
    assert set(names(library, *RUNGS, other, ladder=LADDER)) == {"rung3", "other"}
    reading = reading_of(library_of(library, (*RUNGS, other), (), (LADDER,)))
    assert related("rung1", "rung4", reading) and not related("rung1", "other", reading)


def test_positions_that_ease_it_are_no_rungs(library: Library) -> None:
    items = (exercise("lie", "ease", "supine"), exercise("sit", "ease", "chair"), exercise("move"))
    row = (Requirement("everybody", (), ease=1, movement=(1, 9)),)
    made = with_training(library_of(library, items, (), ()), require=row)
    found = moves(reading_of(made, **PERSON))
    assert [(line.id, line.section, line.minutes) for line in found.easing] == [("exercise:lie", "ease", 0)]
    assert [line.item.id for line in found.lines] == ["move"]
    assert found.minutes == 1


def test_starters_alone_while_a_check_is_awaited(library: Library) -> None:
    items = [exercise("move", starter=True), exercise("strong", "strength"), exercise("calm", "breathing", starter=True)]
    assert set(names(library, *items)) == {"move", "strong"}, "breathing and balance only where due (clinical plan 2.2)"
    assert set(names(library, *items, sleep="poor")) == {"move", "strong", "calm"}
    assert set(names(library, *items, held=(condition("check", tier="starters"),))) == {"move", "calm"}
    assert names(library, *items, held=(condition("check", tier="none"),)) == []


def test_breathing_alone(library: Library) -> None:
    breathing = exercise(library.policy.only_breathing, "breathing", starter=True)
    held = (condition("stop", tier="breathing", tier_cleared="starters"),)
    items = (breathing, exercise("move", starter=True), exercise("strong", "strength"))
    assert names(library, *items, held=held) == [breathing.id]
    assert set(names(library, *items, held=held, exercise_cleared="yes")) == {breathing.id, "move"}


def test_exercises_stand_in_the_order_of_getting_up(library: Library) -> None:
    starts = ["standing", "any", "chair", "kneeling", "side", "prone", "supine"]
    items = [exercise(one, ("movement", "strength")[n % 2], one) for n, one in enumerate(starts)]
    assert names(library, *items) == ["supine", "prone", "side", "any", "kneeling", "chair", "standing"]


def test_left_out_for_a_demand_and_why(library: Library) -> None:
    items = (exercise("bend", demands=("wrist_load", "bend_far")), exercise("load", demands=("load_heavy",)), exercise("sit"))
    held = (
        condition("bones", when=({"risk_bone": ("osteoporosis",)},), bars=("bend_far",)),
        condition("heart", when=({"health": ("bp_uncontrolled",)},), ask=("load_heavy",), ask_who="your doctor"),
    )
    made = library_of(library, items, held, ())
    sick: dict[str, Any] = {**PERSON, "risk_bone": ("osteoporosis",), "health": ("bp_uncontrolled",)}
    found = moves(reading_of(made, **sick))
    assert [line.id for line in found.lines] == ["exercise:sit"]
    assert [(one.id, one.title, [(why.say, why.question_id) for why in one.because]) for one in found.left_out] == [
        ("exercise:bend", "title of bend", [(library.demands["bend_far"].reason, "risk_bone")]),
        ("exercise:load", "title of load", [(library.demands["load_heavy"].reason, "health")]),
    ]
    cleared = moves(reading_of(made, **sick, exercise_cleared="yes"))
    assert {line.item.id for line in cleared.lines} == {"load", "sit"}, "a yes opens what was asked, and never what is barred"


def test_what_is_for_other_places_is_not_left_out_but_absent(library: Library) -> None:
    items = (exercise("neck", regions=("neck",)), exercise("for_others", when=({"areas": ("neck_shoulders",)},)), exercise("back"))
    found = moves(reading_of(library_of(library, items, (), ()), **PERSON))
    assert [line.item.id for line in found.lines] == ["back"] and not found.left_out


def test_exercises_for_the_whole_body_are_few(library: Library) -> None:
    """At most 40 % of the places; with a neck alone 1 place, or 2 of 20 minutes. Without pain as many as there are."""
    items = tuple(exercise(f"w{n}", ("movement", "strength")[n % 2], regions=("whole",)) for n in range(9))
    assert [len(names(library, *items, minutes=minutes)) for minutes in ("5", "10", "20", "30")] == [1, 2, 2, 2]
    neck = [len(names(library, *items, minutes=minutes, areas=("neck_shoulders",))) for minutes in ("5", "10", "20", "30")]
    assert neck == [1, 1, 2, 2]
    assert len(names(library, *items, areas=("none",), duration="none")) == 7


def test_a_band_is_something_to_have(library: Library) -> None:
    items = (exercise("pull", "strength", needs="band"), exercise("carry", "strength", needs="bag_weights"))
    assert names(library, *items) == ["carry"]
    assert set(names(library, *items, equipment=("band",))) == {"pull", "carry"}


def test_what_a_line_says(library: Library) -> None:
    item = exercise("move", minutes=2, short="short", steps=("a", "b"), because="It moves the back.")
    (line,) = chosen(library, item)
    assert (line.id, line.section, line.title, line.minutes) == ("exercise:move", "exercises", item.title, 2)
    assert (line.short, line.steps, line.dose, line.dose_step) == ("short", ("a", "b"), line.doses[0], "start")
    assert [(one.say, one.question_id) for one in line.because] == [("It moves the back.", "areas")]
    assert set(item.sources) <= set(line.sources)


def test_an_exercise_that_is_for_nobody_in_particular_says_why_all_the_same(library: Library) -> None:
    (line,) = chosen(library, exercise("move", because="It moves the back."), areas=("none",), duration="none")
    assert [one.say for one in line.because] == ["It moves the back."]


def beside(library: Library, *items: Exercise, **more: Any) -> tuple[str, str]:
    """The ids of the easier and the harder rung beside the exercise `this`."""
    line = next(line for line in chosen(library, *items, **more) if line.item.id == "this")
    return (line.easier.id if line.easier else "", line.harder.id if line.harder else "")


def test_rungs_beside_are_named_only_where_this_person_may_do_them(library: Library) -> None:
    """Clinical plan 1.2 (d): if the linked rung is barred, the next one of that link, and then none."""
    this = exercise("this", easier="easy", harder="hard")
    easy, easiest = exercise("easy", demands=("floor",), easier="easiest"), exercise("easiest", easier="bottom")
    hard = exercise("hard", demands=("strain",), level=4)
    items = (this, easy, easiest, hard, exercise("bottom"))
    ladder = ("bottom", "easiest", "easy", "this", "hard")
    assert beside(library, *items, ladder=ladder) == ("easy", "hard")
    assert beside(library, *items, ladder=ladder, held=(condition("a", bars=("floor",)),)) == ("easiest", "hard")
    assert beside(library, *items, ladder=ladder, held=(condition("a", bars=("floor", "strain")),)) == ("easiest", "")
    barred = (this, easy, exercise("easiest", demands=("floor",), easier="bottom"), hard, items[4])
    assert beside(library, *barred, ladder=ladder, held=(condition("a", bars=("floor",)),)) == ("", "hard")
