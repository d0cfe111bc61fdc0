"""Every route of the therapist's side, with every kind of visitor. A new route is walked by itself; one that says nothing fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from secrets import token_bytes

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from planner.clinic.people import invitations
from planner.clinic.people.sign_ins import token_hash
from planner.clinic.tables import Passkey, Therapist
from planner.clinic.waiting_room.intake_tables import Tablet
from planner.clinic.waiting_room.tablets import set_up
from planner.database.sessions import writing
from planner.web.clinic.access import EVERYONE, OWNERS, THERAPISTS
from tests.clinics import House, house, now, signed_in
from tests.conftest import an_app
from tests.own_exercises import an_exercise
from tests.renderer import FakeRenderer
from tests.rooms import everything
from tests.sheet_forms import a_handout, a_pack

FOR_ALL = {"begin", "ask_sign_in", "sign_in", "ask_code", "take_code", "options", "sign_in_with_key", "ask_join", "join", "farewell"}
FOR_ALL |= {"ask_forgotten", "forgotten", "ask_account", "take_request"}
"""Views that need no sign-in. Whoever adds one says here that it is meant."""
OWNED = (
    *("/clinic/people", "/clinic/invitations", "/clinic/audit", "/clinic/profile", "/clinic/signing-in"),
    *("/clinic/takeout", "/clinic/export", "/clinic/delete"),
)
"""Whatever begins like this is for owners."""


def an_invitation(engine: Engine, home: House) -> str:
    """The name of a new, open invitation of the clinic."""
    with writing(engine) as session:
        token = invitations.invite(session, now(), session.get_one(Therapist, home.owner), "somebody@new.example", "therapist")
        return token_hash(token).hex()


def a_passkey(engine: Engine, home: House) -> str:
    with writing(engine) as session:
        made = Passkey(therapist_id=home.owner, credential=token_bytes(16), public_key=b"", sign_count=0)
        made.label, made.made = "phone", now()
        session.add(made)
        session.flush()
        return made.id


def a_waiting_tablet(engine: Engine, home: House) -> str:
    with writing(engine) as session:
        set_up(session, session.get_one(Therapist, home.therapist), now())
        return session.scalars(select(Tablet.id).where(Tablet.clinic_id == home.clinic).order_by(Tablet.made.desc())).first() or ""


ROWS: dict[str, Callable[[Engine, House], str]] = {
    "therapist": lambda engine, home: home.therapist,
    "invitation": an_invitation,
    "passkey": a_passkey,
    "token": lambda engine, home: invitations.new_token(),
    "handout": a_handout,
    "pack": a_pack,
    "exercise": an_exercise,
    "tablet": a_waiting_tablet,
}
"""For each name in an address: makes such a row in the clinic, and returns what stands for it. A name that is missing here fails."""
ELSEWHERE = ("options_to_add", "confirm_options", "keep_reminders")
"""Not here: where browsers have no passkeys, and where the site sends no e-mail."""
MINE = {"passkey"}
"""Rows of one person: a colleague of the same clinic gets 404 as well."""


@pytest.fixture
def app(database_url: str, renderer: FakeRenderer) -> Iterator[Flask]:
    made = an_app(DATABASE_URL=database_url, WTF_CSRF_ENABLED=False)
    yield made
    made.extensions["database"].dispose()


def rules(app: Flask) -> list[tuple[Rule, str, str]]:
    """Each route with a method and whom it says it is for."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/clinic"):
            who = getattr(app.view_functions[rule.endpoint], "door", None)
            assert who in (EVERYONE, THERAPISTS, OWNERS), f"{rule.endpoint} does not say who it is for"
            found += [(rule, method, who) for method in sorted(set(rule.methods or ()) & {"GET", "POST", "PUT", "PATCH", "DELETE"})]
    return found


def address(app: Flask, rule: Rule, home: House) -> str:
    """The address of a route with rows of `home`, made for this one request."""
    values = {name: ROWS[name](app.extensions["database"], home) for name in rule.arguments}
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values)


def ask(app: Flask, client: FlaskClient, rule: Rule, method: str, home: House) -> TestResponse:
    return client.open(address(app, rule, home), method=method)


def test_every_route_says_who_it_is_for(app: Flask) -> None:
    found = rules(app)
    assert len(found) > 25
    for rule, _, who in found:
        name = rule.endpoint.removeprefix("clinic.")
        assert (who == EVERYONE) == (name in FOR_ALL), f"{name} is for {who}"
        assert not rule.rule.startswith(OWNED) or who == OWNERS, f"{name} is for {who}"
        assert set(rule.arguments) <= set(ROWS), f"{name}: tests/test_clinic_doors.py has no row for {rule.arguments}"


def test_nobody_gets_in_without_signing_in(app: Flask, home: House) -> None:
    for client in (app.test_client(), with_cookie(app, "x" * 43)):
        for rule, method, who in rules(app):
            response = ask(app, client, rule, method, home)
            if who == EVERYONE:
                assert response.status_code not in (401, 403, 500), rule
            elif method == "GET":
                assert response.status_code == 303 and response.location.startswith("/clinic/sign-in?next=/clinic/"), rule
            else:
                assert response.status_code == 401, rule


def with_cookie(app: Flask, token: str) -> FlaskClient:
    client = app.test_client()
    client.set_cookie("clinic", token)
    return client


def test_a_therapist_gets_in_and_owners_pages_stay_shut(app: Flask, home: House) -> None:
    for rule, method, who in rules(app):
        response = ask(app, signed_in(app, home.therapist), rule, method, home)
        if who == OWNERS:
            assert response.status_code == 403, rule
        elif set(rule.arguments) & MINE:
            assert response.status_code == 404, rule
        else:
            assert response.status_code < 400 or response.status_code in (404, 422), rule
            assert response.status_code != 404 or who == EVERYONE or rule.endpoint.endswith(ELSEWHERE), rule


def test_an_owner_gets_in_everywhere(app: Flask, home: House) -> None:
    for rule, method, who in rules(app):
        response = ask(app, signed_in(app, home.owner), rule, method, home)
        assert response.status_code < 400 or response.status_code in (404, 422), (rule, response.status_code)
        assert response.status_code != 404 or who == EVERYONE or rule.endpoint.endswith(ELSEWHERE), rule


def test_another_clinic_is_not_there(app: Flask, home: House) -> None:
    """404, not 403: not even that a row exists is told. And nothing anywhere is changed."""
    engine = app.extensions["database"]
    other = signed_in(app, house(engine, "b").owner)
    for rule, method, who in rules(app):
        if rule.arguments and who != EVERYONE:
            url = address(app, rule, home)
            before = everything(engine)
            assert other.open(url, method=method).status_code == 404, rule
            assert everything(engine) == before, rule


def test_somebody_without_access_any_more_is_nobody(app: Flask, home: House) -> None:
    client = signed_in(app, home.therapist)
    assert client.get("/clinic/account").status_code == 200
    with writing(app.extensions["database"]) as session:
        session.get_one(Therapist, home.therapist).active = False
    for rule, method, who in rules(app):
        if who != EVERYONE:
            assert ask(app, client, rule, method, home).status_code in (303, 401), rule


def test_a_role_is_read_afresh_at_each_request(app: Flask, home: House) -> None:
    client = signed_in(app, home.owner)
    assert client.get("/clinic/people").status_code == 200
    with writing(app.extensions["database"]) as session:
        session.get_one(Therapist, home.owner).role = "therapist"
    client.get("/clinic/people", expects=403)


def test_no_form_is_taken_without_its_token(sqlite_url: str) -> None:
    app = an_app(DATABASE_URL=sqlite_url)
    home = house(app.extensions["database"], "a")
    for client in (app.test_client(), signed_in(app, home.owner)):
        for rule, method, _ in rules(app):
            if method != "GET":
                assert ask(app, client, rule, method, home).status_code == 400, rule


def test_an_address_that_takes_forms_gives_no_page(app: Flask, home: House) -> None:
    pages = {str(rule) for rule, method, _ in rules(app) if method == "GET"}
    for rule, method, _ in rules(app):
        if method == "POST" and str(rule) not in pages:
            assert ask(app, signed_in(app, home.owner), rule, "GET", home).status_code == 405, rule


def test_no_page_may_be_stored(app: Flask, home: House) -> None:
    for rule, method, _ in rules(app):
        response = ask(app, signed_in(app, home.owner), rule, method, home)
        assert response.headers["Cache-Control"] == "no-store" and response.headers["X-Robots-Tag"] == "noindex", rule
        assert response.headers["Referrer-Policy"] == "no-referrer", rule
