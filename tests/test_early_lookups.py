"""Lookups of which a part was looked up early: whatever a plan asks, on its way, it is told as the table alone would tell it."""

from __future__ import annotations

import random
from typing import Any

import pytest

from planner.domain.early import Early
from planner.domain.lookups import Table, Words
from planner.domain.model import Library
from planner.domain.plan import build
from tests import persons
from tests.people import anybody
from tests.plan_text import ON, plan_for


def test_no_word_that_comes_late_is_looked_up_early(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that a plan adds and early.py does not know would leave rows out, or in, without a word."""
    signs, asked = Early.signs, list[Table[Any]]()

    def compared(self: Early, table: Table[Any], told: int, words: Words) -> bytes:
        found = signs(self, table, told, words)
        assert found == table.signs(words), sorted(words)
        asked.append(table)
        return found

    monkeypatch.setattr(Early, "signs", compared)
    dice = random.Random(17)
    for _number in range(250):
        build(library, anybody(library, dice), on=ON)
    for who in (one for one in vars(persons).values() if isinstance(one, dict) and one.keys() & {"goal", "goal_words"}):
        plan_for(library, **who)
    assert len({id(table) for table in asked}) == len(library.early.parts)
