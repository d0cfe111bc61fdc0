"""Every pack as a therapist prints it: one full side with all that must stay, and the preview on the screen is that paper, as pictures."""

from __future__ import annotations

import os
import re
import subprocess
from base64 import b64encode
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat
from playwright.sync_api import Browser

from planner.clinic.logo import clean_logo
from planner.clinic.sheets.papers import Stationery, beside, preview_of
from planner.clinic.sheets.proposal import Proposal
from planner.clinic.sheets.sheet_form import SheetForm, with_minutes, with_pack
from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.folders import STATIC
from planner.library.reader import load
from planner.outputs import documents, pdf
from planner.outputs.fit import Fit
from tests import pictures
from tests.paper import words_of
from tests.test_sheet_fit import BLANK_MM, CLINIC, FULL, MM, NOTE

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MINUTES = ("10", "20", "40")
AS_A_RULE = (("10", NOTE), ("20", ""), ("40", NOTE))
"""Sheets of each pack; `SHEETS=all` looks at every number of minutes with and without a note, 120 in all, as a release is shown with."""
A4 = (794, 1123)  # CSS pixels
STRIPS = 40
SAME, SAME_STRIP = 4.0, 16.0
"""Of 255, how much the pictures differ, blurred by 6 pixels: over the page, and in the worst of its strips. Two renderers draw letters
and lines a little otherwise (2 to 3, and up to 9); a line more or less is 20 and more in its strips, and moves all below it."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its plan, what stands beside it, and how it was fitted."""

    plan: Plan
    more: dict[str, object]
    how: Fit
    file: Path


def sheet_of(library: Library, pack: str, minutes: str, note: str, file: Path) -> Sheet:
    """With the longest name that the examples have, and the heaviest logo."""
    logo = f"data:image/png;base64,{b64encode(clean_logo(pictures.noise())).decode()}"
    chosen = library.packs[pack]
    form = with_minutes(replace(with_pack(SheetForm(), library, chosen.title, chosen.answers), note=note, checked="yes"), library, minutes)
    plan = Proposal(library, form, "GB", date(2026, 11, 27)).plan
    more = beside(plan, Stationery(replace(CLINIC, logo_uri=logo), "https://plans.example.org"), form.edits) | {"note": note}
    how, pages = pdf.fitted_sheet(documents.sheet_html(plan, library, **more))
    assert len(pages.pages) == 1
    file.write_bytes(pages.write_pdf(finisher=pdf.add_scopes, pdf_variant="pdf/ua-1"))
    return Sheet(plan, more, how, file)


def wrong_on_paper(sheet: Sheet) -> list[str]:
    """What is missing or too small, and the foot if it is blank."""
    runs = words_of(sheet.file)
    said = " ".join(subprocess.run(("pdftotext", "-raw", sheet.file, "-"), capture_output=True, text=True, check=True).stdout.split())
    blank = (842 - 8 * MM - max(run.top + run.size for run in runs)) / MM
    note = str(sheet.more["note"])
    has = {
        "address": CLINIC.address in said,
        "telephone": CLINIC.phone in said,
        "first reason": "Because you said" in said,
        "massages": not any(day.massage for week in sheet.plan.weeks[:2] for day in week)
        or re.search(r"\d Massage\b|Massage$", said)
        or "Massage" in [run.text for run in runs],
        "note": note[:60] in said,
        "type": min(run.size for run in runs) >= 9 - 0.34,  # pdftohtml rounds to thirds of a point
        "full": len(sheet.plan.section("exercises")) < FULL or blank <= BLANK_MM,
    }
    return [f"{name} (step {sheet.how.step}, {blank:.1f} mm blank)" for name, holds in has.items() if not holds]


def drawn(browser: Browser, sheet: Sheet) -> Image.Image:
    """The preview as the page of the new sheet wears it: the classes and lengths that the printer says (static/js/new-sheet.js)."""
    html = preview_of(sheet.plan, "a4", static_url=lambda path: (STATIC / path).as_uri(), **sheet.more)
    style = "; ".join(f"{name}: {length}" for name, length in sheet.how.lengths.style.items())
    html, found = re.subn(r'class="fit-0 preview a4"', f'class="{sheet.how.classes} preview a4" style="{style}"', html, count=1)
    assert found == 1
    page, file = sheet.file.with_suffix(".html"), sheet.file.with_suffix(".screen.png")
    page.write_text(html.replace('<link rel="stylesheet" href="/clinic/ink.css">', ""))
    tab = browser.new_page(viewport={"width": A4[0], "height": A4[1]})
    tab.goto(page.as_uri())
    tab.evaluate("document.fonts.ready")
    tab.screenshot(path=file)
    tab.close()
    return Image.open(file).convert("L")


def printed(sheet: Sheet) -> Image.Image:
    target = sheet.file.with_suffix("")
    subprocess.run(("pdftoppm", "-r", "96", "-gray", "-singlefile", "-png", sheet.file, target), check=True)
    return Image.open(target.with_suffix(".png")).convert("L")


def difference(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """Over the page and in its worst strip."""
    blurred = [picture.resize(A4).filter(ImageFilter.GaussianBlur(6)) for picture in (one, other)]
    both = ImageChops.difference(*blurred)
    height = A4[1] / STRIPS
    strips = [both.crop((0, int(at * height), A4[0], int((at + 1) * height))) for at in range(STRIPS)]
    return ImageStat.Stat(both).mean[0], max(ImageStat.Stat(strip).mean[0] for strip in strips)


@pytest.mark.parametrize("pack", load().packs)
def test_every_pack_is_one_full_side_and_its_preview_is_the_paper(library: Library, browser: Browser, tmp_path: Path, pack: str) -> None:
    wrong: list[str] = []
    for minutes, note in product(MINUTES, ("", NOTE)) if os.environ.get("SHEETS") == "all" else AS_A_RULE:
        sheet = sheet_of(library, pack, minutes, note, tmp_path / f"{minutes}-{bool(note)}.pdf")
        whole, worst = difference(printed(sheet), drawn(browser, sheet))
        found = [*wrong_on_paper(sheet), *([f"preview: {whole:.1f}, {worst:.1f}"] if whole > SAME or worst > SAME_STRIP else [])]
        wrong += [f"{minutes} minutes, {'a note' if note else 'no note'}: {one}" for one in found]
        print(pack, minutes, bool(note), sheet.how.step, f"{sheet.how.blank:.1f} mm, pictures {whole:.1f} {worst:.1f}")
    assert wrong == []


def test_a_preview_at_another_step_is_seen(library: Library, browser: Browser, tmp_path: Path) -> None:
    """What the comparison is worth: a preview that shows a few steps more than the paper is another picture."""
    sheet = sheet_of(library, "older", "20", NOTE, tmp_path / "sheet.pdf")
    paper = printed(sheet)
    other = replace(sheet, how=replace(sheet.how, step=sheet.how.step - 4))
    whole, worst = difference(paper, drawn(browser, other))
    assert whole > SAME and worst > SAME_STRIP
