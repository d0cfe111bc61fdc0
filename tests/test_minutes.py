"""The minutes of a day: what a dose takes, by a table worked out by hand, and which exercises share the minutes a person has."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.domain.exercises import exercise_lines, minutes_a_day, minutes_offered, related
from planner.domain.lines import Line
from planner.domain.model import Adapt, Dose, Exercise, Library
from tests.made import exercise, reading_of, suited, with_items, with_policy
from tests.people import well
from tests.promises import stopwatch

BY_HAND: list[tuple[Dose, int, int]] = [  # seconds and whole minutes; 3 seconds a repeat, 15 to get ready each time
    (Dose(), 15, 1),
    (Dose(repeats=1), 18, 1),
    (Dose(repeats=15), 60, 1),
    (Dose(repeats=16), 63, 2),
    (Dose(seconds=45), 60, 1),
    (Dose(seconds=46), 61, 2),
    (Dose(seconds=105), 120, 2),
    (Dose(seconds=106), 121, 3),
    (Dose(seconds=30, repeats=99, hold_seconds=99), 45, 1),  # going on for a time, not counting
    (Dose(repeats=5, hold_seconds=6), 60, 1),
    (Dose(repeats=5, hold_seconds=7), 65, 2),
    (Dose(repeats=5, hold_seconds=2, times_a_day=2), 80, 2),
    (Dose(repeats=10, sides=2), 75, 2),
    (Dose(repeats=5, sides=2), 45, 1),
    (Dose(repeats=10, hold_seconds=5, sets=2), 175, 3),
    (Dose(seconds=30, sides=2, sets=3), 195, 4),
    (Dose(seconds=105, times_a_day=2), 240, 4),
    (Dose(repeats=5, hold_seconds=10, sets=2, sides=2, times_a_day=3), 825, 14),
    (Dose(seconds=45, days_a_week=1), 60, 1),  # a day on which it is done
    (Dose(seconds=45, times_a_day=0), 0, 1),  # never nothing
]


@pytest.mark.parametrize(("dose", "seconds", "minutes"), BY_HAND)
def test_minutes_of_a_dose(dose: Dose, seconds: int, minutes: int) -> None:
    assert minutes_a_day(dose) == minutes
    assert stopwatch(dose) == seconds


def test_the_stopwatch_of_the_promises_agrees_on_every_dose_of_the_content(library: Library) -> None:
    doses = [dose for one in library.exercises.values() for dose in (one.dose.beginner, one.dose.normal)]
    assert [minutes_a_day(dose) for dose in doses] == [-(-stopwatch(dose) // 60) for dose in doses]


def chosen(library: Library, *items: Exercise, minutes: str = "5", starters_only: bool = False, **answers: Any) -> dict[str, str]:
    """Ids of the exercises that a plan would hold, in order, with the dose level of each."""
    made = with_items(library, exercises=items)
    reading = reading_of(made, **{"minutes": minutes, "activity": "regular", **answers})
    return {line.item.id: line.dose_level for line in exercise_lines(reading, starters_only=starters_only)[0]}


def test_movement_and_strength_come_before_what_suits_better(library: Library) -> None:
    items = [exercise(f"calm{n}", "relaxation", suits=suited(9)) for n in range(5)]
    items += [exercise("move", suits=suited(1)), exercise("move_more", suits=suited(2)), exercise("strong", "strength")]
    assert set(chosen(library, *items)) == {"move_more", "strong", "calm0"}


def test_ties_go_to_the_lower_order(library: Library) -> None:
    items = [exercise("b", order=20), exercise("a", order=10), exercise("c", "strength"), exercise("d", "relaxation", minutes=3)]
    assert set(chosen(library, *items)) == {"a", "b", "c"}


@pytest.mark.parametrize(("minutes", "count"), [("5", 3), ("10", 5), ("20", 7)])  # the reference, 13: 5 min = 3 items, 10 = 5, 20 = 7
def test_how_many_exercises(library: Library, minutes: str, count: int) -> None:
    items = [exercise(f"m{n}", ("movement", "strength")[n % 2]) for n in range(12)]
    assert len(chosen(library, *items, minutes=minutes)) == count


def test_what_does_not_fit_the_minutes_is_passed_over(library: Library) -> None:
    items = [exercise("move", minutes=2), exercise("strong", "strength", minutes=2), exercise("long", minutes=2, suits=suited(1))]
    assert set(chosen(library, *items)) == {"long", "strong"}
    assert set(chosen(library, *items, exercise("short"))) == {"long", "strong", "short"}
    assert set(chosen(library, *items, minutes="10")) == {"move", "strong", "long"}


def test_the_smaller_dose_is_taken_where_the_full_one_does_not_fit(library: Library) -> None:
    items = [exercise("move", minutes=3), exercise("strong", "strength", minutes=3, beginner=2)]
    assert chosen(library, *items) == {"move": "normal", "strong": "beginner"}
    assert chosen(library, *items, minutes="10") == {"move": "normal", "strong": "normal"}


def test_smaller_doses_all_round_where_they_fill_more_places(library: Library) -> None:
    items = [exercise("move", minutes=4, beginner=1), exercise("strong", "strength"), exercise("calm", "relaxation", minutes=3)]
    assert chosen(library, *items) == {"move": "beginner", "strong": "beginner", "calm": "beginner"}
    assert chosen(library, *items[:2]) == {"move": "normal", "strong": "normal"}, "as many places either way: the fuller doses"


def test_whoever_begins_gets_the_beginners_dose(library: Library) -> None:
    items = [exercise("move", minutes=2, beginner=1), exercise("strong", "strength", minutes=2, beginner=1)]
    assert chosen(library, *items) == {"move": "normal", "strong": "normal"}
    assert chosen(library, *items, activity="low") == {"move": "beginner", "strong": "beginner"}


def test_an_adaptation_holds_the_dose_down_for_those_it_is_for(library: Library) -> None:
    held = Adapt({"balance": ("poor",)}, "hold on", dose="beginner")
    items = [exercise("move", minutes=2, beginner=1, adapt=(held, Adapt({}, "for all"))), exercise("strong", "strength")]
    assert chosen(library, *items, balance="good")["move"] == "normal"
    assert chosen(library, *items, balance="poor")["move"] == "beginner"


def test_room_is_kept_for_the_strength_that_is_still_to_come(library: Library) -> None:
    items = [exercise("move_long", minutes=2, suits=suited(5)), exercise("move"), exercise("strong", "strength", minutes=4)]
    assert set(chosen(library, *items)) == {"move", "strong"}


def test_no_room_is_kept_for_what_nobody_could_use(library: Library) -> None:
    assert chosen(library, exercise("best", minutes=5, suits=suited(5)), exercise("shorter", minutes=4)) == {"best": "normal"}


def test_a_chair_users_march_keeps_its_full_dose(library: Library) -> None:
    """On the real content, the person for whom the room kept matters: the march that stands in for walking is not cut short."""
    sitting = {"mobility": "chair_only", "areas": ("buttock_hip",), "day": ("carer_parent",)}
    lines, _ = exercise_lines(reading_of(library, **well(library, activity="regular", minutes="5", **sitting)), starters_only=False)
    assert {line.item.id: line.dose_level for line in lines}["seated_march"] == "normal"
    assert sorted(line.minutes for line in lines) == [1, 1, 3]


def test_a_chair_user_has_the_seated_walk_first_and_others_by_merit(library: Library) -> None:
    made = with_policy(library, seated_walk="walk", start_limits=())
    items = [exercise("walk", "relaxation"), *(exercise(f"m{n}", suits=suited(5)) for n in range(3)), exercise("strong", "strength")]
    assert set(chosen(made, *items, mobility="chair_only")) == {"walk", "m0", "strong"}
    assert set(chosen(made, *items, mobility="floor_ok")) == {"m0", "m1", "strong"}
    assert set(chosen(made, replace(items[0], kind="strength"), *items[1:], mobility="chair_only")) == {"walk", "m0", "m1"}


def test_two_versions_of_one_exercise_do_not_meet(library: Library) -> None:
    easy, hard, alone = exercise("easy"), exercise("hard", easier="easy"), exercise("alone")
    assert related(easy, hard) and related(hard, easy) and related(easy, easy)
    assert not related(easy, alone) and not related(hard, alone)
    items = [hard, replace(easy, suits=suited(3)), exercise("strong", "strength")]
    assert set(chosen(library, *items)) == {"easy", "strong"}


def test_starters_alone_while_a_check_is_awaited(library: Library) -> None:
    items = [exercise("move", starter=True), exercise("strong", "strength"), exercise("calm", "relaxation", starter=True)]
    assert set(chosen(library, *items, starters_only=True)) == {"move", "calm"}
    assert set(chosen(library, *items)) == {"move", "strong", "calm"}


def test_exercises_stand_in_the_order_of_getting_up(library: Library) -> None:
    starts = ["standing", "any", "chair", "kneeling", "side", "prone", "supine"]
    items = [exercise(one, ("movement", "strength")[n % 2], one) for n, one in enumerate(starts)]
    found = [one for one in chosen(library, *items, minutes="20") if one != "any"]
    assert found == ["supine", "prone", "side", "kneeling", "chair", "standing"]


def test_left_out_for_its_start_or_a_fact_and_why(library: Library) -> None:
    items = [exercise("floor", start="supine"), exercise("bend", avoid=("flexion_sensitive",)), exercise("sit", start="chair")]
    reading = reading_of(with_items(library, exercises=items), mobility="no_floor", worse_with=("bending_sitting",))
    lines, left_out = exercise_lines(reading, starters_only=False)
    assert [line.id for line in lines] == ["exercise:sit"]
    assert [(one.id, one.title, [why.question_id for why in one.because]) for one in left_out] == [
        ("exercise:floor", "title of floor", ["mobility"]),
        ("exercise:bend", "title of bend", ["worse_with"]),
    ]
    assert [why.say for one in left_out for why in one.because] == [
        library.facts[name].because for name in ("no_floor", "flexion_sensitive")
    ]


def test_what_is_for_other_places_is_not_left_out_but_absent(library: Library) -> None:
    items = [exercise("neck", when=({"areas": ("neck_shoulders",)},)), exercise("back")]
    lines, left_out = exercise_lines(reading_of(with_items(library, exercises=items), areas=("low_back",)), starters_only=False)
    assert [line.item.id for line in lines] == ["back"] and left_out == []


def a_line(library: Library, item: Exercise, *more: Exercise, **answers: Any) -> Line:
    made = with_items(library, exercises=(item, *more))
    lines, _ = exercise_lines(reading_of(made, minutes="20", activity="regular", **answers), starters_only=False)
    return next(line for line in lines if line.item is item)


def test_what_a_line_says(library: Library) -> None:
    spoken = Adapt({"balance": ("poor",)}, "hold on", hide=("end",), short="shorter", steps=("one",))
    item = exercise(
        "move", minutes=2, beginner=1, adapt=(Adapt({}, "slowly"), spoken), short="short", steps=("a", "b"), certainty="moderate"
    )
    line = a_line(library, item, balance="poor")
    assert (line.id, line.section, line.title, line.certainty, line.sources) == (
        "exercise:move",
        "exercises",
        item.title,
        "moderate",
        item.sources,
    )
    assert (line.minutes, line.dose, line.dose_level, line.points) == (2, item.dose.normal, "normal", 0)
    assert (line.advice, line.hide, line.told) == (("slowly", "hold on"), ("end",), spoken)
    assert (line.short, line.steps) == ("shorter", ("one",))
    plain = a_line(library, replace(item, suits=suited(4)), balance="good")
    assert (plain.advice, plain.hide, plain.told, plain.points) == (("slowly",), (), None, 4)
    assert (plain.short, plain.steps) == ("short", ("a", "b"))


def test_the_easier_version_is_named_only_where_it_is_allowed(library: Library) -> None:
    easy, hard = exercise("easy", start="supine"), exercise("hard", easier="easy", suits=suited(3))
    assert a_line(library, hard, easy, mobility="floor_ok").easier == easy.title
    assert a_line(library, hard, easy, mobility="no_floor").easier == ""


def test_without_an_answer_there_are_five_minutes(library: Library) -> None:
    assert minutes_offered(reading_of(library)) == 5
    assert minutes_offered(reading_of(library, minutes="20")) == 20
