"""Clinics, for tests: two of them with their people, browsers that are signed in, and forms that are sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from planner.clinic.people import accounts, passwords, sign_ins
from planner.clinic.tables import OWNER, THERAPIST, Audit, Clinic, Therapist
from planner.database.sessions import reading, writing
from tests.conftest import token

PASSWORD = "four odd words here"
NEW = "another few words"


def now() -> datetime:
    return datetime.now(UTC)


@cache
def hashed(password: str) -> str:
    return passwords.hashed(password)


@dataclass(frozen=True)
class House:
    """A clinic with two people; the values are ids."""

    clinic: str
    owner: str
    therapist: str


def house(engine: Engine, name: str) -> House:
    """A clinic whose people sign in as owner@<name>.example and therapist@<name>.example with PASSWORD."""
    with writing(engine) as session:
        owner = accounts.add_clinic(session, now(), f"Clinic {name}", f"owner@{name}.example", "Olive Owner")
        other = accounts.add_person(session, now(), owner.clinic_id, f"therapist@{name}.example", "Theo Therapist", THERAPIST)
        owner.password = other.password = hashed(PASSWORD)
        session.get_one(Clinic, owner.clinic_id).country = "other"
        return House(owner.clinic_id, owner.id, other.id)


@pytest.fixture
def home(engine: Engine) -> House:
    """A clinic in the database of `engine` and `site`."""
    return house(engine, "a")


def second_owner(engine: Engine, home: House, email: str = "second@example.org") -> str:
    with writing(engine) as session:
        made = accounts.add_person(session, now(), home.clinic, email, "Sam Second", OWNER)
        made.password = hashed(PASSWORD)
        return made.id


def person(engine: Engine, therapist_id: str) -> Therapist:
    """The row as it is now."""
    with reading(engine) as session:
        return session.get_one(Therapist, therapist_id)


def engine_of(app: Flask) -> Engine:
    """The database behind an application."""
    found: Engine = app.extensions["database"]
    return found


def signed_in(app: Flask, therapist_id: str) -> FlaskClient:
    """A browser in which this person has signed in."""
    with writing(engine_of(app)) as session:
        token = sign_ins.begin(session, therapist_id, now())
    client = app.test_client()
    client.set_cookie("clinic", token)
    return client


def send(client: FlaskClient, url: str, page: str = "", *, expects: int = 303, **data: Any) -> TestResponse:
    """Posts a form with the token of `page`, or of the page at the same address. `expects`: the status that the test wants."""
    return client.post(url, data={"csrf_token": token(client, page or url), **data}, expects=expects)


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD, *, expects: int = 303, **more: Any) -> TestResponse:
    return send(client, "/clinic/sign-in", expects=expects, email=email, password=password, **more)


def events(engine: Engine, clinic_id: str | None) -> list[str]:
    """What was noted for a clinic, oldest first."""
    with reading(engine) as session:
        return list(session.scalars(select(Audit.what).where(Audit.clinic_id == clinic_id).order_by(Audit.at)))
