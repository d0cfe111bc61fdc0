"""Whose telephone numbers people get: by country, and by what their browser says. Source: clinical safety 4.4."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.domain.journey import with_defaults
from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs.documents import plan_html, sheet_html
from planner.outputs.text import to_text
from planner.web.render import country as here
from tests.by_country import CHILD, DANGER, EMERGENCY, ON, TABLE, THOUGHTS, URGENT, more_of, page_words, person_at, plan_at, read_by
from tests.clinics import send
from tests.people import well
from tests.rooms import Room
from tests.test_profile import FULL

ROWS = pytest.mark.parametrize("country", list(TABLE))
CALLS = {"US": "Call", "CA": "Call"}


def test_every_country_of_the_table_can_be_chosen_and_no_other(library: Library) -> None:
    assert list(library.countries) == list(TABLE)
    assert [option.id for option in library.questions["country"].options] == list(TABLE)


@ROWS
def test_an_emergency_has_the_countrys_number(app: Flask, library: Library, country: str) -> None:
    for where, found in read_by(app, library, country, **EMERGENCY).items():
        assert TABLE[country].emergency in found, where


@ROWS
def test_help_today_has_the_countrys_service(app: Flask, library: Library, country: str) -> None:
    for where, found in read_by(app, library, country, **URGENT).items():
        for wanted in (TABLE[country].urgent, *more_of(TABLE[country], "urgent")):
            assert wanted in found, (where, wanted)


@ROWS
def test_an_ordinary_plan_has_the_countrys_numbers_in_its_stop_box(library: Library, country: str) -> None:
    plan = plan_at(library, country, stress="some", rf_crisis="no")
    for found in (" ".join(to_text(plan, library).split()), page_words(sheet_html(plan, library)), page_words(plan_html(plan, library))):
        assert TABLE[country].emergency in found and TABLE[country].urgent in found
        assert (
            f"{CALLS.get(country, 'Ring')} {TABLE[country].crisis or TABLE[country].emergency} now if you think of harming yourself."
            in found
        )


MATERNITY = {"US": "labor and delivery unit", "CA": "labor and delivery unit", "AU": "maternity ward"}


@ROWS
def test_the_maternity_unit_is_called_what_it_is_called_there(library: Library, country: str) -> None:
    plan = plan_at(library, country, pregnancy="t3", rf_preg_warning_signs="yes")
    found = " ".join(to_text(plan, library).split())
    assert f"{CALLS.get(country, 'Ring')} your {MATERNITY.get(country, 'maternity unit')} now, day or night" in found
    assert not re.search(r"\{[A-Z]+\}", found)


KNOWN = [
    *(("en-GB", "GB"), ("en-GB,en-US;q=0.8", "GB"), ("cy", "GB"), ("cy-GB", "GB"), ("gd", "GB"), ("gd-GB", "GB"), ("pl-GB", "GB")),
    *(("ga", "IE"), ("ga-IE", "IE"), ("en-IE", "IE"), ("mi", "NZ"), ("mi-NZ", "NZ"), ("en-NZ", "NZ"), ("hi", "IN"), ("hi-IN", "IN")),
    *(("af", "ZA"), ("zu", "ZA"), ("xh", "ZA"), ("en-ZA", "ZA"), ("ja", "JP"), ("ja-JP,en-US;q=0.5", "JP"), ("en-JP", "JP")),
    *(("en-US", "US"), ("es-US", "US"), ("fr-CA,en-US;q=0.5", "CA"), ("en-AU", "AU"), ("en-SG", "SG"), ("zh-Hant-HK", "HK")),
    *(("de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7", "EU"), ("en-DE", "EU"), ("el-CY", "EU"), ("fr-LU", "EU"), ("en,en-AU;q=0.9", "AU")),
    *(("EN-gb", "GB"), ("de-DE-1996", "EU"), ("en-US-u-hc-h12", "US")),
]
UNKNOWN = [
    *("", "*", "en", "de", "fr", "es", "pt", "zh", "ar", "de,en-US;q=0.7,en;q=0.3", "fr,en-GB;q=0.5"),
    *("es-MX", "pt-BR,pt;q=0.9,en-US;q=0.8,en;q=0.7", "zh-CN", "nb-NO", "de-CH,de;q=0.9,en-US;q=0.8", "tr-TR", "en-AE", "hi-XX", "ja-XX"),
    *("en-XX", "en-GBR", "en-GB;q=0", "de-419", "en-x-gb", "gb", "us", "xx-gbx", "cy-AR"),
]


@pytest.mark.parametrize(("language", "country"), KNOWN)
def test_a_region_or_a_language_of_one_country_chooses_it(client: FlaskClient, language: str, country: str) -> None:
    assert suggested(client, language) == country


@pytest.mark.parametrize("language", UNKNOWN)
def test_nothing_else_chooses_a_country(client: FlaskClient, language: str) -> None:
    assert suggested(client, language) == "other"


def suggested(client: FlaskClient, language: str) -> str:
    """The country that the site takes a browser to be in."""
    with client.application.test_request_context("/", headers={"Accept-Language": language}):
        return here().id


def test_the_card_shows_whose_numbers_these_are_and_another_can_be_chosen(app: Flask, library: Library) -> None:
    for answers in (EMERGENCY, URGENT, THOUGHTS, CHILD):
        for country in ("NZ", "other"):
            client = person_at(app, library, well(library, country=country, **answers))
            page = client.get("/stop").text
            assert f"Numbers for: {library.countries[country].name}. Change the country" in page and f'value="{country}" selected' in page
            assert '<form class="numbers sheet" method="post" action="/stop">' in page


def test_a_plan_on_the_screen_says_whose_numbers_it_has(app: Flask, library: Library) -> None:
    for country in ("GB_NIR", "other"):
        page = person_at(app, library, well(library, country=country)).get("/plan", expects=200).text
        assert f"The numbers are for: {library.countries[country].name}." in page_words(page)


def test_nobody_is_taken_to_be_in_britain(library: Library) -> None:
    assert library.questions["country"].default == "other"
    assert with_defaults(library, {"age_band": "18_39"})["country"] == "other"
    assert build(library, well(library), on=ON).country == "other"


BRITISH = re.compile(r"\b999\b|\b111\b|A&E|Samaritans|\bNHS\b")
PEOPLE: dict[str, dict[str, Any]] = {
    "back": {},
    "pregnant": {"pregnancy": "t3", "areas": ("buttock_hip",)},
    "birth": {"pregnancy": "postpartum_12w"},
    "pressure": {"health": ("bp_uncontrolled", "skin_infection")},
    "low": {"stress": "high", "sleep": "poor", "known": ("widespread_pain",)},
    "older": {"age_band": "75plus", "balance": "poor", "minutes": "20"},
    "child": CHILD,
    "emergency": EMERGENCY,
    "urgent": URGENT,
    "thoughts": THOUGHTS,
    "danger": DANGER,
}


@pytest.mark.parametrize("name", list(PEOPLE))
@pytest.mark.parametrize("country", ["other", "XX", ""])
def test_a_plan_for_an_unknown_country_has_nothing_british(library: Library, name: str, country: str) -> None:
    plan = build(library, well(library, **PEOPLE[name]), on=ON, country=country)
    papers = {"text": to_text(plan, library), "sheet": sheet_html(plan, library), "plan": plan_html(plan, library)}
    for where, found in papers.items():
        assert not BRITISH.search(without_publishers(found, library)), (where, BRITISH.search(without_publishers(found, library)))


def without_publishers(found: str, library: Library) -> str:
    """Publishers of sources are called what they are called; nobody rings them."""
    found = page_words(found.partition("\nSources\n")[0])
    for publisher in sorted({source.publisher for source in library.sources.values()}, key=len, reverse=True):
        found = re.sub(rf"{re.escape(publisher)}(?= ?[;.,\d])", "", found)
    return found


def test_a_clinics_sheet_has_its_profiles_country_and_its_slip_nothing_of_its_own(owned: Room) -> None:
    for country in ("IE", "SG", "other"):
        send(owned.client, "/clinic/profile", expects=303, **{**FULL, "country": country})
        for form in (owned.begun(), owned.begun(tick=["rf_saddle:yes"])):
            sheet = page_words(owned.sheet(owned.prints(form)))
            assert TABLE[country].emergency in sheet and not re.search(r"\b999 or A&E", sheet)
        slip = page_words(owned.get("/clinic/slip.pdf").text)
        assert TABLE[country].emergency in slip and TABLE[country].urgent in slip
        assert FULL["sentence"] not in slip and FULL["sentence"] not in sheet


def test_a_clinic_without_a_country_has_nobodys_numbers(owned: Room) -> None:
    slip = page_words(owned.get("/clinic/slip.pdf").text)
    assert TABLE["other"].emergency in slip and not BRITISH.search(slip)
    assert 'value="other" selected' in owned.get("/clinic/profile").text
