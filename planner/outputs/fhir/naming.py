"""What FHIR resources of a plan are called, how they point to one another, and the codes that they use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from planner.domain.model import Country
from planner.outputs.local_words import as_typed
from planner.outputs.words import numbers

Resource = dict[str, Any]
"""A FHIR resource, or a part of one, as its JSON has it."""

RESOURCES = UUID("b479bba7-6688-4a4e-a2d1-0a38ee852409")
"""The name space of our ids; a new one would double every resource on a second import."""
LINE_CODES = "urn:backplan:line"
"""Whose codes are the ids of a plan's lines, the same in every form."""
ANSWER_CODES = "urn:backplan:question:"
"""Before a question's id: whose codes are the ids of its answers."""
AS_THEY_ARE = {"resourceType", "id", "language", "system", "code", "reference", "type", "status", "intent", "linkId", "div", "data"}
"""Keys whose strings are no words for people."""


@dataclass(frozen=True)
class Naming:
    """The names of one person's resources. `whose` is theirs alone: a code too long to guess, or all that the file shows anyway."""

    whose: str

    def id(self, what: str) -> str:
        return str(uuid5(RESOURCES, f"{self.whose}\0{what}"))

    def url(self, what: str) -> str:
        return f"urn:uuid:{self.id(what)}"

    def to(self, what: str, kind: str) -> Resource:
        """A reference to another resource of the same bundle."""
        return {"reference": self.url(what), "type": kind}


def coded(system: str, code: str, display: str) -> Resource:
    return {"system": system, "code": code, "display": display}


def midnight(day: date) -> str:
    """A day where FHIR wants a moment. Plans know days alone, and the same plan makes the same bytes."""
    return f"{day.isoformat()}T00:00:00Z"


def as_said_in(country: Country, part: Any, key: str = "") -> Any:
    """The same with the country's numbers and words in every text for people; ids, codes and links stay. FHIR has no empty fields."""
    if isinstance(part, str):
        return part if key in AS_THEY_ARE else as_typed(numbers(country, part))
    if isinstance(part, dict):
        return {name: as_said_in(country, value, name) for name, value in part.items() if value not in ("", [])}
    return [as_said_in(country, one, key) for one in part] if isinstance(part, list) else part
