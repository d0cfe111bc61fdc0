"""The exercises of a plan: allowed, ranked, fitted into the places, and as lines with the rungs beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.choose import Ranked, line_of
from planner.domain.doses import WEEKS, Numbers, Steps, minutes_a_day, typed_dose
from planner.domain.evidence import Strength, strength_of_exercise
from planner.domain.from_clinic import ClinicExercise
from planner.domain.items import Dose, Exercise
from planner.domain.lines import LeftOut, Line, Rung
from planner.domain.places import Places
from planner.domain.ranking import Worse, level_of, not_due, of_this_person, ranked_exercises, start_rungs, wished
from planner.domain.required import Required
from planner.domain.rules import Reading, match_any
from planner.domain.terms import STARTS
from planner.domain.timed import once_a_day, timed

"""Who is below it adds repeats instead."""


@dataclass(frozen=True)
class Moves:
    """The exercises in the order they are done, positions that ease it, what was left out, and the minutes of the fullest day.

    `eases`: the position that suits best, also where none stands beside the exercises; a flare asks for it. Source: clinical plan 6.4."""

    lines: tuple[Line, ...]
    easing: tuple[Line, ...]
    left_out: Sequence[LeftOut]
    minutes: int
    eases: str = ""


def moves(reading: Reading) -> Moves:
    """Chooses. A tier below `all` takes every starter that fits; breathing alone has one line."""
    allowed, left_out = of_this_person(reading)
    training = reading.library.training
    wanted = Required.of(reading)
    undue, level, worse = not_due(reading), level_of(reading), Worse(reading)
    within = [one for one in wanted.allowed(allowed) if one.purpose not in undue]  # else a lower rung is the start
    begun = start_rungs(within, reading, worse)
    counts = {one.id for one in begun if one.purpose in training.purposes_counted}.difference(training.outside)
    below = {one.id for one in within if one.level <= level} - counts
    best = ranked_exercises(allowed, reading, worse)
    beside = [one for one in best if one.item.id in training.outside]
    counted, lower = ([one for one in best if one.item.id in some] for some in (counts, below))
    names = {item.id for item in allowed}
    places = places_of(reading, worse, wanted, counted, lower, len(beside))
    places.fill()
    lines = [exercise_line(one, places, names) for one in (*places.chosen, *beside)]
    resting = eased(best, places)
    easing = [ease_line(one, places, names) for one in resting[: wanted.ease]]
    return Moves(
        lines=tuple(sorted(lines, key=lambda line: STARTS.index(line.exercise.start))),
        easing=tuple(easing),
        left_out=left_out,
        minutes=places.used(),
        eases=resting[0].item.id if resting else "",
    )


def places_of(
    reading: Reading,
    worse: Worse,
    wanted: Required,
    candidates: Sequence[Ranked[Exercise]] = (),
    lower: Sequence[Ranked[Exercise]] = (),
    beside: int = 0,
) -> Places:
    """`beside`: exercises that cost no place, but count among those of a plan."""
    return Places(reading, worse, minutes_offered(reading), wanted, candidates, half(reading), lower, beside)


def new_line(name: str, reading: Reading) -> Line:
    """An exercise that a therapist adds, as a line of this person's plan."""
    item = reading.library.exercises[name]
    names, worse = {one.id for one in of_this_person(reading)[0]}, Worse(reading)
    return exercise_line(ranked_exercises([item], reading, worse)[0], places_of(reading, worse, Required.of(reading)), names)


def redosed(line: Line, steps: Steps, reading: Reading) -> Line:
    """A line with other doses, on the same days."""
    doses = reading.library.doses[line.exercise.dose]
    found = timed(line.exercise, doses, steps, minutes_offered(reading), once=once_a_day(line.exercise, reading))
    after = line.after if steps[-1] == line.dose_steps[-1] else None
    return line._replace(doses=found.doses, dose_steps=steps, after=after, minutes=found.minutes if line.minutes else 0)


def typed_line(line: Line, numbers: Numbers, reading: Reading) -> Line:
    """A line with a dose in somebody's own numbers, in each of the four weeks, on the days that it names."""
    doses = reading.library.doses[line.exercise.dose]
    dose = typed_dose(numbers, line.doses[0], doses, reading.limits.highest_dose)
    return line._replace(doses=(dose,) * WEEKS, typed=True, after=None, minutes=minutes_a_day(dose) if line.minutes else 0)


def minutes_offered(reading: Reading) -> int:
    return int(next(iter(reading.words.get("minutes", {"5": ()}))))


def half(reading: Reading) -> bool:
    """True for people who begin with half of a dose. Source: clinical plan 1.3."""
    return match_any(reading.library.training.half, reading.words) is not None


def eased(best: list[Ranked[Exercise]], places: Places) -> list[Ranked[Exercise]]:
    """The positions that ease it, best first. Of two that suit as well, what answers what makes it worse goes first."""
    order, answering = places.reading.library.training.easing, places.worse.answered_by
    resting = [one for one in best if one.item.purpose == "ease"]
    return sorted(resting, key=lambda one: (-one.points, one.item.id not in answering, order.index(one.item.id)))


def exercise_line(one: Ranked[Exercise], places: Places, allowed: set[str]) -> Line:
    """An exercise as a line: its dose of each week, its minutes, and the easier and harder rungs that this person may do."""
    reading, item = places.reading, one.item
    found = places.timed(item)
    harder = (
        None if not item.harder or capped(places) else rung(item, "harder", reading, allowed - taken(item, places) - annoying(item, places))
    )
    own = item if isinstance(item, ClinicExercise) else None
    strength = Strength(own.proof, "very_low", ()) if own else strength_of_exercise(item, places.evidence, reading.words)
    made = line_of(
        asked_for(one, places),
        "exercises",
        reading,
        strength,
        minutes=found.minutes,
        doses=found.doses,
        dose_steps=places.steps(item),
        easier=rung(item, "easier", reading, allowed),
        harder=harder,
        after=None if harder or own or capped(places) else strong_dose(item, places),
    )
    return made._replace(advice=(own.mark, *made.advice)) if own else made


def asked_for(one: Ranked[Exercise], places: Places) -> Ranked[Exercise]:
    """An exercise that nothing but a need of the plan speaks for has the answers behind that need as its reason, else where it hurts."""
    words = places.reading.words
    needed = wished(places.wanted.asked.get(one.item.id, ()))
    said = needed or words.get("pain_free", {}).get("yes", ())[:1] or next(iter(words.get("area_focus", {}).values()), ())
    own = [hit for hit in one.hits if hit[0] > 0 and hit[2]]
    return one if own or not said else Ranked(one.item, one.points, places.reading, lambda item: ((1, item.because, said),))


def ease_line(one: Ranked[Exercise], places: Places, allowed: set[str]) -> Line:
    """A position that eases, as a line: for when it is needed. Nobody trains to rest, so that no exercise is its next step."""
    return exercise_line(one, places, allowed)._replace(section="ease", minutes=0, harder=None)


def strong_dose(item: Exercise, places: Places) -> Dose | None:
    """The dose after week 4 for people of level 2 and more; None where it grows no further. Source: clinical plan 1.3."""
    doses, training = places.reading.library.doses[item.dose], places.reading.library.training
    heavy = not set(training.ahead_without).isdisjoint(item.demands)  # the steps to the goal say how much
    grows = item.purpose in training.grows_on and level_of(places.reading) >= training.grows_from
    if heavy or not grows or places.steps(item)[-1] == "strong":
        return None
    if doses.strong == doses.build:
        return None
    return timed(item, doses, ("strong", "strong", "strong", "strong"), places.offered).doses[0]


def annoying(item: Exercise, places: Places) -> set[str]:
    """Rungs above this one that ask for what makes it worse: nobody is sent up to them."""
    held = places.reading.library.exercises
    above = [held[name] for name in (item.harder, held[item.harder].harder if item.harder else "") if name]
    return {one.id for one in above} & places.worse.worsened


def taken(item: Exercise, places: Places) -> set[str]:
    """Rungs that the plan holds already, or of whose line it holds one besides this exercise: the step would lead back."""
    beside = places.reading.library.training.beside
    others = [one.item.id for one in places.chosen if one.item.id != item.id]
    return {name for other in others for name in (other, *beside.get(other, ()))}


def capped(places: Places) -> bool:
    """True for people whose dose or tier is held down: no harder rung is named."""
    limits = places.reading.limits
    return limits.tier != "all" or limits.dose_cap != "strong" or places.half


def rung(item: Exercise, link: str, reading: Reading, allowed: set[str]) -> Rung | None:
    """The exercise that a link names, or the one that it names in turn; None if this person may do neither. Source: 1.2 (d).

    Nobody is sent up over a rung to work on another place: from arm lifts to a lift with a bag."""
    held = reading.library.exercises
    first = getattr(item, link)
    for name in (first, getattr(held[first], link) if first else ""):
        if name and name in allowed and (link != "harder" or name == first or not set(item.regions).isdisjoint(held[name].regions)):
            return Rung(name, held[name].title, held[name].short)
    return None
