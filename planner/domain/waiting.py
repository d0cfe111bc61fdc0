"""What somebody does until help is there, and what comes before everything else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from planner.domain.terms import STRICT, Lookup, Text


@dataclass(frozen=True)
class Waiting:
    """What to do until help is there. `any_of`: where one of these flags is a reason; `all_of`: only where every reason is among these."""

    id: str
    level: Literal["emergency", "urgent"]
    say: Text
    any_of: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    def fits(self, reasons: frozenset[str]) -> bool:
        """True for these flags, all of one level."""
        return (not self.any_of or not reasons.isdisjoint(self.any_of)) and (not self.all_of or reasons <= set(self.all_of))


@dataclass(frozen=True)
class CheckFirst:
    """What comes before everything else today, for those who must be checked. Any of `when`."""

    id: str
    title: Text
    say: Text
    when: tuple[Lookup, ...]
    covers: tuple[str, ...] = ()  # self-care that says the same: clinical plan 6.1, never what another section holds
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
