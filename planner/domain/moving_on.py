"""How a plan moves at a check-in: it eases, holds, builds, or goes to the next rung. Source: clinical safety 7.4 to 7.8, clinical plan 2.6.

Never up when worse, never up without days done, at most once in two weeks, and only to what the limits allow. What was too much
eases at once. Of what was useful least nothing goes up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce

from planner.domain.course import Course
from planner.domain.doses import WEEKS, halved, one_step_up
from planner.domain.edits import Edits, stepped
from planner.domain.lines import Line
from planner.domain.review import ReadBack, Verdict, eases, moves_up, review, verdict_of
from planner.domain.schedule import CheckInRules, ReviewRules
from planner.domain.terms import DOSE_STEPS
from planner.domain.thread import CheckIn, Diary, Shown, Told, WeekTold, both_said, gone_before, told_in, weeks_between

CourseWith = Callable[[Edits], Course]
"""The course of one person after some edits, under their limits of today."""
BUILDS = DOSE_STEPS[: DOSE_STEPS.index("build")]
"""The steps that go up with a good week alone, as a printed plan does in week 3. Beyond it goes only what felt easy."""


@dataclass(frozen=True)
class Asked:
    """What a check-in is judged by. `base`: pain at the beginning. `edits`: the plan as it was kept. `made`: the day of its answers.
    `told`: what was said on paper before this plan."""

    rules: ReviewRules
    check_ins: CheckInRules
    course: CourseWith
    base: int
    edits: Edits
    made: date
    told: tuple[Told, ...] = ()


def entered(asked: Asked, diary: Diary, said: CheckIn, week: int, on: date) -> WeekTold:
    """The check-in of one week and what follows from it. `diary`: up to then."""
    back = ReadBack(said.days, said.pain, 0, 0)
    since = diary.last.on if diary.last else asked.made
    verdict = verdict_of(asked.rules, back, gone_before(asked.rules, asked.base, (*asked.told, *told_in(diary)), since, on))
    before = as_it_goes(asked, diary, week, on)
    still_tried = any(entry.verdict == "stuck" and entry.said.days for entry in diary.entries)
    after = moved_on(asked, before, said, verdict, weeks=weeks_between(last_moved(diary, asked.made), on), tried=still_tried)
    walked = walk_after(asked, diary, before.walk_week, said, verdict, week)
    moved = eases(asked.rules, back, verdict) or measure(asked.course(after)) != measure(asked.course(before))
    return WeekTold(week, on, said, verdict, moved, before, replace(after, walk_week=walked))


def last_moved(diary: Diary, made: date) -> date:
    """The day from which the weeks to the next step count: of the last move, or of the beginning. `made`: of the answers."""
    return max(next((entry.on for entry in reversed(diary.entries) if entry.moved), diary.begun), made)


def measure(course: Course) -> object:
    """What of a course somebody would notice: exercises, doses and massage. Two of the same are equal."""
    part = course.massage
    massage = (part.freq, part.pressure_ask, [one.id for one in part.styles]) if part else None
    return [(line.id, line.doses) for line in course.exercises], massage


def as_it_goes(asked: Asked, diary: Diary, week: int, on: date) -> Edits:
    """The plan as it was in the week that is over: what the last check-in came to, or what the plan says for that week."""
    if diary.edits is not None:
        return diary.edits
    over = min(week, WEEKS, 1 + max(0, (on - asked.made).days - 1) // 7)
    lines = asked.course(asked.edits).exercises
    return replace(
        asked.edits,
        exercises=tuple(line.item_id for line in lines),
        doses={line.item_id: line.dose_steps[over - 1] for line in lines if line.dose_steps},
        holds=True,
        walk_week=asked.edits.walk_week or over,  # under a new code the walk goes on from where check-ins had left it
    )


def moved_on(asked: Asked, edits: Edits, said: CheckIn, verdict: Verdict, *, weeks: int, tried: bool) -> Edits:
    """The edits after a check-in. `weeks`: since the last move."""
    now = asked.course(edits)
    shown = {line.item_id: line for line in now.exercises}
    best = next((place for place, name in enumerate(shown, 1) if name in said.best), 0)
    back = ReadBack(said.days, said.pain, best, 0)
    held = review(asked.rules, now, back, edits, verdict, weeks=weeks, tried=tried)
    after = replace(
        edits,  # what a therapist decided for this sheet stays in it
        exercises=held.exercises,
        doses=held.doses,
        typed=held.typed,
        told=held.told,
        style=held.style,
        pressure=held.pressure,
        steps_down=held.steps_down,
    )
    for name in said.much:
        if name in after.exercises:
            after = eased(after, shown[name], set(shown) | set(after.exercises))
    if not moves_up(asked.rules, back, verdict, weeks):
        return after
    easy, ups = steps_up(asked, said, after, shown)
    whole = raised(after, ups, easy)
    if all_there(asked.course(whole), whole):
        return whole
    for line in ups:  # one at a time, so that nothing falls out of the minutes
        trial = raised(after, [line], easy)
        after = trial if all_there(asked.course(trial), trial) else after
    return after


def eased(edits: Edits, line: Line, taken: set[str]) -> Edits:
    """The easier exercise instead, at no more than its first dose; or half as much, where there is none to take."""
    rung, name = line.easier, line.item_id
    if rung is None or rung.id in taken:
        typed = {one: halved(dose) if one == name else dose for one, dose in edits.typed.items()}
        return replace(edits, doses={**edits.doses, name: "half"}, typed=typed)
    first = min(edits.doses.get(name, "half"), "start", key=DOSE_STEPS.index)
    return instead(edits, name, rung.id, first)


def instead(edits: Edits, old: str, new: str, dose: str) -> Edits:
    """Another exercise in the place of one; what was typed for that one went with it."""
    return replace(
        edits,
        exercises=tuple(new if name == old else name for name in edits.exercises),
        doses={name: step for name, step in edits.doses.items() if name != old} | {new: dose},
        typed={name: numbers for name, numbers in edits.typed.items() if name != old},
        told={name: words for name, words in edits.told.items() if name != old},
    )


def steps_up(asked: Asked, said: CheckIn, after: Edits, shown: dict[str, Line]) -> tuple[list[str], list[Line]]:
    """The first few that felt easy, those with a next rung before others; and all that goes up: these, and what builds as on paper."""
    free = [name for name in shown if name in after.exercises and name not in (*said.much, *said.least)]
    found = sorted((name for name in free if name in said.easy), key=lambda name: shown[name].harder is None)
    easy = found[: asked.check_ins.steps_at_once]
    builds = [name for name in free if name not in easy and name not in after.typed and shown[name].dose_step in BUILDS]
    return easy, [shown[name] for name in (*easy, *builds)]


def raised(edits: Edits, ups: list[Line], easy: list[str]) -> Edits:
    """The next rung for what felt easy, where there is one; the next dose for the rest."""
    for line in ups:
        name, rung = line.item_id, line.harder
        if rung and name in easy and rung.id not in edits.exercises and line.dose_step != DOSE_STEPS[0]:
            edits = instead(edits, name, rung.id, "start")
        elif name in edits.typed:
            edits = replace(edits, typed={**edits.typed, name: one_step_up(edits.typed[name])})
        else:
            edits = replace(edits, doses={**edits.doses, name: stepped(line.dose_step, 1)})
    return edits


def all_there(course: Course, edits: Edits) -> bool:
    return set(edits.exercises) <= {line.item_id for line in course.exercises}


def walk_after(asked: Asked, diary: Diary, walked: int, said: CheckIn, verdict: Verdict, week: int) -> int:
    """A week's step of the walk for a week with enough days; one back when worse. After week 4, one for each week since the last look."""
    if eases(asked.rules, ReadBack(said.days, said.pain, 0, 0), verdict):
        return max(1, walked - 1)
    if said.days < asked.rules.few_days:
        return walked
    since = week - (diary.last.week if diary.last else week - 1)
    return walked + (1 if walked < WEEKS else max(1, since))


def recorded(asked: Asked, diary: Diary, said: CheckIn, week: int, on: date, shown: Shown = ()) -> Diary:
    """The diary with a check-in. For a week that was told before, what asks for less counts; nothing of either is lost.

    One that comes when a later week has been told already is added to that one. `shown`: the plan until now, in words."""
    week = max(week, diary.last.week if diary.last else 0)
    old = next((entry for entry in diary.entries if entry.week == week), None)
    if old is None:
        made = replace(entered(asked, diary, said, week, on), shown=shown)
        return replace(diary, entries=(*diary.entries, made), edits=made.after)
    if said in (old.said, *old.also):
        return diary
    also = (*(old.also or (old.said,)), said)
    if diary.edits != old.after:  # the answers were changed since, and the plan with them
        return with_entry(diary, replace(old, also=also))
    before = replace(diary, entries=diary.entries[:-1], edits=old.before)
    now = entered(asked, before, reduce(both_said, also), week, old.on)
    return replace(with_entry(diary, replace(now, shown=old.shown, also=also)), edits=now.after)


def with_entry(diary: Diary, entry: WeekTold) -> Diary:
    return replace(diary, entries=tuple(entry if one.week == entry.week else one for one in diary.entries))


def carried(diary: Diary, now: Course, proposed: Course, rules: ReviewRules) -> Edits | None:
    """The edits on new answers: what the check-ins came to goes on, and nothing is harder for it. None before a check-in. So do a
    therapist's style and next session, and their own doses and lines for the exercises that stay.

    `now`: as the plan stands. `proposed`: what the new answers propose. What was too much stays away while there is something easier."""
    last = diary.last
    if last is None or diary.edits is None:
        return None
    steps = {line.item_id: line.dose_step for line in now.exercises}
    less = eases(rules, ReadBack(last.said.days, last.said.pain, 0, 0), last.verdict)
    gone = {name for entry in diary.entries for name in entry.said.much} - set(steps)
    exercises = tuple(line.item_id for line in proposed.exercises)
    stay, first = set(exercises) & set(steps), DOSE_STEPS[0] if less else DOSE_STEPS[1]
    edits = replace(
        diary.edits,
        exercises=exercises,
        doses={name: steps.get(name, first) for name in exercises},
        typed={name: numbers for name, numbers in diary.edits.typed.items() if name in stay},
        told={name: words for name, words in diary.edits.told.items() if name in stay},
        insisted=(),  # was checked for the answers of before
        initials="",
        given="",
        holds=True,
    )
    for line in proposed.exercises:
        if line.item_id in gone:
            edits = eased(edits, line, set(edits.exercises))
    return edits
