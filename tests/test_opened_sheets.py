"""Who opened which sheet is in the log of what happened: the person, the moment and the sheet, and nothing that is on it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine, select

from planner.clinic.tables import Audit
from planner.database.sessions import reading
from planner.domain.model import Library
from tests.clinics import House, engine_of, house, now, signed_in
from tests.renderer import FakeRenderer
from tests.sheet_forms import a_body, a_handout

WORDS = ("play the cello", "R 12", "keep warm")


@pytest.fixture
def sheet(site: Flask, home: House, library: Library) -> str:
    """A sheet that a therapist of the clinic printed."""
    body = a_body(library, goal="sport", goal_words=WORDS[0])
    return a_handout(engine_of(site), home, replace(body, note=WORDS[2]), pack="Low back, desk", reference=WORDS[1])


def opened(engine: Engine, clinic: str) -> list[tuple[str | None, str]]:
    """Who opened which sheet, in order."""
    with reading(engine) as session:
        wanted = select(Audit).where(Audit.clinic_id == clinic, Audit.what == "opened").order_by(Audit.at)
        return [(one.therapist_id, one.about) for one in session.scalars(wanted)]


WAYS = ["sheets/{}", "sheets/{}/made", "sheets/{}/sheet.pdf", "sheets/{}/thread", "repeat/{}", "new?again={}", "new?change={}"]


@pytest.mark.parametrize("path", WAYS)
def test_every_way_to_a_sheet_is_written_down(site: Flask, home: House, sheet: str, path: str, renderer: FakeRenderer) -> None:
    signed_in(site, home.owner).get(f"/clinic/{path.format(sheet)}", expects=200)
    assert opened(engine_of(site), home.clinic) == [(home.owner, sheet)]


def test_looking_again_is_the_same_look_for_a_while(site: Flask, home: House, sheet: str) -> None:
    with time_machine.travel(now() + timedelta(hours=1), tick=False) as clock:
        owner, colleague = signed_in(site, home.owner), signed_in(site, home.therapist)
        for client in (owner, owner, colleague, owner):
            client.get(f"/clinic/sheets/{sheet}", expects=200)
        assert opened(engine_of(site), home.clinic) == [(home.owner, sheet), (home.therapist, sheet)]
        clock.shift(timedelta(minutes=16))
        owner.get(f"/clinic/sheets/{sheet}", expects=200)
        assert opened(engine_of(site), home.clinic)[2:] == [(home.owner, sheet)]


def test_whoever_made_it_has_it_before_them(site: Flask, home: House, sheet: str) -> None:
    signed_in(site, home.therapist).get(f"/clinic/sheets/{sheet}/made", expects=200)
    assert opened(engine_of(site), home.clinic) == []


def test_what_is_not_theirs_or_is_gone_is_no_look(site: Flask, home: House, sheet: str) -> None:
    other = house(engine_of(site), "b")
    stranger = signed_in(site, other.owner)
    stranger.get(f"/clinic/sheets/{sheet}", expects=404)
    signed_in(site, home.owner).get("/clinic/sheets", expects=200)  # a list opens nothing
    assert opened(engine_of(site), home.clinic) == opened(engine_of(site), other.clinic) == []


def test_the_log_names_the_sheet_and_says_nothing_of_it(site: Flask, home: House, sheet: str) -> None:
    owner = signed_in(site, home.owner)
    owner.get(f"/clinic/sheets/{sheet}", expects=200)
    page = owner.get("/clinic/audit").text
    assert "opened a sheet" in page and f'href="/clinic/sheets/{sheet}"' in page
    taken = ZipFile(BytesIO(owner.post("/clinic/takeout", data={"csrf_token": token_of(page)}, expects=200).data))
    log = taken.read("audit.json").decode()
    assert {"what": "opened", "about": sheet}.items() <= json.loads(log)[-2].items()
    for word in (*WORDS, "desk", "sport"):
        assert word not in page and word not in log


def token_of(page: str) -> str:
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]
