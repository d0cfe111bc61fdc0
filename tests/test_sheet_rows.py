"""A sheet that grew without another layout is the sheet that another layout would have made; a tree is the one that HTML's parser reads."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs import documents, first_page, fit, parsed, pdf
from planner.outputs.fit import Fit, Lengths
from planner.outputs.sheet_rows import SheetOnARoll
from tests.people import well
from tests.test_sheet_fit import a_sheet
from tests.test_ten_exercises import sheet_of, ten


def picture_of(pages: Any, folder: Path) -> bytes:
    """The page as printed, in greys."""
    (folder / "sheet.pdf").write_bytes(pages.write_pdf(finisher=pdf.add_scopes, pdf_variant="pdf/ua-1"))
    subprocess.run(("pdftoppm", "-r", "100", "-gray", "-singlefile", folder / "sheet.pdf", folder / "sheet"), check=True)
    return (folder / "sheet.pgm").read_bytes()


@pytest.fixture(scope="module")
def sheets(library: Library) -> list[str]:
    """Few exercises and many; those beyond the seventh have a line each."""
    plan = build(library, well(library), on=date(2026, 11, 21))
    many = sheet_of(library, ten(library, "older", "US"), "Letter")
    return [documents.sheet_html(plan, library), a_sheet(library, "older", "20")[0], many]


@pytest.mark.parametrize(("wide", "tall", "row"), [(0, 0, 0), (2.5, 3.25, 0.4), (-0.5, -1, -0.1), (0, 8, 0)])
def test_a_sheet_that_grew_is_dot_for_dot_the_one_laid_out_at_those_lengths(
    sheets: list[str], tmp_path: Path, wide: float, tall: float, row: float
) -> None:
    compared = 0
    for html in sheets:
        step = pdf.fitted_sheet(html)[0].step
        usual = fit.SHEET_STEPS[step].lengths
        other = Lengths(usual.wide + wide, usual.tall + tall, usual.row + row)
        grown = pdf.on_a_roll(html, step)
        laid_out = pdf.at_fit(html, Fit(step, other))
        if grown.blank(other) < 0:
            assert len(laid_out.pages) > 1
            continue
        assert len(laid_out.pages) == 1
        assert picture_of(grown.on_paper(other), tmp_path) == picture_of(laid_out, tmp_path), (step, other)
        compared += 1
    assert compared, "all of them were too long"


def test_a_sheet_is_laid_out_once_or_a_few_times_and_never_drawn_to_see(sheets: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[int] = []
    usual = pdf.on_a_roll

    def noted(html: str, step: int) -> SheetOnARoll:
        steps.append(step)
        return usual(html, step)

    monkeypatch.setattr(pdf, "on_a_roll", noted)
    looks = 0
    for html in sheets:
        steps.clear()
        how, pages = pdf.fitted_sheet(html)
        looks += len(steps)
        assert 1 <= len(steps) <= fit.MOST_LAYOUTS and how.step in steps
        assert len(pages.pages) == 1 and 0 <= how.blank < 1
    assert looks < 2 * len(sheets), "fit.first_step does not know today's sheets any more: fit it anew"


def tree(element: Any) -> Any:
    """What counts of an element: not where the namespace of a drawing is said, nor blanks around the whole."""
    said = {name: value for name, value in element.attrib.items() if not name.endswith("xmlns")}
    words = ("", "") if element.tag in ("html", "head", "body") else (element.text, (element.tail or "").rstrip("\n"))
    return element.tag, said, words, [tree(child) for child in element]


@pytest.mark.parametrize("large", [False, True])
def test_our_documents_are_read_alike_by_both_parsers(
    library: Library, sheets: list[str], large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = build(library, well(library, goal="own", goal_text="to lift <Mia> & run"), on=date(2026, 11, 21))
    expected = parsed.parsed_as_html
    papers = [*sheets, documents.plan_html(plan, library, large=large, note="5 > 4 & 3"), documents.sheet_html(plan, library, large=large)]
    papers += [documents.slip_html(library, library.countries["GB"], date(2026, 11, 21))]
    trees = [tree(expected(html)) for html in papers]
    monkeypatch.delattr(parsed, "parsed_as_html")
    for html, found in zip(papers, trees, strict=True):
        assert tree(parsed.parsed(html)) == found


def test_what_is_no_xml_is_read_as_html(library: Library) -> None:
    plan = build(library, well(library), on=date(2026, 11, 21))
    html = documents.sheet_html(plan, library, note="a form feed \x0c in a note")
    assert parsed.parsed(html).find(".//h1") is not None
    assert parsed.parsed("<html><p>one<p>two").findall(".//p")[1].text == "two"


def test_no_document_brings_entities() -> None:
    html = '<!DOCTYPE html [<!ENTITY e "eeee">]><html lang="en"><body><p>&e;</p></body></html>'
    assert parsed.parsed(html).findtext(".//p") == "&e;"


@pytest.mark.parametrize("lasts", [0, 1, 2, 3, 4, 5, 6])
@pytest.mark.parametrize("pace", [0.8, 1.0, 1.2])
@pytest.mark.parametrize("wrong", [-25, 0, 25])
def test_the_least_step_is_found_in_few_looks(lasts: int, pace: float, wrong: int) -> None:
    """With steps that save as much as expected, more or less, of a page that is shorter or longer. At 6 no step is enough."""
    looks: list[int] = []

    def blank(step: int) -> float:
        looks.append(step)
        return pace * 20 * (step - lasts) + 3

    assumed = [20.0 * (step - lasts) + 3 + wrong for step in range(first_page.TIGHTEST + 1)]
    assert first_page.least_step(blank, assumed, doubt=8.0) == min(lasts, first_page.TIGHTEST)
    assert len(looks) == len(set(looks)) <= 3


def test_what_is_expected_says_only_where_to_look() -> None:
    for lasts in range(7):
        for expected in ([-99.0] * 6, [99.0] * 6, [-99.0, 99.0] * 3):
            assert first_page.least_step(lambda step, lasts=lasts: step - lasts, expected, doubt=999.0) == min(lasts, 5)  # type: ignore[misc]
