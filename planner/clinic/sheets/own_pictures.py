"""Pictures of a clinic's own exercises, sealed as its words are: on its pages, on sheets, and inside paper that can fetch nothing."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.clinic.photos import type_of
from planner.clinic.sealing import seal, unseal
from planner.clinic.sheets.own_exercises import OwnExercise
from planner.domain.from_clinic import OWN, ClinicExercise
from planner.domain.lines import Line, Plan
from planner.kept.plans import Safe

END = b"."  # what is sealed must not end in a space, and a picture may


def picture_place(row_id: str) -> str:
    return f"exercise:{row_id}:picture"


def sealed_picture(safe: Safe, clinic_id: str, row_id: str, image: bytes) -> bytes:
    return seal(safe, clinic_id, picture_place(row_id), image + END)


def picture_of(session: Session, safe: Safe, clinic_id: str, row_id: str) -> bytes | None:
    """The PNG or JPEG of a row of this clinic."""
    mine = (OwnExercise.id == row_id, OwnExercise.clinic_id == clinic_id)
    return opened_picture(safe, clinic_id, row_id, session.scalar(select(OwnExercise.picture).where(*mine)))


def picture_given(session: Session, safe: Safe, row_id: str) -> bytes | None:
    """The picture of a row, for whoever has a sheet with it."""
    found = session.execute(select(OwnExercise.clinic_id, OwnExercise.picture).where(OwnExercise.id == row_id)).first()
    return opened_picture(safe, found[0], row_id, found[1]) if found else None


def opened_picture(safe: Safe, clinic_id: str, row_id: str, sealed: bytes | None) -> bytes | None:
    text = unseal(safe, clinic_id, picture_place(row_id), sealed) if sealed else None
    return text.removesuffix(END) if text else None


def with_photos(session: Session, safe: Safe, plan: Plan) -> Plan:
    """The plan with its clinic's pictures inside, for paper and for a file that can fetch nothing."""
    if not any(isinstance(line.item, ClinicExercise) for line in plan.lines):
        return plan
    return replace(plan, lines=tuple(_with_photo(session, safe, line) for line in plan.lines))


def _with_photo(session: Session, safe: Safe, line: Line) -> Line:
    if not isinstance(line.item, ClinicExercise) or not line.item.photo:
        return line
    image = picture_given(session, safe, line.item_id.removeprefix(OWN))
    inside = f"data:{type_of(image)};base64,{b64encode(image).decode()}" if image else ""
    return line._replace(item=replace(line.item, photo=inside))
