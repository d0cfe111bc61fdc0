"""Taking everything along, and deleting the clinic: for its owners."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO

from flask import Response, current_app
from sqlalchemy.exc import IntegrityError, NoResultFound
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import Gone as GoneStatus
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as Redirect

from planner.clinic import closing
from planner.clinic.people import audit
from planner.clinic.takeout import write_takeout
from planner.kept.plans import Gone
from planner.web import storage as database
from planner.web.clinic.access import for_everyone, for_owners, is_deleted, let_out, now, page, pages, refused, signed_in
from planner.web.clinic.clinic_forms import DeleteForm
from planner.web.clinic.confirming import confirmed
from planner.web.errors import our_fault
from planner.web.rate_limits import limiter
from planner.web.render import library

IN_MEMORY = 4 << 20  # bytes of the zip; more goes to a file without a name
TAKEOUTS = "6 per minute"
copies = limiter.limit(TAKEOUTS)


@pages.post("/takeout")
@for_owners
@confirmed
@copies
def takeout() -> Response:
    """One zip. It is finished before the first byte leaves, so nobody's slow line holds the database."""
    made = now()
    with database.writing() as rows:
        audit.record(rows, made, "exported", by=signed_in())
    out: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  closed with the response, where it is large
    try:
        with database.reading() as rows:
            write_takeout(rows, database.safe(), library(), signed_in().clinic_id, out, made)
        response = sent(out)
    except BaseException:
        out.close()
        raise
    response.headers["Content-Disposition"] = f'attachment; filename="clinic-{made.date().isoformat()}.zip"'
    return response


def sent(out: IO[bytes]) -> Response:
    """The file as a response, from memory if it is small."""
    length = out.tell()
    out.seek(0)
    response = Response(chunks(out) if length > IN_MEMORY else out.read(), content_type="application/zip")
    response.content_length = length
    if length > IN_MEMORY:
        response.call_on_close(out.close)
    else:
        out.close()
    return response


def chunks(out: IO[bytes]) -> Iterator[bytes]:
    while part := out.read(1 << 16):
        yield part


def delete_page(form: DeleteForm, status: int = 200) -> Response:
    with database.reading() as rows:
        sheets = closing.sheets(rows, signed_in().clinic_id)
    return page("clinic/delete.html", status, sheets=sheets, form=form, errors=form.wrong)


@pages.get("/delete")
@for_owners
def ask_delete() -> Response:
    return delete_page(DeleteForm())


@pages.post("/delete")
@for_owners
@confirmed
def delete_clinic() -> Response | Redirect:
    """Wants the clinic's name typed. Everybody of it is signed out by it."""
    form = DeleteForm.sent()
    if not form.validate():
        return delete_page(form, 422)
    clinic_id, who = signed_in().clinic_id, signed_in().id
    with database.writing() as rows:
        closing.delete_clinic(rows, database.safe(), clinic_id, now())
    current_app.logger.warning("clinic %s was deleted by %s", clinic_id, who)  # its own log of what happened went with it
    return let_out(redirect("/clinic/gone", 303))


@pages.get("/gone")
@for_everyone
def farewell() -> Response:
    return page("clinic/gone.html")


@pages.errorhandler(Gone)
def gone(fault: Gone) -> Response:
    """Something was deleted while somebody was writing to it: 410."""
    return refused(GoneStatus())


@pages.errorhandler(IntegrityError)
@pages.errorhandler(NoResultFound)
@pages.errorhandler(StaleDataError)
def too_late(fault: Exception) -> Response:
    """A row that belongs to a clinic could not be written, because the clinic went away meanwhile. Anything else is our fault."""
    return refused(GoneStatus()) if is_deleted() else our_fault(fault)
