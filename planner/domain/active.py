"""Which conditions apply to a person, and on which of their answers that rests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from planner.domain.conditions import Condition
from planner.domain.lookups import Words, match
from planner.domain.terms import CautionLevel, Pairs

MASSAGE_LEVELS: tuple[CautionLevel, ...] = ("modify", "local", "clinician", "absolute")
STRICTNESS = {level: -number for number, level in enumerate(MASSAGE_LEVELS)}


class Active(NamedTuple):
    """A condition that applies. `held`: it stops massage until it is over or cleared."""

    condition: Condition
    level: CautionLevel
    pairs: Pairs
    held: bool


def active_conditions(found: Iterable[tuple[Condition, Pairs]], words: Words) -> Iterator[Active]:
    """Every condition that applies, with its massage level for this person and whether it stops massage for now. `found`: with the
    answers that each rests on."""
    cleared = "yes" in words.get("massage_cleared", {})
    for condition, pairs in found:
        level, rests_on = condition.level, pairs
        for rise in condition.level_if:
            if (more := match(rise.when, words)) is not None:
                level, rests_on = max(level, rise.level, key=MASSAGE_LEVELS.index), rests_on + more
        said = worded(condition, words) if condition.words_if else condition
        yield Active(said, level, rests_on, level == "absolute" or (level == "clinician" and not cleared))


def strictest_first(found: Iterable[Active]) -> tuple[Active, ...]:
    return tuple(sorted(found, key=lambda one: (STRICTNESS[one.level], one.condition.order)))


def clearance_of(conditions: Sequence[Active]) -> Mapping[str, Pairs]:
    """What a clinician's yes would open, and the answers that shut it."""
    massage = tuple(pair for one in conditions if one.level == "clinician" for pair in one.pairs)
    shut = tuple(pair for one in conditions if one.condition.opened_by_yes for pair in one.pairs)
    return {name: pairs for name, pairs in (("massage", massage), ("exercise", shut)) if pairs}


def worded(condition: Condition, words: Words) -> Condition:
    """The condition with the words that fit this person's other answers."""
    for other, said in zip(condition.words_if, condition.in_other_words, strict=True):
        if match(other.when, words) is not None:
            return said
    return condition
