"""Exercises stand in one order wherever a plan is read: the numbers on paper are those of the page, the text and the data."""

from __future__ import annotations

import random
from datetime import date

from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs import documents
from planner.outputs.as_json import to_json
from planner.outputs.text import to_text
from tests.people import anybody

RISING = ["supine", "prone", "side", "any", "kneeling", "chair", "standing"]
"""As one gets up from the floor; sheets printed before this rule was everywhere are numbered so."""


def places(text: str, titles: list[str]) -> list[int]:
    """Where each title stands first in a text, capitals aside."""
    return [text.lower().index(title.lower()) for title in titles]


def test_every_form_lists_exercises_in_the_order_of_getting_up(library: Library) -> None:
    rng, seen = random.Random(3), 0
    while seen < 12:
        plan = build(library, anybody(library, rng), on=date(2026, 11, 21))
        lines = [line for line in to_json(plan, library)["lines"] if line["section"] == "exercises"]
        if len(lines) < 4:
            continue
        seen += 1
        starts = [RISING.index(library.exercises[line["id"].removeprefix("exercise:")].start) for line in lines]
        assert starts == sorted(starts)
        titles = [line["title"] for line in lines]
        text = to_text(plan, library)
        for printed in (
            text[text.index("Exercises\n---") :].replace("\n", " "),
            documents.sheet_html(plan, library).partition('class="moves')[2] or documents.sheet_html(plan, library),
        ):
            found = places(printed, [title.upper() for title in titles])
            assert found == sorted(found), titles
