"""The people of the clinical reference get their level from the library, and the same one page by page."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from planner.domain.journey import Journey
from planner.domain.model import Library
from planner.domain.plan import build
from tests.narratives import NARRATIVES, Narrative, answers_of
from tests.walker import Walker

ids = [f"{one.number}-{one.title}" for one in NARRATIVES]


def test_there_are_as_many_as_in_the_reference() -> None:
    assert len(NARRATIVES) == len({one.number for one in NARRATIVES}) == 60


@pytest.mark.parametrize("one", NARRATIVES, ids=ids)
def test_level_and_rules_from_the_library(library: Library, one: Narrative) -> None:
    found = Journey(library, answers_of(library, one)).triage
    fired = [reason.flag.id for reason in found.reasons]
    assert found.level == one.level, fired
    assert set(one.rules) <= set(fired), fired
    assert found.hold or not one.hold
    if one.first:
        assert found.actions[0] == one.first


@pytest.mark.parametrize("one", NARRATIVES, ids=ids)
def test_the_same_level_page_by_page(app: Flask, library: Library, one: Narrative) -> None:
    answers = answers_of(library, one)
    walker = Walker(app.test_client(), library, answers)
    stops = one.level in ("urgent", "emergency")
    assert walker.walk() == ("/stop" if stops else "/plan"), walker.seen
    if stops:
        assert f'class="care {one.level}"' in walker.page.text
    else:
        plan = build(library, answers, on=date(2026, 11, 21))
        assert plan.triage.level == one.level
