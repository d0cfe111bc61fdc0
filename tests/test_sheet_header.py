"""Where the words of a printed sheet stand, measured on the paper: nothing runs into anything, nothing leaves the margin."""

from __future__ import annotations

import itertools
import re
import subprocess
from base64 import b64encode
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image, ImageOps

from planner.clinic.logo import clean_logo
from planner.clinic.profile import Letterhead
from planner.clinic.sheets.papers import Stationery, beside
from planner.clinic.sheets.proposal import Proposal
from planner.clinic.sheets.sheet_form import SheetForm, with_pack
from planner.domain.model import Library
from planner.outputs import documents, pdf
from tests import pictures

NAME = "Harbour Lane Physio & Massage Ltd"  # 33 letters
CODE = "7K3M-Q9XT-2BVH-4RNE-8"
MADE, DAY, REVIEW = date(2026, 11, 27), "27 November 2026", "Review on 11 December 2026"
MARGIN_MM, DOTS, MM = 11, 150, 72 / 25.4
BRING_BACK = "Bring back: days done this week (0 to 7) pain now (0 to 9) most useful (its number) felt easy (its number) add them up"


class Box(NamedTuple):
    """A word and where it stands, in points from the top left of the page. `top` and `foot` leave out what lines may share."""

    text: str
    left: float
    top: float
    right: float
    foot: float


class Paper(NamedTuple):
    """A sheet as it was printed: its words, the width of the page and the right edge of all ink, in points."""

    words: list[Box]
    wide: float
    inked: float


def boxes_of(file: Path) -> list[Box]:
    html = subprocess.run(("pdftotext", "-bbox", file, "-"), capture_output=True, text=True, check=True).stdout
    found = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', html)
    return [box_of(unescape(text), *map(float, box)) for *box, text in found]


def box_of(text: str, left: float, top: float, right: float, foot: float) -> Box:
    """The box of a word without what is above and below its small letters."""
    return Box(text, left, top + (foot - top) * 0.3, right, foot - (foot - top) * 0.3)


def ink_to(file: Path) -> tuple[float, float]:
    """The width of the page, and how far to the right there is ink: words, the square, rules and boxes."""
    subprocess.run(("pdftoppm", "-r", str(DOTS), "-gray", "-singlefile", file, file.with_suffix("")), check=True)
    with Image.open(file.with_suffix(".pgm")) as image:
        box = ImageOps.invert(image).point(lambda grey: 255 * (grey > 40)).getbbox()
        assert box
        return image.width * 72 / DOTS, box[2] * 72 / DOTS


SHEETS = [
    ("A4", "low_acute", "10", "square"),
    pytest.param(("Letter", "sciatica", "20", "wide"), marks=pytest.mark.slow),
    pytest.param(("A4", "older", "20", ""), marks=pytest.mark.slow),
]


@pytest.fixture(scope="module", params=SHEETS)
def paper(request: pytest.FixtureRequest, library: Library, tmp_path_factory: pytest.TempPathFactory) -> Paper:
    size, pack, minutes, shape = request.param
    drawn = Image.new("RGB", (600, 600) if shape == "square" else (1600, 300), "#204a80")
    logo = f"data:image/png;base64,{b64encode(clean_logo(pictures.saved(drawn))).decode()}" if shape else ""
    head = Letterhead(NAME, "12 Harbour Lane, Bristol BS1 4RW", "0117 496 0182", "harbour-lane.example", paper=size, logo_uri=logo)
    chosen = library.packs[pack]
    form = replace(with_pack(SheetForm(), library, chosen.title, chosen.answers), minutes=minutes, checked="yes")
    plan = Proposal(library, form, "GB", MADE).plan
    more = beside(
        plan, Stationery(head, "https://plans.harbour-lane.example.org"), replace(form.edits, next_weeks=2), CODE.replace("-", "")
    )
    _how, pages = pdf.fitted_sheet(documents.sheet_html(plan, library, **more))
    assert len(pages.pages) == 1
    file = tmp_path_factory.mktemp("paper") / "sheet.pdf"
    file.write_bytes(pages.write_pdf(finisher=pdf.add_scopes, pdf_variant="pdf/ua-1"))
    return Paper(boxes_of(file), *ink_to(file))


def run_of(words: list[Box], said: str) -> list[Box]:
    """The words of a sentence, where they follow each other as they do in print."""
    wanted = said.split()
    at = next(place for place in range(len(words)) if [one.text for one in words[place : place + len(wanted)]] == wanted)
    return words[at : at + len(wanted)]


def test_date_and_code_stand_apart(paper: Paper) -> None:
    day, (code,) = run_of(paper.words, DAY), run_of(paper.words, CODE)
    assert len({round(one.top) for one in day}) == 1, "the date is one line"
    for one in day:
        beside_it = one.top < code.foot and code.top < one.foot
        assert not beside_it or code.left - one.right > 2 * MM, (one, code)


def test_no_word_runs_into_another(paper: Paper) -> None:
    for one, other in itertools.combinations(paper.words, 2):
        over = min(one.right, other.right) - max(one.left, other.left)
        assert over < 0.5 or one.foot <= other.top or other.foot <= one.top, (one, other)


def test_square_rule_and_words_stay_within_the_right_margin(paper: Paper) -> None:
    edge = paper.wide - MARGIN_MM * MM
    assert max(one.right for one in paper.words) <= edge + 0.3
    assert edge - 1 < paper.inked <= edge + 0.5, "the rules end at the margin, and nothing passes it"


def test_the_review_breaks_no_line(paper: Paper) -> None:
    review = run_of(paper.words, REVIEW)
    assert len({round(one.top) for one in review}) == 1
    line = [one for one in paper.words if one.top < review[0].foot and review[0].top < one.foot]
    before = " ".join(one.text for one in sorted(line, key=lambda one: one.left) if one not in review)
    assert before == "Pain now 0 1 2 3 4 5 6 7 8 9 10", "its line is that of the pain"
    below = sorted((one for one in paper.words if one.top >= review[0].foot), key=lambda one: (round((one.top + one.foot) / 6), one.left))
    assert " ".join(one.text for one in below).startswith(BRING_BACK), "the line after it is whole"
