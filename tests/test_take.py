"""Taking the plan along from the site: the calendar, everything in one zip, and buttons that wait for a browser's help."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask

from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs import bundle
from planner.outputs.calendar import to_ics
from tests.conftest import an_app, token
from tests.people import well
from tests.renderer import FakeRenderer
from tests.walker import at_the_end

IN_THE_ZIP = ["plan.pdf", "sheet.pdf", "plan-large-print.pdf", "plan.txt", "plan.ics", "plan.json", "plan.html"]


def test_the_site_serves_calendar_and_zip(app: Flask, library: Library, renderer: FakeRenderer) -> None:
    client = at_the_end(app, library).client
    page = client.get("/plan").text
    assert 'href="/plan.ics"' in page and 'href="/plan.zip"' in page
    calendar = client.get("/plan.ics")
    assert calendar.content_type == "text/calendar; charset=utf-8" and calendar.headers["Cache-Control"] == "no-store"
    assert calendar.data == to_ics(build(library, well(library), on=date.today()), library)
    packed = client.get("/plan.zip")
    assert packed.content_type == "application/zip" and packed.headers["Cache-Control"] == "no-store"
    assert packed.data == client.get("/plan.zip").data
    zipped = ZipFile(io.BytesIO(packed.data))
    assert zipped.namelist() == [one.name for one in bundle.entries()]
    assert [name for name in zipped.namelist() if name in IN_THE_ZIP] == IN_THE_ZIP
    assert {one.date_time for one in zipped.infolist()} == {bundle.EPOCH}
    assert zipped.read("plan.ics") == calendar.data and zipped.read("plan.json") == client.get("/plan.json").data
    assert zipped.read("sheet.pdf") in [html.encode() for kind, html in renderer.asked if kind == "sheet"]
    asked = [(kind, 'class="fit-0 large"' in html) for kind, html in renderer.asked[:3]]
    assert asked == [("plan", False), ("sheet", False), ("plan", True)]


def test_without_a_plan_there_is_neither(app: Flask, library: Library) -> None:
    for url in ("/plan.ics", "/plan.zip"):
        assert app.test_client().get(url).status_code == 303
    client = at_the_end(app, library).client
    client.post("/ask/rf_chest", data={"csrf_token": token(client), "rf_chest": "yes"}, expects=303)
    for url in ("/plan.ics", "/plan.zip"):
        assert client.get(url).headers["Location"].endswith("/stop")


def test_a_bundle_that_lacks_a_document_is_no_bundle(app: Flask, library: Library, renderer: FakeRenderer) -> None:
    client = at_the_end(app, library).client
    renderer.broken = True
    client.get("/plan.zip", expects=503)
    client.get("/plan.ics", expects=200)


def test_a_bundle_counts_as_the_documents_in_it(library: Library, renderer: FakeRenderer, counting: dict[str, Any]) -> None:
    client = at_the_end(an_app(**counting), library).client
    codes = [client.get("/plan.zip").status_code for _ in range(11)]
    assert codes == [200] * 10 + [429]


def test_buttons_that_need_a_browsers_help_are_hidden_without_it(app: Flask, library: Library) -> None:
    page = at_the_end(app, library).client.get("/plan").text
    buttons = re.findall(r"<button[^>]*data-needs[^>]*>", page)
    assert len(buttons) == 2 and all(re.search(r"\shidden[\s>]", button) for button in buttons)
    assert 'data-file="/plan.pdf"' in page and "/static/js/take.js" in page


@pytest.mark.slow
def test_the_bundle_holds_real_documents(app: Flask, library: Library) -> None:
    zipped = ZipFile(io.BytesIO(at_the_end(app, library).client.get("/plan.zip").data))
    assert all(zipped.read(name).startswith(b"%PDF") for name in IN_THE_ZIP[:3])
    assert len(zipped.read("plan-large-print.pdf")) > 1000 and b"<!doctype html>" in zipped.read("plan.html")
