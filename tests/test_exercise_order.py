"""Exercises stand in one order wherever a plan is read: the numbers on paper are those of the page, the text and the data."""

from __future__ import annotations

import random
import re
from datetime import date

from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs import documents
from planner.outputs.as_json import to_json
from planner.outputs.text import to_text
from tests.people import anybody

RISING = ["supine", "prone", "side", "any", "kneeling", "chair", "standing"]
"""As one gets up from the floor; sheets printed before this rule was everywhere are numbered so."""


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
        ids = [line["id"] for line in lines]
        titles = [line["title"] for line in lines]
        headings = [f"\n{title.upper()}: " for title in titles]
        text = to_text(plan, library)
        found = [text.index(heading) for heading in headings]
        assert found == sorted(found), titles
        for html in (documents.sheet_html(plan, library), documents.plan_html(plan, library)):
            shown = [one for one in re.findall(r'\bid="(exercise:[^"]+)"', html) if one in ids]
            assert list(dict.fromkeys(shown)) == [one for one in ids if one in shown] and shown, titles
