"""A clinic's own exercises: the list, writing one, another wording of one, its picture, and removing one, which asks first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from planner.clinic.logo import BadLogo
from planner.clinic.photos import FOR_PHOTO, PHOTO_SIZE, CleanPicture, clean_picture
from planner.clinic.sheets.own_changes import MOST_OWN, BadExercise, keep_exercise, remove_exercise
from planner.clinic.sheets.own_exercises import KNOWN_PURPOSES, KNOWN_REGIONS, KNOWN_STARTS, Owned, owned
from planner.clinic.sheets.own_pictures import picture_of
from planner.languages.translate import gettext as _
from planner.outputs.words import capital, start_text
from planner.web import storage as database
from planner.web.clinic.access import for_therapists, now, page, pages, signed_in
from planner.web.clinic.exercise_form import NO_DEMAND, STEP_LINES, ExerciseForm
from planner.web.clinic.panel_words import purpose_text, region_text
from planner.web.clinic.problem_words import dose_labels
from planner.web.clinic.profile_pages import TOO_MUCH, logo_fault
from planner.web.clinic.this_clinic import picture_url
from planner.web.own_photos import picture_response
from planner.web.render import library

OWN_EXERCISES = "/clinic/exercises"


@pages.get("/exercises")
@for_therapists
def list_exercises() -> Response:
    own, demands = written_now(), library().demands
    asks = {one.id: [demands[name].title for name in one.written.demands if name in demands] for one in own}
    return page("clinic/exercises.html", own=own, asks=asks, picture_url=picture_url)


def written_now() -> list[Owned]:
    """The clinic's exercises as they are today."""
    with database.reading() as rows:
        return [one for one in owned(rows, database.safe(), signed_in().clinic_id) if one.heir == one.id]


def written_or_404(name: str) -> Owned:
    found = next((one for one in written_now() if one.id == name), None)
    if found is None:
        raise NotFound
    return found


def form_page(form: ExerciseForm, old: Owned | None = None, status: int = 200, **errors: str) -> Response:
    """The form, empty or filled. `old`: the exercise that is changed."""
    offered = library().new_sheet.own_demands
    shown: dict[str, Any] = {
        "form": form,
        "old": old,
        "steps": range(1, STEP_LINES + 1),
        "starts": [(one, capital(start_text(one))) for one in KNOWN_STARTS],
        "purposes": [(one, purpose_text(one)) for one in KNOWN_PURPOSES],
        "regions": [(one, region_text(one)) for one in KNOWN_REGIONS],
        "demands": [library().demands[name] for name in offered],
        "none": NO_DEMAND,
        "dose_labels": dose_labels(),
        "megabytes": FOR_PHOTO.bytes >> 20,
        "picture": picture_url(old.id) if old and all(old.written.size) else "",
    }
    return page("clinic/exercise.html", status, errors={**form.errors, **errors}, **shown)


@pages.get("/exercises/new")
@for_therapists
def new_exercise() -> Response:
    return form_page(ExerciseForm())


@pages.post("/exercises/new")
@for_therapists
def add_exercise() -> Response | Redirect:
    return kept(ExerciseForm.sent(library()))


@pages.get("/exercises/<exercise>")
@for_therapists
def one_exercise(exercise: str) -> Response:
    old = written_or_404(exercise)
    return form_page(ExerciseForm.of(old.written), old)


@pages.post("/exercises/<exercise>")
@for_therapists
def change_exercise(exercise: str) -> Response | Redirect:
    old = written_or_404(exercise)
    return kept(ExerciseForm.sent(library()), old)


def kept(form: ExerciseForm, old: Owned | None = None) -> Response | Redirect:
    """Keeps what was sent, or shows it again with what is wrong. A picture has to be chosen again then: no browser sends it twice."""
    try:
        picture = sent_picture(old)
    except BadLogo as fault:
        return form_page(form, old, 422, picture=logo_fault(fault.reason, FOR_PHOTO, PHOTO_SIZE))
    if form.errors:
        return form_page(form, old, 422)
    said = replace(form.written, size=picture.size if picture else (0, 0))
    try:
        with database.writing() as rows:
            made = keep_exercise(rows, database.safe(), signed_in(), said, picture, now(), old.id if old else "")
    except BadExercise as fault:
        return form_page(form, old, 422, title=fault_text(fault))
    if made is None:  # a colleague changed or removed it just now
        raise NotFound
    return redirect(OWN_EXERCISES, 303)


def sent_picture(old: Owned | None) -> CleanPicture | None:
    """The picture that was sent; else the one that there is, unless it is to go. BadLogo if it can't be used."""
    sent = request.files.get("picture")
    body = sent.read() if sent else b""
    if body:
        return clean_picture(body)
    if old is None or "no_picture" in request.form:
        return None
    with database.reading() as rows:
        there = picture_of(rows, database.safe(), signed_in().clinic_id, old.id)
    return CleanPicture(there, old.written.size) if there else None


def fault_text(fault: BadExercise) -> str:
    return {
        "taken": _("You have an exercise with this name. Choose another"),
        "many": _("You have %(most)s exercises of your own. Remove one first") % {"most": MOST_OWN},
    }[fault.reason]


@pages.get("/exercises/<exercise>/remove")
@for_therapists
def ask_remove_exercise(exercise: str) -> Response:
    return page("clinic/remove_exercise.html", one=written_or_404(exercise))


@pages.post("/exercises/<exercise>/remove")
@for_therapists
def remove(exercise: str) -> Redirect:
    with database.writing() as rows:
        if not remove_exercise(rows, signed_in(), exercise, now()):
            raise NotFound
    return redirect(OWN_EXERCISES, 303)


@pages.get("/exercises/<exercise>/picture")
@for_therapists
def exercise_picture(exercise: str) -> Response:
    """The picture that we drew anew, of this wording. Only for the clinic that it belongs to."""
    with database.reading() as rows:
        image = picture_of(rows, database.safe(), signed_in().clinic_id, exercise)
    if image is None:
        raise NotFound
    return picture_response(image)


def too_large() -> Response:
    return form_page(ExerciseForm(), status=413, picture=logo_fault("large", FOR_PHOTO, PHOTO_SIZE))


TOO_MUCH.update({"clinic.add_exercise": too_large, "clinic.change_exercise": too_large})
