"""Everything of a clinic in one zip, as it was at one moment: JSON for programs, CSV for spreadsheets."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.clinic.photos import type_of
from planner.clinic.profile import logo_of, profile_of
from planner.clinic.sealing import unseal
from planner.clinic.sheets import notes
from planner.clinic.sheets.at_home import answer_text
from planner.clinic.sheets.handouts import opened_row
from planner.clinic.sheets.own_exercises import as_exercise, owned
from planner.clinic.sheets.own_pictures import picture_of
from planner.clinic.sheets.pack_order import read_liking
from planner.clinic.sheets.packs import programme_in
from planner.clinic.sheets.papers import latest_chart
from planner.clinic.sheets.usual_doses import read_usual
from planner.clinic.tables import Audit, Clinic, ClinicPack, Handout, Note, Passkey, Therapist
from planner.clinic.waiting_room.consents import consent_of
from planner.domain.from_clinic import OWN, with_own
from planner.domain.model import Library
from planner.kept.codes import grouped
from planner.kept.plans import Gone, Safe

HANDOUTS_AT_ONCE = 200  # handouts held in memory
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
HANDOUTS = ("made", "by", "reference", "pack", "code", "revoked", "follows", "exercises", "note", "read_backs", "answers", "chart", "id")
AUDIT = ("at", "who", "what", "about")
TakeoutRow = dict[str, Any]


def write_takeout(session: Session, safe: Safe, library: Library, clinic_id: str, out: IO[bytes], now: datetime) -> None:
    """Writes the zip to `out`. `session` must be a reading one: all of it is then of one moment. Gone if there is no such clinic.

    Passwords, keys and secrets of one-time codes are left out; codes of handouts are not, since paper is found by them."""
    clinic = session.get(Clinic, clinic_id)
    if clinic is None:
        raise Gone
    names = {one.id: one for one in session.scalars(select(Therapist).where(Therapist.clinic_id == clinic_id))}
    with ZipFile(out, "w", ZIP_DEFLATED) as zipped:
        rules = {"idle_minutes": clinic.idle_minutes, "two_factors": clinic.two_factors}
        put(zipped, "profile.json", {**asdict(profile_of(clinic)), **rules, "made": clinic.made, "taken": now, "content": library.version})
        if logo := logo_of(session, clinic_id):
            zipped.writestr("logo.png", logo)
        put(zipped, "people.json", people_rows(session, names))
        put(zipped, "packs.json", packs(session, safe, clinic_id))
        library = put_exercises(zipped, session, safe, library, clinic_id)
        put(zipped, "notes.json", last_notes(session, safe, clinic_id, names))
        put_rows(zipped, "handouts", HANDOUTS, as_listed(given_out(session, safe, clinic_id, names, now), library))
        put_rows(zipped, "audit", AUDIT, ((row, row) for row in events(session, clinic_id, names)))


def put_exercises(zipped: ZipFile, session: Session, safe: Safe, library: Library, clinic_id: str) -> Library:
    """The clinic's own exercises, those of earlier days too, and their pictures as files. Returns the library with them."""
    found = owned(session, safe, clinic_id)
    pictures = {one.id: image for one in found if (image := picture_of(session, safe, clinic_id, one.id))}
    files = {name: f"exercises/{name}.{type_of(image).partition('/')[2]}" for name, image in pictures.items()}
    rows = [{"id": OWN + one.id, "made": one.made, "now": one.heir and OWN + one.heir, **asdict(one.written)} for one in found]
    put(zipped, "exercises.json", [{**row, "picture": files.get(one.id, "")} for row, one in zip(rows, found, strict=True)])
    for name, image in pictures.items():
        zipped.writestr(files[name], image)
    return with_own(library, (as_exercise(one, library, str) for one in found))


def put(zipped: ZipFile, name: str, what: object) -> None:
    zipped.writestr(name, json.dumps(what, default=iso, indent=1))


def put_rows(zipped: ZipFile, name: str, columns: Sequence[str], rows: Iterator[tuple[TakeoutRow, TakeoutRow]]) -> None:
    """`<name>.json` and `<name>.csv`, row by row. Each row comes twice: whole, and as the words of its columns."""
    with TemporaryFile("w+b") as aside:
        words = TextIOWrapper(aside, "utf-8-sig", errors="replace", newline="")  # with the mark that Excel wants
        table = csv.writer(words)
        table.writerow(columns)
        with zipped.open(f"{name}.json", "w", force_zip64=True) as lines:
            before = b"["
            for whole, listed in rows:
                lines.write(before + b"\n" + json.dumps(whole, default=iso).encode())
                before = b","
                table.writerow([harmless(listed[column]) for column in columns])
            lines.write(b"[]\n" if before == b"[" else b"\n]\n")
        words.flush()
        aside.seek(0)
        with zipped.open(f"{name}.csv", "w", force_zip64=True) as to:
            while part := aside.read(1 << 16):
                to.write(part)


def iso(value: Any) -> str:
    return str(value.isoformat())


def harmless(value: Any) -> str:
    """As text that no spreadsheet takes for a formula."""
    text = "" if value is None else value.isoformat() if isinstance(value, datetime) else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def people_rows(session: Session, names: Mapping[str, Therapist]) -> list[TakeoutRow]:
    """Without passwords and secrets; with the names of their passkeys."""
    known = session.execute(select(Passkey.therapist_id, Passkey.label).where(Passkey.therapist_id.in_(names)).order_by(Passkey.made))
    keys = [(owner, label) for owner, label in known]
    return [
        {name: getattr(one, name) for name in ("id", "name", "initials", "email", "role", "active", "remind", "made")}
        | {
            "packs": asdict(read_liking(one.packs)),
            "usual_doses": dict(read_usual(one.usual_doses)),
            "one_time_codes": one.totp is not None,
            "passkeys": [label for owner, label in keys if owner == one.id],
        }
        for one in sorted(names.values(), key=lambda one: (one.made, one.id))
    ]


def packs(session: Session, safe: Safe, clinic_id: str) -> list[TakeoutRow]:
    """`programme` is null for a pack of answers alone."""
    rows = session.scalars(select(ClinicPack).where(ClinicPack.clinic_id == clinic_id).order_by(ClinicPack.made, ClinicPack.id))
    return [
        {"id": row.id, "title": row.title, "made": row.made, "key": row.key, "answers": json.loads(row.answers)}
        | {"programme": asdict(found) if (found := programme_in(safe, row)) else None}
        for row in rows
    ]


def last_notes(session: Session, safe: Safe, clinic_id: str, names: Mapping[str, Therapist]) -> list[TakeoutRow]:
    rows = session.scalars(select(Note).where(Note.clinic_id == clinic_id).order_by(Note.used, Note.id))
    opened = ((row, unseal(safe, clinic_id, notes.note_place(row.id), row.sealed) or b"") for row in rows)
    return [{"by": names[row.therapist_id].name, "used": row.used, "note": text.decode()} for row, text in opened]


def given_out(session: Session, safe: Safe, clinic_id: str, names: Mapping[str, Therapist], now: datetime) -> Iterator[TakeoutRow]:
    """Every handout, oldest first. `content`, as it was printed, is null for those that were revoked or deleted, or have expired;
    `chart` is not, for the clinic's time. `patients_own`: what stands under the code instead, where the patient has changed it."""
    wanted = select(Handout).where(Handout.clinic_id == clinic_id).order_by(Handout.made, Handout.id)
    for row in session.scalars(wanted.execution_options(yield_per=HANDOUTS_AT_ONCE)):
        opened = opened_row(session, safe, row, now.date())
        found, own, chart = opened.kept, opened.own, latest_chart(opened.versions)
        agreed = consent_of(session, safe, row)
        session.expunge(row)
        yield {
            **{name: getattr(row, name) for name in ("id", "made", "reference", "pack", "revoked", "read_back")},
            "by": names[row.therapist_id].name,
            "follows": row.previous,
            "code": grouped(opened.code) if found else "",
            "content": json.loads(found.body.to_bytes()) if found else None,
            "patients_own": json.loads(own.body.to_bytes()) if own else None,
            "chart": chart.text if chart else "",
            "agreed": asdict(agreed) if agreed else None,
        }


def as_listed(rows: Iterator[TakeoutRow], library: Library) -> Iterator[tuple[TakeoutRow, TakeoutRow]]:
    """Each row with what a spreadsheet shows of it: titles and answers in words."""
    for row in rows:
        content = row["content"] or {"answers": {}, "edits": {"exercises": ()}, "note": "", "readbacks": ()}
        titles = [library.exercises[name].title for name in content["edits"]["exercises"] if name in library.exercises]
        answers = [
            f"{library.questions[name].short}: {answer_text(library, name, value)}"
            for name, value in content["answers"].items()
            if name in library.questions
        ]
        listed = {"exercises": "; ".join(titles), "note": content["note"], "read_backs": "; ".join(content["readbacks"])}
        yield row, row | listed | {"answers": "; ".join(answers)}


def events(session: Session, clinic_id: str, names: Mapping[str, Therapist]) -> Iterator[TakeoutRow]:
    wanted = select(Audit.at, Audit.therapist_id, Audit.what, Audit.about).where(Audit.clinic_id == clinic_id).order_by(Audit.at, Audit.id)
    for at, who, what, about in session.execute(wanted.execution_options(yield_per=HANDOUTS_AT_ONCE)):
        yield {"at": at, "who": names[who].name if who and who in names else "", "what": what, "about": about}
