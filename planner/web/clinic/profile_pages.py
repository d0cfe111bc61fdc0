"""The clinic's profile, for its owners: what stands on sheets, in which colour, and the logo. The logo and colour as files, for all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, redirect, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Redirect

from planner.clinic.logo import FOR_LOGO, MOST_BYTES, SIZE, Allowed, BadLogo, clean_logo
from planner.clinic.profile import (
    PAPERS,
    change_logo,
    change_profile,
    has_logo,
    letterhead_of,
    logo_of,
    profile_of,
    with_its_paper,
)
from planner.languages.translate import gettext as _
from planner.languages.translate import offered
from planner.web import storage as database
from planner.web.clinic.access import clinic, for_owners, for_therapists, now, page, pages, refused, signed_in, visiting
from planner.web.clinic.clinic_forms import ProfileForm
from planner.web.render import library

DRAINED = 32 << 20  # of an upload that is too large, what is read away so that the browser gets to see our answer
LOGO = "/clinic/logo"
LANGUAGES = {"en": "English"}  # as each is called in itself; a code stands for itself


def profile_page(status: int = 200, form: ProfileForm | None = None, **context: Any) -> Response:
    """The profile as it is kept, or as it was sent; and the logo."""
    with database.reading() as rows:
        logo = has_logo(rows, signed_in().clinic_id)
    languages = {code: LANGUAGES.get(code, code) for code in offered()}
    form = form or ProfileForm(obj=profile_of(clinic()))
    shown = {
        "form": form,
        "errors": form.wrong,
        "saved": False,
        "papers": PAPERS,
        "countries": {one.id: one.name for one in library().countries.values()},
        "languages": languages,
        "therapies": {one.id: one.title for one in library().therapies.values() if one.slot in ("first", "mind")},
        "megabytes": MOST_BYTES >> 20,
    }
    return page(
        "clinic/profile.html", status, **{**shown, **context, "has_logo": logo, "head": letterhead_of(clinic(), LOGO if logo else "")}
    )


@pages.get("/profile")
@for_owners
def profile() -> Response:
    return profile_page(saved=request.args.get("saved") == "1")


@pages.post("/profile")
@for_owners
def save_profile() -> Response | Redirect:
    form = ProfileForm.sent()
    if not form.validate():
        return profile_page(422, form)
    with database.writing() as rows:
        change_profile(rows, signed_in(), with_its_paper(profile_of(clinic()), form.read, library().countries[form.read.country]), now())
    return redirect("/clinic/profile?saved=1", 303)


@pages.errorhandler(413)
def too_much(error: RequestEntityTooLarge) -> Response:
    here = visiting() if request.endpoint in TOO_MUCH else None
    if here is None or not (here.therapist.owns or request.endpoint != "clinic.upload_logo"):
        return refused(error)
    drain()
    return TOO_MUCH[str(request.endpoint)]()


def logo_too_large() -> Response:
    return profile_page(413, errors={"logo": logo_fault("large")})


TOO_MUCH: dict[str, Callable[[], Response]] = {"clinic.upload_logo": logo_too_large}
"""What is said of an upload that is larger than a form may be, by view: its fields can't be read any more."""


def drain() -> None:
    """A browser that is still sending when the answer comes shows a broken connection instead of it."""
    left = min(request.content_length or 0, DRAINED)
    while left > 0 and (part := request.environ["wsgi.input"].read(min(left, 1 << 16))):
        left -= len(part)


@pages.post("/profile/logo")
@for_owners
def upload_logo() -> Response | Redirect:
    """The name of the file is never looked at."""
    sent = request.files.get("logo")
    try:
        logo = clean_logo(sent.read() if sent else b"")
    except BadLogo as fault:
        return profile_page(422, errors={"logo": logo_fault(fault.reason)})
    with database.writing() as rows:
        change_logo(rows, signed_in(), logo, now())
    return redirect("/clinic/profile#logo-title", 303)


def logo_fault(reason: str, most: Allowed = FOR_LOGO, size: tuple[int, int] = SIZE) -> str:
    """What to do about a picture that was refused; the same for pictures of exercises."""
    pixels = {"most": most.pixels // 1_000_000, "wide": size[0], "high": size[1]}
    return {
        "none": _("Choose a picture first"),
        "large": _("This file is larger than %(most)s MB. Save the picture smaller, then send it") % {"most": most.bytes >> 20},
        "svg": _("This is an SVG drawing. It can hold programs, so we do not take it. Save it as PNG"),
        "gif": _("This is a GIF. Save it as PNG"),
        "html": _("This is a web page with the name of a picture. Send a PNG, JPEG or WebP picture"),
        "pdf": _("This is a PDF. Save the picture as PNG"),
        "other": _("This is not a PNG, JPEG or WebP picture, whatever its name says"),
        "pixels": _("This picture has more than %(most)s million pixels. Make it smaller: %(wide)s by %(high)s is enough") % pixels,
        "moving": _("This picture moves. Paper does not: send one that stands still"),
        "broken": _("This picture is damaged or was cut short. Save it again, then send it"),
        "more": _("There is something else in this file, behind the picture. Save the picture again, then send it"),
        "white": _("Nothing of this picture can be seen on white paper. Send a dark one"),
    }[reason]


@pages.post("/profile/logo/remove")
@for_owners
def remove_logo() -> Redirect:
    with database.writing() as rows:
        change_logo(rows, signed_in(), None, now())
    return redirect("/clinic/profile#logo-title", 303)


@pages.get("/logo")
@for_therapists
def logo() -> Response:
    """The PNG that we drew, for our own pages. 204 for a clinic without one."""
    with database.reading() as rows:
        found = logo_of(rows, signed_in().clinic_id)
    if found is None:
        return Response(status=204, content_type="image/png")
    response = Response(found, content_type="image/png")
    response.headers["Content-Disposition"] = 'inline; filename="logo.png"'
    return response


@pages.get("/ink.css")
@for_therapists
def ink() -> Response:
    """The clinic's colour, for sheets on our own pages: nothing is inline there."""
    return Response(f":root {{ --clinic: {letterhead_of(clinic()).ink} }}\n", content_type="text/css; charset=utf-8")
