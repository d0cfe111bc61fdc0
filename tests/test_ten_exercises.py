"""A sheet with ten exercises is still one side with all that must stay: measured on the paper."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.clinic.sheets.changes import changed_form
from planner.clinic.sheets.papers import Stationery, beside
from planner.clinic.sheets.proposal import Proposal
from planner.clinic.sheets.sheet_form import SheetForm, with_minutes, with_pack
from planner.domain.model import Library
from planner.domain.plan import build
from planner.domain.thread import CheckIn, as_read_back
from planner.outputs import documents, pdf
from planner.outputs.words import dose_text
from tests.paper import words_of
from tests.people import well
from tests.test_sheet_fit import CLINIC, NOTE

ON = date(2026, 11, 27)
QUICK = [("older", "US")]


def ten(library: Library, pack: str, country: str) -> Proposal:
    """The pack, with the next best exercises that may be added until there are ten."""
    chosen = library.packs[pack]
    form = with_minutes(replace(with_pack(SheetForm(), library, chosen.title, chosen.answers), note=NOTE, checked="yes"), library, "60")
    now = Proposal(library, form, country, ON)
    for choice in now.exercises:
        if choice.state == "free" and len(now.plan.section("exercises")) < 10:
            now = Proposal(library, changed_form(f"add:{choice.item_id}", now), country, ON)
    assert len(now.plan.section("exercises")) == 10 and not now.problems
    return now


def sheet_of(library: Library, now: Proposal, paper: str = "A4") -> str:
    on = Stationery(replace(CLINIC, paper=paper), "https://plans.example.org")
    return documents.sheet_html(now.plan, library, note=NOTE, **beside(now.plan, on, now.form.edits))


def assert_one_side(library: Library, pack: str, country: str, tmp_path: Path) -> None:
    now = ten(library, pack, country)
    html = sheet_of(library, now, "Letter" if country == "US" else "A4")
    how, pages = pdf.fitted_sheet(html)
    assert len(pages.pages) == 1, how
    size = pages.pages[0].width, pages.pages[0].height
    assert size == pytest.approx((816, 1056) if country == "US" else (793.7, 1122.5), abs=0.5)
    file = tmp_path / "sheet.pdf"
    file.write_bytes(pages.write_pdf(finisher=pdf.add_scopes, pdf_variant="pdf/ua-1"))
    assert min(run.size for run in words_of(file)) >= 9 - 0.34
    drawn, said = (" ".join(printed(file, how).split()) for how in ("-raw", "-layout"))  # in the order of drawing, and line by line
    assert CLINIC.address in drawn and CLINIC.phone in drawn and "Because you said" in drawn, drawn
    massaged = any(day.massage for week in now.plan.weeks[:2] for day in week)
    assert not massaged or html.count(">Massage</th>") == 1
    for line in now.plan.section("exercises"):
        assert line.title in said, line.id
    for line in now.plan.section("exercises")[7:]:
        assert f"{line.title} {dose_text(line.doses[0])}" in said, "a line each, with the whole dose"
    assert "its number, up to 9" in said


def printed(file: Path, how: str) -> str:
    return subprocess.run(("pdftotext", how, file, "-"), capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(("pack", "country"), QUICK)
def test_ten_exercises_are_one_side(library: Library, tmp_path: Path, pack: str, country: str) -> None:
    assert_one_side(library, pack, country, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("country", ["GB", "US"])
def test_ten_exercises_of_every_pack_are_one_side(library: Library, tmp_path: Path, country: str) -> None:
    for pack in library.packs:
        if (pack, country) not in QUICK:
            assert_one_side(library, pack, country, tmp_path)


def test_what_is_said_to_this_person_alone_stays_in_a_short_line(library: Library) -> None:
    now = ten(library, "low_desk", "GB")
    last = now.plan.section("exercises")[-1].item_id
    form = replace(now.form, edits=replace(now.form.edits, told={last: "Hold on to the back of a chair."}))
    html = sheet_of(library, replace(now, form=form))
    assert "Hold on to the back of a chair." in html.rpartition(f'class="brief" id="exercise:{last}"')[2]
    assert html.count('class="move"') == 7 and html.count('class="brief"') == 3


def test_a_sheet_of_seven_has_pictures_throughout_and_so_has_large_print(library: Library) -> None:
    now = ten(library, "low_desk", "GB")
    seven = replace(now.form, edits=replace(now.form.edits, exercises=now.wanted[:7]))
    assert 'class="brief"' not in sheet_of(library, replace(now, form=seven))
    assert 'class="brief"' not in documents.sheet_html(now.plan, library, large=True)


def test_the_digits_of_a_tenth_exercise_stay_four() -> None:
    printed = [f"e{number}" for number in range(1, 11)]
    back = as_read_back(CheckIn(5, 3, best=("e10",), easy=("e9",)), printed)
    assert (back.best, back.easy, len(back.digits)) == (0, 9, 5)


def test_what_we_propose_ourselves_stays_at_seven(library: Library) -> None:
    assert len(build(library, well(library, minutes="30"), on=ON).section("exercises")) <= 7
