"""The documents: valid PDF/UA, no renderer warning, the right paper, and the same lines as the page."""

from __future__ import annotations

import itertools
import logging
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import page as validator
import pikepdf
import pytest

from planner.domain.lines import Plan
from planner.domain.model import Exercise, Library
from planner.domain.plan import build
from planner.outputs import documents
from planner.outputs.as_json import to_json
from planner.outputs.forms import make
from planner.outputs.text import to_text
from planner.outputs.words import date_text
from tests.conftest import only
from tests.people import well

pytestmark = pytest.mark.slow
ON = date(2026, 11, 21)
PEOPLE: dict[str, dict[str, Any]] = {
    "desk": {"duration": "lt4w", "day": ("desk",), "goal": "sitting", "goal_words": "sit through a long meeting at Łódź"},
    "pregnant": {"pregnancy": "t2", "areas": ("buttock_hip",), "sleep": "poor", "pressure_pref": "medium", "country": "US"},
    "bones": {"age_band": "60_74", "areas": ("mid_back",), "health": ("anticoagulant", "osteoporosis"), "mobility": "no_floor"},
    "athlete": {"minutes": "20", "activity": "athlete", "day": ("athlete", "driving", "lifting"), "stress": "high", "sleep": "poor"},
    "held": {"health": ("fever_or_contagious", "diabetes", "epilepsy"), "known": ("widespread_pain",), "minutes": "20"},
    "clinician": {"peg_p": 9, "peg_e": 9, "peg_g": 9, "areas": ("low_back", "neck_shoulders", "mid_back")},
    "stop": {"rf_saddle": "yes", "country": "CA"},
    "urgent": {"rf_dvt": "yes"},
}


def plan_of(library: Library, name: str) -> Plan:
    return build(library, well(library, **PEOPLE[name]), on=ON)


def pdf(tmp_path: Path, plan: Plan, library: Library, form: str, *, large: bool) -> Path:
    path = tmp_path / f"{form}.pdf"
    path.write_bytes(make(plan, library, form, large=large))
    return path


def run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("large", [False, True], ids=["usual", "large"])
@pytest.mark.parametrize("form", ["pdf", "sheet"])
@pytest.mark.parametrize("name", PEOPLE)
def test_pdf_is_accessible(library: Library, tmp_path: Path, caplog: Any, name: str, form: str, large: bool) -> None:
    plan = plan_of(library, name)
    with caplog.at_level(logging.WARNING):
        path = pdf(tmp_path, plan, library, form, large=large)
    assert [record.getMessage() for record in caplog.records if record.name.startswith("weasyprint")] == []
    result = validator.validate_pdf(str(path), profile=validator.ValidationProfile.PDF_UA_1)
    assert [f"{one.rule_id} {one.message}" for one in result.failures] == []
    structure(path)
    fonts = run("pdffonts", str(path)).splitlines()[2:]
    assert fonts and all(line.split()[-5] == "yes" and line.split()[-3] == "yes" for line in fonts)
    assert not any(word in line for line in fonts for word in ("DejaVu", "Noto", "Liberation"))
    if form == "sheet" and not large:
        assert len(pikepdf.open(path).pages) == 1


def structure(path: Path) -> None:
    """Language, title, one h1 first, no skipped level, figures with a text alternative, our paper."""
    with pikepdf.open(path) as opened:
        assert str(opened.Root.Lang) == "en"
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        with opened.open_metadata() as meta:
            assert meta["dc:title"]
            assert "Łódź" not in str(meta)
        assert "/OpenAction" not in opened.Root
        levels, bare = [], 0
        for element in elements(opened.Root.StructTreeRoot):
            kind = str(element.S)
            if re.fullmatch("/H[1-6]", kind):
                levels.append(int(kind[2]))
            if kind == "/Figure" and not str(element.get("/Alt", "")).strip():
                bare += 1
        assert levels and levels[0] == 1 and levels.count(1) == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels
        assert bare == 0


def elements(top: Any) -> Any:
    """Every structure element below `top`."""
    kids = top.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


@pytest.mark.parametrize(("name", "size"), [("desk", "595.28 x 841.89"), ("pregnant", "612 x 792"), ("stop", "612 x 792")])
@pytest.mark.parametrize("form", ["pdf", "sheet"])
def test_paper_follows_the_country(library: Library, tmp_path: Path, name: str, size: str, form: str) -> None:
    found = run("pdfinfo", str(pdf(tmp_path, plan_of(library, name), library, form, large=False)))
    width, height = only(r"Page size: +([\d.]+ x [\d.]+)", found).split(" x ")
    wide, high = size.split(" x ")
    assert abs(float(width) - float(wide)) < 1 and abs(float(height) - float(high)) < 1


@pytest.mark.parametrize("name", [name for name in PEOPLE if name not in ("stop", "urgent")])
def test_every_line_is_in_every_form(library: Library, tmp_path: Path, name: str) -> None:
    """Page, plan PDF, sheet, text and JSON carry the same lines."""
    plan = plan_of(library, name)
    ids = {line.id for line in plan.lines}
    assert {line["id"] for line in to_json(plan, library)["lines"]} == ids
    for html in (documents.page_html(plan, library), documents.plan_html(plan, library)):
        assert set(re.findall(r'data-line="([^"]+)"', html)) == ids
    text, sheet = flat(to_text(plan, library)), flat(documents.sheet_html(plan, library))
    printed = flat(run("pdftotext", "-raw", str(pdf(tmp_path, plan, library, "pdf", large=False)), "-"))
    for line in plan.lines:
        assert line.title.lower() in text, line.id
        assert line.title.lower() in printed, line.id
        assert line.title.lower() in sheet or short(line) in sheet or f'data-line="{line.id}"' in sheet, line.id


def short(line: Any) -> str:
    return flat(line.item.short).rstrip(".")


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("&#39;", "'").replace("-\n", "-")).lower()


@pytest.mark.parametrize("name", ["stop", "urgent"])
@pytest.mark.parametrize("form", ["json", "html", "text", "pdf", "sheet"])
def test_a_stop_prints_no_massage_and_no_exercise(library: Library, tmp_path: Path, name: str, form: str) -> None:
    plan = plan_of(library, name)
    made = make(plan, library, form)
    if form in ("pdf", "sheet"):
        path = tmp_path / "stop.pdf"
        path.write_bytes(made)
        made = run("pdftotext", "-raw", str(path), "-").encode()
    words = made.decode().lower()
    for item in (*library.massages.values(), *library.exercises.values()):
        assert f" {item.title.lower()} " not in words
        assert f"exercise:{item.id}" not in words and f'massage:{item.id}"' not in words


def test_reading_order_of_the_plan(library: Library, tmp_path: Path) -> None:
    """Clinical plan 11: the box of when to stop is on page 1, before the exercises; massage comes after them."""
    plan = plan_of(library, "desk")
    first = plan.section("exercises")[0].item
    assert isinstance(first, Exercise)
    words = flat(run("pdftotext", "-raw", str(pdf(tmp_path, plan, library, "pdf", large=False)), "-"))
    expected = [
        plan.headline,
        "3 things today",
        "stop, and get help",
        first.steps[0],
        "the massage to ask for",
        "sources",
    ]
    places = [words.rfind(flat(one)) if one == "sources" else words.find(flat(one)) for one in expected]
    assert -1 not in places and places == sorted(places), list(zip(expected, places, strict=True))
    assert date_text(plan.made_on).lower() in words and plan.content_version in words


def test_same_plan_same_bytes(library: Library) -> None:
    plan = plan_of(library, "bones")
    for form in ("json", "text", "sheet"):
        assert make(plan, library, form) == make(plan, library, form)
