"""An old kept plan asks what has changed before it shows. Each row of clinical safety, section 6, at its bound, through the pages."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from planner.database.sessions import writing
from planner.domain.model import Library
from planner.kept import plans
from planner.kept.codes import grouped
from planner.kept.plans import Safe
from planner.outputs.words import date_text
from tests.aged import EXERCISE, again, ago, asks, kept, stored
from tests.conftest import SECRET
from tests.keeping_web import save
from tests.people import well
from tests.walker import Walker

TICK = re.compile(r'name="tick" value="(\w+)"')
SAFETY = ["safety1", "safety2", "safety3"]


ROWS: list[tuple[str, int, dict[str, Any], list[str]]] = [
    # row of the table, days it stays true, for whom, the pages that ask again
    ("signs", 14, {}, SAFETY),
    ("pregnancy", 14, {"pregnancy": "t2"}, ["safety3", "pregnancy", "pregnancy_more"]),
    ("birth", 14, {"pregnancy": "postpartum_12w", "birth_when": "lt6w"}, ["safety3", "pregnancy", "pregnancy_more"]),
    ("new_pain", 28, {"duration": "lt4w"}, ["duration", "pain"]),
    ("some_weeks", 56, {"duration": "4to12w"}, ["duration", "pain"]),
    *(("healing", 14, {"health": (name,)}, ["applies"]) for name in ("surgery_lt6w", "surgery_6to12w", "fracture_healing")),
    ("healing", 14, {"health": ("heart_or_stroke_recent",)}, ["applies"]),
    *(("passing", 7, {"health": (name,)}, ["applies", *SAFETY]) for name in ("skin_infection", "open_wound")),
    ("cleared", 84, {"health": ("surgery_6to12w",), "massage_cleared": "yes"}, ["clearance"]),
    ("health", 183, {"risk_bone": ("osteoporosis",)}, [*SAFETY, "risk_bone", "applies", "moving"]),
    ("feeling", 28, {"stress": "high"}, ["moving", "stress", "crisis"]),
    ("feeling", 28, {"sleep": "poor"}, ["moving"]),
]


@pytest.mark.parametrize("place", range(len(ROWS)))
def test_each_row_at_its_bound(site: Flask, library: Library, place: int) -> None:
    """The other answers are of today, so that this row alone is old."""
    row, days, answers, pages = ROWS[place]
    fresh = {name: date.today() for name in library.stale if name != row}
    for age, wanted in ((days - 1, False), (days, False), (days + 1, True)):
        url = kept(site, library, 0, {"asked": fresh | {row: ago(age)}}, **answers)
        walker = asks(site, library, url)
        assert (walker is not None) == wanted, age
        if walker:
            shown = again(walker, url, well(library, **answers), tick="sign")
            assert [one for one in pages if one not in shown] == [], shown


@pytest.mark.parametrize(("days", "answers"), [(14, {}), (14, {"pregnancy": "t2"}), (7, {"health": ("skin_infection",)})])
def test_a_plan_asks_from_the_day_after_its_answers_grow_old(site: Flask, library: Library, days: int, answers: dict[str, Any]) -> None:
    for age, wanted in ((days - 1, False), (days, False), (days + 1, True)):
        walker = asks(site, library, kept(site, library, age, **answers))
        assert (walker is not None) == wanted, age
        if walker:
            assert date_text(ago(age)) in walker.page.text


CONFIRMED: list[tuple[int, int, dict[str, Any], list[str]]] = [
    # days, confirmed so many days ago, answers, pages that are asked however the list is answered
    (28, 1, {"pregnancy": "t1"}, ["safety3"]),
    (84, 1, {"health": ("surgery_6to12w",), "massage_cleared": "yes"}, ["clearance"]),
    (183, 1, {}, [*SAFETY, "applies", "moving"]),
]


@pytest.mark.parametrize("row", range(len(CONFIRMED)))
def test_what_no_tick_renews_is_asked_even_when_nothing_changed(site: Flask, library: Library, row: int) -> None:
    days, said, answers, pages = CONFIRMED[row]
    whole = well(library, **answers)
    first = days if answers.get("pregnancy") else days + 1
    for age in (first - 1, first, first + 1):
        url = kept(site, library, age, {"confirmed": ago(said)}, **answers)
        walker = asks(site, library, url)
        assert (walker is not None) == (age >= first), age
        if walker:
            for ending in (".pdf", "-sheet.pdf", ".json", ".ics", ".txt", "/session"):
                assert walker.get(url + ending, expects=303).location == url
            seen = again(walker, url, whole, none="1")
            assert [one for one in pages if one not in seen] == [], (age, seen)
            assert stored(site, url).confirmed == ago(said), "nothing is confirmed by it"


def test_pregnancy_hides_the_exercises_until_the_exact_answer(site: Flask, library: Library) -> None:
    url = kept(site, library, 29, pregnancy="t1")
    walker = asks(site, library, url)
    assert walker and "pregnancy" in again(walker, url, well(library, pregnancy="t2"), none="1")
    assert EXERCISE not in walker.client.get(url).text
    walker.get("/plan")
    assert walker.post("/keep", once="x").location == url
    assert stored(site, url).answers["pregnancy"] == "t2" and asks(site, library, url) is None


def test_none_of_these_shows_the_plan_with_its_date_and_is_not_asked_again_that_day(site: Flask, library: Library) -> None:
    url = kept(site, library, 15)
    walker = asks(site, library, url)
    assert walker and again(walker, url, {}, none="1") == []
    text = walker.get(url).text
    assert EXERCISE in text and date_text(ago(15)) in text.partition('<div class="plan">')[0]
    body = stored(site, url)
    assert (body.confirmed, body.made) == (date.today(), ago(15)) and asks(site, library, url) is None
    assert json.loads(walker.get(url + ".json").data)["not_after"] == (date.today() + timedelta(days=14)).isoformat()


@pytest.mark.parametrize(("confirmed", "wanted"), [(13, False), (14, False), (15, True)])
def test_it_is_asked_again_when_that_is_old_too(site: Flask, library: Library, confirmed: int, wanted: bool) -> None:
    url = kept(site, library, 30, {"confirmed": ago(confirmed)})
    assert (asks(site, library, url) is not None) == wanted


TICKS = {
    "sign": SAFETY,
    "pregnancy": [*SAFETY, "applies"],
    "injury": [*SAFETY, "applies", "moving"],
    "illness": [*SAFETY, "applies"],
    "worse": [*SAFETY, "duration", "pain"],
}


@pytest.mark.parametrize("tick", TICKS)
def test_what_changed_is_asked_first_and_makes_a_new_plan(site: Flask, library: Library, tick: str) -> None:
    url = kept(site, library, 15)
    walker = asks(site, library, url)
    assert walker and set(TICK.findall(walker.page.text)) == {*TICKS}
    seen = again(walker, url, well(library), tick=tick)
    assert set(seen) == {*TICKS[tick]} and walker.url == "/plan"
    assert asks(site, library, url), "until it is saved the old plan still asks"
    walker.get("/plan")
    assert walker.post("/keep", once="x").location == url
    assert stored(site, url).made == date.today() and asks(site, library, url) is None


def test_a_new_sign_leads_to_help(site: Flask, library: Library) -> None:
    url = kept(site, library, 15)
    walker = asks(site, library, url)
    assert walker
    again(walker, url, well(library, rf_saddle="yes"), tick="sign")
    assert walker.url == "/stop"


def test_old_limits_stand_ticked_when_they_are_asked_again(site: Flask, library: Library) -> None:
    url = kept(site, library, 184, health=("diabetes",), risk_bone=("osteoporosis",))
    walker = asks(site, library, url)
    assert walker
    walker.answers = well(library, health=("diabetes",), risk_bone=("osteoporosis",))
    walker.follow(str(walker.post(f"{url}/still", none="1").location))
    while walker.url != "/ask/safety3":
        walker.step()
    assert re.search(r'value="osteoporosis"[^>]* checked', walker.page.text) or re.search(
        r'value="risk_bone"[^>]* checked', walker.page.text
    )
    while walker.url != "/ask/applies":
        walker.step()
    assert re.search(r'value="diabetes"[^>]* checked', walker.page.text)


def test_changing_another_answer_does_not_make_old_ones_new(site: Flask, library: Library) -> None:
    url = kept(site, library, 10)
    walker = Walker(site.test_client(), library, {})
    walker.get(url)
    assert walker.post(f"{url}/change").location == "/answers"
    assert save(walker, duration="4to12w").location == url
    body = stored(site, url)
    assert body.made == date.today() and body.answered.on(library.stale["signs"]) == ago(10)
    with writing(site.extensions["database"]) as session:
        older = replace(body, made=ago(5), asked={name: day - timedelta(days=5) for name, day in body.asked.items()})
        code = grouped(plans.keep(session, Safe(SECRET), older, date.today()))
    assert asks(site, library, f"/kept/{code}"), "15 days after the answers, though the plan is 5 days old"


@pytest.mark.parametrize("path", ["change", "still"])
def test_other_answers_in_the_browser_stay_until_somebody_is_sure(site: Flask, library: Library, path: str) -> None:
    url = kept(site, library, 15)
    walker = Walker(site.test_client(), library, well(library, areas=("neck_shoulders",)))
    walker.walk()
    walker.get(url)
    data = {"tick": "worse"} if path == "still" else {}
    text = walker.post(f"{url}/{path}", data, expects=409).text
    assert f'action="/kept/{url[6:]}/{path}"' in text and TICK.findall(text) == list(data.values())
    assert walker.post(f"{url}/{path}", {**data, "sure": "1"}).location == "/ask/safety1"


@pytest.mark.parametrize("data", [{}, {"tick": "x"}, {"tick": "sign", "none": "1"}])
def test_what_is_no_answer_is_said_beside_the_list(site: Flask, library: Library, data: dict[str, str]) -> None:
    url = kept(site, library, 15)
    walker = asks(site, library, url)
    assert walker
    page = walker.post(f"{url}/still", data, expects=422)
    assert 'id="tick-error"' in page.text and EXERCISE not in page.text and stored(site, url).confirmed is None


def test_a_plan_that_is_not_old_confirms_nothing(site: Flask, library: Library) -> None:
    url = kept(site, library, 3)
    walker = Walker(site.test_client(), library, {})
    walker.get(url)
    assert walker.post(f"{url}/still", none="1").location == url and stored(site, url).confirmed is None


def test_nobody_past_childbearing_is_asked_about_pregnancy(site: Flask, library: Library) -> None:
    walker = asks(site, library, kept(site, library, 15, age_band="75plus"))
    assert walker and set(TICK.findall(walker.page.text)) == {*TICKS} - {"pregnancy"}
