"""Who stands for the content: who wrote it, and the clinicians who signed for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from planner.domain.terms import STRICT, Text, Verbatim


@dataclass(frozen=True)
class Clinician:
    """One who read the content and signed. `role`: profession and register."""

    name: Verbatim
    role: Text
    on: date
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Signed:
    """No clinician: nobody has signed yet, and pages say that."""

    wrote: Text
    clinician: tuple[Clinician, ...] = ()
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
