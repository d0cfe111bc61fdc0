"""A consulting room, for tests: a clinic of its own, its therapist signed in, and the new sheet as their browser has it.

Four fixtures: `room` is shared by the tests of a file, `fresh` is one test's own, `owned` has its owner at the browser, and `alone`
has a database of its own, on SQLite and on PostgreSQL. What they print costs nothing: the renderer is not a real one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from copy import copy
from datetime import date, timedelta
from html import unescape
from secrets import token_hex
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update
from werkzeug.test import TestResponse

from planner.clinic.sheets.handouts import OpenedHandout, open_handout, revoke_handout
from planner.clinic.tables import Handout
from planner.database.sessions import reading, writing
from planner.kept import plans
from planner.kept.codes import grouped
from planner.kept.plans import Body, KeptPlan, Safe
from planner.upkeep.every_table import METADATA
from tests.clinics import House, engine_of, house, now, person, signed_in
from tests.conftest import SECRET
from tests.renderer import FakeRenderer
from tests.sheet_forms import Form

SAFE = Safe(SECRET)
PROBLEM = re.compile(r'<li><a href="#([\w-]+)">([^<]+)</a></li>')
FOCUS = re.compile(r"<\w+\b([^>]*\sautofocus\b[^>]*)>")
ID = re.compile(r'\bid="([^"]+)"')
UNTYPED = ("csrf_token", "base")


class Room:
    """`client` is the therapist's browser; another clinic is simply another room in the same `app`."""

    def __init__(self, app: Flask) -> None:
        self.app, self.engine = app, engine_of(app)
        self.home = house(self.engine, token_hex(4))
        self.client = signed_in(app, self.home.therapist)
        self.packs: dict[str, Form] = {}

    def owner(self) -> FlaskClient:
        """The browser of the clinic's owner."""
        return signed_in(self.app, self.home.owner)

    def get(self, url: str, expects: int = 200) -> TestResponse:
        return self.client.get(url, expects=expects)

    def post(self, url: str, data: Any, expects: int = 303, **more: Any) -> TestResponse:
        return self.client.post(url, data=data, expects=expects, **more)

    def form(self, query: str = "") -> Form:
        return Form(self.get(f"/clinic/new{query}").text)

    def begun(self, pack: str = "low_desk", **typed: Any) -> Form:
        """A sheet form with a pack on it and red flags checked. Opened once; later ones only differ as two openings do."""
        if pack not in self.packs:
            self.packs[pack] = Form(self.press(self.form(), f"pack:{pack}", checked="yes").text)
        form = copy(self.packs[pack])
        form.data = list(form.with_(once=token_hex(8)).items(multi=True))
        return Form(self.press(form, "update", **typed).text) if typed else form

    def press(self, form: Form, do: str, headers: Mapping[str, str] | None = None, *, expects: int = 200, **typed: Any) -> TestResponse:
        """A button of the new sheet: most of them give the page again."""
        return self.client.post("/clinic/new", data=form.with_(do=do, **typed), headers=headers, expects=expects)

    def prints(self, form: Form, do: str = "print", **typed: Any) -> str:
        """The id of the handout that was printed."""
        made = str(self.press(form, do, expects=303, **typed).location)
        found = re.fullmatch(r"/clinic/sheets/([0-9a-f]{32})/made", made)
        assert found, made
        return found[1]

    def sheet(self, handout: str) -> str:
        """The HTML that the renderer got."""
        response = self.get(f"/clinic/sheets/{handout}/sheet.pdf")
        assert response.mimetype == "application/pdf"
        return response.text

    def preview(self, form: Form, **typed: Any) -> TestResponse:
        return self.post("/clinic/new/preview", form.with_(**typed), expects=200)

    def opened(self, handout: str) -> OpenedHandout:
        return opened(self.engine, self.home, handout)

    def body(self, handout: str) -> Body:
        found = self.opened(handout).kept
        assert found is not None
        return found.body

    def code(self, handout: str) -> str:
        return grouped(self.opened(handout).code)

    def handouts(self) -> int:
        with reading(self.engine) as rows:
            return len(rows.scalars(select(Handout.id).where(Handout.clinic_id == self.home.clinic)).all())

    def everything(self) -> dict[str, Counter[str]]:
        return everything(self.engine)


@pytest.fixture(scope="module")
def shared_room(app: Flask) -> Room:
    return Room(app)


@pytest.fixture
def room(shared_room: Room, renderer: FakeRenderer) -> Room:
    """The same room for every test of a file."""
    return shared_room


@pytest.fixture
def fresh(app: Flask, renderer: FakeRenderer) -> Room:
    """For tests that count or list what the clinic has."""
    return Room(app)


@pytest.fixture
def owned(fresh: Room) -> Room:
    """`client` is its owner's browser here."""
    fresh.client = fresh.owner()
    return fresh


@pytest.fixture
def alone(site: Flask, renderer: FakeRenderer) -> Room:
    """The only clinic of a database."""
    return Room(site)


def everything(engine: Engine) -> dict[str, Counter[str]]:
    """Every row of every table, to the byte."""
    with reading(engine) as rows:
        return {table.name: Counter(repr(row) for row in rows.execute(select(table))) for table in METADATA.sorted_tables}


def opened(engine: Engine, home: House, handout: str) -> OpenedHandout:
    with reading(engine) as rows:
        found = open_handout(rows, SAFE, home.clinic, handout, now().date())
        assert found is not None
        return found


def revoked(room: Room, name: str) -> None:
    """The clinic revokes a sheet."""
    with writing(room.engine) as rows:
        assert revoke_handout(rows, SAFE, person(room.engine, room.home.owner), room.opened(name), now())


def deleted(room: Room, name: str) -> None:
    """The patient deletes what a sheet's code opens."""
    with writing(room.engine) as rows:
        assert plans.delete(rows, SAFE, room.opened(name).code, date.today())


def expired(room: Room, name: str) -> None:
    """The last day of a sheet's code was yesterday."""
    key, yesterday = room.opened(name).handout.kept_key, date.today() - timedelta(days=1)
    with writing(room.engine) as rows:
        rows.execute(update(KeptPlan).where(KeptPlan.key == key).values(expires=yesterday))


def errors(response: TestResponse) -> dict[str, str]:
    """Field -> message, as the summary has them. Each is beside its field too, and each link leads somewhere."""
    text = response.text
    found = {name: unescape(message) for name, message in PROBLEM.findall(text)}
    for name, message in found.items():
        beside = re.search(rf'<p class="err" id="{name}-error">([^<]+)</p>', text)
        assert beside and unescape(beside[1]) == message and f' id="{name}"' in text, name
        control = re.search(rf'<(?:input|textarea)\b[^>]* id="{name}"[^>]*>|<(?:input|textarea) id="{name}"[^>]*>', text)
        assert not control or ('aria-invalid="true"' in control[0] and f'{name}-error"' in control[0]), name
    assert bool(found) == ('class="oops"' in text) == ("<title>Error" in text)
    return found


def focused(response: TestResponse) -> str:
    """The id of the one control that has the focus."""
    (tag,) = FOCUS.findall(response.text)
    found = ID.search(tag)
    return found[1] if found else ""


def exercises(form: Form) -> list[str]:
    """Ids of the exercises on the page."""
    return [value.removeprefix("swap:") for value in form.buttons if value.startswith("swap:")]


def typed(form: Form, *but: str) -> Counter[tuple[str, str]]:
    """What a person filled in, and what goes with it; not in any order. The numbers of a row go with its exercise."""
    return Counter((name, value) for name, value in form.data if name not in (*UNTYPED, *but) and not name.startswith("dose-"))
