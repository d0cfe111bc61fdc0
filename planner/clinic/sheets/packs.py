"""A clinic's own packs: named sets of answers, with the programme of the sheet they were made from. Nothing about a single patient
is in one: no red flags, no words of theirs. The note is the therapist's own, and the page says that no patient belongs in it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from planner.clinic.lengths import TITLE
from planner.clinic.people import audit
from planner.clinic.people.names import clean_name
from planner.clinic.sealing import seal, unseal
from planner.clinic.sheets.programmes import Programme, read_programme
from planner.clinic.tables import ClinicPack, Therapist, new_id
from planner.database.rows import written
from planner.domain.answers import Value, read_answers
from planner.domain.model import Library
from planner.kept.plans import Safe

MOST_PACKS = 50
PACK_KEYS = range(1, 10)
NOT_KEPT = ("country",)


class BadPack(ValueError):
    """It can't be saved; `reason` is one of: title, taken, many, key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class OwnPack:
    id: str
    title: str
    answers: Mapping[str, Value]
    stored: Mapping[str, Any]  # as they were kept, perhaps in the ids of an earlier day
    programme: Programme | None = None
    key: int = 0  # the digit that chooses it, or 0


@dataclass(frozen=True)
class NewPack:
    """A pack as it is to be saved. Without a programme it is a set of answers alone; without a key it gets the next free one."""

    title: str
    answers: Mapping[str, Value]
    programme: Programme | None = None
    key: int = 0


def own_packs(session: Session, safe: Safe, library: Library, clinic_id: str) -> list[OwnPack]:
    """The clinic's packs by title. Answers that today's content no longer knows are left out."""
    wanted = select(ClinicPack).where(ClinicPack.clinic_id == clinic_id)
    rows = session.scalars(wanted.order_by(func.lower(ClinicPack.title), ClinicPack.id))
    stored = [(row, json.loads(row.answers)) for row in rows]
    return [OwnPack(row.id, row.title, read_answers(library, kept)[0], kept, programme_in(safe, row), row.key or 0) for row, kept in stored]


def programme_in(safe: Safe, row: ClinicPack) -> Programme | None:
    """None for a pack of answers alone, and for one that the server's secrets no longer open."""
    text = unseal(safe, row.clinic_id, pack_place(row.id), row.programme) if row.programme else None
    return read_programme(text) if text else None


def pack_place(pack_id: str) -> str:
    return f"pack:{pack_id}"


def keys_of(library: Library, own: Sequence[OwnPack]) -> dict[str, int]:
    """Id -> key of every pack that has one: those of the clinic, then ours, but for keys that the clinic took for its own."""
    mine = {one.id: one.key for one in own if one.key}
    return {one.id: one.key for one in library.packs.values() if one.key and one.key not in mine.values()} | mine


def general(library: Library, answers: Mapping[str, Value]) -> dict[str, Value]:
    """The answers that a pack may hold: no red flags, no words of the person, not where they live."""
    safety = {name for page in library.pages if page.safety for name in page.questions} - set(library.new_sheet.ticks)
    left = {*safety, *library.with_own_words, *NOT_KEPT}
    return {name: value for name, value in answers.items() if name not in left and not name.startswith("rf_")}


def save_pack(session: Session, safe: Safe, library: Library, by: Therapist, wanted: NewPack, now: datetime) -> ClinicPack:
    """Keeps it under a title of the clinic's own. BadPack if the title can't be used or there are too many."""
    text = json.dumps(general(library, wanted.answers), sort_keys=True)
    mine = select(ClinicPack).where(ClinicPack.clinic_id == by.clinic_id)
    same = session.scalars(mine.where(ClinicPack.title == clean_name(wanted.title, TITLE), ClinicPack.answers == text)).first()
    if same is not None and programme_in(safe, same) == wanted.programme:  # sent twice
        return same
    title = _title(session, by.clinic_id, wanted.title)
    own = own_packs(session, safe, library, by.clinic_id)
    if len(own) >= MOST_PACKS:
        raise BadPack("many")
    key = _key(own, wanted.key) or next((one for one in PACK_KEYS if one not in keys_of(library, own).values()), None)
    made = ClinicPack(id=new_id(), clinic_id=by.clinic_id, title=title, answers=text, key=key, made=now)
    if wanted.programme:
        made.programme = seal(safe, by.clinic_id, pack_place(made.id), wanted.programme.to_bytes())
    session.add(made)
    _flush(session)
    audit.record(session, now, "pack", by=by, about=title)
    return made


def change_pack(session: Session, by: Therapist, own: Sequence[OwnPack], pack_id: str, title: str, key: int, now: datetime) -> bool:
    """Another name or key; 0 for none. False if the clinic has no such pack. BadPack if the name or the key can't be used."""
    others = [one for one in own if one.id != pack_id]
    if len(others) == len(own):
        return False
    row = session.get_one(ClinicPack, pack_id)
    row.title, row.key = _title(session, by.clinic_id, title, but=pack_id), _key(others, key)
    _flush(session)
    audit.record(session, now, "pack_changed", by=by, about=row.title)
    return True


def delete_pack(session: Session, by: Therapist, pack_id: str, now: datetime) -> bool:
    """False if the clinic has no such pack."""
    if not written(session.execute(delete(ClinicPack).where(ClinicPack.id == pack_id, ClinicPack.clinic_id == by.clinic_id))):
        return False
    audit.record(session, now, "pack_deleted", by=by)
    return True


def _title(session: Session, clinic_id: str, text: str, but: str = "") -> str:
    title = clean_name(text, TITLE)
    if not title:
        raise BadPack("title")
    others = session.scalars(select(ClinicPack.title).where(ClinicPack.clinic_id == clinic_id, ClinicPack.id != but))
    if title.casefold() in {other.casefold() for other in others}:
        raise BadPack("taken")
    return title


def _key(others: Sequence[OwnPack], key: int) -> int | None:
    """A key moves from no other pack of the clinic. One of ours gives it up."""
    if key and (key not in PACK_KEYS or key in {one.key for one in others}):
        raise BadPack("key")
    return key or None


def _flush(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as fault:  # a colleague took the key just now
        raise BadPack("key") from fault
