"""A health link: foreign readers open it, the database can't, and it ends when it should."""

from __future__ import annotations

import html
import json
import re
import secrets
from base64 import b64decode
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
import zxingcpp
from flask import Flask
from sqlalchemy import text

from planner.database.engines import file_of
from planner.database.sessions import reading
from planner.domain.model import Library
from planner.kept.codes import without_code
from planner.kept.encrypted import base64url
from planner.upkeep import purge
from planner.upkeep.backup import back_up, restore
from tests.conftest import SECRET, TOKEN, an_app, cookie, only, token
from tests.fhir_rules import bundle_faults, of_kind
from tests.keeping import together
from tests.keeping_web import WORDS, at_plan, change, keep, kept_with, save
from tests.renderer import FakeRenderer
from tests.shlink import Fetch, by_hand, by_jose, drawing, payload, unpadded
from tests.walker import Walker

SHOWN = re.compile(r"<textarea[^>]*>(shlink:/[^<]+)</textarea>")
AFTER = timedelta(days=8)


@pytest.fixture
def kept(app: Flask, library: Library, renderer: FakeRenderer) -> tuple[Walker, str]:
    """A person with a kept plan, and where its page about the link is."""
    return at_link(app, library)


@pytest.fixture
def stored(site: Flask, library: Library, renderer: FakeRenderer) -> tuple[Walker, str]:
    """The same with a database of their own, on SQLite and on PostgreSQL."""
    return at_link(site, library)


def at_link(app: Flask, library: Library) -> tuple[Walker, str]:
    walker = at_plan(app, library)
    return walker, f"{keep(walker)}/health-link"


def made(walker: Walker, page: str) -> str:
    """Presses the button; the link that the page then shows."""
    walker.get(page)
    assert walker.post(page, expects=303).location == page
    return shown(walker, page)


def shown(walker: Walker, page: str) -> str:
    return html.unescape(only(SHOWN, walker.get(page).text))


def over(walker: Walker) -> Fetch:
    """Fetching as a reader on another site does: no cookie, and its own name."""

    def fetch(url: str) -> bytes:
        found = walker.client.application.test_client().get(f"{urlsplit(url).path}?recipient=A+clinic", expects=200)
        assert found.content_type == "application/jose" and found.headers["Access-Control-Allow-Origin"] == "*"
        assert found.headers["Cache-Control"] == "no-store" and "Set-Cookie" not in found.headers
        body: bytes = found.data
        return body

    return fetch


def status(walker: Walker, link: str) -> int:
    found = walker.client.application.test_client().get(urlsplit(payload(link)["url"]).path)
    assert found.headers["Access-Control-Allow-Origin"] == "*", "else a reader in a browser can't tell an end from a fault"
    return found.status_code


def test_two_foreign_readers_open_it_and_find_the_plan(kept: tuple[Walker, str]) -> None:
    walker, page = kept
    link = made(walker, page)
    bundle = by_hand(link, over(walker))
    assert bundle == by_jose(link, over(walker)) and bundle_faults(bundle) == []
    assert WORDS in json.dumps(bundle) and of_kind(bundle, "ServiceRequest")
    assert payload(link)["label"] == "Back pain plan"


def test_the_readers_code_is_not_in_it(kept: tuple[Walker, str], renderer: FakeRenderer) -> None:
    """Whoever has the code may change and delete the plan; a clinic gets a copy to read."""
    walker, page = kept
    code = page.split("/")[2]
    bundle = by_hand(made(walker, page), over(walker))
    (document,) = of_kind(bundle, "DocumentReference")
    paper = b64decode(document["content"][0]["attachment"]["data"]).decode()
    for text_of in (paper, json.dumps(bundle)):
        assert code not in text_of and code.replace("-", "") not in text_of
    assert renderer.forgot[-1][1] == paper


def test_nothing_is_made_before_the_button(stored: tuple[Walker, str], site: Flask) -> None:
    walker, page = stored
    for url in (page.removesuffix("/health-link"), page):
        assert "shlink:/" not in walker.get(url).text
    with reading(site.extensions["database"]) as session:
        assert session.scalar(text("select count(*) from health_link")) == 0
    walker.client.post(page, expects=400)  # without the form's token


def test_the_database_has_neither_link_nor_key_nor_a_word_of_it(stored: tuple[Walker, str], site: Flask) -> None:
    walker, page = stored
    link = made(walker, page)
    about = payload(link)
    name = about["url"].rpartition("/")[2]
    engine = site.extensions["database"]
    file = file_of(engine)
    raw = b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*")) if file else b""
    with reading(engine) as session:
        dumped = " ".join(repr(row) for name in ("kept_plan", "health_link") for row in session.execute(text(f"select * from {name}")))
    for secret in (WORDS, name, about["key"], page.split("/")[2], page.split("/")[2].replace("-", ""), link, "low_back", "CarePlan"):
        assert secret.encode() not in raw and secret not in dumped
    assert unpadded(name) not in raw and unpadded(about["key"]) not in raw


def test_the_page_shows_the_same_link_again_and_its_picture_is_the_link(kept: tuple[Walker, str]) -> None:
    walker, page = kept
    link = made(walker, page)
    assert shown(walker, page) == link == made(walker, page), "pressed twice, made once"
    picture = only(r'(<svg[^>]*role="img">.*?</svg>)', walker.page.text)
    assert "QR code of the health link" in picture
    read = zxingcpp.read_barcodes(drawing(picture))
    assert [one.text for one in read] == [link] and read[0].ec_level == "M"


def test_the_page_says_how_long_it_lives_and_so_does_the_link(kept: tuple[Walker, str]) -> None:
    walker, page = kept
    link = made(walker, page)
    last = date.today() + timedelta(days=7)
    assert f"It works until {last:%B} {last.day}" in walker.page.text or f"until {last.day} {last:%B %Y}" in walker.page.text
    ends = datetime.fromtimestamp(payload(link)["exp"], UTC).astimezone()
    assert ends.date() == last + timedelta(days=1) and (ends.hour, ends.minute) == (0, 0)


def test_it_ends_by_itself(stored: tuple[Walker, str], site: Flask) -> None:
    walker, page = stored
    link = made(walker, page)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=7), tick=True):
        assert status(walker, link) == 200
    with time_machine.travel(datetime.now(UTC) + AFTER, tick=True):
        assert status(walker, link) == 404
        assert "shlink:/" not in walker.get(page).text
        purge.purge(site.extensions["database"], date.today(), 13, force=True)
    with reading(site.extensions["database"]) as session:
        assert session.scalar(text("select count(*) from health_link")) == 0
        assert session.scalar(text("select count(*) from kept_plan")) == 1


def test_it_ends_when_told_and_a_new_one_is_another(kept: tuple[Walker, str]) -> None:
    walker, page = kept
    link = made(walker, page)
    walker.get(page)
    assert walker.post(f"{page}/end", expects=303).location == page
    assert status(walker, link) == 404 and "shlink:/" not in walker.get(page).text
    other = payload(made(walker, page))
    assert other["url"] != payload(link)["url"] and other["key"] != payload(link)["key"]
    assert status(walker, link) == 404


def test_it_ends_with_the_plan(stored: tuple[Walker, str], site: Flask) -> None:
    walker, page = stored
    link, home = made(walker, page), page.removesuffix("/health-link")
    walker.get(f"{home}/delete")
    walker.post(f"{home}/delete", expects=303)
    assert status(walker, link) == 404
    with reading(site.extensions["database"]) as session:
        assert session.scalar(text("select count(*) from health_link")) == 0


def test_it_ends_when_the_answers_change(kept: tuple[Walker, str]) -> None:
    walker, page = kept
    link = made(walker, page)
    change(walker, page.removesuffix("/health-link"))
    save(walker, duration="4to12w")
    assert status(walker, link) == 404 and "shlink:/" not in walker.get(page).text
    assert of_kind(by_hand(made(walker, page), over(walker)), "CarePlan")


def test_a_plan_that_stops_or_asks_again_gives_no_link(app: Flask, library: Library, renderer: FakeRenderer) -> None:
    for home in (kept_with(app, library, rf_saddle="yes"), kept_with(app, library)):  # the second is too old to be shown
        client = app.test_client()
        assert client.get(f"{home}/health-link").location == home
        assert client.post(f"{home}/health-link", data={"csrf_token": token(client)}, expects=303).location == home
    assert renderer.asked == []


@pytest.mark.slow
def test_of_many_presses_at_once_one_link_is_left(stored: tuple[Walker, str], site: Flask) -> None:
    walker, page = stored
    data = {"csrf_token": only(TOKEN, walker.get(page).text)}
    cookies = "; ".join(f"{name}={cookie(walker.client, name)}" for name in ("answers", "form"))

    def press(_: int) -> int:
        return site.test_client(use_cookies=False).post(page, data=data, headers={"Cookie": cookies}).status_code

    assert together(5, press) == [303] * 5
    by_hand(shown(walker, page), over(walker))


@pytest.mark.slow
def test_a_server_with_a_newer_secret_shows_the_link_and_a_stranger_nothing(
    site: Flask, stored: tuple[Walker, str], library: Library
) -> None:
    walker, page = stored
    link = made(walker, page)
    url = site.config["DATABASE_URL"]
    newer = an_app(DATABASE_URL=url, KEEP_SECRET="another secret, newer and just as long", KEEP_SECRET_FALLBACKS=[SECRET])
    assert link in html.unescape(newer.test_client().get(page).text)
    newer.extensions["database"].dispose()
    for name in ("", "a", base64url(secrets.token_bytes(32)), "%00", "a" * 5000):
        assert site.test_client().get(f"/shl/{name}").status_code in (404, 405)


def test_guesses_at_addresses_are_few(library: Library, counting: dict[str, Any]) -> None:
    client = an_app(**counting).test_client()
    assert [client.get(f"/shl/{'x' * 43}").status_code for _ in range(21)][-2:] == [404, 429]


@pytest.mark.slow
def test_a_backup_has_no_link_so_none_that_was_ended_comes_back(stored: tuple[Walker, str], site: Flask, tmp_path: Any) -> None:
    walker, page = stored
    link = made(walker, page)
    engine = site.extensions["database"]
    back_up(engine, tmp_path / "backup.zip")
    walker.get(page)
    walker.post(f"{page}/end", expects=303)
    restore(engine, tmp_path / "backup.zip", force=True)
    assert status(walker, link) == 404 and walker.client.get(page.removesuffix("/health-link")).status_code == 200


def test_a_log_has_no_name_of_a_link() -> None:
    name = base64url(secrets.token_bytes(32))
    assert without_code(f"/shl/{name}") == "/shl/-"
