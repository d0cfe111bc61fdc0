"""Steps of the way to a goal, as content. Source: clinical plan 2.5 and 2.6."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from planner.domain.lookups import Table
from planner.domain.terms import STRICT, Lookup, Text


@dataclass(frozen=True)
class WayStep:
    """One step of the way to a goal. `here`: who starts on it. `own`: the person's own words of the goal stand in its place."""

    say: Text
    when: tuple[Lookup, ...] = ()
    here: tuple[Lookup, ...] = ()
    own: bool = False
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Way:
    """The steps to a goal as they are printed: the first way that fits, and of it the steps that fit. `go_on`: when to take the next one.
    Source: clinical plan 2.5 and 2.6."""

    id: str
    when: tuple[Lookup, ...]
    steps: tuple[WayStep, ...]
    go_on: Text = ""
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    @cached_property
    def steps_table(self) -> Table[WayStep]:
        return Table.of(self.steps)
