"""Paper as it comes out of the printer: how many pages, how full, how large the type, and what it says where."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from planner.clinic.profile import Letterhead
from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.domain.plan import build
from planner.folders import STATIC
from planner.library.plausible import people
from planner.outputs import documents
from planner.outputs.coloured import on_coloured_paper
from planner.outputs.form import Beside
from planner.outputs.forms import form_called
from planner.outputs.four_weeks import grid_rows
from planner.outputs.pdf import render
from planner.outputs.sheet_lines import title_once
from planner.outputs.words import date_text, numbers
from tests.paper import alone, smallest, used, words_of
from tests.people import well

ON = date(2026, 11, 21)
SITE = "https://plan.example.org"
LEAST_USED = 0.4
PEOPLE: dict[str, dict[str, Any]] = {
    "new": {"duration": "lt4w", "day": ("desk",), "goal": "sitting", "pressure_pref": "firm"},
    "pregnant": {"pregnancy": "t2", "areas": ("buttock_hip", "low_back"), "sleep": "poor", "budget": "some"},
    "bones": {"age_band": "60_74", "areas": ("mid_back",), "health": ("anticoagulant", "osteoporosis"), "mobility": "no_floor"},
    "lasting": {
        "areas": ("low_back", "neck_shoulders", "upper_back"),
        "peg_p": 8,
        "peg_e": 6,
        "peg_g": 6,
        "stress": "high",
        "minutes": "20",
    },
    "leg": {"leg_symptoms": "below_knee_one", "duration": "lt4w", "worse_with": ("sitting", "bending"), "country": "US"},
}


def paper(library: Library, plan: Plan, folder: Path, form: str = "pdf", *, large: bool = False, site: str = SITE) -> tuple[Path, str]:
    """The file, and the HTML that it is made of."""
    called = form_called(form)
    html = called.words(plan, library, Beside(site=site, large=large))
    assert called.kind
    file = folder / f"{form}{'-large' if large else ''}.pdf"
    file.write_bytes(render(html, called.kind))
    return file, html


def pages(file: Path) -> int:
    return len(used(file, file.parent))


def most(plan: Plan) -> int:
    return 5 if len(plan.section("exercises")) <= 5 else 6


def check_plan(library: Library, plan: Plan, folder: Path) -> None:
    file, html = paper(library, plan, folder)
    shares = used(file, folder)
    assert len(shares) <= most(plan)
    assert min(shares[:-1]) >= LEAST_USED, shares
    assert alone(file, html) == []
    words = words_of(file)
    assert min(run.size for run in words) >= 10
    assert ends_on(words, "Week 4") == 1 == ends_on(words, "Stop, and get help"), "page 1 is for the fridge"
    assert not any(run.page == 1 and "Positions that ease it" in run.text for run in words)


def ends_on(words: list[Any], text: str) -> int:
    return int(max(run.page for run in words if run.text == text))


@pytest.mark.slow
@pytest.mark.parametrize("name", PEOPLE)
def test_the_plan_is_five_pages_and_the_first_is_for_the_fridge(library: Library, tmp_path: Path, name: str) -> None:
    check_plan(library, build(library, well(library, **PEOPLE[name]), on=ON), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_so_are_the_plans_of_people_at_random(library: Library, tmp_path: Path, seed: int) -> None:
    plans = (build(library, answers, on=ON) for answers in people(library, 20, seed))
    check_plan(library, next(plan for plan in plans if not plan.triage.no_plan and plan.weeks and plan.section("exercises")), tmp_path)


FULL = [  # people whose first page once ran over by its last line
    {
        "age_band": "75plus",
        "peg_p": 3,
        "peg_e": 1,
        "goal": "sleep",
        "kneel_ok": "no",
        "sleep": "poor",
        "day": ("driving",),
        "budget": "some",
    },
    {
        **{"rf_leg_weakness": "heavy_tired", "leg_symptoms": "below_knee_both", "duration": "4to12w", "peg_e": 8, "goal": "lifting"},
        **{"mobility": "chair_only", "stress": "high", "day": ("carer_adult", "home"), "budget": "some", "minutes": "20"},
    },
]


@pytest.mark.slow
@pytest.mark.parametrize("who", FULL)
def test_a_full_first_page_keeps_its_last_line(library: Library, tmp_path: Path, who: dict[str, Any]) -> None:
    check_plan(library, build(library, well(library, **who), on=ON), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", PEOPLE)
def test_large_print_is_twelve_pages_of_18_pt_at_most(library: Library, tmp_path: Path, name: str) -> None:
    plan = build(library, well(library, **PEOPLE[name]), on=ON)
    file, html = paper(library, plan, tmp_path, large=True)
    assert pages(file) <= 12
    assert smallest(file) >= 18
    assert alone(file, html) == []
    last = [run for run in words_of(file) if run.page == pages(file) and " / " not in run.text]
    assert len(last) > 6, "the last page has more than a heading"


@pytest.mark.slow
def test_with_seven_exercises_large_print_is_twelve_pages_too(library: Library, tmp_path: Path) -> None:
    plans = (build(library, answers | {"minutes": "20"}, on=ON) for answers in people(library, 40, 800))
    long = [plan for plan in plans if not plan.triage.no_plan and plan.weeks and len(plan.section("exercises")) == 7]
    for plan in long[:2]:
        file, html = paper(library, plan, tmp_path, large=True)
        assert pages(file) <= 12 and smallest(file) >= 18 and alone(file, html) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", PEOPLE)
def test_the_box_of_when_to_stop_is_never_under_10_pt_on_the_sheet(library: Library, tmp_path: Path, name: str) -> None:
    plan = build(library, well(library, **PEOPLE[name]), on=ON)
    file, _html = paper(library, plan, tmp_path, "sheet")
    assert pages(file) == 1
    words = words_of(file)
    assert min(run.size for run in words) >= 9
    top = min(run.top for run in words if run.text.startswith("Now:"))
    foot = min(run.top for run in words if run.text == "Two weeks")
    inside = [run for run in words if top <= run.top < foot]
    assert len(inside) > 12 and min(run.size for run in inside) >= 10
    said = " ".join(run.text for run in inside)
    shown = [sign for sign in plan.stop_box.now if numbers(library.countries[plan.country], sign).split()[-1] in said]
    assert len(shown) == len(plan.stop_box.now), "every sign stays"


def test_a_patients_sheet_has_an_address_and_no_check_digit_and_a_clinics_has_both(library: Library) -> None:
    plan = build(library, well(library), on=ON)
    own = form_called("sheet").words(plan, library, Beside(site=SITE))
    clinic = documents.sheet_html(plan, library, clinic=Letterhead("Harbour Lane Clinic"))
    check_digit, bring = "add them up, write the last digit", "Bring back:"
    assert "plan.example.org" in own and "QR code that opens Backplan" in own
    assert check_digit not in own and bring not in own
    assert check_digit in clinic and bring in clinic
    for html in (own, clinic):
        line = re.search(r'painline"><p><b>Pain now</b>(.*?)</p>', html, re.DOTALL)
        assert line and re.findall(r"<i>(\d+)</i>", line[1]) == [str(number) for number in range(11)]


def test_the_sources_are_behind_an_address_or_named(library: Library) -> None:
    plan = build(library, well(library), on=ON)
    linked = form_called("pdf").words(plan, library, Beside(site=SITE))
    assert "plan.example.org/sources" in linked and "QR code that opens our sources" in linked
    alone_html = documents.plan_html(plan, library)
    assert 'class="qr"' not in alone_html and "NICE 2016" in alone_html


@pytest.mark.parametrize(
    ("short", "title", "line"),
    [
        ("Elbows by your sides; mouse close.", "Elbows by your sides", "<b>Elbows by your sides</b>; mouse close."),
        ("Keep doing normal things", "Keep doing normal things", "<b>Keep doing normal things</b>."),
        ("Rest one foot on a low step, and swap.", "One foot on a low step", "Rest <b>one foot on a low step</b>, and swap."),
        ("Walking is fine.", "Walk", "<b>Walk.</b> Walking is fine."),
        ("A cloth between.", "A <warm> pack", "<b>A &lt;warm&gt; pack.</b> A cloth between."),
    ],
)
def test_no_line_says_its_title_twice(short: str, title: str, line: str) -> None:
    assert title_once(short, title) == line


def test_no_title_of_a_sheet_is_repeated_by_its_line(library: Library) -> None:
    for item in (*library.habits.values(), *library.selfcare.values(), *library.therapies.values()):
        assert unescape(title_once(item.short, item.title)).lower().count(item.title.lower()) == 1, item.id


def test_the_four_weeks_count_the_days_that_are_due(library: Library) -> None:
    plan = build(library, well(library, minutes="20"), on=ON)
    for row in grid_rows(plan):
        assert len(row.days) == 4
        assert row.days[0] == row.line.doses[0].days_a_week and row.days[3] == row.line.doses[3].days_a_week
        assert bool(row.later) == (row.line.doses[0] != row.line.doses[-1])


def grey(colour: str) -> float:
    """0 black to 255 white, as a photocopier sees it."""
    return sum(int(colour[i : i + 2], 16) * share for i, share in ((1, 0.3), (3, 0.59), (5, 0.11)))


def test_bands_are_dark_enough_for_a_photocopy_in_one_bit() -> None:
    css = (STATIC / "css" / "paper.css").read_text("utf-8")
    bands = re.findall(r"background: (#[0-9a-f]{6}); color: #fff", css)
    assert len(bands) >= 3 and all(grey(colour) < 85 for colour in bands)
    assert ".halt .band { background: #a3201b;" in css and grey("#a3201b") < 85


def test_every_drawing_has_a_black_outline_on_paper() -> None:
    for file in STATIC.glob("figures/*.svg"):
        if not file.stem.endswith("-move"):
            drawn = on_coloured_paper(file.read_text("utf-8"))
            assert "<style" not in drawn and "class=" not in drawn and 'stroke="#000"' in drawn, file.name


def test_a_plan_for_letter_paper_has_a_first_page_too(library: Library, tmp_path: Path) -> None:
    plan = replace(build(library, well(library), on=ON), country="US")
    file, _html = paper(library, plan, tmp_path)
    assert ends_on(words_of(file), "Week 4") == 1


@pytest.mark.parametrize(("answers", "days"), [({}, 14), ({"health": ("ra_flare",)}, 7)])
def test_paper_bears_the_day_after_which_it_is_not_to_be_used(library: Library, answers: dict[str, Any], days: int) -> None:
    """Clinical safety, section 6: the earliest day on which an answer goes stale."""
    plan = build(library, well(library, **answers), on=ON)
    for form in ("sheet", "html"):
        words = form_called(form).words(plan, library, Beside())
        assert date_text(ON + timedelta(days=days)) in words and date_text(ON) in words, form


@pytest.mark.parametrize("form", ["pdf", "sheet"])
def test_no_sentence_runs_into_the_next(library: Library, form: str) -> None:
    """Between an answer that is quoted and what follows from it stands a space."""
    many = [well(library, **answers) for answers in PEOPLE.values()] + list(people(library, 30, 9))
    joined: set[str] = set()
    for plan in (build(library, answers, on=ON) for answers in many):
        if not plan.triage.no_plan:
            html = form_called(form).words(plan, library, Beside(site=SITE))
            joined |= set(re.findall(r"</q>\.(?:</\w+>)*[A-Z]\w+", html))
    assert joined == set()
