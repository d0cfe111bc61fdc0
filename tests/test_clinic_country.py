"""A clinic has a country: it is asked once, and telephone numbers, words and paper follow it, whatever the server's own country is."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import update

from planner.clinic.tables import Clinic
from planner.database.sessions import reading, writing
from tests.clinics import PASSWORD, House, engine_of, signed_in
from tests.conftest import token


@pytest.fixture
def old(site: Flask, home: House) -> House:
    """A clinic from before there was a country."""
    with writing(engine_of(site)) as rows:
        rows.execute(update(Clinic).where(Clinic.id == home.clinic).values(country="", paper="A4"))
    return home


def kept(site: Flask, home: House) -> tuple[str, str]:
    with reading(engine_of(site)) as rows:
        row = rows.get_one(Clinic, home.clinic)
        return row.country, row.paper


def signs_in(site: Flask) -> str:
    browser = site.test_client()
    sent = {"csrf_token": token(browser, "/clinic/sign-in"), "email": "owner@a.example", "password": PASSWORD, "next": "/clinic/sheets"}
    return str(browser.post("/clinic/sign-in", data=sent).headers["Location"])


def test_an_old_clinic_is_asked_at_the_next_sign_in_and_never_again(site: Flask, old: House) -> None:
    assert signs_in(site).endswith("/clinic/country?next=%2Fclinic%2Fsheets")
    browser = signed_in(site, old.therapist)
    page = browser.get("/clinic/country?next=/clinic/sheets")
    assert page.status_code == 200 and "United States" in page.text
    wrong = browser.post("/clinic/country", data={"csrf_token": token(browser, "/clinic/country"), "country": "", "next": "/clinic/sheets"})
    assert wrong.status_code == 422 and kept(site, old) == ("", "A4")
    sent = {"csrf_token": token(browser, "/clinic/country"), "country": "US", "next": "/clinic/sheets"}
    assert browser.post("/clinic/country", data=sent).headers["Location"] == "/clinic/sheets"
    assert kept(site, old) == ("US", "Letter")
    assert signs_in(site).endswith("/clinic/sheets")
    browser.post("/clinic/country", data=sent | {"country": "IE"})
    assert kept(site, old) == ("US", "Letter"), "once said, it is the owner's to change"


def test_a_clinic_elsewhere_prints_its_own_numbers_words_and_paper(site: Flask, home: House, renderer: object) -> None:
    """The server of these tests is in no country."""
    with writing(engine_of(site)) as rows:
        rows.execute(update(Clinic).where(Clinic.id == home.clinic).values(country="US", paper="Letter"))
    slip = signed_in(site, home.therapist).get("/clinic/slip.pdf").text
    assert "911" in slip and "size: Letter" in slip
    assert "999" not in slip and "A&amp;E" not in slip and "NHS" not in slip


def test_paper_follows_a_new_country_unless_it_was_chosen_too(site: Flask, home: House) -> None:
    browser = signed_in(site, home.owner)
    sent = {"name": "Clinic a", "country": "US", "paper": "A4", "lang": "en", "review_weeks": "2", "ink": "#0d5358"}
    cases: tuple[tuple[dict[str, str], str], ...]
    cases = (({}, "Letter"), ({"country": "GB", "paper": "Letter"}, "A4"), ({"country": "IE", "paper": "Letter"}, "Letter"))
    for typed, paper in cases:
        form = {"csrf_token": token(browser, "/clinic/profile")} | sent | typed
        assert browser.post("/clinic/profile", data=form).status_code == 303
        assert kept(site, home)[1] == paper, typed
