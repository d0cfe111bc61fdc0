"""A PostgreSQL that hangs: it takes what is sent and never answers. Whoever waits for a page must not wait for it."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from time import monotonic
from typing import Any

from psycopg import Connection, OperationalError
from psycopg.errors import _WaitTimeout
from sqlalchemy import Engine, event

LOOKING = 0.4
"""Seconds within which a server that works answers "are you there?", or takes a new connection."""
WORKING = 6.0
"""Seconds for a statement: the server itself ends it after 5."""
LEFT_ALONE = 1.0
"""Seconds for which a server that hung is not asked again: each of many requests would lose its time on it."""
SAID = "the database does not answer"


class Prompt(Connection[Any]):
    """A connection that waits so long and no longer. While it lies in the pool the next question is only whether it is alive."""

    patience = WORKING

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except _WaitTimeout as late:
            self.pgconn.finish()
            raise OperationalError(SAID) from late


class Hanging:
    """What is known of one server: until when it is left alone."""

    def __init__(self) -> None:
        self.until = 0.0
        self.threads = ThreadPoolExecutor(4, "database")

    def connect(self, *where: Any, **settings: Any) -> Prompt:
        """A new connection, within LOOKING seconds."""
        if monotonic() < self.until:
            raise OperationalError(SAID)
        made = self.threads.submit(Prompt.connect, *where, **settings)
        try:
            return made.result(LOOKING)
        except Late as late:
            self.left_alone()
            made.add_done_callback(given_up)
            raise OperationalError(SAID) from late

    def left_alone(self) -> None:
        self.until = monotonic() + LEFT_ALONE


def given_up(made: Future[Prompt]) -> None:
    """A connection that came too late: nobody waits for it any more."""
    if not made.cancelled() and made.exception() is None:
        made.result().close()


def never_wait_long(engine: Engine) -> None:
    """From now on nobody who uses this engine loses more than half a second to a server that hangs."""
    server = Hanging()

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Any, _record: Any, where: Any, settings: Any) -> Prompt:
        return server.connect(*where, **settings)

    @event.listens_for(engine, "checkin")
    def lies(connection: Any, _record: Any) -> None:
        if connection is not None:
            connection.patience = LOOKING

    @event.listens_for(engine, "checkout")
    def works(connection: Any, _record: Any, _proxy: Any) -> None:
        connection.patience = WORKING

    @event.listens_for(engine, "handle_error")
    def hung(context: Any) -> None:
        if SAID in str(context.original_exception):
            server.left_alone()
