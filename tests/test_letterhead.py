"""Letterheads on paper, and the colours that may stand in them."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planner.clinic.colours import as_hex, can_be_read, contrast, darker, parts, shade
from planner.clinic.logo import clean_logo
from planner.clinic.profile import Letterhead
from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs import documents, pdf
from tests import pictures
from tests.people import well
from tests.pictures import picture


def test_every_colour_has_a_shade_that_can_be_read_and_no_lighter_one() -> None:
    for red in range(0, 256, 51):
        for green in range(0, 256, 51):
            for blue in range(0, 256, 51):
                ink = f"#{red:02x}{green:02x}{blue:02x}"
                better = darker(ink)
                assert contrast(better) >= 4.5 and (better == ink) == can_be_read(ink)
                lighter = [shade(ink, share) for share in range(256)]
                assert [one for one in lighter if can_be_read(one) and max(parts(one)) > max(parts(better))] == []


@pytest.mark.parametrize(("ink", "ratio"), [("#ffffff", 1.0), ("#000000", 21.0), ("#767676", 4.54), ("#777777", 4.48), ("#0d5358", 8.77)])
def test_contrast_is_what_wcag_counts(ink: str, ratio: float) -> None:
    assert round(contrast(ink), 2) == ratio and can_be_read(ink) == (ratio >= 4.5)


@pytest.mark.parametrize(("typed", "found"), [("#ABC", "#aabbcc"), (" 12343A ", "#12343a"), ("#1234", ""), ("", ""), ("url(x)", "")])
def test_colours_as_people_type_them(typed: str, found: str) -> None:
    assert as_hex(typed) == found


HEAVY = Letterhead(
    name="The Harbour Lane and Old Town Physiotherapy and Massage Clinic of Bristol and Bath",
    address="Unit 12, The Old Granary, " * 7 + "Bristol BS1",
    phone="+44 (0)117 496 0182 ext. 12",
    web="www." + "harbour-lane-" * 8 + ".example",
    sentence="Ring us before 6 pm if you are unsure. " * 4,
)


@pytest.mark.parametrize(("paper", "size"), [("A4", [794, 1123]), ("Letter", [816, 1056])])
def test_a_sheet_with_the_longest_letterhead_and_the_heaviest_logo_is_one_side(library: Library, paper: Any, size: list[int]) -> None:
    uri = f"data:image/png;base64,{b64encode(clean_logo(pictures.noise())).decode()}"
    plan = build(library, well(library, minutes="20", areas=("low_back", "neck_shoulders")), on=date(2026, 11, 21))
    more: dict[str, Any] = {"clinic": replace(HEAVY, logo_uri=uri, paper=paper), "code": "7K3M-Q9XT-2BVH-4RNE-8", "note": "Slowly. " * 20}
    html = documents.sheet_html(plan, library, country=replace(library.countries["GB"], paper=paper), **more)
    made = pdf.laid_out(html, "sheet")
    assert [[round(page.width), round(page.height)] for page in made.pages] == [size]


def test_the_whole_plan_has_the_letterhead_too(library: Library) -> None:
    plan = build(library, well(library), on=date(2026, 11, 21))
    html = documents.plan_html(plan, library, clinic=replace(HEAVY, logo_uri="data:image/png;base64,x"))
    assert 'src="data:image/png;base64,x"' in html and HEAVY.address in html and HEAVY.sentence in html
    assert 'class="logo"' not in documents.plan_html(plan, library)


@pytest.mark.parametrize(
    "url",
    [
        "data:text/html,<b>",
        "data:image/svg+xml;base64,PHN2Zy8+",
        "data:image/png,x",
        "DATA:image/gif;base64,R0",
        "file:///etc/passwd",
        "http://127.0.0.1/",
    ],
)
def test_a_document_opens_no_address_but_the_png_inside_it(url: str) -> None:
    from weasyprint.urls import FatalURLFetchingError

    inside = f"data:image/png;base64,{b64encode(picture()).decode()}"
    assert pdf.fetcher("none").fetch(inside).read() == picture()
    with pytest.raises(FatalURLFetchingError):
        pdf.fetcher("none").fetch(url)
