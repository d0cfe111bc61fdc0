"""Paper in less time is the same paper: each short cut is compared with the long way, to the byte."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from weasyprint import HTML, css
from weasyprint.layout import block
from weasyprint.layout.column import columns_layout

from planner.domain.model import Library
from planner.domain.plan import build
from planner.library.plausible import people
from planner.outputs import documents, first_page, pdf, two_parts
from planner.outputs.form import Beside
from planner.outputs.inked import drawings, emptied
from planner.outputs.parsed import parsed
from planner.outputs.plain_styles import usual_styles
from planner.outputs.qr import qr
from tests.people import anybody, well

ON = date(2026, 11, 30)
MANY_OTHERS, MANY_FIRST = 1.4, 1.7
"""Layouts of what follows page 1, and of page 1, on average. More: `pages_taken.expected_pages` or `first_page.expected_blanks` does not
know today's plans any more, and is to be fitted anew."""
ODD = """<html lang="en"><body style="color: red"><p style="border-style: solid; outline-style: dotted">a</p>
<p dir="rtl" style="border-inline-start-style: solid; margin-inline-start: 2em; padding-block-end: 1px">b<q style="float: left">c</q></p>
<div style="position: absolute; inline-size: 9em; display: inline; border-top: 1px solid"><i style="border-color: inherit">d</i></div>
<ul style="text-decoration: underline; outline: 1px solid"><li style="border-start-start-radius: 2px">e</li></ul></body></html>"""
"""What our papers don't do, but might."""
CODE = "7K3MQ9XT2BVH4RNE8"


@pytest.fixture(scope="module")
def papers(library: Library) -> list[tuple[str, pdf.Kind]]:
    plan = build(library, well(library, areas=("low_back", "neck_shoulders")), on=ON)
    beside = documents.printed_beside(Beside(site="https://plans.example.org", code=CODE))
    return [(documents.plan_html(plan, library, **beside), "plan"), (documents.sheet_html(plan, library), "sheet")]


def without_drawings_made_once(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(pdf, "emptied", lambda html: html)


def with_columns_laid_out_twice(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(block, "columns_layout", columns_layout)


def with_weasyprints_own_styles(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(css, "ComputedStyle", css.ComputedStyle.__mro__[1])
    patch.setattr(css, "AnonymousStyle", css.AnonymousStyle.__mro__[1])
    patch.setattr(pdf.press().page, "_ua_stylesheets", HTML._ua_stylesheets)


@pytest.mark.parametrize("the_long_way", [without_drawings_made_once, with_columns_laid_out_twice, with_weasyprints_own_styles])
def test_each_short_cut_gives_the_same_bytes(
    papers: list[tuple[str, pdf.Kind]], the_long_way: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = [pdf.render(*paper) for paper in papers]
    the_long_way(monkeypatch)
    assert ours == [pdf.render(*paper) for paper in papers]


def test_what_no_rule_sets_is_what_weasyprint_works_out(papers: list[tuple[str, pdf.Kind]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every property of every element and of what stands before and after it."""
    for html, kind in [*papers, (ODD, "plan")]:
        tree = parsed(html)
        ours, theirs = styles_of(tree, kind), {}
        with monkeypatch.context() as patch:
            patch.setattr(css, "ComputedStyle", css.ComputedStyle.__mro__[1])
            theirs = styles_of(tree, kind)
        assert ours.keys() == theirs.keys()
        for name in css.INITIAL_VALUES:
            assert [style[name] for style in ours.values()] == [style[name] for style in theirs.values()], name


def styles_of(tree: Any, kind: pdf.Kind) -> Any:
    ours = pdf.press()
    page = ours.page(tree, ours.fetcher)
    return css.get_all_computed_styles(page, ours.styles[kind], font_config=ours.fonts).get_computed_styles()  # type: ignore[index]


def test_our_copy_of_the_usual_styles_lacks_notes_and_forms_alone() -> None:
    usual = usual_styles()
    assert "footnote-call" not in usual and "select[multiple]" not in usual
    assert "\nli::marker" in usual and "\n::" not in usual
    for section in ("Display and visibility", "Margins and padding", "Counters and bookmarks", "Pages"):
        assert f"/* {section} */" in usual


def test_drawings_of_ours_alone_are_kept(papers: list[tuple[str, pdf.Kind]]) -> None:
    """A QR code opens somebody's plan, and no renderer remembers it."""
    html = papers[0][0]
    empty = emptied(html)
    assert empty.count("<svg") == html.count("<svg") and len(empty) < len(html) / 2
    code = str(qr(f"https://plans.example.org/k/{CODE}", "QR code"))
    assert emptied(code) == code and not any("segno" in drawing for drawing in drawings.values())


def in_one_piece(html: str, one: int, step: int) -> bytes:
    """A plan whose pages are all laid out together."""
    pages = pdf.pages_in("plan", two_parts.at_step_of(html.replace(two_parts.ONE, f' one-{one}"', 1), step))
    return bytes(pages.write_pdf(finisher=pdf.add_scopes, pdf_variant="pdf/ua-1"))


def fitted_in_one_piece(html: str) -> tuple[int, int]:
    """The least steps, found by trying each of them in turn."""
    first, _, _ = html.partition(two_parts.SECOND_PAGE)

    def pages_at(text: str, one: int, step: int) -> int:
        return len(pdf.pages_in("plan", two_parts.at_step_of(text.replace(two_parts.ONE, f' one-{one}"', 1), step)).pages)

    one = next((one for one in range(5) if pages_at(f"{first}</body></html>", one, 0) == 1), 5)
    return one, next((step for step in two_parts.PLAN_STEPS if pages_at(html, one, step) <= two_parts.most_pages(html)), 6)


def random_plan(library: Library, seed: int) -> str:
    dice = random.Random(seed)
    while (plan := build(library, anybody(library, dice), on=ON)).triage.no_plan:
        pass
    return documents.plan_html(plan, library)


def test_words_that_a_plan_drops_go_from_page_1_too(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(two_parts, "PLAN_STEPS", (4,))
    html = random_plan(library, 16)
    one, _ = fitted_in_one_piece(html)
    assert "cut-4" in html.partition(two_parts.SECOND_PAGE)[0] and one < first_page.TIGHTEST
    assert pdf.render(html) == in_one_piece(html, one, 4)


@pytest.mark.parametrize("seed", [5, 8, 20])
def test_a_plan_in_two_parts_is_the_one_in_one_piece(library: Library, seed: int) -> None:
    """Random people have the longest plans. Page 1 of the first is two pages; the first and the third drop words."""
    html = random_plan(library, seed)
    assert pdf.render(html) == in_one_piece(html, *fitted_in_one_piece(html))


def test_plans_are_laid_out_once_as_a_rule(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[bool] = []
    usual = pdf.pages_in

    def noted(look: pdf.Look, text: str) -> Any:
        looks.append(two_parts.SECOND_PAGE in text)
        return usual(look, text)

    monkeypatch.setattr(pdf, "pages_in", noted)
    made = [plan for answers in people(library, 16, 7) if not (plan := build(library, answers, on=ON)).triage.no_plan]
    for plan in made:
        pdf.laid_out(emptied(documents.plan_html(plan, library)), "plan")
    assert sum(looks) <= MANY_OTHERS * len(made)
    assert len(looks) - sum(looks) <= MANY_FIRST * len(made)
