"""What limits a plan: demands (what an item asks of the body) and conditions (what bars them)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar, Literal

from planner.domain.asking import Flag
from planner.domain.terms import STRICT, CautionLevel, Lookup, Position, Region, Text, Tier

NOT_BY_EXERCISE = frozenset({"nsaid_tablet", "nsaid_gel", "paracetamol", "needles"})
"""What a yes to exercise does not open: the pharmacist or team who was asked about it says so themselves. Our own cautious choice."""


@dataclass(frozen=True)
class Demand:
    """One thing that an item asks of the body or exposes it to. `implies`: demands that come with it always."""

    id: str
    title: Text  # head of its column in the table of limits
    means: Text  # when an item has it, for those who write content and those who check it
    reason: Text  # printed under "left out", before the person's own answer
    implies: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


def implied(names: tuple[str, ...], demands: Mapping[str, Demand]) -> tuple[str, ...]:
    """The names and all that they imply, in turn."""
    found = list(names)
    for name in found:
        found += [one for one in (demands[name].implies if name in demands else ()) if one not in found]
    return tuple(found)


@dataclass(frozen=True)
class DemandGroup:
    """A short name for several demands that conditions often bar together."""

    id: str
    title: Text
    demands: tuple[str, ...]
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class LevelIf:
    when: Lookup
    level: CautionLevel
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class WordsIf:
    """Other words of a condition for those whom `when` names, in place of its own `say` and `tell`; the first that matches holds."""

    when: Lookup
    say: Text
    tell: Text = ""
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Condition:
    """Something about a person that limits the plan, and all that it limits. Several that apply: the strictest of each wins.

    `bars`: nobody can open these demands. `ask`: shut until the clinician named in `ask_who` has said yes. `soft`: left out
    by default; a therapist who has examined the person may add them. All three may name groups. Source: the limits table."""

    id: str
    title: Text  # "Blood thinners"
    when: tuple[Lookup, ...]
    say: Text  # printed on the plan
    sources: tuple[str, ...]
    bars: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    ask_who: Text = ""  # "your surgeon"
    soft: tuple[str, ...] = ()
    soft_until: Text = ""  # what opens `soft`, said after the reason, where it is worth saying
    tier: Tier = "all"  # which exercises, until `exercise_cleared`
    tier_cleared: Tier = "all"  # and after it
    dose: Literal["", "start", "build"] = ""  # highest dose; none = no cap
    dose_weeks: int = 0  # 0 = for as long as the condition lasts; 2 = for 2 weeks, then by ability
    regions_off: tuple[Region, ...] = ()  # no exercise that is for these alone, whatever a clinician has said
    exercise_note: Text = ""  # what must stand above the exercises
    level: CautionLevel = "modify"  # of massage
    level_if: tuple[LevelIf, ...] = ()
    massage_waits: Text = ""  # until when, where massage waits for its tier alone
    cap: int = 4  # highest pressure, 0-4
    begin: int = 0  # pressure to ask for at first, if lower than the cap
    pressure_because: Text = ""  # why a firmer style is left out, where it says more than that of the policy
    only: tuple[str, ...] = ()  # massage ids; every other is left out
    soft_styles: tuple[str, ...] = ()  # massage ids left out by default
    positions_off: tuple[Position, ...] = ()
    positions_first: tuple[Position, ...] = ()
    positions_only: tuple[Position, ...] = ()  # in no other, where a style can be done so
    positions_needed: tuple[Position, ...] = ()  # a style that offers none of these is left out by default
    not_worked_on: tuple[str, ...] = ()  # answers of `areas` that a style is not asked to work on
    position_note: Text = ""
    position_note_about: Position | Literal[""] = ""  # printed only where this position is one of those offered
    minutes_max: int = 60
    at_most: Literal["", "fortnightly", "monthly"] = ""  # how often massage may be, if less than weekly
    areas_off: tuple[Text, ...] = ()  # places the therapist keeps away from
    tell: Text = ""  # what to tell the therapist, first person
    words_if: tuple[WordsIf, ...] = ()  # where its words do not fit another answer
    refer: bool = False  # it needs a clinician's look: triage says see_clinician
    actions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    order: int = 100
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    @cached_property
    def as_flag(self) -> Flag:
        """What sends somebody to a clinician because of it."""
        return Flag(
            id=self.id,
            level="see_clinician",
            when=self.when,
            say=self.say,
            because=self.say,
            sources=self.sources,
            actions=self.actions,
        )

    @cached_property
    def opened_by_yes(self) -> bool:
        """True when a clinician's yes to exercise opens something that the condition shuts."""
        return self.tier != self.tier_cleared or bool(set(self.ask) - NOT_BY_EXERCISE)

    @property
    def may_be_cleared(self) -> bool:
        """True when a clinician's yes to massage or to exercise opens something, at any of its levels."""
        return self.opened_by_yes or "clinician" in (self.level, *(rise.level for rise in self.level_if))

    @cached_property
    def in_other_words(self) -> tuple[Condition, ...]:
        """The condition in the words of each of `words_if`."""
        return tuple(replace(self, say=other.say, tell=other.tell) for other in self.words_if)
