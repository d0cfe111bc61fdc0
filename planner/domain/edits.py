"""What a therapist changes on a proposed plan: exercises swapped, doses moved, a style chosen; and what may never be changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from planner.domain.choose import barred, line_of, rank, ranked
from planner.domain.exercises import exercise_line, minutes_a_day, starts_barred
from planner.domain.lines import Because, LeftOut, Line, MassagePart
from planner.domain.massage import frequency, less_often, limits, position_because, positions, pressure_because
from planner.domain.model import Dose, Exercise, Massage
from planner.domain.rules import Reading
from planner.domain.terms import STARTS

DoseLevel = Literal["half", "beginner", "normal", "harder"]
DOSES: tuple[DoseLevel, ...] = ("half", "beginner", "normal", "harder")
"""From least to most. `harder` is the full dose with the item's own way to progress."""
MOST_EXERCISES = 7
State = Literal["free", "ask", "never"]
"""free: may be added. ask: something speaks against it; a therapist may insist, with initials. never: nobody may."""


@dataclass(frozen=True)
class Edits:
    """Changes on top of the proposed plan. Empty ones leave it as it is."""

    exercises: tuple[str, ...] = ()  # ids, instead of those proposed
    doses: Mapping[str, str] = field(default_factory=dict)  # exercise id -> one of DOSES
    style: str = ""  # massage style to ask for first
    pressure: int = 0  # 1 to the cap
    insisted: tuple[str, ...] = ()  # line ids added although something spoke against them
    initials: str = ""  # whose decision that was; printed beside it
    given: str = ""  # id of the style given in this session
    next_weeks: int = 0  # weeks to the next session
    steps_down: int = 0  # levels of massage less often than the table says; NO_MORE for none

    def __bool__(self) -> bool:
        return self != Edits()


@dataclass(frozen=True)
class Choice:
    """Something a therapist may want on the sheet, and why not if not."""

    id: str
    title: str
    state: State
    because: tuple[Because, ...] = ()

    @property
    def item_id(self) -> str:
        return self.id.partition(":")[2]


def exercise_choices(reading: Reading, *, starters_only: bool) -> tuple[Choice, ...]:
    """Every exercise, best first: those meant for this person, then the others of the library."""
    return tuple(
        Choice(f"exercise:{one.item.id}", one.item.title, *_exercise_state(one.item, reading, starters_only))
        for one in ranked(reading.library.exercises.values(), reading)
    )


def _exercise_state(item: Exercise, reading: Reading, starters_only: bool) -> tuple[State, tuple[Because, ...]]:
    policy = reading.library.policy
    against = [name for name in (*item.avoid, *starts_barred(reading, item)) if reading.words.get(name)]
    if "surgery_lt6w" in reading.words and item.id != policy.only_breathing:
        return "never", barred(item, reading, starts_barred(reading, item)) or (Because(policy.held_because),)
    if starters_only and not item.starter:
        return "never", (Because(policy.held_because),)
    if not against:
        return "free", ()
    state: State = "ask" if set(against) <= set(policy.overridable) else "never"
    return state, barred(item, reading, starts_barred(reading, item))


def massage_choices(reading: Reading, *, flag_hold: bool) -> tuple[Choice, ...]:
    """Every massage style, best first. Where massage is held nothing may be added."""
    allow = limits(reading)
    held = flag_hold or bool(allow.held) or "touch_declined" in reading.words
    return tuple(
        Choice(f"massage:{one.item.id}", one.item.title, *_style_state(one.item, reading, held))
        for one in ranked(reading.library.massages.values(), reading)
    )


def _style_state(item: Massage, reading: Reading, held: bool) -> tuple[State, tuple[Because, ...]]:
    allow = limits(reading)
    if held:
        why = next((reading.because(one.caution.say, one.pairs) for one in allow.held), ())
        return "never", why or (Because(reading.library.policy.held_because),)
    if not positions(item, reading, allow):
        return "never", position_because(reading)
    if item.pressure[0] > allow.cap:  # a cap is never raised
        return "never", pressure_because(reading, allow.cap)
    if why := allow.excluded.get(item.id, ()) or barred(item, reading):
        return ("ask" if _only_modified(item, reading) else "never"), why
    return "free", ()


def _only_modified(item: Massage, reading: Reading) -> bool:
    """True when no caution above `local` excludes the style, and no fact does."""
    against = [one for one in reading.cautions if item.id in one.caution.exclude or "all" in one.caution.exclude]
    return bool(against) and not barred(item, reading) and all(one.level in ("modify", "local") for one in against)


def edited_exercises(
    reading: Reading, edits: Edits, proposed: tuple[Line, ...], offered: int, *, starters_only: bool
) -> tuple[tuple[Line, ...], list[LeftOut]]:
    """The exercises after the therapist's changes. What may not be there, or does not fit the minutes, is left out with its reason."""
    states = {one.id: one for one in exercise_choices(reading, starters_only=starters_only)}
    names = [f"exercise:{name}" for name in edits.exercises] or [line.id for line in proposed]
    before = {line.id: line for line in proposed}
    kept: list[Line] = []
    left_out: list[LeftOut] = []
    for name in dict.fromkeys(names):
        choice = states.get(name)
        if choice is None:
            continue
        if choice.state == "never" or (choice.state == "ask" and name not in edits.insisted):
            left_out.append(LeftOut(name, choice.title, choice.because))
            continue
        made = _line(before.get(name) or _new_line(reading, name), edits, choice)
        if len(kept) == MOST_EXERCISES or sum(one.minutes for one in kept) + made.minutes > offered:
            left_out.append(LeftOut(name, choice.title, (Because(reading.library.policy.no_room_because),)))
        else:
            kept.append(made)
    return tuple(sorted(kept, key=_place)), left_out


def _place(one: Line) -> int:
    return STARTS.index(getattr(one.item, "start", "any"))


def _new_line(reading: Reading, name: str) -> Line:
    item = reading.library.exercises[name.removeprefix("exercise:")]
    level = "normal" if "normal" in reading.words.get("dose_level", {}) else "beginner"
    return exercise_line(rank(item, reading), level, item.dose.normal if level == "normal" else item.dose.beginner, reading, [])


def _line(one: Line, edits: Edits, choice: Choice) -> Line:
    """The line with its dose moved, and with initials where something spoke against it."""
    item = one.item
    assert isinstance(item, Exercise)  # noqa: S101  the id says so
    level = edits.doses.get(item.id, "")
    if level in DOSES:
        dose = dose_at(item, level)
        advice = (*one.advice, item.progress) if level == "harder" and item.progress else one.advice
        one = replace(one, dose=dose, dose_level=level, minutes=minutes_a_day(dose), advice=advice)
    if choice.state == "ask":
        one = replace(one, initials=edits.initials, advice=(*one.advice, *(why.say for why in choice.because[:1])))
    return one


def edited_massage(reading: Reading, edits: Edits, part: MassagePart) -> MassagePart:
    """The massage section with the therapist's style first and their pressure, never above the cap.

    Where the pressure is below what a style works with, styles that work with it come instead."""
    if not part.recommended:
        return part
    choices = {one.id: one for one in massage_choices(reading, flag_hold=False)}
    free = [one.id for one in choices.values() if one.state == "free" or (one.state == "ask" and one.id in edits.insisted)]
    wanted = [name for name in (f"massage:{edits.style}", *(one.id for one in part.styles)) if name in free]
    lightest = edits.pressure or part.pressure_max
    gentle = [name for name in dict.fromkeys((*wanted, *free)) if _style(reading, name).pressure[0] <= lightest]
    shown = (gentle or wanted)[: 1 + reading.library.policy.alternatives]
    before = {one.id: one for one in part.styles}
    styles = tuple(before.get(name) or _style_line(reading, choices[name], edits.initials) for name in shown)
    first, allow = _style(reading, shown[0]), limits(reading)
    row, minutes = frequency(reading, allow, first)
    ask = max(first.pressure[0], min(edits.pressure or part.pressure_ask, part.pressure_max, first.pressure[1]))
    lying = positions(first, reading, allow)
    return replace(
        part, styles=styles, positions=lying, pressure_ask=ask, row=row, freq=less_often(row.freq, edits.steps_down), minutes=minutes
    )


def _style(reading: Reading, name: str) -> Massage:
    return reading.library.massages[name.removeprefix("massage:")]


def _style_line(reading: Reading, choice: Choice, initials: str) -> Line:
    line = line_of(rank(_style(reading, choice.id), reading), "massage", reading)
    if choice.state == "free":
        return line
    return replace(line, initials=initials, advice=(*line.advice, *(why.say for why in choice.because[:1])))


def dose_at(item: Exercise, level: str) -> Dose:
    """The dose of one of DOSES. Half is half of the beginner's: clinical rule (k), worse two weeks running."""
    if level == "half":
        return halved(item.dose.beginner)
    return item.dose.beginner if level == "beginner" else item.dose.normal


def halved(dose: Dose) -> Dose:
    """Half the work: seconds, sets or repeats, never below one (or 5 seconds)."""
    if dose.seconds:
        return replace(dose, seconds=max(5, dose.seconds // 2))
    if dose.sets > 1:
        return replace(dose, sets=-(-dose.sets // 2))
    return replace(dose, repeats=max(1, -(-dose.repeats // 2)))


def stepped(level: str, by: int) -> DoseLevel:
    """The next dose up or down; the ends stay."""
    place = DOSES.index(level) if level in DOSES else DOSES.index("normal")
    return DOSES[max(0, min(len(DOSES) - 1, place + by))]
