"""Steps of an exercise in the words that fit a person: pounds beside kilograms, and a bed where no mat can be reached."""

from __future__ import annotations

import re
from dataclasses import replace

from planner.domain.days import Walking
from planner.domain.items import Exercise
from planner.domain.lines import Line

KILOGRAMS = re.compile(r"(\d+)(?: to (\d+))? kg")
POUNDS_A_KILOGRAM = 2.2046


def with_pounds(text: str) -> str:
    """ "8 to 12 kg" -> "18 to 26 lb (8 to 12 kg)" """
    return KILOGRAMS.sub(lambda found: f"{' to '.join(pounds(one) for one in found.groups() if one)} lb ({found[0]})", text)


def pounds(kilograms: str) -> str:
    return str(round(int(kilograms) * POUNDS_A_KILOGRAM))


def line_with_pounds(line: Line) -> Line:
    """An exercise whose steps and doses name both."""
    if not isinstance(line.item, Exercise):
        return line
    doses = tuple(replace(dose, note=with_pounds(dose.note)) for dose in line.doses)
    item = replace(line.item, steps=tuple(map(with_pounds, line.item.steps)), short=with_pounds(line.item.short))
    harder, easier = (replace(rung, short=with_pounds(rung.short)) if rung else None for rung in (line.harder, line.easier))
    return line._replace(item=item, doses=doses, harder=harder, easier=easier)


def walk_with_pounds(walk: Walking) -> Walking:
    """A walk whose words on training name both."""
    return replace(walk, say=with_pounds(walk.say), training=tuple(map(with_pounds, walk.training)))


def line_in_place(line: Line, said: str, instead: str) -> Line:
    """An exercise whose steps name the place this person can lie on: `instead` where they have `said`."""
    if not isinstance(line.item, Exercise) or not any(said in step for step in line.item.steps):
        return line
    return line._replace(item=replace(line.item, steps=tuple([step.replace(said, instead) for step in line.item.steps])))
