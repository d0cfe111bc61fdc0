"""Every id of a plan's page and of its papers is there once, also where a therapist makes an exercise of a position that eases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.outputs import documents
from tests.test_ten_exercises import sheet_of, ten


class Ids(HTMLParser):
    """Every id of a document, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]

    handle_startendtag = handle_starttag


def twice(html: str) -> list[str]:
    found = Ids(html).ids
    assert len(found) > 10
    return [name for name, times in Counter(found).items() if times > 1]


def faces(library: Library, plan: Plan) -> Iterator[tuple[str, str]]:
    """The page as a file, and the plan on paper."""
    yield "page", documents.page_html(plan, library)
    yield "plan", documents.plan_html(plan, library)


@pytest.mark.parametrize("pack", ["neck_desk", "widespread"])
@pytest.mark.parametrize("country", ["GB", "US"])
def test_a_position_that_is_an_exercise_is_said_once(library: Library, pack: str, country: str) -> None:
    assert_once(library, pack, country)


@pytest.mark.slow
@pytest.mark.parametrize("country", ["GB", "US"])
def test_no_pack_has_an_id_twice(library: Library, country: str) -> None:
    for pack in library.packs:
        assert_once(library, pack, country)


def assert_once(library: Library, pack: str, country: str) -> None:
    now = ten(library, pack, country)
    done, eased = ({line.id for line in now.plan.section(name)} for name in ("exercises", "ease"))
    assert not done & eased
    assert twice(sheet_of(library, now)) == [], (pack, country)
    for face, html in faces(library, now.plan):
        assert twice(html) == [], (pack, country, face)
