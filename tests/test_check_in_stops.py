"""A new warning sign at a check-in stops the plan everywhere until the questions are answered; old answers are asked first."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from planner.domain.model import Library
from tests.aged import EXERCISE, STILL, ago, kept, stored
from tests.checking_in import diary, phone, week_over
from tests.keeping_web import once
from tests.people import well


@pytest.mark.parametrize("tick", ["sign", "illness"])
def test_a_new_sign_stops_the_plan_in_every_old_tab(site: Flask, library: Library, tick: str) -> None:
    url, walker = week_over(site, library)
    old = phone(site, library)
    old.get(url)
    assert old.post(f"{url}/change").location == "/answers"
    walker.get(f"{url}/checkin")
    assert walker.post(f"{url}/checkin", signs="1", tick=tick).location == "/ask/safety1"
    for path in ("", ".pdf", "-sheet.pdf", ".json", ".txt", "/session", "/versions", "/checkin", "/checkin/1"):
        page = phone(site, library).get(url + path, expects=200 if path == "" else 303)
        assert EXERCISE not in page.text and ("This plan is stopped" in page.text or page.location == url)
    for data, path in (
        ({"none": "1"}, "still"),
        ({"done": "all"}, "done"),
        ({"week": "1", "days": "7", "pain": "0"}, "checkin"),
        ({"signs": "1", "none": "1"}, "checkin"),
    ):
        old.get(url)
        assert old.post(f"{url}/{path}", data).location == url
        assert stored(site, url).stopped == date.today(), path
    found = diary(site, url)
    assert found is None or (not found.done and not found.entries)
    old.get("/plan")
    for how in ({}, {"how": "replace", "version": "2"}, {"how": "new"}):
        assert "The kept plan is stopped" in old.post("/keep", how, expects=409, once="x").text
    assert stored(site, url).stopped == date.today()


def test_answered_and_saved_the_plan_goes_on_and_an_emergency_does_not(site: Flask, library: Library) -> None:
    for answers, ends in (({}, "/plan"), ({"rf_saddle": "yes"}, "/stop")):
        url, walker = week_over(site, library)
        walker.get(f"{url}/checkin")
        walker.answers = well(library, **answers)
        walker.follow(str(walker.post(f"{url}/checkin", signs="1", tick="sign").location))
        while walker.url.startswith("/ask/"):
            walker.step()
        assert walker.url == ends
        if ends == "/plan":
            old = phone(site, library)
            old.get(url)
            old.post(f"{url}/still", none="1")  # from an old tab: it neither lifts the stop nor bars the way
            walker.get("/plan")
            assert walker.post("/keep", once=once(walker)).location == url
        assert (stored(site, url).stopped is None) == (ends == "/plan")
        assert ("This plan is stopped" in walker.get(url).text) == (ends == "/stop")


def test_from_the_stopped_page_the_signs_are_asked_again(site: Flask, library: Library) -> None:
    url, walker = week_over(site, library)
    walker.get(f"{url}/checkin")
    walker.post(f"{url}/checkin", signs="1", tick="illness")
    other = phone(site, library)
    assert "Answer the questions" in other.get(url).text
    assert other.post(f"{url}/change").location == "/ask/safety1"


def test_old_answers_are_asked_before_a_check_in(site: Flask, library: Library) -> None:
    url, walker = week_over(site, library, 15)
    assert STILL.search(walker.get(url).text) and "is over" not in walker.page.text
    assert walker.get(f"{url}/checkin", expects=303).location == url
    walker.get(url)
    walker.post(f"{url}/still", none="1")
    assert "Week 2 is over" in walker.get(url).text


@pytest.mark.parametrize("data", [{}, {"signs": "1", "none": "1"}, {"days": ""}])
def test_numbers_wait_while_the_plan_may_not_show(site: Flask, library: Library, data: dict[str, str]) -> None:
    """The signs are fresh; of health that was asked about half a year ago no tick can say that it is as it was."""
    url, walker = kept(site, library, 184, {"confirmed": ago(0)}), phone(site, library)
    assert STILL.search(walker.get(url).text)
    assert walker.post(f"{url}/checkin", {"week": "26", "days": "5", "pain": "4", **data}, expects=303).location == url
    assert diary(site, url) is None and STILL.search(walker.get(url).text)
