"""Kept plans: a person's answers under a code that only they have. The table holds nothing that can be read without it."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from functools import cached_property

from dateutil.relativedelta import relativedelta
from sqlalchemy import Date, LargeBinary, Row, select, update
from sqlalchemy import delete as delete_from
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from planner.database.rows import Base, written
from planner.domain.answers import Value
from planner.domain.edits import Edits
from planner.domain.staleness import Answered
from planner.domain.thread import Diary
from planner.kept.codes import CODE_BYTES, code_of, new_code
from planner.kept.seal import BLOCK, NONCE, SEAL_FORMAT, Secret
from planner.kept.written_days import read_day, read_days, tuples, written_days
from planner.settings_table import setting

MONTHS = 13
"""How long a plan is kept after it was last opened: a year, and a month for those who are late."""
NOBODYS_BODY = SEAL_FORMAT + bytes(NONCE + BLOCK + 16)
"""What is opened, in vain, when a code has no row: a miss takes the work of a hit."""


class KeptPlan(Base):
    """A kept plan. `key` comes from the code by HMAC; `sealed` opens with the code and the server's secret."""

    __tablename__ = "kept_plan"

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    sealed: Mapped[bytes]
    version: Mapped[int]
    expires: Mapped[date] = mapped_column(Date, index=True)
    diary: Mapped[bytes | None] = mapped_column(default=None)  # sealed too: planner.kept.diaries
    diary_version: Mapped[int] = mapped_column(default=0)


class KeptGone(Base):
    """The key of a plan that its owner deleted, so that restoring a backup does not bring it back."""

    __tablename__ = "kept_gone"

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    day: Mapped[date] = mapped_column(Date, index=True)


class ChangedMeanwhile(Exception):
    """Somebody else saved under this code since it was opened. `version` is what is there now."""

    def __init__(self, version: int) -> None:
        super().__init__(f"version {version} is newer")
        self.version = version


class Gone(Exception):
    """There is no plan under this code any more: deleted or expired. It is not made again."""


@dataclass(frozen=True)
class Safe:
    """What keeping needs from the server: its secret, older ones that still open, and for how many months plans are kept."""

    secret: str
    fallbacks: tuple[str, ...] = ()
    months: int = MONTHS

    @cached_property
    def secrets(self) -> tuple[Secret, ...]:
        """Newest first."""
        return tuple(map(Secret, (self.secret, *self.fallbacks)))

    def row_keys(self, code: str) -> dict[bytes, Secret]:
        return {secret.row_key(code): secret for secret in self.secrets}


@dataclass(frozen=True)
class Body:
    """What is kept of a plan: all it takes to build it again."""

    answers: Mapping[str, Value]
    country: str
    content_version: str  # of the content when it was kept
    made: date
    lang: str = "en"
    note: str = ""
    edits: Edits = field(default_factory=Edits)
    readbacks: tuple[str, ...] = ()  # what came back on paper, oldest first; planner.clinic.sheets.follow_up reads them
    changes: tuple[str, ...] = ()  # what is different from the sheet before
    pain_base: int | None = None  # pain at the first of a row of sheets, 0 to 10; None on that one, and where nobody said
    asked: Mapping[str, date] = field(default_factory=dict)  # when answers were given, by planner.domain.staleness, if not on `made`
    confirmed: date | None = None  # the day on which the person last said that nothing had changed
    checked: str = ""  # what a therapist said of red flags when it was printed: "found", or else none was
    held: tuple[str, ...] = ()  # what the plan was made of, so that stricter advice can say what it changes
    stopped: date | None = None  # the day of a new sign: no plan until the questions about it are answered and saved

    @property
    def answered(self) -> Answered:
        """The days of the answers."""
        return Answered(self.made, self.asked, self.confirmed)

    def to_bytes(self) -> bytes:
        """Compact ASCII: characters that no encoding takes, such as half a surrogate pair, are escapes here."""
        data = asdict(self) | {"made": self.made.isoformat(), "answers": dict(self.answers)}
        days = {"confirmed": self.confirmed, "stopped": self.stopped}
        data |= {"asked": written_days(self.asked), **{name: day.isoformat() if day else None for name, day in days.items()}}
        return json.dumps(data, separators=(",", ":"), sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, text: bytes) -> Body:
        data = json.loads(text)
        return cls(
            **{name: data[name] for name in ("country", "content_version", "lang", "note")},
            answers=tuples(data["answers"]),
            readbacks=tuple(data.get("readbacks", ())),
            changes=tuple(data.get("changes", ())),
            pain_base=data.get("pain_base"),
            asked=read_days(data.get("asked", {})),
            held=tuple(data.get("held", ())),
            checked=data.get("checked", ""),
            confirmed=read_day(data.get("confirmed")),
            stopped=read_day(data.get("stopped")),
            made=date.fromisoformat(data["made"]),
            edits=Edits(**{name: value for name, value in tuples(data["edits"]).items() if name in {one.name for one in fields(Edits)}}),
        )


@dataclass(frozen=True)
class Kept:
    """A kept plan as it was found. `expires` is the last day on which it can be opened."""

    code: str
    body: Body
    version: int  # from 1, one more with each change
    expires: date
    diary: Diary | None = None  # where it was asked for


def keep(session: Session, safe: Safe, body: Body, on: date, *, once: str = "") -> str:
    """Keeps a plan; returns its code. The same `once` (from the form) and the same body give the same code and one row,
    so a double click keeps one plan. Gone if that plan has been deleted since."""
    secret = safe.secrets[0]
    same = replace(body, made=date.min).to_bytes()
    code = code_of(secret.bits(once.encode(errors="replace"), same, length=CODE_BYTES)) if once else new_code()
    key = secret.row_key(code)
    if session.get(KeptGone, key):
        raise Gone
    with suppress(IntegrityError), session.begin_nested():  # of two clicks the other was quicker, with the same answers
        session.add(KeptPlan(key=key, sealed=secret.seal(body.to_bytes(), code, 1), version=1, expires=later(on, safe.months)))
    return code


def find_kept(session: Session, safe: Safe, code: str, on: date) -> Kept | None:
    """The plan under a code. None if there never was one, or it expired, or was deleted: the three take the same work."""
    row, secret = _row(session, safe, code)
    alive = row if row is not None and row.expires >= on else None
    opened = secret.unseal(alive.sealed if alive else NOBODYS_BODY, code, alive.version if alive else 1)
    if alive is None:
        return None
    if opened is None:
        logging.getLogger(__name__).error("a kept plan does not open: its row was changed by something else than Backplan")
        return None
    return Kept(code, Body.from_bytes(opened), alive.version, alive.expires)


def _row(session: Session, safe: Safe, code: str) -> tuple[Row[bytes, bytes, int, date] | None, Secret]:
    keys = safe.row_keys(code)
    wanted = select(KeptPlan.key, KeptPlan.sealed, KeptPlan.version, KeptPlan.expires).where(KeptPlan.key.in_(keys))
    row = session.execute(wanted).first()
    return row, keys[row.key] if row is not None else safe.secrets[0]


def change(session: Session, safe: Safe, code: str, body: Body, version: int, on: date) -> Kept:
    """Puts `body` in the place of `version` and returns it. Saving the same twice changes nothing the second time.

    ChangedMeanwhile if another version is there, Gone if none is. Sealed anew with the newest secret."""
    found = find_kept(session, safe, code, on)
    if found is None:
        raise Gone
    if nothing_new(found.body, body):
        return found
    if found.version != version:
        raise ChangedMeanwhile(found.version)
    secret, expires = safe.secrets[0], max(found.expires, later(on, safe.months))
    made = {
        "key": secret.row_key(code),
        "sealed": secret.seal(body.to_bytes(), code, version + 1),
        "version": version + 1,
        "expires": expires,
    }
    here = (KeptPlan.key.in_(safe.row_keys(code)), KeptPlan.version == version)
    if not written(session.execute(update(KeptPlan).where(*here).values(made))):
        now = find_kept(session, safe, code, on)  # changed between our reading and our writing
        raise ChangedMeanwhile(now.version) if now else Gone
    return Kept(code, body, version + 1, expires)


def nothing_new(old: Body, new: Body) -> bool:
    """True when both say the same, and nothing was answered or confirmed since."""
    days = [*new.asked.values(), new.confirmed or date.min]
    latest = max([old.made, *old.asked.values(), old.confirmed or date.min])
    return max(days) <= latest and replace(old, made=new.made, asked=new.asked, confirmed=new.confirmed, held=new.held) == new


def delete(session: Session, safe: Safe, code: str, on: date) -> bool:
    """Deletes the plan under a code, for good. False if there was none."""
    keys = safe.row_keys(code)
    if not written(session.execute(delete_from(KeptPlan).where(KeptPlan.key.in_(keys)))):
        return False
    for key in keys:  # a backup may have the row under an older secret
        session.merge(KeptGone(key=key, day=on))
    return True


def extend(session: Session, safe: Safe, code: str, on: date) -> bool:
    """Moves the last day on, at most once a day. False if there was nothing to move."""
    until = later(on, safe.months)
    here = (KeptPlan.key.in_(safe.row_keys(code)), KeptPlan.expires >= on, KeptPlan.expires < until)
    return bool(written(session.execute(update(KeptPlan).where(*here).values(expires=until))))


def later(on: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    then: date = on + relativedelta(months=months)
    return then


def months_from(environment: Mapping[str, str] = os.environ) -> int:
    """KEEP_MONTHS. BadSetting."""
    return int(setting("KEEP_MONTHS", environment))
