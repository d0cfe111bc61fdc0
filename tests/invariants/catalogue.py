"""Every invariant by its name, and what one person's plan does wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests.invariants import (
    births,
    bodies,
    chair_users,
    diaries,
    efforts,
    fitting_words,
    hands,
    levels,
    medicines,
    operations,
    pairs,
    stop_boxes,
    stopping,
    warmth,
    wording,
)
from tests.invariants.conditions import Looked
from tests.invariants.shown import Texts

Invariant = Callable[[dict[str, Any], dict[str, Any], Texts], Iterator[str]]
Pair = Callable[[pairs.Seen, pairs.Seen], Iterator[str]]
MODULES = (
    *(births, bodies, chair_users, diaries, efforts, fitting_words, hands),
    *(levels, medicines, operations, stop_boxes, stopping, warmth, wording),
)
INVARIANTS: dict[str, Invariant] = {
    name: function for module in MODULES for name, function in sorted(vars(module).items()) if name.startswith("invariant_")
}
PAIRS: dict[str, Pair] = {name: function for name, function in sorted(vars(pairs).items()) if name.startswith("pair_")}
ELSEWHERE = {
    28: "an error of input: test_nobody_is_pregnant_at_60",
    44: "the pages of the browser",
    45: "the languages a browser asks for",
    46: "a kept plan that grows old",
    48: "the therapist's second visit",
    50: "the pages of the browser",
}
"""Invariants that a plan alone cannot show, and where they are to be seen."""


def wrongs(answers: dict[str, Any], plan: dict[str, Any], texts: Texts) -> Iterator[tuple[str, str]]:
    """Name of the invariant and what is wrong."""
    looked = Looked(answers)
    for name, invariant in INVARIANTS.items():
        yield from ((name, one) for one in invariant(looked, plan, texts))
