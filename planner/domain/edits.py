"""What a therapist changes on a proposed plan: exercises swapped, doses moved, a style chosen; and what may never be changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from planner.domain.choose import because_of_condition, line_of, ranked
from planner.domain.doses import Numbers, from_step, fullest_day, held_at
from planner.domain.exercises import Moves, minutes_offered, new_line, redosed, typed_line
from planner.domain.items import Exercise, Massage
from planner.domain.limits import Against
from planner.domain.lines import Because, LeftOut, Line, MassagePart
from planner.domain.massage import excluding, frequency, less_often, often, position_because, positions, pressure_because, style_barred
from planner.domain.ranking import Worse, in_tier, of_this_person, ranked_exercises
from planner.domain.rules import Reading
from planner.domain.terms import DOSE_STEPS, STARTS, DoseStep

DOSES = DOSE_STEPS
"""From least to most."""
OLD_DOSES = {"beginner": "start", "normal": "build", "harder": "strong"}
"""What sheets and packs of the first content called them."""
MOST_EXERCISES = 10
"""On a therapist's sheet; what we propose ourselves stays within `training.most_places`."""
State = Literal["free", "ask", "never"]
"""free: may be added. ask: something speaks against it; a therapist may insist, with initials. never: nobody may."""


@dataclass(frozen=True)
class Edits:
    """Changes on top of the proposed plan. Empty ones leave it as it is."""

    exercises: tuple[str, ...] = ()  # ids, instead of those proposed
    doses: Mapping[str, str] = field(default_factory=dict)  # exercise id -> one of DOSES
    typed: Mapping[str, Numbers] = field(default_factory=dict)  # exercise id -> a dose in the therapist's own numbers; before `doses`
    told: Mapping[str, str] = field(default_factory=dict)  # exercise id -> a line of the therapist's own
    style: str = ""  # massage style to ask for first
    pressure: int = 0  # 1 to the cap
    insisted: tuple[str, ...] = ()  # line ids added although something spoke against them
    initials: str = ""  # whose decision that was; printed beside it
    given: str = ""  # id of the style given in this session
    next_weeks: int = 0  # weeks to the next session
    steps_down: int = 0  # levels of massage less often than the table says; NO_MORE for none
    holds: bool = False  # doses stay in all four weeks: under a code they move at a check-in alone
    walk_week: int = 0  # week of the walk from 1, past week 4 too; 0 as the plan goes
    minutes: int = 0  # a day, where a therapist gives more than a person can say; 0 as answered

    def __bool__(self) -> bool:
        return self != Edits()


@dataclass(frozen=True)
class Choice:
    """Something a therapist may want on the sheet, and why not if not."""

    id: str
    title: str
    state: State
    because: tuple[Because, ...] = ()
    against: tuple[Against, ...] = ()  # the demands that it makes and a condition does not allow
    named: tuple[str, ...] = ()  # titles of conditions that leave it out by its name

    @property
    def item_id(self) -> str:
        return self.id.partition(":")[2]

    @property
    def conditions(self) -> tuple[str, ...]:
        """Titles of the conditions that speak against it."""
        return tuple(dict.fromkeys((*(one.active.condition.title for one in self.against), *self.named)))


def exercise_choices(reading: Reading) -> tuple[Choice, ...]:
    """Every exercise, best first: those meant for this person, then the others of the library."""
    own = {item.id for item in of_this_person(reading)[0]}
    found = ranked_exercises(reading.library.exercises.values(), reading, Worse(reading))
    return tuple(exercise_choice(one.item, reading) for one in sorted(found, key=lambda one: one.item.id not in own))


def exercise_choice(item: Exercise, reading: Reading) -> Choice:
    against = _against(item, reading)
    return Choice(f"exercise:{item.id}", item.title, *_exercise_state(item, against, reading), against)


def _against(item: Exercise, reading: Reading) -> tuple[Against, ...]:
    """What speaks against it, strictest first. Massage of oneself, which a clinic's own exercise may be, needs both yeses."""
    found = reading.limits.against(item.demands)
    return found or (reading.limits.against(item.demands, massage=True) if "touch" in item.demands else ())


def _exercise_state(item: Exercise, against: tuple[Against, ...], reading: Reading) -> tuple[State, tuple[Because, ...]]:
    """never: a bar, or a tier that does not hold it. ask: only what is `soft` speaks against it. Source: clinical safety 7.1."""
    if not in_tier(item, reading):
        return "never", reading.why_barred(item.demands) or (Because(reading.library.policy.tier_because),)
    if "touch" in item.demands and (reading.limits.held or "touch_declined" in reading.words):
        return _held(reading)
    if not against:
        return "free", ()
    return ("ask" if all(one.force == "soft" for one in against) else "never"), reading.because_of(against[0])


def massage_choices(reading: Reading, *, flag_hold: bool) -> tuple[Choice, ...]:
    """Every massage style, best first. Where massage is held nothing may be added."""
    held = flag_hold or bool(reading.limits.held) or "touch_declined" in reading.words or reading.limits.tier_before != "all"
    return tuple(style_choice(one.item, reading, held=held) for one in ranked(reading.library.massages.values(), "massage", reading))


def style_choice(item: Massage, reading: Reading, *, held: bool) -> Choice:
    against, by_name = reading.limits.against(item.demands, massage=True), excluding(item, reading)
    titles = tuple(one.condition.title for one in by_name)
    return Choice(f"massage:{item.id}", item.title, *_style_state(item, reading, held), against, titles)


def _style_state(item: Massage, reading: Reading, held: bool) -> tuple[State, tuple[Because, ...]]:
    if held:
        return _held(reading)
    if not positions(item, reading):
        return "never", position_because(reading)
    if item.pressure[0] > reading.limits.cap:  # a cap is never raised
        return "never", pressure_because(reading)
    if any(one.condition.only and item.id not in one.condition.only for one in reading.conditions):
        return "never", style_barred(item, reading)
    against = reading.limits.against(item.demands, massage=True)
    if not style_barred(item, reading):
        return "free", ()
    return ("ask" if all(one.force == "soft" for one in against) else "never"), style_barred(item, reading)


def _held(reading: Reading) -> tuple[State, tuple[Because, ...]]:
    why = next((because_of_condition(one, reading) for one in reading.limits.held), ())
    return "never", why or (Because(reading.library.policy.held_because),)


def edited_exercises(reading: Reading, edits: Edits, proposed: Moves) -> Moves:
    """The exercises after the therapist's changes. What may not be there, or does not fit the minutes, is left out with its reason. A
    position that eases is said once: with its own dose among the exercises, where a therapist put it there."""
    names = [f"exercise:{name}" for name in edits.exercises] or [line.id for line in proposed.lines]
    states, before = choices_of(names, reading), {line.id: line for line in proposed.lines}
    offered = minutes_given(reading, edits)
    kept: list[Line] = []
    left_out: list[LeftOut] = []
    for name in dict.fromkeys(names):
        choice = states.get(name)
        if choice is None:
            continue
        if choice.state == "never" or (choice.state == "ask" and name not in edits.insisted):
            left_out.append(LeftOut(name, choice.title, choice.because))
            continue
        made = edited_line(choice, reading, edits, before)
        if len(kept) == MOST_EXERCISES or fullest_day(one.doses for one in (*kept, made) if one.minutes) > offered:
            left_out.append(LeftOut(name, choice.title, (Because(reading.library.policy.no_room_because),)))
        else:
            kept.append(made)
    done = {one.id for one in kept}
    known = {one.id for one in left_out} | done
    return Moves(
        lines=tuple(sorted(kept, key=lambda line: STARTS.index(line.exercise.start))),
        easing=tuple(one for one in proposed.easing if one.id not in done),
        left_out=[*(one for one in proposed.left_out if one.id not in known), *left_out],
        minutes=fullest_day(one.doses for one in kept if one.minutes),
        eases=proposed.eases,
    )


def minutes_given(reading: Reading, edits: Edits) -> int:
    """Minutes a day that the exercises may take. A therapist's own count on top of the most that a person can say: whoever says less
    later, under the code of the sheet, has less."""
    said = minutes_offered(reading)
    return max(said, edits.minutes) if said == max(map(int, reading.library.training.places)) else said


def choices_of(names: Iterable[str], reading: Reading) -> dict[str, Choice]:
    """Some exercises by line id, as a therapist may want them."""
    items = {name: reading.library.exercises.get(name.partition(":")[2]) for name in names}
    return {name: exercise_choice(item, reading) for name, item in items.items() if item}


def edited_line(choice: Choice, reading: Reading, edits: Edits, proposed: Mapping[str, Line]) -> Line:
    """The exercise as a line with its dose moved, and with initials where something spoke against it. `proposed`: lines by id."""
    one = proposed.get(choice.id) or new_line(choice.item_id, reading)
    step = OLD_DOSES.get(edits.doses.get(one.item_id, ""), edits.doses.get(one.item_id, ""))
    if one.item_id in edits.typed:
        one = typed_line(one, edits.typed[one.item_id], reading)
    elif edits.holds:
        most = one.dose_steps[-1] if one.dose_step == DOSES[0] else reading.limits.highest_dose  # who begins with half stays with less
        one = redosed(one, held_at(step if step in DOSES else one.dose_step, most), reading)
    elif step in DOSES and step != one.dose_step:  # the same step is no change: the later weeks stay too
        one = redosed(one, from_step(step, reading.limits.highest_dose), reading)
    one = one._replace(told=edits.told.get(one.item_id, ""))
    if choice.state == "ask":
        return signed(one, edits.initials, choice, reading)
    return one


def signed(line: Line, initials: str, choice: Choice, reading: Reading) -> Line:
    """The line with whose decision it was, and with what spoke against it, for the chart. Source: clinical safety 7.11.

    To the person it says what the exercise asks of them, never that it is left out or waits for somebody: it was chosen for them."""
    asks = tuple(f"{reading.library.demands[one.demand].reason.rstrip('.')}." for one in choice.against[:1])
    advice = (*line.advice, *asks)
    return line._replace(initials=initials, set_aside=choice.because, set_aside_for=choice.conditions, advice=advice)


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
    shown = (gentle or wanted)[: min(len(set(wanted)), 1 + reading.library.policy.alternatives)]
    before = {one.id: one for one in part.styles}
    styles = tuple(before.get(name) or _style_line(reading, choices[name], edits.initials) for name in shown)
    first = _style(reading, shown[0])
    row, minutes = frequency(reading, first)
    ask = max(first.pressure[0], min(edits.pressure or part.pressure_ask, part.pressure_max, first.pressure[1]))
    freq = less_often(often(row, reading), edits.steps_down)
    return replace(part, styles=styles, positions=positions(first, reading), pressure_ask=ask, row=row, freq=freq, minutes=minutes)


def _style(reading: Reading, name: str) -> Massage:
    return reading.library.massages[name.removeprefix("massage:")]


def _style_line(reading: Reading, choice: Choice, initials: str) -> Line:
    line = line_of(ranked([_style(reading, choice.id)], "massage", reading)[0], "massage", reading)
    if choice.state == "free":
        return line
    return signed(line, initials, choice, reading)


def stepped(level: str, by: int) -> DoseStep:
    """The next dose up or down; the ends stay."""
    place = DOSES.index(level) if level in DOSES else DOSES.index("start")
    return DOSES[max(0, min(len(DOSES) - 1, place + by))]
