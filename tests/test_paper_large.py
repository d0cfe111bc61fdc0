"""Paper in large print, and the head of a sheet, as they come out of the printer."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.clinic.profile import Letterhead
from planner.domain.model import Library
from planner.domain.plan import build
from planner.folders import STATIC
from planner.library.plausible import people
from planner.outputs.coloured import on_coloured_paper
from planner.outputs.documents import sheet_html
from planner.outputs.form import Beside
from planner.outputs.forms import form_called
from planner.outputs.pdf import render
from tests.paper import Words, alone, smallest, words_of
from tests.people import well
from tests.test_paper import PEOPLE, SITE, pages, paper

ON = date(2026, 11, 21)
MM = 72 / 25.4
RIGHT = (210 - 10) * MM
"""The right edge of what a sheet prints, in points."""


def after(words: list[Words], heading: str) -> Words:
    """What follows a heading in the order of the file."""
    place = next(i for i, run in enumerate(words) if run.text.startswith(heading))
    return words[place + 1]


@pytest.mark.slow
@pytest.mark.parametrize("name", PEOPLE)
def test_a_sheet_in_large_print_is_18_pt_at_every_step_and_tears_no_sign(library: Library, tmp_path: Path, name: str) -> None:
    plan = build(library, well(library, **PEOPLE[name]), on=ON)
    file, html = paper(library, plan, tmp_path, "sheet", large=True)
    assert pages(file) <= 5
    assert smallest(file) >= 17.9
    assert alone(file, html) == []
    words = words_of(file)
    for heading in ("Now:", "Who to ring", "Today:"):
        if any(run.text.startswith(heading) for run in words):
            assert after(words, heading).page == next(run.page for run in words if run.text.startswith(heading)), heading
    scale = [run.top for run in words if run.text in {"0", "5", "10"} and run.page == pages(file)]
    assert max(scale[-3:]) - min(scale[-3:]) < 3, "the pain line is one line"


@pytest.mark.slow
def test_no_dose_is_broken_in_the_four_weeks_of_large_print(library: Library, tmp_path: Path) -> None:
    """A number that stands alone before its times reads as another dose."""
    for answers in [well(library, **PEOPLE["lasting"]), *people(library, 6, 3)]:
        plan = build(library, answers, on=ON)
        if plan.weeks and not plan.triage.no_plan:
            file, _html = paper(library, plan, tmp_path, large=True)
            assert not [run.text for run in words_of(file) if re.match(r"(×|s\b)", run.text)]


def test_the_address_of_a_sheet_stands_beside_its_code_for_the_camera(library: Library, tmp_path: Path) -> None:
    """One row: the words end where the picture begins, and the picture ends the row."""
    plan = build(library, well(library), on=ON)
    file, _html = paper(library, plan, tmp_path, "sheet")
    words = {run.text: run for run in words_of(file)}
    made, brand = words["Made on"], words["Backplan"]
    assert abs(made.top - brand.top) < 10 * MM, "the same row"
    assert 110 * MM < made.left < RIGHT - 24 * MM, "right, and left of the picture"


def test_an_arrow_is_parted_from_dark_clothes(library: Library) -> None:
    """Black on black is nothing: a white edge lies under every arrow."""
    drawn = on_coloured_paper((STATIC / "figures" / "pelvic_floor-end.svg").read_text("utf-8"))
    edges = [float(width) for width in re.findall(r'fill="none" stroke="#fff" stroke-width="(\d+)"', drawn)]
    ink = [float(width) for width in re.findall(r'fill="none" stroke="#000" stroke-width="(\d+)"', drawn)]
    assert edges and ink and max(edges) >= max(ink) + 10


@pytest.mark.parametrize("form", ["sheet", "pdf"])
def test_paper_says_until_when_in_words_that_go_with_its_review(library: Library, form: str) -> None:
    plan = build(library, well(library), on=ON)
    said: Any = form_called(form).words(plan, library, Beside(site=SITE))
    assert "Answer the safety questions again by" in said and "Not after" not in said


@pytest.mark.parametrize("form", ["text", "pdf"])
def test_an_easier_exercise_can_be_done_from_paper(library: Library, form: str) -> None:
    """Paper has no link: beside the name stands how it goes."""
    plan = build(library, well(library, **PEOPLE["bones"]), on=ON)
    said = " ".join(str(form_called(form).words(plan, library, Beside(site=SITE))).split())
    said = re.sub(r"<[^>]+>", "", said)
    easier = [line.easier for line in plan.section("exercises") if line.easier]
    assert len(easier) >= 2
    for one in easier:
        assert re.search(rf"Too much\? {re.escape(one.title)}\. +{re.escape(library.exercises[one.id].short)}", said), one.title


def test_the_head_of_a_clinics_sheet_is_as_large_as_its_words(library: Library, tmp_path: Path) -> None:
    """Telephone, blank for a name, date and code: what is read first is never the smallest."""
    plan = build(library, well(library), on=ON)
    clinic = Letterhead("Harbour Lane Clinic", phone="0117 496 0182")
    html = sheet_html(plan, library, large=True, clinic=clinic, code="7K3M-Q9XT-2BVH-4RNE-8", site="plans.example.org")
    file = tmp_path / "sheet.pdf"
    file.write_bytes(render(html, "sheet"))
    head = [run for run in words_of(file) if run.page == 1 and run.top < 70 * MM]
    assert {"0117 496 0182", "7K3M-Q9XT-2BVH-4RNE-8"} <= {run.text for run in head}
    assert min(run.size for run in head) >= 17.9
