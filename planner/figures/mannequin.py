"""The mannequin's measurements and its people, from content/mannequin.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar, Literal

from pydantic import TypeAdapter

from planner.domain.terms import STRICT
from planner.folders import CONTENT

Hair = Literal["short", "bun", "long", "scarf"]
Profile = tuple[tuple[float, float, float], ...]
"""Rows of: fraction along the bone, radius, bulge to the front (+) or back (-) of the bone."""


@dataclass(frozen=True)
class Mannequin:
    """One person. `girth` and `limbs` multiply, `belly` and `bust` add depth in cm, `stoop` rounds the upper back in degrees."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    name: str
    girth: float = 1.0
    limbs: float = 1.0
    belly: float = 0.0
    bust: float = 0.0
    stoop: float = 0.0
    hair: Hair = "short"
    ink: dict[str, str] = field(default_factory=dict)
    """Colour of each kind of part on the screen: skin, hair, top, legs and their `_far` shades."""
    pale_hair: bool = False
    """Hair (or scarf) is drawn white on paper."""


@dataclass(frozen=True)
class Measures:
    """Lengths in cm; one standing figure is about 176 high."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    spine: tuple[str, ...]
    length: dict[str, float]
    hip_half: float
    shoulder_half: float
    shoulder_along: float
    sole: float
    rings: tuple[tuple[float, float, float, float], ...]
    thigh: Profile
    shin: Profile
    upper_arm: Profile
    forearm: Profile


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((CONTENT / "mannequin.toml").read_text("utf-8"))


@cache
def measures() -> Measures:
    data = {name: value for name, value in _data().items() if name not in ("people", "section")}
    return TypeAdapter(Measures).validate_python(data | _data()["section"])


@cache
def mannequins() -> dict[str, Mannequin]:
    """Every person by name; what one does not say is as the first's."""
    rows = _data()["people"]
    first = next(iter(rows.values()))
    adapter = TypeAdapter(Mannequin)
    return {
        name: adapter.validate_python({"name": name, **first, **row, "ink": {**first["ink"], **row.get("ink", {})}})
        for name, row in rows.items()
    }
