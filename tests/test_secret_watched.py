"""A secret that does not fit the rows shows while the site runs; only a machine that can't open what is there is taken out of service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

from planner.cli.main import main
from planner.kept.plans import Safe
from planner.web import storage
from tests.conftest import SECRET as WITH_A_COMMA
from tests.conftest import an_app
from tests.keeping import find, keep
from tests.renderer import FakeRenderer
from tests.test_metrics import value

SECRET = WITH_A_COMMA.replace(",", "")  # which stands between older ones
OTHER = "quite another secret of more than 32 characters"
Machine = Callable[..., Flask]


@pytest.fixture
def machine(database_url: str, engine: Engine, renderer: FakeRenderer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    """Starts a machine of the site as its unit does: `db upgrade`, then the server. `secret`: its own; `older`: its fallbacks."""
    monkeypatch.setenv("DATABASE_URL", database_url)

    made: list[Flask] = []

    def start(secret: str, *older: str, accept: bool = False) -> Flask:
        for name, text in {"SECRET_KEY": SECRET, "KEEP_SECRET": secret, "KEEP_SECRET_FALLBACKS": ",".join(older)}.items():
            monkeypatch.setenv(name, text)
        assert main(["db", "upgrade"]) == 0 and (not accept or main(["db", "check", "--accept"]) == 0)
        made.append(an_app(DATABASE_URL=database_url, KEEP_SECRET=secret, KEEP_SECRET_FALLBACKS=list(older)))
        return made[-1]

    yield start
    for app in made:
        app.extensions["database"].dispose()


def seen(app: Flask) -> tuple[int, str, float]:
    """What /readyz says, and the figure."""
    found: Any = app.test_client().get("/readyz")
    return found.status_code, found.text.strip(), value(app, "backplan_ready", part="secret")


FITS = (200, "ok", 1.0)
AWAY = (503, storage.SHUT, 0.0)


def test_a_machine_that_cannot_open_what_is_there_is_taken_out(machine: Machine, engine: Engine) -> None:
    first = machine(SECRET)
    assert seen(first) == FITS
    keep(engine, safe=Safe(SECRET))
    other = machine(OTHER)
    assert seen(other) == AWAY and seen(first) == FITS, "its start settles nothing for the others"
    assert value(other, "backplan_ready", part="database") == 1
    assert seen(machine(OTHER, SECRET)) == FITS


def test_one_that_knows_only_the_older_secret_is_taken_out(machine: Machine, engine: Engine) -> None:
    """What the others keep from now on it could not open."""
    first = machine(SECRET)
    keep(engine, safe=Safe(SECRET))
    newer = machine(OTHER, SECRET)
    assert seen(newer) == FITS and seen(first) == AWAY
    assert seen(machine(SECRET, OTHER)) == FITS, "it seals with the older, but opens both"


def test_a_lost_secret_that_was_accepted_keeps_nobody_away(machine: Machine, engine: Engine) -> None:
    machine(SECRET)
    keep(engine, safe=Safe(SECRET))
    assert seen(machine(OTHER)) == AWAY
    assert seen(machine(OTHER, accept=True)) == FITS


def test_where_nothing_is_sealed_yet_another_secret_loses_nothing(machine: Machine, engine: Engine) -> None:
    """It counts from its start on; the machine that was left with the one before says so, and is still asked."""
    first, second = machine(SECRET), machine(OTHER)
    assert seen(second) == FITS and seen(first) == (200, "ok", 0.0)
    code = keep(engine, safe=Safe(OTHER))
    assert seen(second) == FITS and seen(first) == AWAY and find(engine, code, safe=Safe(OTHER)) is not None
