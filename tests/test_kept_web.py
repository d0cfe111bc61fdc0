"""Keeping and opening a plan in the browser: kept once, opened anywhere, under one code, with one page for every miss."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from planner.database.sessions import writing
from planner.domain.model import Library
from planner.kept.codes import grouped, new_code
from tests.conftest import TOKEN, cookie, only, token
from tests.keeping import together
from tests.keeping_web import CODE, WORDS, at_plan, keep, once, rows
from tests.people import well
from tests.walker import Walker

ERROR = re.compile(r'<a href="#code">([^<]+)</a>')


def test_a_plan_is_kept_and_opens_in_another_browser(site: Flask, library: Library) -> None:
    walker = at_plan(site, library)
    wanted = walker.get("/plan.json").data
    url = keep(walker)
    other = site.test_client()
    page = other.get(url, expects=200)
    assert WORDS in page.text and url[6:] in page.text
    assert "<svg" in page.text and date.today().isoformat() not in url
    lines = set(re.findall(r'id="((?:exercise|massage|posture|selfcare|therapy):[^"]+)"', walker.page.text))
    assert lines and lines <= set(re.findall(r'id="([^"]+)"', page.text))
    assert other.get(f"{url}.json").data == wanted
    assert other.get(f"{url}.txt").data == walker.get("/plan.txt").data
    calendar = other.get(f"{url}.ics")
    assert calendar.mimetype == "text/calendar" and calendar.data == other.get(f"{url}.ics").data and url[6:].encode() not in calendar.data
    assert calendar.data != walker.client.get("/plan.ics").data  # its events are this person's own: the code is in their UIDs
    assert not other.get_cookie("answers") and rows(site) == 1


def test_nothing_is_kept_until_asked(site: Flask, library: Library) -> None:
    walker = at_plan(site, library)
    for url in ("/plan", "/keep", "/kept", "/plan.txt"):
        walker.get(url)
    assert rows(site) == 0


def test_keeping_wants_a_finished_plan_and_a_form_token(site: Flask, library: Library) -> None:
    client = site.test_client()
    assert client.post("/keep", data={"csrf_token": token(client)}, expects=303).location == f"/ask/{library.pages[0].id}?empty"
    stopped = Walker(site.test_client(), library, well(library, rf_saddle="yes"))
    stopped.walk()
    assert stopped.post("/keep").location == "/stop"
    walker = at_plan(site, library)
    url = keep(walker)
    for path in ("/keep", f"{url}/change", f"{url}/delete"):
        walker.client.post(path, expects=400)
    assert rows(site) == 1


def test_pages_of_a_code_are_nobody_elses(site: Flask, library: Library) -> None:
    url = keep(at_plan(site, library))
    client = site.test_client()
    for path in (url, f"{url}.json", f"{url}.ics", f"{url}/delete", "/kept", "/kept/deleted", f"/kept/{grouped(new_code())}"):
        headers = client.get(path).headers
        assert headers["Cache-Control"] == "no-store" and headers["X-Robots-Tag"] == "noindex", path
        assert headers["Referrer-Policy"] == "no-referrer"
    assert url[6:] not in client.get(f"{url}.json").headers["Content-Disposition"]


def test_a_double_click_keeps_one_plan(site: Flask, library: Library) -> None:
    walker = at_plan(site, library)
    cookies = "; ".join(f"{name}={cookie(walker.client, name)}" for name in ("answers", "form"))
    data = {"csrf_token": only(TOKEN, walker.page.text), "once": once(walker)}

    def click(_: int) -> Any:
        return site.test_client(use_cookies=False).post("/keep", data=data, headers={"Cookie": cookies}).headers.get("Location")

    urls = together(20, click)
    assert len(set(urls)) == 1 and CODE.match(urls[0]) and rows(site) == 1
    assert walker.post("/keep", once=data["once"]).location == urls[0] and rows(site) == 1


def test_the_code_is_typed_on_the_start_page_without_a_cookie(site: Flask, library: Library) -> None:
    url = keep(at_plan(site, library))
    client = site.test_client()
    start = client.get("/")
    assert 'action="/kept"' in start.text and "Set-Cookie" not in start.headers
    for typed in (url[6:], url[6:].lower().replace("-", " "), url[6:].replace("-", "")):
        assert client.post("/kept", data={"code": typed}, expects=303).location == url
    assert client.get(f"/kept/{url[6:].lower()}").headers["Location"] == url


@pytest.mark.parametrize("typed", ["", "ABCD", "x" * 300, "\x00" * 17, "<script>", "\ud800"])
def test_what_is_no_code_is_said_beside_the_field(app: Flask, typed: str) -> None:
    response = app.test_client().post("/kept", data={"code": typed.encode("utf-8", "replace")}, expects=422)
    assert 'href="#code"' in response.text and 'id="code-error"' in response.text
    assert "<script>" not in response.text.replace('<script src="', "")


def test_a_slip_of_the_pen_is_told_without_asking_the_database(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.web.storage.engine", lambda: pytest.fail("the database was asked"))
    code = new_code()
    wrong = code[:3] + ("A" if code[3] != "A" else "B") + code[4:]
    typed = app.test_client().post("/kept", data={"code": grouped(wrong)}, expects=422)
    scanned = app.test_client().get(f"/kept/{grouped(wrong)}", expects=404)
    no_code = app.test_client().post("/kept", data={"code": "ABCD"}, expects=422)
    assert only(ERROR, typed.text) == only(ERROR, scanned.text) != only(ERROR, no_code.text)
    assert all(f'value="{grouped(wrong)}"' in page.text for page in (typed, scanned))


def without_number(page: TestResponse) -> str:
    """Each page has a number of its own, made for that request alone."""
    return TOKEN.sub("", page.text).replace(page.headers["X-Request-ID"], "")


def test_never_expired_and_deleted_are_one_page(site: Flask, library: Library) -> None:
    deleted, expired = (keep(at_plan(site, library)) for _ in range(2))
    client = site.test_client()
    assert client.post(f"{deleted}/delete", data={"csrf_token": token(client)}, expects=303).location == "/kept/deleted"
    with writing(site.extensions["database"]) as session:
        session.execute(text("update kept_plan set expires = :day"), {"day": date(2026, 1, 1).isoformat()})
    pages = [client.get(url) for url in (deleted, expired, f"/kept/{grouped(new_code())}", "/kept/nonsense")]
    assert {page.status_code for page in pages} == {404} and len({without_number(page) for page in pages}) == 1
    assert len({tuple(sorted((name, value) for name, value in page.headers if name != "X-Request-ID")) for page in pages}) == 1
    for ending in (".pdf", "-sheet.pdf", ".ics", ".json", ".txt", "/delete"):
        client.get(deleted + ending, expects=404)


def test_the_exercises_of_a_kept_plan_one_at_a_time(site: Flask, library: Library) -> None:
    url = keep(at_plan(site, library))
    walker = Walker(site.test_client(), library, {})
    assert f'href="{url}/session"' in walker.get(url).text and "/plan/session" not in walker.page.text
    assert f'action="{url}/session"' in walker.get(f"{url}/session").text
    assert walker.post(f"{url}/session", felt="easy").location == f"{url}/session/done"
    assert f'href="{url}"' in walker.get(f"{url}/session/done").text
