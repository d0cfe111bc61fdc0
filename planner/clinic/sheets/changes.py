"""What the buttons of the form do: swap, remove, add, dose up and down, insist. Each gives another form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from planner.clinic.sheets.exercise_row import ExerciseRow
from planner.clinic.sheets.proposal import ADVISED_PURPOSES, Proposal
from planner.clinic.sheets.sheet_form import SheetForm
from planner.domain.doses import numbers_of, one_step_down, one_step_up
from planner.domain.edits import DOSES, Edits, stepped
from planner.domain.from_clinic import ClinicExercise
from planner.domain.items import Exercise
from planner.domain.ranking import meant


def changed_form(do: str, now: Proposal) -> SheetForm:
    """The form after `do`, such as "swap:bridge" or "less" (every dose). Anything else leaves it as it is."""
    name, _, what = do.partition(":")
    if now.stops or name not in CHANGES:
        return now.form
    return replace(now.form, edits=CHANGES[name](now, what))


def swap(now: Proposal, name: str) -> Edits:
    """The next best exercise instead: free, of the same purpose where there is one, no version of another, and within the minutes."""
    for other in candidates(now, name):
        edits = _with(now, tuple(other if one == name else one for one in now.wanted))
        if now.fits(edits):
            return edits
    return now.form.edits


def candidates(now: Proposal, name: str) -> Iterator[str]:
    """From the one that ranks after `name` on, round to the first again. Those meant for this person come first, and of these
    the same purpose; another only if none is lost by it."""
    held = now.library.exercises
    free = [one.item_id for one in now.exercises if one.item_id == name or (one.state == "free" and not _is_own(held[one.item_id]))]
    if name not in free or name not in now.wanted:
        return
    start = free.index(name)
    others = tuple(one for one in now.wanted if one != name)
    turned = [one for one in free[start + 1 :] + free[:start] if one not in others and not now.related(one, others)]
    purpose = held[name].purpose
    bound = purpose in ADVISED_PURPOSES and not any(held[one].purpose == purpose for one in others)
    usable = [one for one in turned if held[one].purpose == purpose or not bound]
    theirs = {item.id for item in meant(now.journey.reading)}
    yield from sorted(usable, key=lambda one: (one not in theirs, held[one].purpose != purpose))


def _is_own(item: Exercise) -> bool:
    """True for a clinic's own exercise: nobody gets one unless a therapist chooses it."""
    return isinstance(item, ClinicExercise)


def remove(now: Proposal, name: str) -> Edits:
    left = tuple(one for one in now.wanted if one != name)
    return _with(now, left) if left else now.form.edits


def add(now: Proposal, name: str) -> Edits:
    """Only what is free; for the rest there is `insist`."""
    choice = now.choice(f"exercise:{name}")
    if choice is None or choice.state != "free" or name in now.wanted:
        return now.form.edits
    return _as_given(now, _with(now, (*now.wanted, name)), name)


def _as_given(now: Proposal, edits: Edits, name: str) -> Edits:
    """A clinic's own exercise comes with the amount that the clinic gives; this person's limits hold it down where the plan is built."""
    item = now.library.exercises[name]
    if not isinstance(item, ClinicExercise) or name in edits.typed:
        return edits
    return replace(edits, typed={**edits.typed, name: numbers_of(item.amount)})


def insist(now: Proposal, line: str) -> Edits:
    """Adds what something speaks against. Never what nobody may add."""
    choice, (family, _, name) = now.choice(line), line.partition(":")
    if choice is None or choice.state != "ask":
        return now.form.edits
    insisted = tuple(dict.fromkeys((*now.form.edits.insisted, line)))
    edits = replace(now.form.edits, insisted=insisted, initials=now.form.signer.initials)
    if family == "massage":
        return replace(edits, style=name)
    return _as_given(now, replace(edits, exercises=tuple(dict.fromkeys((*now.wanted, name)))), name)


def less(now: Proposal, name: str) -> Edits:
    return _stepped(now, name, -1)


def more(now: Proposal, name: str) -> Edits:
    return _stepped(now, name, 1)


def reset(now: Proposal, _name: str) -> Edits:
    """Back to what was proposed, without what was insisted on."""
    edits = now.form.edits
    return Edits(given=edits.given, next_weeks=edits.next_weeks, minutes=edits.minutes)


def within(now: Proposal, levels: Mapping[str, str]) -> Edits:
    """The edits, where doses that went up go back to `levels` if the minutes do not allow them: the last exercise first."""
    edits = now.form.edits
    raised = [row.id for row in now.rows if levels.get(row.id) in DOSES and DOSES.index(row.level) > DOSES.index(levels[row.id])]
    lowered = replace(edits, doses={**edits.doses, **{name: levels[name] for name in raised}})
    most = len(now.plan_with(lowered).section("exercises"))
    while raised and len(now.plan_with(edits).section("exercises")) < most:
        name = raised.pop()
        edits = replace(edits, doses={**edits.doses, name: levels[name]})
    return edits


def _stepped(now: Proposal, name: str, by: int) -> Edits:
    """The next dose of one exercise, or of every one. More of one is refused where the minutes do not allow it: the page says so."""
    rows: tuple[ExerciseRow, ...] = tuple(row for row in now.rows if not name or row.id == name)
    doses = dict(now.form.edits.doses) | {row.id: stepped(row.level, by) for row in rows if not row.typed}
    step = one_step_up if by > 0 else one_step_down
    typed = dict(now.form.edits.typed) | {row.id: step(numbers_of(row.dose)) for row in rows if row.typed}
    return replace(now.form.edits, exercises=now.wanted, doses=doses, typed=typed)


def _with(now: Proposal, names: tuple[str, ...]) -> Edits:
    edits = now.form.edits
    insisted = tuple(one for one in edits.insisted if not one.startswith("exercise:") or one.partition(":")[2] in names)
    kept: dict[str, Any] = {
        part: {name: value for name, value in getattr(edits, part).items() if name in names} for part in ("doses", "typed", "told")
    }
    return replace(edits, exercises=names, insisted=insisted, **kept)


CHANGES: dict[str, Callable[[Proposal, str], Edits]] = {
    "swap": swap,
    "remove": remove,
    "add": add,
    "insist": insist,
    "less": less,
    "more": more,
    "reset": reset,
}
