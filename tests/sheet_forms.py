"""The new sheet's form as a browser would send it, and sheets and packs of a clinic: for tests."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from secrets import token_hex
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Engine, update
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from planner.clinic.sheets.handouts import Sheet, make_handout
from planner.clinic.sheets.packs import NewPack, save_pack
from planner.clinic.tables import Handout, Therapist
from planner.database.sessions import writing
from planner.domain.edits import Edits
from planner.domain.journey import Journey
from planner.domain.model import Library
from planner.domain.plan import build
from planner.kept.plans import Body, Safe
from planner.library.reader import load
from tests.clinics import House, now
from tests.conftest import SECRET
from tests.people import well


class Form(HTMLParser):
    """The successful fields of the form `form_id` (or of the first one with that action) on a page, and its buttons."""

    def __init__(self, html: str, form_id: str = "sheet-form", action: str = "/clinic/new") -> None:
        super().__init__()
        self.form_id, self.action = form_id, action
        self.inside = False
        self.data: list[tuple[str, str]] = []
        self.buttons: list[str] = []
        self.text = ""
        self.select = ""
        self.picked: tuple[str, bool] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = have.get("id") == self.form_id or (self.form_id == "" and have.get("action") == self.action)
        if not self.inside:
            return
        if tag == "input" and "name" in have and (have.get("type") not in ("checkbox", "radio") or "checked" in have):
            self.data.append((have["name"], have.get("value", "")))
        elif tag == "button":
            self.buttons.append(have.get("value", ""))
        elif tag == "textarea":
            self.text = have["name"]
            self.data.append((self.text, ""))
        elif tag == "select":
            self.select, self.picked = have["name"], None
        elif tag == "option" and ("selected" in have or self.picked is None):
            self.picked = (have["value"], "selected" in have)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self.text = ""
        elif tag == "select" and self.inside and self.picked:
            self.data.append((self.select, self.picked[0]))

    def handle_data(self, data: str) -> None:
        if self.inside and self.text:
            name, value = self.data[-1]
            self.data[-1] = (name, value + data)

    def all(self, name: str) -> list[str]:
        return [value for other, value in self.data if other == name]

    def one(self, name: str) -> str:
        return next(iter(self.all(name)), "")

    def with_(self, **changes: Any) -> MultiDict[str, str]:
        """The fields, some of them changed: a list for several values, None to leave one out."""
        sent = MultiDict((name, value) for name, value in self.data if name not in changes)
        for name, value in changes.items():
            sent.setlist(name, list(value) if isinstance(value, list | tuple) else [] if value is None else [str(value)])
        return sent

    def send(self, client: FlaskClient, url: str = "", *, expects: int = 303, **changes: Any) -> TestResponse:
        return client.post(url or self.action, data=self.with_(**changes), expects=expects)


def a_body(library: Library, **answers: Any) -> Body:
    """What is kept of a plain sheet."""
    plan = build(library, well(library, **answers), on=date.today())
    names = tuple(line.id.partition(":")[2] for line in plan.section("exercises"))
    doses = {line.id.partition(":")[2]: line.dose_step for line in plan.section("exercises")}
    reachable = dict(Journey(library, well(library, **answers)).reachable)
    return Body(reachable, "other", library.version, date.today(), edits=Edits(exercises=names, doses=doses))


def a_handout(engine: Engine, home: House, body: Body | None = None, **sheet: Any) -> str:
    """The id of a new handout of the clinic."""
    with writing(engine) as session:
        by = session.get_one(Therapist, home.therapist)
        return make_handout(session, Safe(SECRET), by, Sheet(body or a_body(load()), **sheet), now()).id


def changed_row(engine: Engine, name: str, **values: object) -> str:
    """Writes into the row of a handout what no page of ours would; its id."""
    with writing(engine) as session:
        session.execute(update(Handout).where(Handout.id == name).values(**values))
    return name


def a_pack(engine: Engine, home: House, title: str = "", key: int = 0) -> str:
    with writing(engine) as session:
        by = session.get_one(Therapist, home.therapist)
        return save_pack(session, Safe(SECRET), load(), by, NewPack(title or token_hex(4), {"areas": ("low_back",)}, key=key), now()).id
