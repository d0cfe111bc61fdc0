"""Handing a plan over: its link for people's own programs, without a word of health, and the camera that stands beside a code alone."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from planner.domain.model import Library
from planner.folders import STATIC
from tests.aged import kept
from tests.checking_in import phone
from tests.rooms import Room
from tests.sheet_forms import a_handout

SENT = re.compile(r'href="((?:sms|mailto):[^"]+)"')
LINK = re.compile(r'<input id="share-url"[^>]* value="([^"]+)"')
HEALTH = re.compile(r"pain|back(?!plan)|plan\b|exercise|massage|sheet|clinic|health|physio|therap|patient|doctor|sore|ache", re.IGNORECASE)
CAMERA = "camera=(self)"


def handed_over(page: str) -> tuple[str, dict[str, str]]:
    """The link on a page, and what each program would send: the whole text."""
    (link,) = LINK.findall(page)
    found = {}
    for address in map(unescape, SENT.findall(page)):
        parts = urlsplit(address)
        said = parse_qs(parts.query)
        assert parts.path == "", "nobody is chosen for them"
        found[parts.scheme] = " ".join([*said.get("subject", []), *said["body"]])
    return unescape(link), found


def the_pages(app: Flask, library: Library) -> dict[str, str]:
    """Where a plan is handed over, by its address."""
    room, url = Room(app), kept(app, library, 1)
    name = a_handout(room.engine, room.home)
    return {url: phone(app, library).get(url).text, f"/kept/{room.code(name)}": room.get(f"/clinic/sheets/{name}/made").text}


def test_a_link_goes_out_with_one_plain_line_and_no_word_of_health(app: Flask, library: Library) -> None:
    for url, page in the_pages(app, library).items():
        link, sent = handed_over(page)
        assert urlsplit(link).path == url and sent.keys() == {"sms", "mailto"}
        for words in sent.values():
            assert words.count(link) == 1
            rest = words.replace(link, "")
            assert rest.strip() and not HEALTH.search(rest), rest


def test_the_square_of_the_same_link_stands_beside_it(app: Flask, library: Library) -> None:
    for page in the_pages(app, library).values():
        assert "<title>QR code that opens this plan</title>" in page


def test_buttons_that_need_the_browser_stay_hidden_without_it(app: Flask, library: Library) -> None:
    for page in the_pages(app, library).values():
        buttons = re.findall(r"<button\b[^>]*data-(?:copy=\"share-url\"|share)[^>]*>", page)
        assert len(buttons) >= 2 and all(" hidden" in one for one in buttons)


@pytest.mark.parametrize("url", ["/kept", "/clinic/new", "/clinic/repeat", "/clinic/sheets"])
def test_the_camera_is_allowed_beside_a_code_alone(app: Flask, url: str) -> None:
    page = Room(app).get(url)
    assert CAMERA in page.headers["Permissions-Policy"] and page.headers["Permissions-Policy"].count("()") == 4
    assert re.search(r'<div class="scan"[^>]* hidden>', page.text, re.DOTALL), "no button without a script that knows the camera"
    assert page.text.count("/static/js/scan.js") == 1
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "blob:" not in policy and "media-src" not in policy


def test_nowhere_else_is_there_a_camera_or_its_script(app: Flask, library: Library) -> None:
    room = Room(app)
    name = a_handout(room.engine, room.home)
    others = ["/", "/about", "/kept/deleted", "/ask/age", "/clinic/account", kept(app, library, 1), f"/clinic/repeat/{name}"]
    for url in [*others, f"/clinic/sheets/{name}", f"/clinic/sheets/{name}/made"]:
        page = room.get(url)
        assert "camera=()" in page.headers["Permissions-Policy"] and "scan.js" not in page.text, url


def test_what_the_camera_sees_goes_nowhere() -> None:
    """The script fills the field and presses the button. It sends nothing itself, and follows no address that it reads."""
    script = (STATIC / "js" / "scan.js").read_text("utf-8")
    for word in ("fetch(", "XMLHttpRequest", "sendBeacon", "WebSocket", "location", "toDataURL", "toBlob", "localStorage", "window.open"):
        assert word not in script, word
