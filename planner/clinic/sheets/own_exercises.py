"""A clinic's own exercises: rows that are never rewritten. A change is a new row, and what was printed keeps the one it had."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import get_args

from sqlalchemy import ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from planner.clinic.sealing import unseal
from planner.clinic.tables import new_id
from planner.database.rows import Base, Moment
from planner.domain.conditions import implied
from planner.domain.from_clinic import OWN, ClinicExercise
from planner.domain.items import Dose
from planner.domain.model import Library
from planner.domain.terms import Purpose, Region, Start
from planner.kept.plans import Safe
from planner.languages.translate import gettext as _

KNOWN_PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
KNOWN_STARTS: tuple[Start, ...] = get_args(Start)
KNOWN_REGIONS: tuple[Region, ...] = get_args(Region)


class OwnExercise(Base):
    """One wording of a clinic's exercise. `root`: id of its first wording. `sealed`: what is written, for the clinic alone; `picture`
    too, and it is not loaded with the row. `shelved`: when it was removed, or changed into the next."""

    __tablename__ = "own_exercise"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    clinic_id: Mapped[str] = mapped_column(ForeignKey("clinic.id", ondelete="CASCADE"), index=True)
    root: Mapped[str] = mapped_column(String(32))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    picture: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    made: Mapped[datetime] = mapped_column(Moment)
    shelved: Mapped[datetime | None] = mapped_column(Moment)


@dataclass(frozen=True)
class Written:
    """What a clinic wrote of an exercise. `demands`: those that were ticked; `size`: of its picture in pixels, (0, 0) without one."""

    title: str
    steps: tuple[str, ...]
    amount: Dose
    start: Start
    purpose: Purpose
    regions: tuple[Region, ...]
    demands: tuple[str, ...]
    size: tuple[int, int] = (0, 0)

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), separators=(",", ":"), sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, text: bytes) -> Written:
        data = json.loads(text)
        lists = {name: tuple(data[name]) for name in ("steps", "regions", "demands", "size")}
        return cls(**{**data, **lists, "amount": Dose(**data["amount"])})


@dataclass(frozen=True)
class Owned:
    """A row that was read: `id` of the row, and of the one that stands in its place now, empty where it was removed."""

    id: str
    heir: str
    made: datetime
    written: Written


def owned(session: Session, safe: Safe, clinic_id: str) -> list[Owned]:
    """Every wording of a clinic's exercises, by title. What the server's secrets no longer open is left out."""
    rows = session.scalars(select(OwnExercise).where(OwnExercise.clinic_id == clinic_id).order_by(OwnExercise.made, OwnExercise.id)).all()
    return sorted(read_rows(safe, rows), key=lambda one: (one.written.title.casefold(), one.id))


def read_rows(safe: Safe, rows: Sequence[OwnExercise]) -> Iterator[Owned]:
    now = {row.root: row.id for row in rows if row.shelved is None}
    for row in rows:
        text = unseal(safe, row.clinic_id, words_place(row.id), row.sealed)
        if text is not None:
            yield Owned(row.id, now.get(row.root, ""), row.made, Written.from_bytes(text))


def words_place(row_id: str) -> str:
    return f"exercise:{row_id}"


def as_exercise(one: Owned, library: Library, at: Callable[[str], str]) -> ClinicExercise:
    """As an exercise of the library. `at`: where the picture of a row is."""
    said = one.written
    demands = (*said.demands, *library.new_sheet.start_demands.get(said.start, ()))
    name = OWN + one.id
    return ClinicExercise(
        id=name,
        title=said.title,
        sources=(),
        demands=implied(tuple(dict.fromkeys(demands)), library.demands),
        regions=said.regions,
        purpose=said.purpose,
        start=said.start,
        steps=said.steps,
        dose=name,
        because=_("Your clinic chose this exercise for you."),
        amount=said.amount,
        less=library.policy.gentler,
        mark=_("From your clinic."),
        proof=_("This is your clinic’s own exercise. We have not looked at how well it works."),
        heir=OWN + one.heir if one.heir else "",
        photo=at(one.id) if all(said.size) else "",
        size=said.size,
    )


def given(session: Session, safe: Safe, names: Iterable[str]) -> list[Owned]:
    """Those that stand on a sheet, by their ids there, of whatever clinic: whoever has the sheet was given them."""
    ids = [name.removeprefix(OWN) for name in names if name.startswith(OWN)]
    rows = session.scalars(select(OwnExercise).where(OwnExercise.id.in_(ids))).all() if ids else []
    return [replace(one, heir=one.id) for one in read_rows(safe, rows)]
