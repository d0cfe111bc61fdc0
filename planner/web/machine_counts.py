"""Counts of tries that all web processes of a machine share: a SQLite file in memory, which outlives each of them."""

from __future__ import annotations

import sqlite3
import threading
import time
from urllib.parse import urlsplit

from limits.storage import Storage

SCHEME = "shared"
FILE = "tries.sqlite3"
TIDIED_AFTER = 500
"""Tries of one process after which it takes away what has ended."""
TABLE = "CREATE TABLE IF NOT EXISTS tries (name TEXT PRIMARY KEY, used INTEGER NOT NULL, ends REAL NOT NULL) WITHOUT ROWID"
ONE_MORE = """INSERT INTO tries VALUES (:name, :amount, :now + :seconds) ON CONFLICT (name) DO UPDATE SET
    used = CASE WHEN ends > :now AND ends <= :now + :seconds + 5 THEN used ELSE 0 END + :amount,
    ends = CASE WHEN ends > :now AND ends <= :now + :seconds + 5 THEN ends ELSE :now + :seconds END
    RETURNING used"""
"""A clock that was put back must not make anybody wait for longer than the limit says. The 5 seconds are for tries that come together: the
one that looked at the clock first may be counted last."""


class MachineCounts(Storage):
    """Where `limits` counts. `shared:///folder` names a folder of this machine, in memory and for this user alone."""

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012  their registry wants a list

    def __init__(self, uri: str, wrap_exceptions: bool = False, **options: float | str | bool) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self.path = f"{urlsplit(uri).path}/{FILE}"
        self.own = threading.local()
        self.since_tidied = 0

    def opened(self) -> sqlite3.Connection:
        """This thread's connection. Nothing is lost when a process is killed; a machine that stops may lose all, and so it should."""
        if not hasattr(self.own, "rows"):
            rows = sqlite3.connect(self.path, timeout=1, isolation_level=None)
            rows.execute("PRAGMA journal_mode = WAL")
            rows.execute("PRAGMA synchronous = OFF")
            rows.execute(TABLE)
            self.own.rows = rows
        made: sqlite3.Connection = self.own.rows
        return made

    @property
    def base_exceptions(self) -> type[Exception]:
        return sqlite3.Error

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """How many tries there are with these, in the window of `expiry` seconds that began with the first."""
        self.tidy()
        rows = self.opened()  # which may take a while: the time is asked after it
        said = {"name": key, "amount": amount, "now": time.time(), "seconds": expiry}
        (used,) = rows.execute(ONE_MORE, said).fetchone()
        return int(used)

    def tidy(self) -> None:
        self.since_tidied += 1
        if self.since_tidied >= TIDIED_AFTER:
            self.since_tidied = 0
            self.opened().execute("DELETE FROM tries WHERE ends <= ?", (time.time(),))

    def get(self, key: str) -> int:
        return int(self.row(key)[0])

    def get_expiry(self, key: str) -> float:
        """When the window ends, in seconds of the clock; now if there is none."""
        return self.row(key)[1]

    def row(self, key: str) -> tuple[int, float]:
        now = time.time()
        found = self.opened().execute("SELECT used, ends FROM tries WHERE name = ? AND ends > ?", (key, now)).fetchone()
        return (int(found[0]), float(found[1])) if found else (0, now)

    def check(self) -> bool:
        """True if it can be written; the limiter asks when it could not."""
        try:
            self.incr("check", 1)
        except sqlite3.Error:
            return False
        return True

    def reset(self) -> int | None:
        return self.opened().execute("DELETE FROM tries").rowcount

    def clear(self, key: str) -> None:
        self.opened().execute("DELETE FROM tries WHERE name = ?", (key,))
