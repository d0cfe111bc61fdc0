"""The form of a clinic's own exercise: what was typed and ticked, what is wrong with it, and the exercise that it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from flask import request

from planner.clinic.lengths import EXERCISE, EXERCISE_TAKEN, STEP, STEP_TAKEN
from planner.clinic.people.names import clean_name
from planner.clinic.sheets.own_exercises import KNOWN_PURPOSES, KNOWN_REGIONS, KNOWN_STARTS, Written
from planner.clinic.sheets.typed_doses import BOUNDS
from planner.domain.items import Dose
from planner.domain.model import Library
from planner.domain.typed_text import one_line
from planner.languages.translate import gettext as _
from planner.outputs.glyphs import unprintable
from planner.web.clinic.problem_words import dose_labels

FEWEST_LINES = 2
STEP_LINES = 5
TYPED_NAMES = ("title", *(f"step-{number}" for number in range(1, STEP_LINES + 1)), *BOUNDS, "start", "purpose")
TICKED_NAMES = ("region", "demand")
NO_DEMAND = "none"  # of the demands: said by hand, so that nobody forgets the list
USUAL_NUMBERS = {"sets": "1", "repeats": "8", "hold_seconds": "0", "sides": "1", "times_a_day": "1", "days_a_week": "7"}
BRACES = str.maketrans("{}", "()")  # braces stand for words of a country in our own texts


@dataclass(frozen=True)
class ExerciseForm:
    """`lines` and `lists` by the names of their fields, as they were typed; `errors`: field -> sentence."""

    lines: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(TYPED_NAMES, "") | USUAL_NUMBERS)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: dict.fromkeys(TICKED_NAMES, ()))
    errors: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, said: Written) -> ExerciseForm:
        """What was kept, to be changed."""
        steps = {f"step-{number}": step for number, step in enumerate(said.steps, 1)}
        amount = {name: str(number or "") if name != "hold_seconds" else str(number) for name, number in asdict(said.amount).items()}
        lines = dict.fromkeys(TYPED_NAMES, "") | steps | {name: amount[name] for name in BOUNDS}
        lines |= {"title": said.title, "start": said.start, "purpose": said.purpose}
        return cls(lines, {"region": said.regions, "demand": said.demands or (NO_DEMAND,)})

    @classmethod
    def sent(cls, library: Library) -> ExerciseForm:
        """As this request sends it. Words that are no answer of a list are left out."""
        known = {"region": KNOWN_REGIONS, "demand": (*library.new_sheet.own_demands, NO_DEMAND)}
        taken = {"title": EXERCISE_TAKEN, **{name: STEP_TAKEN for name in TYPED_NAMES if name.startswith("step-")}}
        lines = {name: one_line(request.form.get(name, ""))[: taken.get(name, 20)].translate(BRACES) for name in TYPED_NAMES}
        lists = {name: tuple(one for one in known[name] if one in request.form.getlist(name)) for name in TICKED_NAMES}
        return cls(lines, lists, dict(wrong_words(lines)) | wrong_amount(lines) | wrong_choices(lines, lists))

    def steps(self) -> tuple[str, ...]:
        return steps_in(self.lines)

    @property
    def written(self) -> Written:
        """The exercise, where nothing is wrong; its picture is another matter."""
        numbers: dict[str, Any] = {name: int(self.lines[name] or 0) for name in BOUNDS}
        return Written(
            clean_name(self.lines["title"], EXERCISE),
            self.steps(),
            Dose(**numbers),
            next(one for one in KNOWN_STARTS if one == self.lines["start"]),
            next(one for one in KNOWN_PURPOSES if one == self.lines["purpose"]),
            tuple(one for one in KNOWN_REGIONS if one in self.lists["region"]),
            tuple(one for one in self.lists["demand"] if one != NO_DEMAND),
        )


def steps_in(lines: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(lines[name] for name in TYPED_NAMES if name.startswith("step-") and lines[name])


def wrong_words(lines: Mapping[str, str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if not clean_name(lines["title"], EXERCISE):
        found.append(("title", _("Type a name of at most %(most)s characters") % {"most": EXERCISE}))
    if len(steps_in(lines)) < FEWEST_LINES:
        empty = next(name for name in TYPED_NAMES if name.startswith("step-") and not lines[name])
        found.append((empty, _("Type at least %(least)s steps, one on each line") % {"least": FEWEST_LINES}))
    for name in lines:
        if name.startswith("step-") and len(lines[name]) > STEP:
            found.append((name, _("This line is %(n)s characters too long") % {"n": len(lines[name]) - STEP}))
        elif (name.startswith("step-") or name == "title") and (letters := unprintable(lines[name])):
            found.append((name, _("Our paper has no letters for %(words)s") % {"words": " ".join(letters[:12])}))
    return found


def wrong_amount(lines: Mapping[str, str]) -> dict[str, str]:
    """Either repeats, or seconds of going on; each number within what can be typed on a sheet."""
    found = {}
    for name, (least, most) in BOUNDS.items():
        text = lines[name]
        if not (text.isascii() and text.isdigit() and len(text) < 5 and least <= int(text) <= most) and (
            text or name not in ("repeats", "seconds", "hold_seconds")
        ):
            told = {"number": dose_labels()[name], "least": least, "most": most}
            found[name] = _("%(number)s: type a whole number from %(least)d to %(most)d") % told
    if bool(lines["repeats"]) == bool(lines["seconds"]):
        found.setdefault("repeats", _("Type either repeats or seconds, and leave the other empty"))
    return found


def wrong_choices(lines: Mapping[str, str], lists: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    found = {}
    if lines["start"] not in KNOWN_STARTS:
        found["start"] = _("Choose the position that it begins in")
    if lines["purpose"] not in KNOWN_PURPOSES:
        found["purpose"] = _("Choose what it is for")
    if not lists["region"]:
        found["region"] = _("Tick at least one place that it is for")
    if not lists["demand"]:
        found["demand"] = _("Tick all that it asks of the body, or “None of these”")
    elif NO_DEMAND in lists["demand"] and len(lists["demand"]) > 1:
        found["demand"] = _("“None of these” does not go with another tick")
    return found
