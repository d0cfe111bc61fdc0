"""A kept plan over time: changed, changed elsewhere, deleted, opened much later, and read under newer content."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import vobject
from flask import Flask
from sqlalchemy import text

from planner.database.sessions import reading, writing
from planner.domain.journey import Journey
from planner.domain.model import Library
from planner.kept import plans
from planner.kept.codes import grouped, new_code, read_code
from planner.kept.plans import Safe, later
from planner.outputs.words import date_text
from tests.conftest import SECRET, an_app, token
from tests.keeping_web import WORDS, at_plan, change, keep, kept_with, once, rows, save
from tests.people import well
from tests.pseudo import untranslated
from tests.walker import Walker


def test_changed_answers_are_saved_under_the_same_code(site: Flask, library: Library) -> None:
    url = keep(at_plan(site, library))
    walker = Walker(site.test_client(), library, {})
    assert change(walker, url).location == "/answers"
    assert WORDS in walker.get("/answers").text
    response = save(walker, duration="lt4w")
    assert response.location == url and rows(site) == 1
    truth = Journey(library, well(library, goal="sport", goal_words=WORDS, duration="lt4w"))
    with reading(site.extensions["database"]) as session:
        found = plans.find_kept(session, Safe(SECRET), read_code(url[6:]) or "", date.today())
    assert found is not None and found.version == 2 and dict(found.body.answers) == truth.reachable
    assert save(walker, duration="4to12w").location == url and rows(site) == 1


def test_the_first_save_already_belongs_to_its_code(site: Flask, library: Library) -> None:
    walker = at_plan(site, library)
    url = keep(walker)
    assert save(walker, duration="lt4w").location == url and rows(site) == 1
    walker.get("/plan")
    assert url[6:] in walker.page.text
    assert keep(walker, how="new") != url and rows(site) == 2


def test_a_change_made_elsewhere_is_not_lost_and_neither_is_mine(site: Flask, library: Library) -> None:
    url = keep(at_plan(site, library))
    mine, theirs = (Walker(site.test_client(), library, {}) for _ in range(2))
    for walker in (mine, theirs):
        change(walker, url)
    save(theirs, duration="lt4w")
    conflict = save(mine, duration="4to12w", expects=409)
    assert 'name="version" value="2"' in conflict.text
    mine.get("/plan")
    mine.page = conflict
    other = keep(mine, how="new")
    assert other != url and rows(site) == 2
    change(mine, url, sure="1")
    save(theirs, duration="gt12w")
    save(mine, duration="4to12w", expects=409)
    assert mine.post("/keep", once=once(mine), how="replace", version="3").location == url
    assert mine.get("/plan.json").data == mine.get(f"{url}.json").data


def test_a_late_save_after_deleting_is_told(site: Flask, library: Library) -> None:
    url = keep(at_plan(site, library))
    late, owner = (Walker(site.test_client(), library, {}) for _ in range(2))
    for walker in (late, owner):
        change(walker, url)
    owner.get(f"{url}/delete")
    assert owner.post(f"{url}/delete").location == "/kept/deleted"
    gone = save(late, duration="lt4w", expects=410)
    late.get("/plan")
    assert rows(site) == 0
    late.page = gone
    assert keep(late, how="new") != url and rows(site) == 1
    owner.get("/plan")
    assert keep(owner) != url, "who deleted it starts anew"


def test_other_answers_in_the_browser_are_not_put_away_unasked(site: Flask, library: Library) -> None:
    url = keep(at_plan(site, library))
    walker = at_plan(site, library, duration="lt4w")
    before = walker.client.get_cookie("answers")
    change(walker, url, expects=409)
    assert walker.client.get_cookie("answers") == before
    assert walker.post(f"{url}/change", sure="1").location == "/answers"
    assert walker.client.get_cookie("answers") != before


def test_clearing_the_answers_forgets_the_code(site: Flask, library: Library) -> None:
    walker = at_plan(site, library)
    url = keep(walker)
    walker.post("/clear", how="at once")
    walker.walk()
    walker.get("/plan")
    assert url[6:] not in walker.page.text and keep(walker) != url


def test_deleting_leaves_no_byte_of_it(library: Library, sqlite_url: str) -> None:
    app = an_app(DATABASE_URL=sqlite_url)
    url = keep(at_plan(app, library))
    with reading(app.extensions["database"]) as session:
        sealed = session.scalar(text("select sealed from kept_plan"))
    files = [*Path(sqlite_url.removeprefix("sqlite:///")).parent.iterdir()]
    assert any(sealed[40:90] in file.read_bytes() for file in files)
    client = app.test_client()
    client.post(f"{url}/delete", data={"csrf_token": token(client)}, expects=303)
    assert not any(sealed[40:90] in file.read_bytes() for file in files if file.exists())


def test_opening_moves_the_last_day_on(site: Flask, library: Library) -> None:
    url = keep(at_plan(site, library))
    with writing(site.extensions["database"]) as session:
        session.execute(text("update kept_plan set expires = :day"), {"day": later(date.today(), 2).isoformat()})
    page = site.test_client().get(url)
    until = later(date.today(), 13)
    assert f"{until.day} " in page.text and str(until.year) in page.text
    with reading(site.extensions["database"]) as session:
        assert str(session.scalar(text("select expires from kept_plan"))) == until.isoformat()


def test_newer_advice_says_so(site: Flask, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    url = keep(at_plan(site, library))
    client = site.test_client()
    assert 'id="updated"' not in client.get(url).text
    monkeypatch.setattr("planner.web.render.library_in", lambda lang: replace(library, version="newer"))
    assert 'id="updated"' in client.get(url).text


def test_questions_that_are_new_are_asked(site: Flask, library: Library) -> None:
    url = kept_with(site, library, duration=None, gone_question="yes", peg_p="not a number")
    walker = Walker(site.test_client(), library, well(library))
    page = walker.get(url)
    assert f"<li>{library.questions['duration'].short}</li>" in page.text
    for ending in (".pdf", ".json", ".ics", ".txt"):
        assert walker.get(url + ending, expects=303).location == url
    assert walker.post(f"{url}/change").location.startswith("/ask/")
    assert walker.walk() == "/plan"
    walker.get("/plan")
    assert keep(walker) == url


def test_answers_that_mean_stop_today_show_no_plan(site: Flask, library: Library) -> None:
    url = kept_with(site, library, rf_saddle="yes")
    client = site.test_client()
    page = client.get(url)
    assert 'class="care emergency"' in page.text and "112" in page.text and 'id="exercise:' not in page.text
    assert date_text(date(2026, 1, 5)) in page.text
    for ending in (".pdf", "-sheet.pdf", ".json", ".txt"):
        assert client.get(url + ending, expects=303).location == url, ending
    events = vobject.readOne(client.get(url + ".ics", expects=200).text).vevent_list
    assert {one.status.value for one in events} == {"CANCELLED"}, "a phone that has them lets go of them"


def test_the_four_weeks_begin_on_the_day_it_was_kept(site: Flask, library: Library) -> None:
    made = date.today() - timedelta(days=10)
    plan = json.loads(site.test_client().get(kept_with(site, library, made) + ".json").data)
    assert made.isoformat() in json.dumps(plan)


def test_pages_of_kept_plans_in_a_pseudo_language(pseudo: Library, site: Flask) -> None:
    walker = at_plan(site, pseudo)
    url = keep(walker)
    open_, stop = kept_with(site, pseudo, duration=None), kept_with(site, pseudo, rf_saddle="yes")
    for path in ("/kept", "/kept/deleted", "/keep", f"{url}/delete", open_, f"/kept/{grouped(new_code())}"):
        main = walker.client.get(path).text.split("<main", 1)[1].split(">", 1)[1].replace(url[6:], "").replace(open_[6:], "")
        assert untranslated(main, pseudo) == [], path
    for path in (url, stop):
        main = walker.get(path).text.split("<main", 1)[1].split(">", 1)[1].split('<div class="plan">')[0].split("</aside>")[0]
        assert untranslated(re.sub(r'<(p|b) class="kept-code.*?</\1>|<article.*?</article>', "", main, flags=re.S), pseudo) == [], path
