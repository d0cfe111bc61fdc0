"""Which conditions apply to a person, and on which of their answers that rests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from planner.domain.answers import Pairs
from planner.domain.conditions import Condition
from planner.domain.terms import CautionLevel, Lookup

MASSAGE_LEVELS: tuple[CautionLevel, ...] = ("modify", "local", "clinician", "absolute")
Words = Mapping[str, Mapping[str, Pairs]]


def match(lookup: Lookup, words: Words) -> Pairs | None:
    """The answers that make `lookup` hold, or None. An empty lookup always holds, on no answers."""
    pairs: Pairs = ()
    for key, wanted in lookup.items():
        said = words.get(key)
        if not said:
            return None
        hit = False
        for word in wanted:
            if word in said:
                pairs += said[word]
                hit = True
        if not hit:
            return None
    return tuple(dict.fromkeys(pairs))


def match_any(lookups: Sequence[Lookup], words: Words) -> Pairs | None:
    """The answers of the first lookup that holds; no lookups at all hold for everybody."""
    if not lookups:
        return ()
    for lookup in lookups:  # a plain loop: this is asked for every flag and every condition, and a generator costs as much as the match
        if (pairs := match(lookup, words)) is not None:
            return pairs
    return None


@dataclass(frozen=True)
class Active:
    """A condition that applies. `held`: it stops massage until it is over or cleared."""

    condition: Condition
    level: CautionLevel
    pairs: Pairs
    held: bool


def active_conditions(conditions: Iterable[Condition], words: Words) -> Iterator[Active]:
    """Every condition that applies, with its massage level for this person and whether it stops massage for now."""
    cleared = "yes" in words.get("massage_cleared", {})
    for condition in conditions:
        pairs = match_any(condition.when, words)
        if pairs is None:
            continue
        level = condition.level
        for rise in condition.level_if:
            if (more := match(rise.when, words)) is not None:
                level, pairs = max(level, rise.level, key=MASSAGE_LEVELS.index), pairs + more
        yield Active(condition, level, pairs, level == "absolute" or (level == "clinician" and not cleared))
