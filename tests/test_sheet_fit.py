"""A therapist's sheet is one side and a full one: what may go goes in small steps, and what must stay stays."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.clinic.profile import Letterhead
from planner.clinic.sheets.papers import Stationery, beside
from planner.clinic.sheets.proposal import Proposal
from planner.clinic.sheets.sheet_form import SheetForm, with_pack
from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs import documents, fit, pdf
from planner.outputs.parsed import parsed
from tests.paper import words_of
from tests.people import well

CLINIC = Letterhead(
    name="The Harbour Lane and Old Town Physiotherapy and Massage Clinic of Bristol and Bath",
    address="12 Harbour Lane, Bristol BS1 4RW",
    phone="0117 496 0182",
    web="www.harbour-lane.example",
)
NOTE = "Start with the first two moves only. Stop the last one if your knee clicks, and tell me how the stairs went at our next visit."
FULL = 5
"""A sheet of so many exercises is a full one."""
BLANK_MM, MM = 12, 72 / 25.4


def a_sheet(library: Library, pack: str, minutes: str) -> tuple[str, Plan]:
    chosen = library.packs[pack]
    form = replace(with_pack(SheetForm(), library, chosen.title, chosen.answers), minutes=minutes, note=NOTE, checked="yes")
    plan = Proposal(library, form, "GB", date(2026, 11, 27)).plan
    return documents.sheet_html(plan, library, note=NOTE, **beside(plan, Stationery(CLINIC, "https://plans.example.org"), form.edits)), plan


@pytest.mark.parametrize(("pack", "minutes"), [("low_acute", "10"), ("sciatica", "20"), ("older", "20")])
def test_a_sheet_with_a_note_and_a_long_name_is_one_full_side(library: Library, tmp_path: Path, pack: str, minutes: str) -> None:
    """Measured on the paper: one page, type of 9 pt or more, 12 mm blank at most, and all that must stay stands there."""
    html, plan = a_sheet(library, pack, minutes)
    how, pages = pdf.fitted_sheet(html)
    assert len(pages.pages) == 1
    file = tmp_path / "sheet.pdf"
    file.write_bytes(pages.write_pdf(finisher=pdf.add_scopes, pdf_variant="pdf/ua-1"))
    runs = words_of(file)
    said = " ".join(subprocess.run(("pdftotext", file, "-"), capture_output=True, text=True, check=True).stdout.split())
    assert min(run.size for run in runs) >= 9 - 0.34, "pdftohtml rounds to thirds of a point"
    assert CLINIC.address in said and CLINIC.phone in said and "Because you said" in said
    assert not any(day.massage for week in plan.weeks[:2] for day in week) or re.search(r"\bMassage\b", said)
    lowest = max(run.top + run.size for run in runs)
    if len(plan.section("exercises")) >= FULL:
        assert 842 - 8 * MM - lowest < BLANK_MM * MM, how


def test_there_are_sixteen_steps_or_more_and_none_hides_what_must_stay(library: Library) -> None:
    html, _ = a_sheet(library, "neck_stress", "20")
    names = {step.name for step in fit.SHEET_STEPS}
    assert len(names) == len(fit.SHEET_STEPS) >= 17
    root = parsed(html)
    above = {child: parent for parent in root.iter() for child in parent}

    def goes(element: Any) -> bool:
        """True if it, or what it stands in, goes at some step."""
        own = bool(names & set((element.get("class") or "").split()))
        return own or (element in above and goes(above[element]))

    for kept in (CLINIC.address, CLINIC.phone):
        found = [one for one in root.iter("bdi") if one.text == kept]
        assert found and not any(map(goes, found)), kept
    assert not any(goes(row) for row in root.iter("tr")), "rows of the grid, that of massages among them"
    reasons = [one for one in root.iter("span") if "why" in (one.get("class") or "").split()]
    assert reasons and not goes(reasons[0]), "the first reason goes at no step"
    css = (Path(pdf.CSS) / "sheet.css").read_text()
    sizes = [float(size) for size in re.findall(r"\.type-[a-z0-9-]+ [^{]*{[^}]*font-size: ([\d.]+)pt", css)]
    assert sizes and min(sizes) >= 9


@pytest.mark.parametrize("step", [0, fit.LAST])
def test_the_stop_box_is_never_under_10_pt(library: Library, tmp_path: Path, step: int) -> None:
    html, plan = a_sheet(library, "older", "20")
    sign = size_of(html, fit.at_step(step), plan.stop_box.now[0][:20], tmp_path)
    assert sign >= 10 - 0.34, "pdftohtml rounds to thirds of a point"


def test_a_short_sheet_fills_its_side_with_larger_type(library: Library, tmp_path: Path) -> None:
    """One exercise and no massage: words of 11 pt or more, where a full sheet has 9."""
    plan = build(library, well(library), on=date(2026, 11, 29))
    few = (*plan.section("exercises")[:1], *(line for line in plan.lines if line.section != "exercises"))
    html = documents.sheet_html(replace(plan, lines=few, massage=None), library, clinic=CLINIC)
    how, pages = pdf.fitted_sheet(html)
    assert len(pages.pages) == 1 and how.blank < BLANK_MM
    assert size_of(html, how, few[0].short[:20], tmp_path) >= 11 - 0.34, how


def size_of(html: str, how: fit.Fit, words: str, folder: Path) -> float:
    """The size of some words of a sheet that is laid out so."""
    file = folder / "sheet.pdf"
    file.write_bytes(pdf.at_fit(html, how).write_pdf(finisher=pdf.add_scopes, pdf_variant="pdf/ua-1"))
    return next(run.size for run in words_of(file) if words.lower() in run.text.lower())


class FourRows:
    """A sheet that needs just so many millimetres: each step saves what it promises, times a pace of its own."""

    rows = range(4)

    def __init__(self, step: int, missing: float, pace: float) -> None:
        self.usual, self.left = fit.SHEET_STEPS[step].lengths, pace * fit.SAVED[step] - missing

    def blank(self, at: fit.Lengths) -> float:
        return self.left - 4 * (at.tall - self.usual.tall) - 8 * (at.row - self.usual.row)


def test_the_search_lays_a_sheet_out_four_times_at_most_and_fills_its_side() -> None:
    for missing in range(-40, 261, 7):
        for pace in (0.6, 1.0, 1.4):
            for first in (0, 12, 25, 36):
                seen: list[int] = []

                def at(step: int, missing: float = missing, pace: float = pace, seen: list[int] = seen) -> FourRows:
                    seen.append(step)
                    return FourRows(step, missing, pace)

                how, sheet = fit.fitted(at, first)
                assert len(seen) == len(set(seen)) <= fit.MOST_LAYOUTS
                if pace * fit.SAVED[fit.LAST] >= missing + 20:
                    assert how.blank >= 0, (missing, pace, first, how)
                    assert how.blank < 1 or how.lengths == fit.LARGEST, (missing, pace, first, how)
                    assert sheet.blank(how.lengths) == how.blank


def test_the_preview_is_told_what_print_does(library: Library) -> None:
    html, _ = a_sheet(library, "neck_desk", "10")
    told = json.loads(pdf.render(html, "fit"))
    how, _ = pdf.fitted_sheet(html.replace("0000-0000-0000-0000-0", "7K3M-Q9XT-2BVH-4RNE-8"))
    assert (told["step"], told["classes"]) == (how.step, how.classes)
    assert told["blank"] == pytest.approx(how.blank, abs=1)
