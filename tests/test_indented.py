"""JSON with an indent, written quickly: letter for letter what Python's own writer gives."""

from __future__ import annotations

import json
import random
from datetime import date
from functools import partial

import pytest

from planner.domain.plan import build
from planner.library.reader import load
from planner.outputs.as_json import as_text, to_json
from planner.outputs.indented import OfContent, Quoted, indented
from tests.people import anybody, well

ODD = 'a "b" \\ \n\t\x01 é 背 😀 \u2028'


@pytest.mark.parametrize("part", [{}, [], (), None, True, False, 0, -7, 1.5, "", ODD, {"a": [{}, [1, (2, "x")], None]}])
def test_it_is_as_python_writes_it(part: object) -> None:
    assert indented(part) == json.dumps(part, ensure_ascii=False, indent=1)


def test_what_stands_in_a_document_twice_is_written_as_deep_as_it_stands() -> None:
    twice = [{"a": [ODD, 1]}, []]
    part = {"one": twice, "two": twice, "deeper": [twice, {"b": twice}], "again": [twice]}
    assert indented(part) == json.dumps(part, ensure_ascii=False, indent=1)


def test_a_plan_is_as_python_writes_it_wherever_somebody_lives() -> None:
    library, dice = load(), random.Random(3)
    own = {"goal_words": "{EMERG} for my tummy"}
    for country in library.countries:
        for answers in (anybody(library, dice), well(library) | own, well(library, rf_chest="yes")):
            plan = build(library, answers, on=date(2026, 11, 21), country=country)
            assert as_text(plan, library) == json.dumps(to_json(plan, library), ensure_ascii=False, indent=1) + "\n"


def test_what_is_of_the_content_is_written_once_for_each_place_and_only_so_many_are_kept() -> None:
    made: list[str] = []

    def named(name: str) -> dict[str, list[str]]:
        made.append(name)
        return {name: [ODD]}

    quoted = Quoted(most=2)
    part = [
        OfContent(("a",), partial(named, "a")),
        OfContent(("a",), partial(named, "a")),
        {"deeper": OfContent(("a",), partial(named, "a"))},
    ]
    plain = [{"a": [ODD]}, {"a": [ODD]}, {"deeper": {"a": [ODD]}}]
    for _ in range(2):
        assert indented(part, quoted) == json.dumps(plain, ensure_ascii=False, indent=1)
    assert made == ["a", "a"], "once beside the others, and once deeper"
    for _ in range(2):
        assert indented([OfContent(("b",), partial(named, "b")), OfContent(("x", "y"))], quoted) == indented([{"b": [ODD]}, ["x", "y"]])
    assert made == ["a", "a", "b", "b"] and len(quoted.parts) == 2
