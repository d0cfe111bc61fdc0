"""A therapist's changes on made-up content: what is free, what is asked, what is never; and what each change does to a line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.domain.doses import dose_at
from planner.domain.edits import Edits, edited_exercises, edited_massage, exercise_choices, massage_choices
from planner.domain.exercises import moves
from planner.domain.lines import LeftOut, Line, MassagePart
from planner.domain.massage import massage_part
from planner.domain.model import Library
from planner.domain.rules import Reading
from planner.domain.training import MeantFor, Requirement
from tests.made import MADE_DOSES, condition, exercise, massage, reading_of, row, suited, with_items, with_schedule, with_training

PLAIN = (Requirement("everybody", ()),)
MOVE = exercise("move", minutes=2, begin=1, good_for=("anybody",))
STRONG = exercise("strong", "strength")
FLOOR = exercise("floor", "movement", "supine", demands=("floor",), order=110)
BEND = exercise("bend", when=({"sleep": ("poor",)},), demands=("bend_far",))
NO_FLOOR = condition("no_floor", when=({"mobility": ("no_floor",)},), soft=("floor",))
BONES = condition("bones", when=({"risk_bone": ("osteoporosis",)},), bars=("bend_far",))
CHECK = condition("check", when=({"health": ("clot_past",)},), ask=("floor",), ask_who="your doctor")


def reading(library: Library, *exercises: Any, held: Any = (NO_FLOOR, BONES, CHECK), **answers: Any) -> Reading:
    """A person of level 3 with a low back that hurts and 20 minutes."""
    made = with_items(library, exercises=exercises or (MOVE, STRONG, FLOOR, BEND), conditions=held)
    group = (MeantFor("anybody", ({},), 5, "for anybody"),)
    made = with_training(made, require=PLAIN, ladder=(), goal=(), usual=(), outside=(), group=group)
    return reading_of(made, **{"minutes": "20", "activity": "regular", "areas": ("low_back",), "duration": "gt12w", **answers})


def states(found: Reading) -> dict[str, str]:
    return {one.item_id: one.state for one in exercise_choices(found)}


def test_every_exercise_may_be_chosen_best_first_those_for_others_last(library: Library) -> None:
    assert states(reading(library)) == {"move": "free", "strong": "free", "floor": "free", "bend": "free"}
    neck = exercise("neck", regions=("neck",), good_for=("anybody",))
    assert list(states(reading(library, neck, BEND, FLOOR, MOVE, STRONG))) == ["move", "strong", "floor", "neck", "bend"]
    (first, *_) = exercise_choices(reading(library))
    assert (first.id, first.title, first.because) == ("exercise:move", "title of move", ())


def test_only_what_is_soft_is_asked_and_the_rest_is_never(library: Library) -> None:
    """Clinical safety 7.1."""
    assert states(reading(library, mobility="no_floor"))["floor"] == "ask"
    assert states(reading(library, risk_bone=("osteoporosis",)))["bend"] == "never"
    assert states(reading(library, health=("clot_past",)))["floor"] == "never", "what a clinician is asked about is theirs to open"
    both: dict[str, Any] = {"mobility": "no_floor", "health": ("clot_past",)}
    assert states(reading(library, **both))["floor"] == "never", "one thing that nobody sets aside is enough"
    assert states(reading(library, **both, exercise_cleared="yes"))["floor"] == "ask"
    found = {one.id: one for one in exercise_choices(reading(library, mobility="no_floor"))}
    assert [(why.say, why.question_id) for why in found["exercise:floor"].because] == [(library.demands["floor"].reason, "mobility")]


def test_a_tier_is_never_set_aside(library: Library) -> None:
    """Clinical safety 7.1 and 7.3: while waiting only starters, and after an operation breathing alone."""
    breathe = exercise(library.policy.only_breathing, "breathing", starter=True)
    items = (breathe, MOVE, replace(STRONG, starter=True), replace(FLOOR, starter=True))
    for tier, found in (("starters", ["free", "free", "ask", "never"]), ("breathing", ["free", *["never"] * 3]), ("none", ["never"] * 4)):
        waiting = reading(library, *items, held=(condition("wait", tier=tier), NO_FLOOR), mobility="no_floor")
        assert [states(waiting)[name] for name in (breathe.id, "strong", "floor", "move")] == found, tier
        because = {one.item_id: [why.say for why in one.because] for one in exercise_choices(waiting)}
        assert because["move"] == [library.policy.tier_because]
        assert because["floor"] == [library.demands["floor"].reason]
        lines, left_out = edited(waiting, Edits(exercises=("move",), insisted=("exercise:move",), initials="JT"))
        assert lines == {} and "exercise:move" in {one.id for one in left_out}


def edited(found: Reading, edits: Edits) -> tuple[dict[str, Line], list[LeftOut]]:
    after = edited_exercises(found, edits, moves(found))
    return {line.item_id: line for line in after.lines}, list(after.left_out)


def test_exercises_wanted_stand_instead_of_those_proposed(library: Library) -> None:
    lines, left_out = edited(reading(library), Edits(exercises=("strong", "bend", "strong", "gone")))
    assert list(lines) == ["strong", "bend"] and left_out == []
    assert list(edited(reading(library), Edits(initials="JT"))[0]) == ["floor", "move", "strong"], "none named: those proposed"


def test_positions_that_ease_it_stay_as_they_are(library: Library) -> None:
    rest = (Requirement("everybody", (), ease=1),)
    held = reading(library, MOVE, exercise("rest_side", "ease", "side"))
    proposed = moves(replace(held, library=with_training(held.library, require=rest)))
    assert [line.item_id for line in proposed.easing] == ["rest_side"]
    assert edited_exercises(held, Edits(exercises=("move",)), proposed).easing == proposed.easing


def test_what_is_insisted_on_bears_initials_and_what_spoke_against_it(library: Library) -> None:
    found, because = reading(library, mobility="no_floor"), library.demands["floor"].reason
    lines, (left,) = edited(found, Edits(exercises=("floor", "move"), initials="JT"))
    assert list(lines) == ["move"] and (left.id, left.title) == ("exercise:floor", FLOOR.title)
    assert [why.say for why in left.because] == [because]
    lines, left_out = edited(found, Edits(exercises=("floor", "move"), insisted=("exercise:floor",), initials="JT"))
    assert left_out == [] and lines["floor"].initials == "JT", "what is on the sheet is not left out"
    assert [one.rstrip(".") for one in lines["floor"].advice] == [because.rstrip(".")]
    assert (lines["move"].initials, lines["move"].advice) == ("", ())
    never = Edits(exercises=("floor",), insisted=("exercise:floor",))
    assert edited(reading(library, health=("clot_past",)), never)[0] == {}


@pytest.mark.parametrize(
    ("step", "minutes", "weeks"),  # a dose of 1 minute at start, 2 at build and 3 at strong
    [
        ("half", 1, ("half", "half", "start", "start")),
        ("start", 2, ("start", "start", "build", "build")),
        ("build", 3, ("build", "build", "strong", "strong")),
        ("strong", 3, ("strong",) * 4),
        ("odd", 2, ("start", "start", "build", "build")),
    ],
)
def test_doses_that_are_moved(library: Library, step: str, minutes: int, weeks: tuple[str, ...]) -> None:
    """The step for weeks 1 and 2, the next one for weeks 3 and 4."""
    line = edited(reading(library), Edits(exercises=("move",), doses={"move": step}))[0]["move"]
    assert (line.minutes, line.dose_steps) == (minutes, weeks)
    assert line.doses == tuple(dose_at(MADE_DOSES[MOVE.dose], one) for one in line.dose_steps)


@pytest.mark.parametrize(("cap", "weeks"), [("start", ("start",) * 4), ("build", ("build",) * 4)])
def test_no_dose_goes_above_the_cap_and_half_is_always_allowed(library: Library, cap: Any, weeks: tuple[str, ...]) -> None:
    """Clinical safety 7.5."""
    found = reading(library, held=(condition("cap", dose=cap),))
    for step in ("build", "strong", "harder"):
        assert edited(found, Edits(exercises=("move",), doses={"move": step}))[0]["move"].dose_steps == weeks
    assert edited(found, Edits(exercises=("move",), doses={"move": "half"}))[0]["move"].dose_steps == ("half", "half", "start", "start")


def test_what_does_not_fit_the_minutes_says_so(library: Library) -> None:
    names = ("e0", "e1", "e2", "e3")
    lines, (left,) = edited(reading(library, *(exercise(name, minutes=3) for name in names), minutes="10"), Edits(exercises=names))
    assert list(lines) == ["e0", "e1", "e2"] and (left.id, left.title) == ("exercise:e3", "title of e3")
    assert [why.say for why in left.because] == [library.policy.no_room_because]
    exact = reading(library, *(exercise(name, minutes=2) for name in (*names, "e4")), minutes="10")
    assert list(edited(exact, Edits(exercises=(*names, "e4")))[0]) == [*names, "e4"]


def test_ten_at_most(library: Library) -> None:
    items = [exercise(f"e{n}") for n in range(12)]
    lines, left_out = edited(reading(library, *items, minutes="30"), Edits(exercises=tuple(one.id for one in items)))
    assert len(lines) == 10 and [one.id for one in left_out] == ["exercise:e10", "exercise:e11"]


STYLES = (
    massage("firm", pressure=(3, 4), suits=suited(9)),
    massage("soft", pressure=(1, 2), suits=suited(3), minutes=(10, 20), character="clothed"),
    massage("mid", pressure=(2, 3), positions=("prone",), suits=suited(2), character="short"),
    massage("scent", pressure=(1, 2), demands=("touch", "scent"), character="firm"),
)


def room(library: Library, *conditions: Any, **answers: Any) -> Reading:
    held = with_items(library, massages=STYLES, conditions=conditions)
    return reading_of(with_schedule(held, frequency=(row("any"),)), **answers)


def style_states(found: Reading, *, hold: bool = False) -> list[str]:
    return [f"{one.item_id} {one.state}" for one in massage_choices(found, flag_hold=hold)]


def test_styles_free_asked_and_never(library: Library) -> None:
    """Clinical safety 7.1: never if any bar, `only`, cap, position or level speaks against it; ask if only what is soft does."""
    assert style_states(room(library)) == ["firm free", "soft free", "mid free", "scent free"]
    assert style_states(room(library, pressure_pref="light"))[:2] == ["firm never", "soft free"]
    assert style_states(room(library, condition("c", positions_off=("prone",))))[2] == "mid never"

    def scent(*conditions: Any, **answers: Any) -> str:
        return style_states(room(library, *conditions, **answers))[3].removeprefix("scent ")

    soft, bars, ask = (condition(f"c_{force}", **{force: ("scent",)}) for force in ("soft", "bars", "ask"))
    assert (scent(soft), scent(bars), scent(ask), scent(ask, massage_cleared="yes")) == ("ask", "never", "never", "free")
    assert scent(ask, exercise_cleared="yes") == "never", "each yes opens its own kind"
    assert scent(soft, bars) == scent(soft, ask) == "never" and scent(soft, ask, massage_cleared="yes") == "ask"
    assert scent(condition("c", soft_styles=("scent",))) == "ask"
    assert scent(condition("c", soft_styles=("scent",)), bars) == scent(condition("c", soft_styles=("scent",)), soft, bars) == "never"
    assert scent(condition("c", only=("mid",))) == "never"
    assert (
        scent(condition("c", only=("mid",)), condition("d", soft_styles=("scent",)))
        == scent(condition("c", only=("mid",)), soft)
        == "never"
    )


def test_nothing_may_be_added_where_massage_is_held(library: Library) -> None:
    never = ["firm never", "soft never", "mid never", "scent never"]
    for found, hold in (
        (room(library), True),
        (room(library, pressure_pref="none"), False),
        (room(library, condition("c", level="absolute")), False),
        (room(library, condition("c", tier="starters"), exercise_cleared="yes"), False),  # a yes to exercise opens no massage
    ):
        assert style_states(found, hold=hold) == never
    why = {one.because for one in massage_choices(room(library), flag_hold=True)}
    assert [one.say for (one,) in why] == [library.policy.held_because]
    held = room(library, condition("m"), condition("c", level="absolute", when=({"sleep": ("poor",)},)), sleep="poor")
    assert [(one.say, one.question_id) for one in massage_choices(held, flag_hold=False)[0].because] == [("say c", "sleep")]


def massaged(found: Reading, edits: Edits) -> MassagePart:
    return edited_massage(found, edits, massage_part(found, flag_hold=False)[0])


def shown(part: MassagePart) -> list[str]:
    return [line.id.removeprefix("massage:") for line in part.styles]


def test_the_style_wanted_comes_first(library: Library) -> None:
    found = room(library)
    assert shown(massaged(found, Edits(style="soft"))) == ["soft", "firm", "mid"]
    assert shown(massaged(found, Edits(style="scent"))) == ["scent", "firm", "soft"]
    assert shown(massaged(found, Edits(style="gone"))) == shown(massaged(found, Edits(steps_down=1))) == ["firm", "soft", "mid"]
    part = massaged(found, Edits(style="soft"))
    assert (part.minutes, part.pressure_ask, part.positions, part.freq) == (20, 2, ("prone", "supine"), "weekly")
    assert massaged(found, Edits(style="mid")).positions == ("prone",)


def test_the_pressure_wanted_and_styles_that_work_with_it(library: Library) -> None:
    found = room(library)
    assert (shown(massaged(found, Edits(pressure=2))), massaged(found, Edits(pressure=2)).pressure_ask) == (["soft", "mid", "scent"], 2)
    assert massaged(found, Edits(pressure=3)).pressure_ask == 3 and massaged(found, Edits(pressure=9)).pressure_ask == 4
    assert (shown(massaged(found, Edits(pressure=1))), massaged(found, Edits(pressure=1)).pressure_ask) == (["soft", "scent"], 1)
    assert massaged(found, Edits(style="soft", pressure=4)).pressure_ask == 2, "no firmer than the style"
    capped = room(library, condition("c", cap=3, begin=3))
    assert (massaged(capped, Edits(pressure=4)).pressure_ask, massaged(capped, Edits(style="firm")).pressure_max) == (3, 3)


@pytest.mark.parametrize(("steps", "freq"), [(0, "weekly"), (1, "fortnightly"), (9, "none")])
def test_massage_less_often(library: Library, steps: int, freq: str) -> None:
    assert massaged(room(library), Edits(style="soft", steps_down=steps)).freq == freq


def test_a_style_asked_for_bears_initials(library: Library) -> None:
    found = room(library, condition("c", soft=("scent",)))
    assert shown(massaged(found, Edits(style="scent", initials="JT"))) == ["firm", "soft", "mid"]
    part = massaged(found, Edits(style="scent", insisted=("massage:scent",), initials="JT"))
    assert shown(part)[0] == "scent" and [line.initials for line in part.styles] == ["JT", "", ""]
    assert [one.rstrip(".") for one in part.styles[0].advice] == [library.demands["scent"].reason.rstrip(".")] and part.styles[
        1
    ].advice == ()


def test_where_there_is_no_massage_nothing_is_changed(library: Library) -> None:
    for found in (room(library, pressure_pref="none"), room(library, condition("c", level="absolute"))):
        before = massage_part(found, flag_hold=False)[0]
        assert edited_massage(found, Edits(style="soft", pressure=1), before) is before
