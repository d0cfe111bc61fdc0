"""Health links: an encrypted copy of a kept plan, which another program may fetch until a day. The key is in the link alone.

The address and the key are made anew from the person's code whenever they open their plan. The table has neither."""

from __future__ import annotations

import json
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from sqlalchemy import Date, ForeignKey, LargeBinary, delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from planner.database.rows import Base, written
from planner.kept.encrypted import base64url, jwe
from planner.kept.plans import Kept, KeptPlan, Safe
from planner.kept.seal import Secret, derived

DAYS_ALIVE = 7
SALT = 16  # bytes
PATH = "/shl/"


class HealthLink(Base):
    """The encrypted copy of a kept plan, one a plan. It goes with the plan, and is no use once the plan has another version or a
    check-in has moved it."""

    __tablename__ = "health_link"

    key: Mapped[bytes] = mapped_column(
        LargeBinary(32), ForeignKey("kept_plan.key", onupdate="CASCADE", ondelete="CASCADE"), primary_key=True
    )
    place: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(SALT))
    version: Mapped[int]
    body: Mapped[bytes]
    expires: Mapped[date] = mapped_column(Date, index=True)


@dataclass(frozen=True)
class Shared:
    """A link: the name in its address, the key of the file, and the last day on which it opens."""

    name: str
    key: bytes
    expires: date

    @classmethod
    def of(cls, secret: Secret, code: str, salt: bytes, expires: date) -> Shared:
        name, key = (derived(code.encode(), secret.text.encode(), b"backplan health link: " + part + salt) for part in (b"name", b"key"))
        return cls(base64url(name), key, expires)

    @property
    def place(self) -> bytes:
        return place_of(self.name)

    def link(self, site: str, label: str) -> str:
        """`shlink:/` and what a reader needs, as SMART Health Links 1.0 has it. `site`: this site's address; `label`: up to 80 letters."""
        over = datetime.combine(self.expires + timedelta(days=1), time()).astimezone()
        says = {"url": f"{site}{PATH}{self.name}", "key": base64url(self.key), "exp": int(over.timestamp()), "flag": "U", "label": label}
        return "shlink:/" + base64url(json.dumps(says, separators=(",", ":"), ensure_ascii=False).encode())


@dataclass(frozen=True)
class Drawn:
    """A link on its way into the table. `key`: of the plan's row."""

    key: bytes
    salt: bytes
    link: Shared


def place_of(name: str) -> bytes:
    """What the table knows of an address. The names have 256 bits, so there is no going back."""
    return sha256(name.encode()).digest()


def shared(session: Session, safe: Safe, kept: Kept, on: date) -> Shared | None:
    """The link to this version of a plan. None if there is none, it is over, or the plan has changed since."""
    keys = safe.row_keys(kept.code)
    wanted = select(HealthLink.key, HealthLink.salt, HealthLink.version, HealthLink.expires).where(HealthLink.key.in_(keys))
    row = session.execute(wanted).first()
    if row is None or row.version != kept.version or row.expires < on:
        return None
    return Shared.of(keys[row.key], kept.code, row.salt, row.expires)


def new_link(session: Session, safe: Safe, kept: Kept, on: date) -> Drawn | None:
    """A link that has no file yet. None if the plan is gone."""
    keys = safe.row_keys(kept.code)
    key = session.scalar(select(KeptPlan.key).where(KeptPlan.key.in_(keys)))
    salt = secrets.token_bytes(SALT)
    return Drawn(key, salt, Shared.of(keys[key], kept.code, salt, on + timedelta(days=DAYS_ALIVE))) if key else None


def share(session: Session, kept: Kept, drawn: Drawn, body: bytes, kind: str, on: date) -> None:
    """Puts the file at the link's address, in place of an older one. Of two at once the first stays: its page is shown to both."""
    old = or_(HealthLink.version != kept.version, HealthLink.expires < on)
    session.execute(delete(HealthLink).where(HealthLink.key == drawn.key, old))
    link = drawn.link
    with suppress(IntegrityError), session.begin_nested():
        row = HealthLink(key=drawn.key, place=link.place, salt=drawn.salt, version=kept.version, expires=link.expires)
        row.body = jwe(body, link.key, kind)
        session.add(row)


def unshare(session: Session, safe: Safe, code: str) -> bool:
    """Ends a plan's link at once. False if there was none."""
    return bool(written(session.execute(delete(HealthLink).where(HealthLink.key.in_(safe.row_keys(code))))))


def fetched(session: Session, name: str, on: date) -> bytes | None:
    """The encrypted file at an address. None if it never was, is over or ended, or the plan was changed or deleted since."""
    found = select(HealthLink.body).join(KeptPlan, KeptPlan.key == HealthLink.key)
    alive = (HealthLink.expires >= on, KeptPlan.expires >= on, KeptPlan.version == HealthLink.version)
    return session.scalar(found.where(HealthLink.place == place_of(name), *alive))
