"""Who stands for the content, in words; pages that a search engine and a home screen can name; and pages sent packed."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import brotli
import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from PIL import Image

from planner.domain.model import Clinician, Library, Signed
from planner.folders import STATIC
from planner.web import stylesheets
from scripts.subset_fonts import FACES, LETTERS
from tests.addresses import public_pages
from tests.by_country import page_words
from tests.conftest import cookie
from tests.walker import at_the_end

NOBODY = "Not yet signed by a clinician."


def test_start_and_about_say_who_wrote_it_who_signed_it_and_when(app: Flask, library: Library) -> None:
    for url in ("/", "/about"):
        found = page_words(app.test_client().get(url).text)
        assert f"Written by: {library.signed.wrote}." in found and (NOBODY in found) == (not library.signed.clinician)
        assert re.search(r"Last checked against its sources on \d{1,2} [A-Z][a-z]+ 20\d\d\.", found), url


def test_clinicians_who_signed_are_named_with_role_and_day(app: Flask, library: Library) -> None:
    two = (Clinician("A <b>", "physiotherapist", date(2026, 11, 1)), Clinician("B", "doctor", date(2026, 12, 24)))
    signed = replace(library, signed=Signed("The project", two))
    with app.test_request_context():
        drawn = page_words(render_template_string("{% include 'who.html' %}", library=signed))
    assert NOBODY not in drawn
    assert "Read and signed by: A <b> , physiotherapist, 1 November 2026; B , doctor, 24 December 2026." in drawn


def test_every_public_page_has_a_description_and_icons_that_are_there(app: Flask) -> None:
    client = app.test_client()
    for url in public_pages(app):
        found = client.get(url).text
        said = re.findall(r'<meta name="description" content="([^"]+)"', found)
        assert len(said) == 1 and 50 <= len(said[0]) <= 160, url
        assert 'rel="apple-touch-icon"' in found and 'rel="manifest"' in found


def test_the_manifest_names_icons_of_the_size_that_they_have(app: Flask) -> None:
    client = app.test_client()
    with client.get("/static/img/site.webmanifest", expects=200) as response:
        assert response.mimetype == "application/manifest+json"
        told = json.loads(response.data)
    assert told["name"] and told["start_url"] == "/"
    for icon in told["icons"]:
        with Image.open(STATIC / "img" / icon["src"]) as picture:
            assert icon["sizes"] == f"{picture.width}x{picture.height}"
    with Image.open(STATIC / "img" / "mark-180.png") as picture:
        assert picture.size == (180, 180)


@pytest.mark.parametrize(("takes", "sent", "unpack"), [("br, gzip", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)])
def test_pages_are_packed_for_those_who_take_it(
    app: Flask, library: Library, takes: str, sent: str, unpack: Callable[[bytes], bytes]
) -> None:
    walker = at_the_end(app, library)
    bare = FlaskClient(app, app.response_class)  # one that does not read what it gets
    bare.set_cookie("answers", cookie(walker.client, "answers"))
    for url in ("/", "/plan", "/nowhere"):
        plain = walker.client.get(url)
        response = bare.get(url, headers={"Accept-Encoding": takes})
        assert response.headers["Content-Encoding"] == sent and "Accept-Encoding" in response.headers["Vary"]
        assert int(response.headers["Content-Length"]) == len(response.data) < len(plain.data) / 2
        whole = unpack(response.data)
        assert len(whole) > len(plain.data) * 0.98


@pytest.mark.parametrize("takes", ["", "identity", "br;q=0", "zstd", "x" * 2000])
def test_whoever_takes_nothing_packed_gets_nothing_packed(app: Flask, takes: str) -> None:
    response = app.test_client().get("/", headers={"Accept-Encoding": takes}, expects=200)
    assert "Content-Encoding" not in response.headers and "<!doctype html>" in response.text


def test_a_bundle_is_its_sources_and_has_another_name_when_they_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "css"
    folder.mkdir()
    for names in stylesheets.BUNDLES.values():
        for name in names:
            folder.joinpath(f"{name}.css").write_text((STATIC / "css" / f"{name}.css").read_text("utf-8"), "utf-8")
    monkeypatch.setattr(stylesheets, "STATIC", tmp_path)
    for cached in (stylesheets.bundled_css, stylesheets.stylesheets):
        cached.cache_clear()
    before = stylesheets.bundle_name("more")
    css = stylesheets.bundled_css("more")
    assert "/*" not in css and css.count("{") == css.count("}") == sum(blocks(folder / f"{one}.css") for one in stylesheets.BUNDLES["more"])
    folder.joinpath("ask.css").write_text(".a { color: red }", "utf-8")
    stylesheets.bundled_css.cache_clear()
    assert stylesheets.bundle_name("more") != before
    for cached in (stylesheets.bundled_css, stylesheets.stylesheets):
        cached.cache_clear()


def blocks(path: Path) -> int:
    """How many blocks a stylesheet opens, comments left out."""
    return re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S).count("{")


def test_without_a_bundle_the_sources_are_sent_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stylesheets, "BUILT", tmp_path)
    stylesheets.stylesheets.cache_clear()
    assert [url.partition("?")[0] for url in stylesheets.stylesheets("clinic")] == [
        f"/static/css/{name}.css" for name in stylesheets.BUNDLES["clinic"]
    ]
    (tmp_path / stylesheets.bundle_name("clinic")).touch()
    stylesheets.stylesheets.cache_clear()
    assert stylesheets.stylesheets("clinic") == (f"/static/built/{stylesheets.bundle_name('clinic')}",)
    stylesheets.stylesheets.cache_clear()


def test_the_browser_asks_each_cut_font_for_the_letters_that_are_in_it() -> None:
    rules = re.findall(r"fonts/([\w-]+)\.woff2.*unicode-range: ([^;]+);", (STATIC / "css/tokens.css").read_text("utf-8"))
    ranges = {name: letters_of(said) for name, said in rules}
    for whole, (cut, _) in FACES.items():
        assert ranges[cut] == set(LETTERS), cut
        assert not ranges[cut] & ranges[whole] and ranges[cut] | ranges[whole] >= {*range(0x20, 0x7F), *range(0xA0, 0x100)} - {0xAD}, whole


def letters_of(said: str) -> set[int]:
    """The letters of a `unicode-range`."""
    parts = [part.strip().removeprefix("U+").split("-") for part in said.split(",")]
    return {letter for part in parts for letter in range(int(part[0], 16), int(part[-1], 16) + 1)}
