"""A therapist's changes on made-up content: what is free, what is asked, what is never; and what each change does to a line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.domain.edits import Edits, dose_at, edited_exercises, edited_massage, exercise_choices, halved, massage_choices, stepped
from planner.domain.exercises import exercise_lines
from planner.domain.lines import LeftOut, Line, MassagePart
from planner.domain.massage import massage_part
from planner.domain.model import Dose, Library, Suit
from planner.domain.rules import Reading
from tests.made import caution, exercise, massage, reading_of, row, with_items, with_policy, with_schedule

MOVE = exercise("move", minutes=2, beginner=1, suits=(Suit({}, 3, ""),), progress="more")
STRONG = exercise("strong", "strength", suits=(Suit({}, 2, ""),))
FLOOR, BEND = (
    exercise("floor", start="supine", suits=(Suit({}, 1, ""),)),
    exercise("bend", avoid=("osteoporosis",), when=({"sleep": ("poor",)},)),
)


def reading(library: Library, *exercises: Any, **answers: Any) -> Reading:
    held = with_items(library, exercises=exercises or (MOVE, STRONG, FLOOR, BEND), cautions=())
    return reading_of(held, **{"minutes": "5", "activity": "regular", **answers})


def states(found: Reading, *, starters_only: bool = False) -> dict[str, str]:
    return {one.id.removeprefix("exercise:"): one.state for one in exercise_choices(found, starters_only=starters_only)}


def test_an_empty_change_is_none() -> None:
    assert not Edits() and Edits(pressure=1) and Edits(exercises=("a",)) and Edits(next_weeks=1)
    assert Edits() == Edits((), {}, "", 0, (), "", "", 0, 0)


def test_every_exercise_may_be_chosen_best_first_those_for_others_too(library: Library) -> None:
    assert states(reading(library)) == {"move": "free", "strong": "free", "floor": "free", "bend": "free"}
    assert list(states(reading(library))) == ["move", "strong", "floor", "bend"]
    (first, *_) = exercise_choices(reading(library), starters_only=False)
    assert (first.id, first.title, first.because) == ("exercise:move", "title of move", ())


def test_what_may_be_set_aside_is_asked_and_the_rest_is_never(library: Library) -> None:
    assert states(reading(library, mobility="no_floor"))["floor"] == "ask"
    assert states(reading(library, pregnancy="t2"))["floor"] == "never"
    assert states(reading(library, mobility="no_floor", pregnancy="t2"))["floor"] == "never", "one thing that nobody sets aside is enough"
    assert states(reading(library, risk_bone=("osteoporosis",)))["bend"] == "never"
    found = {one.id: one for one in exercise_choices(reading(library, mobility="no_floor"), starters_only=False)}
    assert [(why.say, why.question_id) for why in found["exercise:floor"].because] == [(library.facts["no_floor"].because, "mobility")]


def test_after_an_operation_only_breathing_and_while_waiting_only_starters(library: Library) -> None:
    items = (MOVE, exercise("breathe", "relaxation"), replace(STRONG, starter=True), replace(FLOOR, start="chair", avoid=("surgery_lt6w",)))
    held = with_policy(with_items(library, exercises=items, cautions=()), only_breathing="breathe")
    found = {one.id: one for one in exercise_choices(reading_of(held, health=("surgery_lt6w",)), starters_only=False)}
    assert [found[f"exercise:{name}"].state for name in ("breathe", "move", "strong", "floor")] == ["free", "never", "never", "never"]
    assert [why.say for why in found["exercise:move"].because] == [held.policy.held_because]
    assert [why.say for why in found["exercise:floor"].because] == [held.facts["surgery_lt6w"].because]
    waiting = {one.id: one for one in exercise_choices(reading_of(held), starters_only=True)}
    assert [waiting[f"exercise:{name}"].state for name in ("strong", "move")] == ["free", "never"]
    assert [why.say for why in waiting["exercise:move"].because] == [held.policy.held_because]


def edited(found: Reading, edits: Edits, *, offered: int = 5) -> tuple[dict[str, Line], list[LeftOut]]:
    proposed, _ = exercise_lines(found, starters_only=False)
    lines, left_out = edited_exercises(found, edits, proposed, offered, starters_only=False)
    return {line.item.id: line for line in lines}, left_out


def test_exercises_wanted_stand_instead_of_those_proposed(library: Library) -> None:
    lines, left_out = edited(reading(library), Edits(exercises=("strong", "bend", "strong", "gone")))
    assert list(lines) == ["strong", "bend"] and left_out == []
    assert list(edited(reading(library), Edits(initials="JT"))[0]) == ["floor", "move", "strong"], (
        "none named: those proposed, as they get up"
    )


def test_a_new_one_has_the_dose_the_person_is_ready_for(library: Library) -> None:
    two = exercise("two", minutes=3, beginner=2, when=({"sleep": ("poor",)},))
    for activity, level, minutes in (("regular", "normal", 3), ("low", "beginner", 2)):
        line = edited(reading(library, STRONG, two, activity=activity), Edits(exercises=("two",)))[0]["two"]
        assert (line.dose_level, line.minutes, line.initials) == (level, minutes, "")


def test_what_is_insisted_on_bears_initials_and_what_spoke_against_it(library: Library) -> None:
    found, because = reading(library, mobility="no_floor"), library.facts["no_floor"].because
    lines, (left,) = edited(found, Edits(exercises=("floor", "move"), initials="JT"))
    assert list(lines) == ["move"] and (left.id, left.title, [why.say for why in left.because]) == (
        "exercise:floor",
        FLOOR.title,
        [because],
    )
    lines, left_out = edited(found, Edits(exercises=("floor", "move"), insisted=("exercise:floor",), initials="JT"))
    assert left_out == [] and (lines["floor"].initials, lines["floor"].advice) == ("JT", (because,))
    assert (lines["move"].initials, lines["move"].advice) == ("", ())
    twice = exercise("twice", avoid=("stenosis",))
    both = reading(library, twice, known=("stenosis",), rf_claudication="yes_known")
    told = edited(both, Edits(exercises=("twice",), insisted=("exercise:twice",)))[0]["twice"]
    assert told.advice == (library.facts["stenosis"].because,), "once, though two answers say it"
    never = Edits(exercises=("floor",), insisted=("exercise:floor",))
    assert edited(reading(library, pregnancy="t2"), never)[0] == {}


@pytest.mark.parametrize(("level", "minutes"), [("half", 1), ("beginner", 1), ("normal", 2), ("harder", 2), ("odd", 2)])
def test_doses_that_are_moved(library: Library, level: str, minutes: int) -> None:
    line = edited(reading(library), Edits(doses={"move": level}))[0]["move"]
    assert (line.minutes, line.dose_level) == (minutes, level if level != "odd" else "normal")
    assert line.dose == {"half": Dose(seconds=22), "beginner": Dose(seconds=45)}.get(level, MOVE.dose.normal)
    assert line.advice == (("more",) if level == "harder" else ())


def test_what_does_not_fit_the_minutes_says_so(library: Library) -> None:
    lines, (left,) = edited(reading(library), Edits(exercises=("move", "strong", "floor", "bend")), offered=4)
    assert set(lines) == {"move", "strong", "floor"}
    assert (left.id, left.title, [why.say for why in left.because]) == ("exercise:bend", BEND.title, [library.policy.no_room_because])
    assert set(edited(reading(library), Edits(exercises=("move", "strong", "floor", "bend")), offered=5)[0]) == {*lines, "bend"}


def test_seven_at_most(library: Library) -> None:
    items = [exercise(f"e{n}") for n in range(9)]
    lines, left_out = edited(reading(library, *items), Edits(exercises=tuple(one.id for one in items)), offered=20)
    assert len(lines) == 7 and [one.id for one in left_out] == ["exercise:e7", "exercise:e8"]


STYLES = (
    massage("firm", pressure=(3, 4), suits=(Suit({}, 9, ""),)),
    massage("soft", pressure=(1, 2), suits=(Suit({}, 3, ""),), minutes=(10, 20)),
    massage("mid", pressure=(2, 3), positions=("prone",), suits=(Suit({}, 2, ""),)),
    massage("scent", pressure=(1, 2), avoid=("no_scent",)),
)


def room(library: Library, *cautions: Any, **answers: Any) -> Reading:
    held = with_items(library, massages=STYLES, cautions=cautions)
    return reading_of(with_schedule(held, frequency=(row("any"),)), **answers)


def style_states(found: Reading, *, hold: bool = False) -> list[str]:
    return [f"{one.id.removeprefix('massage:')} {one.state}" for one in massage_choices(found, flag_hold=hold)]


def test_styles_free_asked_and_never(library: Library) -> None:
    assert style_states(room(library)) == ["firm free", "soft free", "mid free", "scent free"]
    assert style_states(room(library, pressure_pref="light"))[:2] == ["firm never", "soft free"]
    assert style_states(room(library, caution("c", positions_off=("prone",))))[2] == "mid never"
    assert style_states(room(library, scent_ok="no"))[3] == "scent never", "a fact is never set aside"
    for level, state in (("modify", "ask"), ("local", "ask"), ("absolute", "never")):
        assert style_states(room(library, caution("c", exclude=("soft",), level=level)))[1] == f"soft {state}"
        assert style_states(room(library, caution("c", exclude=("all",), level=level)))[1] == f"soft {state}"
    both = (caution("c", exclude=("soft",)), caution("d", exclude=("soft",), level="clinician"))
    assert style_states(room(library, *both, massage_cleared="yes"))[1] == "soft never"
    assert style_states(room(library, caution("c", only=("mid",))))[1] == "soft never"
    assert style_states(room(library, caution("c", exclude=("scent",)), scent_ok="no"))[3] == "scent never"


def test_nothing_may_be_added_where_massage_is_held(library: Library) -> None:
    never = ["firm never", "soft never", "mid never", "scent never"]
    for found, hold in (
        (room(library), True),
        (room(library, pressure_pref="none"), False),
        (room(library, caution("c", level="absolute")), False),
    ):
        assert style_states(found, hold=hold) == never
    why = {one.because for one in massage_choices(room(library), flag_hold=True)}
    assert [one.say for (one,) in why] == [library.policy.held_because]
    held = room(library, caution("m"), caution("c", level="absolute", when=({"sleep": ("poor",)},)), sleep="poor")
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
    capped = room(library, caution("c", cap=3, begin=3))
    assert (massaged(capped, Edits(pressure=4)).pressure_ask, massaged(capped, Edits(style="firm")).pressure_max) == (3, 3)


@pytest.mark.parametrize(("steps", "freq"), [(0, "weekly"), (1, "fortnightly"), (9, "none")])
def test_massage_less_often(library: Library, steps: int, freq: str) -> None:
    assert massaged(room(library), Edits(style="soft", steps_down=steps)).freq == freq


def test_a_style_asked_for_bears_initials(library: Library) -> None:
    found = room(library, caution("c", exclude=("scent",)))
    assert shown(massaged(found, Edits(style="scent", initials="JT"))) == ["firm", "soft", "mid"]
    part = massaged(found, Edits(style="scent", insisted=("massage:scent",), initials="JT"))
    assert shown(part)[0] == "scent" and [line.initials for line in part.styles] == ["JT", "", ""]
    assert part.styles[0].advice == ("say c",) and part.styles[1].advice == ()


def test_where_there_is_no_massage_nothing_is_changed(library: Library) -> None:
    for found in (room(library, pressure_pref="none"), room(library, caution("c", level="absolute"))):
        before = massage_part(found, flag_hold=False)[0]
        assert edited_massage(found, Edits(style="soft", pressure=1), before) is before


@pytest.mark.parametrize(
    ("usual", "half"),
    [
        (Dose(seconds=30), Dose(seconds=15)),
        (Dose(seconds=11), Dose(seconds=5)),
        (Dose(seconds=8), Dose(seconds=5)),
        (Dose(seconds=30, sets=3), Dose(seconds=15, sets=3)),
        (Dose(sets=2, repeats=10), Dose(sets=1, repeats=10)),
        (Dose(sets=3, repeats=10), Dose(sets=2, repeats=10)),
        (Dose(repeats=10), Dose(repeats=5)),
        (Dose(repeats=5), Dose(repeats=3)),
        (Dose(repeats=1), Dose(repeats=1)),
        (Dose(repeats=0), Dose(repeats=1)),
    ],
)
def test_half_a_dose(usual: Dose, half: Dose) -> None:
    assert halved(usual) == half


def test_doses_by_name_and_steps() -> None:
    assert [dose_at(MOVE, level) for level in ("beginner", "normal", "harder")] == [MOVE.dose.beginner, MOVE.dose.normal, MOVE.dose.normal]
    assert dose_at(MOVE, "half") == halved(MOVE.dose.beginner)
    assert [stepped("beginner", by) for by in (-9, -1, 0, 1, 2, 9)] == ["half", "half", "beginner", "normal", "harder", "harder"]
    assert (stepped("odd", 0), stepped("odd", 1)) == ("normal", "harder")
