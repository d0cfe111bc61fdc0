"""Records: what a patient changes or deletes under a sheet's code never reaches what the clinic keeps of it, and both can see both."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest

from planner.domain.model import Library
from planner.kept.plans import Body
from tests.clinics import events, send
from tests.keeping_web import change, once
from tests.people import well
from tests.rooms import Room, revoked
from tests.sheet_forms import Form
from tests.walker import Walker

NOTE = "Do NOT bend forward. No lifting over 5 kg."
CHART = re.compile(r'<textarea id="chart"[^>]*>([^<]*)</textarea>')


def told(text: str) -> str:
    """What a person reads on a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text.partition("<main")[2])).split())


def chart_on(room: Room, name: str) -> str:
    found = CHART.search(room.get(f"/clinic/sheets/{name}").text)
    return unescape(found[1]) if found else ""


def patient_saves(room: Room, library: Library, name: str, **answers: Any) -> Walker:
    """The patient opens the code, presses "Change my answers", changes some, and saves them under the same code."""
    url = f"/kept/{room.code(name)}"
    walker = Walker(room.app.test_client(), library, {})
    change(walker, url)
    walker.answers = {**well(library), **room.body(name).answers, **answers}
    for question in answers:
        walker.get(f"/ask/{step_of(library, question)}")
        walker.step()
    walker.walk()
    walker.get("/plan")
    assert walker.post("/keep", once=once(walker), expects=303).location == url
    return walker


def step_of(library: Library, question: str) -> str:
    return next((one.id for one in library.pages if question in one.questions), question)


def printed(room: Room, **typed: Any) -> str:
    return room.prints(room.begun(), note=NOTE, reference="R 12", peg_p="5", **typed)


def test_the_printed_sheet_stays_as_printed(fresh: Room, library: Library) -> None:
    name = printed(fresh)
    before, paper, chart = fresh.body(name), fresh.sheet(name), chart_on(fresh, name)
    patient_saves(fresh, library, name, pressure_pref="light")
    assert fresh.body(name) == before and fresh.sheet(name) == paper and chart_on(fresh, name) == chart
    assert NOTE in chart and NOTE in unescape(paper) and "patient_changed" in events(fresh.engine, fresh.home.clinic)


def test_both_see_both(fresh: Room, library: Library) -> None:
    name = printed(fresh)
    code = fresh.code(name)
    patient = fresh.app.test_client()
    assert 'id="own-version"' not in patient.get(f"/kept/{code}", expects=200).text
    assert patient.get(f"/kept/{code}/printed", expects=303).location == f"/kept/{code}"
    patient_saves(fresh, library, name, pressure_pref="light")
    page = patient.get(f"/kept/{code}", expects=200).text
    assert 'id="own-version"' in page and f'href="/kept/{code}/printed"' in page and NOTE in unescape(page)
    paper = told(patient.get(f"/kept/{code}/printed", expects=200).text)
    assert NOTE in paper and all(library.exercises[one].title in paper for one in fresh.body(name).edits.exercises)
    page = fresh.get(f"/clinic/sheets/{name}").text
    assert 'id="at-home"' in page and "light" in told(page).partition("Changed by the patient")[2].lower()
