"""The first field of the new sheet: a code, a scanned address, a word of the waiting room, the number of a pack or some letters of its
name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from secrets import token_urlsafe

from flask import Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from planner.clinic.lengths import START
from planner.clinic.sheets import packs
from planner.clinic.sheets.handouts import find_by_code, newest_of
from planner.clinic.sheets.home_weeks import borrowed_text
from planner.clinic.sheets.old_sheet import borrowed
from planner.clinic.sheets.sheet_form import SheetForm
from planner.clinic.waiting_room.pick_up_words import read_word
from planner.domain.edits import Edits
from planner.domain.from_clinic import heir_of
from planner.domain.model import Library, Pack
from planner.kept import plans
from planner.kept.codes import MistypedCode, read_code
from planner.kept.diaries import diary_of
from planner.kept.plans import Body, Kept
from planner.languages.translate import gettext as _
from planner.languages.translate import ngettext
from planner.outputs.changed import renewed_text
from planner.web import storage as database
from planner.web.clinic.access import clinic, signed_in
from planner.web.clinic.pack_choice import begun_with
from planner.web.clinic.picking_up import code_of_word, opened_ahead, wrong_word
from planner.web.clinic.this_clinic import clinic_library, old_sheet_called
from planner.web.rate_limits import missed
from planner.web.render import library

KEPT_OR_INTAKE = re.compile(r"/(?:kept|intake)/")
FILE_ENDING = re.compile(r"(-sheet)?\.[a-z]+$|[/?#].*$")
Show = Callable[..., Response]


def empty_form() -> SheetForm:
    """A new sheet on which nothing has been chosen."""
    return SheetForm(edits=Edits(next_weeks=clinic().review_weeks), once=token_urlsafe(16))


def found(form: SheetForm, show: Show) -> Response | Redirect:
    """What the field asks for: the page of an old sheet, by its code or its reference, or the form with a pack. Else the form, with what
    is wrong beside the field. A page of a patient sends a code alone."""
    form = form if form.once else empty_form()
    typed = request.form.get("start", "").strip()[:START]
    if not typed:
        return show(form)
    try:
        code = code_in(typed)
    except MistypedCode:
        return show(form, status=422, start=typed, errors={"start": mistyped()})
    word = read_word(typed) or ""
    code = code or code_of_word(word)
    if code:
        return of_code(form, typed, code, show)
    own = clinic_packs()
    pack = pack_called(library(), own, typed)
    if pack is None and (sheet := of_reference(typed)):
        return redirect(f"/clinic/repeat/{sheet}", 303)
    if pack is None:
        return show(form, status=422, start=typed, errors={"start": wrong_word() if word else no_such_pack()})
    begun, told = begun_with(form, pack, own)
    return show(begun, focus="checked-yes", **told)


def renewed_body(body: Body) -> str:
    """What an old sheet or plan says now."""
    return renewed_text(clinic_library(), body.answers, body.edits.exercises)


def mistyped() -> str:
    return _("One character is wrong. Compare the code with the paper")


def no_such_sheet() -> str:
    return _("No sheet opens with this code. It never was, has expired or was deleted: we cannot tell which")


def unreadable() -> str:
    return _("This sheet opens no more: revoked, deleted, expired, or older than our questions. We cannot tell which")


def no_such_pack() -> str:
    return _("No pack and no sheet is called that, and it is no code")


def code_in(typed: str) -> str | None:
    """The code in what was typed or scanned, which may be a whole address. MistypedCode as in planner.kept.codes."""
    *_before, after = KEPT_OR_INTAKE.split(typed.strip())
    return read_code(FILE_ENDING.sub("", after) if _before else typed)


def of_code(form: SheetForm, typed: str, code: str, show: Show) -> Response | Redirect:
    """A sheet of this clinic leads to its read-back. Any other plan lends its answers: who shows the code may open it."""
    with database.reading() as rows:
        own = find_by_code(rows, database.safe(), signed_in().clinic_id, code)
        other = None if own else plans.find_kept(rows, database.safe(), code, date.today())
        diary = diary_of(rows, database.safe(), code) if other else None
    if own:
        return redirect(f"/clinic/repeat/{own.id}", 303)
    if other is None:
        ahead = opened_ahead(form, code)
        if ahead:
            return show(ahead, focus="checked-yes")
        missed()
        return show(form, status=422, start=typed, errors={"start": no_such_sheet()})
    lent = replace(other, diary=diary)
    said = " ".join(filter(None, (borrowed_text(lent, clinic_library()), renewed_body(other.body), not_here(lent))))
    return show(borrowed(lent, clinic_library(), form), focus="checked-yes", said=said)


def not_here(lent: Kept) -> str:
    """How many exercises of a lent plan this clinic has not: another clinic wrote them. Empty where none is left out."""
    edits = lent.diary.edits if lent.diary and lent.diary.edits else lent.body.edits
    missing = sum(not heir_of(clinic_library(), name) for name in edits.exercises)
    words = ngettext(
        "%(num)s exercise that another clinic wrote is left out.", "%(num)s exercises that another clinic wrote are left out.", missing
    )
    return words % {"num": missing} if missing else ""


def of_reference(typed: str) -> str:
    """The id of the newest sheet with this reference; empty where there is none, or it opens no more."""
    with database.reading() as rows:
        name = newest_of(rows, signed_in().clinic_id, typed)
    return name if old_sheet_called(name) else ""


def clinic_packs() -> list[packs.OwnPack]:
    with database.reading() as rows:
        return packs.own_packs(rows, database.safe(), library(), signed_in().clinic_id)


def pack_called(library: Library, own: list[packs.OwnPack], typed: str) -> packs.OwnPack | Pack | None:
    """By its key, by the start of its title, or by words in it."""
    every: list[packs.OwnPack | Pack] = [*own, *library.packs.values()]
    if typed.isascii() and typed.isdigit():
        keys = packs.keys_of(library, own)
        return next((pack for pack in every if len(typed) < 3 and keys.get(pack.id) == int(typed)), None)
    words = typed.casefold().split()
    first = [pack for pack in every if pack.title.casefold().startswith(" ".join(words))]
    return next(iter([*first, *(pack for pack in every if all(word in pack.title.casefold() for word in words))]), None)
