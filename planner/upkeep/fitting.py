"""Whether secret, schema and rows of a database fit together and to this program: what an operator asks after a move or a restore.

A kept plan opens with its code alone, so no command can try one. Which secret a database was sealed with is written down in it, as a
mark from which nobody comes back to the secret."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import ColumnElement, Engine, null, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from planner.clinic.people.account_requests import AccountRequest, request_place
from planner.clinic.people.outgoing_mail import mail_place
from planner.clinic.sealing import NOBODYS, unseal
from planner.clinic.sheets.handouts import handout_place
from planner.clinic.sheets.notes import note_place
from planner.clinic.sheets.own_exercises import OwnExercise, words_place
from planner.clinic.sheets.packs import pack_place
from planner.clinic.tables import ClinicPack, Handout, Note, OutgoingMail
from planner.database.engines import Unavailable, file_of
from planner.database.revisions import current, is_newer, newest
from planner.database.rows import BATCH
from planner.database.sessions import reading
from planner.kept.plans import Safe
from planner.upkeep.backup import rows_of, tables
from planner.upkeep.every_table import METADATA
from planner.upkeep.which_secret import mark_of, marks_in, newest_of

Column = InstrumentedAttribute[Any] | ColumnElement[Any]
SEALED: tuple[tuple[Column, Column, Column, Callable[[str], str]], ...] = (
    (Handout.clinic_id, Handout.id, Handout.sealed_code, handout_place),
    (Note.clinic_id, Note.id, Note.sealed, note_place),
    (ClinicPack.clinic_id, ClinicPack.id, ClinicPack.programme, pack_place),
    (OwnExercise.clinic_id, OwnExercise.id, OwnExercise.sealed, words_place),
    (OutgoingMail.clinic_id, OutgoingMail.id, OutgoingMail.sealed, mail_place),
    (null(), AccountRequest.id, AccountRequest.sealed, request_place),
)
"""Whose row it is, its id, what is sealed with the server's secret alone, and the place that the seal is bound to."""


@dataclass(frozen=True)
class Fitting:
    """What was found about schema, secret or rows, as a line for the operator."""

    about: str
    words: str
    fits: bool


def findings(engine: Engine, safe: Safe) -> tuple[Fitting, ...]:
    """Each thing that was looked at. Where the schema is another, nothing else can be read. Unavailable if it does not answer."""
    schema = schema_found(engine)
    if not schema.fits:
        return (schema,)
    found = [schema]
    for look in (lambda session: secret_found(session, safe), rows_found):
        try:
            with reading(engine) as session:
                found.append(look(session))
        except Unavailable as fault:
            found.append(Fitting("rows", f"can't all be read ({fault}): restore a backup", False))
            break
    return tuple(found)


def schema_found(engine: Engine) -> Fitting:
    if (file := file_of(engine)) and not file.exists():
        return Fitting("schema", "there is no such file: DATABASE_URL is of something else, or `db upgrade` never ran", False)
    revision = current(engine)
    if revision is None:
        return Fitting("schema", "there are no tables of Backplan: DATABASE_URL is of something else, or `db upgrade` never ran", False)
    newer = is_newer(revision)
    if revision != newest() and not newer:
        return Fitting("schema", f"is at revision {revision}, this program needs {newest()}: `db upgrade`, or the newer program", False)
    with engine.execution_options(reads=True).connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), METADATA)
    other = sum(not (newer and is_more(one)) for one in found)
    if other:
        return Fitting(
            "schema", f"says revision {revision}, and {other} things are not as it has them: something else changed the tables", False
        )
    if newer:
        return Fitting("schema", f"revision {revision} is newer than this program's {newest()}, but only adds to it: usable", True)
    return Fitting("schema", f"revision {revision}, as this program needs", True)


def is_more(change: Any) -> bool:
    """True for what Alembic would take away: the database has it, and this program does not know it."""
    return str(change[0]).startswith("remove_")


def secret_found(session: Session, safe: Safe) -> Fitting:
    """Tries every row that opens without a person's code, and the mark."""
    tried = [unseal(safe, clinic or NOBODYS, place, sealed) is not None for clinic, place, sealed in sealed_rows(session)]
    shut, marks = tried.count(False), marks_in(session)
    if shut:
        words = f"does not open {shut} of {len(tried)} sealed rows: KEEP_SECRET (else SECRET_KEY) is not the one that sealed them"
        return Fitting("secret", f"{words}; name the old one in KEEP_SECRET_FALLBACKS", False)
    if marks and not marks.keys() & {mark_of(secret) for secret in safe.secrets}:
        words = f"is not the one of {max(marks.values())}: plans kept then stay shut. Name the old one in KEEP_SECRET_FALLBACKS"
        return Fitting("secret", f"{words}, or say `db check --accept` if it is lost", False)
    if (own := mark_of(safe.secrets[0])) in marks and own not in newest_of(marks):
        words = f"is older than the one of {max(marks.values())}, with which another machine seals: set that one as KEEP_SECRET here too"
        return Fitting("secret", f"{words}, or say `db check --accept` if this one is right", False)
    said = "no secret is written down yet to compare it with: `db upgrade` does that"
    if marks:
        said = f"the same as before, written down on {marks[own]}" if own in marks else "new, and has the one from before as an older one"
    rows = (
        f"opens all {len(tried)} sealed rows that need no code"
        if tried
        else "no row could be tried: kept plans open with their codes alone"
    )
    return Fitting("secret", f"{said}; {rows}", True)


def sealed_rows(session: Session) -> Iterator[tuple[str | None, str, bytes]]:
    for clinic, name, sealed, place in SEALED:
        wanted = select(clinic, name, sealed).where(sealed.is_not(None))
        for row in session.execute(wanted, execution_options={"yield_per": BATCH}):
            yield row[0], place(row[1]), row[2]


def rows_found(session: Session) -> Fitting:
    """Reads every row, so that a torn page shows; SQLite also says whether its file is whole and each row has what it belongs to."""
    connection = session.connection()
    counted = sum(len(batch) for table in tables(connection) for batch in rows_of(connection, table))
    if connection.dialect.name == "sqlite":
        if (said := connection.exec_driver_sql("pragma integrity_check(1)").scalar()) != "ok":
            return Fitting("rows", f"the file is damaged ({said}): restore a backup", False)
        if orphans := len(connection.exec_driver_sql("pragma foreign_key_check").all()):
            return Fitting("rows", f"{orphans} have lost the row that they belong to: restore a backup", False)
    return Fitting("rows", f"all {counted} can be read", True)
