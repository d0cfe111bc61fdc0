"""The code on paper and on the screen: it scans back to the same address, survives a photocopier and leaves no copy in memory."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import page as validator
import pikepdf
import pytest
import zxingcpp
from flask import Flask
from PIL import Image

from planner.clinic.logo import as_png
from planner.clinic.profile import Letterhead, data_uri
from planner.domain.model import Library
from planner.domain.plan import build
from planner.kept.codes import grouped, new_code
from planner.languages.translate import library_in, offered
from planner.outputs import documents
from planner.outputs.arrange import country_of
from planner.outputs.pdf import Kind, render
from planner.outputs.qr import qr
from tests.conftest import an_app
from tests.keeping_web import at_plan, keep
from tests.people import well
from tests.renderer import FakeRenderer
from tests.test_documents import elements

DRAW: dict[Kind, Any] = {"plan": documents.plan_html, "sheet": documents.sheet_html}
BASE = "https://plans.long-clinic-name.example.org"
QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
LABEL = "QR code that opens this plan"
MM = 25.4


def address(code: str) -> str:
    return f"{BASE}/kept/{code}"


def pdf_of(library: Library, kind: Kind, code: str, folder: Path, *, large: bool = False) -> Path:
    plan = build(library, well(library), on=date(2026, 11, 21))
    more = {"code": code, "qr": qr(address(code), LABEL), "site": f"{BASE[8:]}/kept"} if code else {}
    file = folder / f"{kind}{large}{code}.pdf"
    file.write_bytes(render(DRAW[kind](plan, library, large=large, **more), kind))
    return file


def first_page(file: Path, dots: int) -> Image.Image:
    """The first page as a black-and-white photocopier sees it: one bit, so many dots an inch."""
    subprocess.run(["pdftoppm", "-r", str(dots), "-mono", "-f", "1", "-l", "1", "-singlefile", file, file.with_suffix("")], check=True)
    with Image.open(file.with_suffix(".pbm")) as image:
        return image.convert("L")


def faults(file: Path) -> list[str]:
    """What PDF/UA-1 finds wrong."""
    return [one.rule_id for one in validator.validate_pdf(str(file), profile=validator.ValidationProfile.PDF_UA_1).failures]


@pytest.mark.slow
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("kind", ["plan", "sheet"])
def test_the_code_is_read_back_from_a_photocopy(library: Library, tmp_path: Path, kind: Kind, large: bool) -> None:
    code = grouped(new_code())
    file = pdf_of(library, kind, code, tmp_path, large=large)
    for dots in (150, 300):
        (found,) = zxingcpp.read_barcodes(first_page(file, dots))
        assert found.text == address(code)
        width = (found.position.top_right.x - found.position.top_left.x) / dots * MM
        assert width >= 15, width
    text = subprocess.run(["pdftotext", "-l", "1", file, "-"], capture_output=True, text=True, check=True).stdout
    assert code in text and f"{BASE[8:]}/kept" in "".join(text.split()), "beside a narrow code the address may go on in the next line"
    pages = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout
    assert kind == "plan" or large or "Pages:           1\n" in pages
    assert code not in pages, "the title and the other data of the file name no code"
    with pikepdf.open(file) as opened:
        assert LABEL in [str(one.get("/Alt", "")) for one in elements(opened.Root.StructTreeRoot)]
    assert faults(file) == faults(pdf_of(library, kind, "", tmp_path, large=large))


@pytest.mark.slow
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("lang", offered())
def test_a_clinics_sheet_is_read_back_from_a_photocopy(library: Library, tmp_path: Path, lang: str, paper: Any, large: bool) -> None:
    logo = Image.new("RGB", (300, 200), "#12343a")
    clinic = Letterhead("Harbour Lane Clinic", "12 Harbour Lane", "0131 496 0182", logo_uri=data_uri(as_png(logo)), paper=paper, lang=lang)
    plan = build(library, well(library), on=date(2026, 11, 21), lang=lang)
    code = grouped(new_code())
    more: dict[str, Any] = {"code": code, "qr": qr(address(code), LABEL), "site": f"{BASE[8:]}/kept", "clinic": clinic}
    more["country"] = replace(country_of(plan, library), paper=paper)
    file = tmp_path / "sheet.pdf"
    file.write_bytes(render(documents.sheet_html(plan, library_in(lang), large=large, **more), "sheet"))
    assert [one.text for one in zxingcpp.read_barcodes(first_page(file, 150), formats=QR)] == [address(code)]
    with pikepdf.open(file) as opened:
        assert large or len(opened.pages) == 1
        assert any(clinic.name in str(one.get("/Alt", "")) for one in elements(opened.Root.StructTreeRoot))
    assert faults(file) == []


def test_a_qr_code_is_black_on_white_in_every_scheme() -> None:
    drawn = qr("https://plan.example.org/kept/ABCD", 'a "label" & more')
    assert 'fill="#fff"' in drawn and 'stroke="#000"' in drawn and "currentColor" not in drawn and "style" not in drawn
    assert "<title>a &#34;label&#34; &amp; more</title>" in drawn and drawn.count("<svg") == 1 and "width" not in drawn.split(">")[0]


def test_papers_bear_the_code_of_this_site_only(library: Library, renderer: FakeRenderer, sqlite_url: str) -> None:
    app: Flask = an_app(DATABASE_URL=sqlite_url, BASE_URL=BASE)
    url = keep(at_plan(app, library))
    evil = {"X-Forwarded-Host": "evil.test", "Forwarded": "host=evil.test"}
    for path, kind in ((".pdf", "plan"), ("-sheet.pdf", "sheet"), (".pdf?large=1", "plan"), ("-sheet.pdf?large=1", "sheet")):
        response = app.test_client().get(url + path, headers=evil)
        assert response.mimetype == "application/pdf" and url[6:] not in response.headers["Content-Disposition"]
        asked, html = renderer.asked[-1]
        assert asked == kind and f">{url[6:]}<" in html and f"{BASE[8:]}/kept" in html and "evil.test" not in html
        assert str(qr(BASE + url, LABEL)) in html
        assert ("large" in html[:200]) == ("large" in path)
    assert renderer.forgot == renderer.asked
    page = app.test_client().get(url, headers=evil).text
    assert str(qr(BASE + url, LABEL)) in page and "evil.test" not in page


def test_a_document_that_failed_is_forgotten_too(library: Library, renderer: FakeRenderer, site: Flask) -> None:
    url = keep(at_plan(site, library))
    renderer.broken = True
    assert site.test_client().get(f"{url}.pdf").status_code == 503
    assert renderer.forgot == renderer.asked != []
