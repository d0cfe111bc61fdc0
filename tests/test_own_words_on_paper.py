"""A person's own words on paper: in every script that our fonts have, a clear word for the rest, and no line that runs off the sheet."""

from __future__ import annotations

import pytest
from markupsafe import escape

from planner.domain.model import Library
from planner.outputs.form import ALONE, Beside
from planner.outputs.forms import form_called, served
from tests.test_calendar import plan_of

INSTEAD = "what you wrote on the screen (this paper has no letters for it)"
PAPERS = [name for name, form in served().items() if form.kind]


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize(
    ("words", "mark"),
    [("carry my son", "own"), ("المشي مع أحفادي", "typed arabic"), ("ללכת", "typed"), ("гулять", "typed"), ("W" * 80, "own")],
)
def test_words_that_our_fonts_have_are_printed_in_them(library: Library, name: str, words: str, mark: str) -> None:
    html = form_called(name).words(plan_of(library, goal="walking", goal_words=words), library, ALONE)
    assert f'<bdi class="{mark}">{words}</bdi>' in html and INSTEAD not in html


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("words", ["अपने पोते को उठाना", "เดินเล่น", "걷기", "நடைபயிற்சி", "হাঁটা", "መራመድ", "和孙子散步"])
def test_words_that_they_have_not_are_never_empty_boxes(library: Library, name: str, words: str) -> None:
    html = form_called(name).words(plan_of(library, goal="walking", goal_words=words), library, ALONE)
    assert INSTEAD in html and words not in html


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("note", ["**bold** _so_ `x`", "<b>bold</b>", "<div>" * 60, "[a](https://evil.example)"])
def test_a_note_has_no_formatting(library: Library, name: str, note: str) -> None:
    """Neither that of a page nor any other: what nests deep enough would end the renderer."""
    html = form_called(name).words(plan_of(library), library, Beside(note=note))
    assert f'<bdi class="typed">{escape(note)}</bdi>' in html


def test_what_was_typed_stays_words(library: Library) -> None:
    html = form_called(PAPERS[0]).words(plan_of(library, goal="walking", goal_words="<b>up & down</b>"), library, ALONE)
    assert "<b>up" not in html and "&lt;b&gt;up &amp; down" in html
