"""The database behind the pages: one engine for the application, and the page that says when it can't be used."""

from __future__ import annotations

from contextlib import AbstractContextManager

from flask import Flask, Response, current_app
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from planner.database import sessions
from planner.database.engines import PATIENCE, Unavailable, open_database, url_from
from planner.kept.plans import Safe
from planner.upkeep.usable import try_out
from planner.upkeep.which_secret import is_anything_sealed, opens_what_is_sealed
from planner.web import counts
from planner.web.render import page

RETRY = 30  # seconds
SHUT = "rows are sealed with another secret than this machine has"
A_MOMENT = 0.2  # seconds that a page waits to write down that it was opened, which nobody asked for


def open_storage(app: Flask) -> None:
    """Nothing is connected yet: the patient's way to a plan needs no database."""
    app.extensions["database"] = open_database(url_from({"DATABASE_URL": app.config["DATABASE_URL"]}), prompt=True)
    app.register_error_handler(Unavailable, unavailable)


def engine() -> Engine:
    found: Engine = current_app.extensions["database"]
    return found


def reading() -> AbstractContextManager[Session]:
    return sessions.reading(engine())


def writing(patience: float = PATIENCE) -> AbstractContextManager[Session]:
    return sessions.writing(engine(), patience)


def safe() -> Safe:
    config = current_app.config
    return Safe(config["KEEP_SECRET"], tuple(config["KEEP_SECRET_FALLBACKS"]), int(config["KEEP_MONTHS"]))


def wrong() -> str:
    """What is wrong with the database, in a line without a name; empty when every table can be read and a row can be written, and what is
    sealed in it can be opened here. It costs a write: ask `readiness`, which remembers."""
    try:
        with writing(patience=1) as session:
            fits = opens_what_is_sealed(session, safe())
            shut = not fits and is_anything_sealed(session)
            try_out(session)
        counts.READY.labels("secret").set(fits)
        return SHUT if shut else ""
    except Unavailable as fault:
        noted(fault)
        return "the database is at the revision of another release" if fault.updating else "the database does not answer"


def noted(fault: Unavailable) -> None:
    counts.DATABASE_ERRORS.inc()
    current_app.logger.error("database: %s", fault)


def unavailable(fault: Unavailable) -> Response:
    """503 for a page that needs the database."""
    noted(fault)
    return later(page("kept_later.html", 503, updating=fault.updating, once=None))


def later(response: Response) -> Response:
    response.headers["Retry-After"] = str(RETRY)
    return response
