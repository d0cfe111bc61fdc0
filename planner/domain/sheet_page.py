"""What a therapist can set on the new-sheet page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from planner.domain.terms import STRICT, Start, Text, Verbatim


@dataclass(frozen=True)
class Toggle:
    """A caution that is one press away. `id`: "question:option"."""

    id: str
    label: Text
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class NamedAnswer:
    """What clinicians call an answer. `id`: "question:option"."""

    id: str
    also_called: tuple[Verbatim, ...]  # typed to find it, in any language; two answers may share one
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class NewSheetPage:
    """What a therapist can set on the new-sheet page. `ticks`: questions as boxes to tick; `choices`: as lists to choose from;
    `signs`: those of which a tick is a warning sign that was found. `not_sure`: options, by id, that mean that the person does not know.
    `own_demands`: what a clinic's own exercise can be said to ask of the body; `start_demands`: what it asks by the position it begins
    in. `more_minutes`: minutes a day that a therapist may give besides those that a person can say."""

    ticks: tuple[str, ...]
    signs: tuple[str, ...]
    choices: tuple[str, ...]
    not_sure: tuple[str, ...]
    usual: tuple[Toggle, ...]
    named: tuple[NamedAnswer, ...]
    more_minutes: tuple[int, ...]
    own_demands: tuple[str, ...]
    start_demands: dict[Start, tuple[str, ...]]
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
