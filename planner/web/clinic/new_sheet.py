"""The new sheet: one page, one form. Every button posts the form and gets the page again; only printing and saving a pack keep anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from secrets import token_urlsafe
from typing import Any

from flask import Response, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from planner.clinic.lengths import START, TITLE_TAKEN
from planner.clinic.sheets import notes, packs
from planner.clinic.sheets.changes import changed_form
from planner.clinic.sheets.library_panel import read_sought, ticked
from planner.clinic.sheets.old_sheet import changed_sheet_form, changes_since, insisted_before, repeated
from planner.clinic.sheets.pack_order import arranged, read_liking
from planner.clinic.sheets.packs import BadPack, NewPack
from planner.clinic.sheets.programmes import programme_of
from planner.clinic.sheets.proposal import Proposal
from planner.clinic.sheets.sheet_form import SheetForm
from planner.clinic.sheets.usual_doses import usual_of
from planner.clinic.waiting_room.opened_ahead import settled
from planner.kept.plans import ChangedMeanwhile, Gone
from planner.languages.translate import gettext as _
from planner.outputs.changed import changed_text
from planner.web import storage as database
from planner.web.clinic.access import clinic, for_therapists, now, page, pages, signed_in
from planner.web.clinic.ahead_view import ahead_of
from planner.web.clinic.opened_sheets import opened_handout
from planner.web.clinic.pack_choice import begun_with, kept_text, key_in, pack_fault
from planner.web.clinic.printing import printed
from planner.web.clinic.problem_words import in_words
from planner.web.clinic.sheet_view import SheetView
from planner.web.clinic.start_field import clinic_packs, empty_form, found, renewed_body
from planner.web.clinic.this_clinic import clinic_library, old_sheet_called, posted_form, proposal_of, signer, told_on, usual_country
from planner.web.clinic.usual_dose_presses import forgotten_usual, kept_usual, put_usual
from planner.web.headers import with_camera
from planner.web.render import library

NOT_IN_OVERRIDE = ("csrf_token", "do")
FIRST_CONTROL = {"checked": "checked-yes", "pack": "start"}  # of a field that is wrong; else the control is named like the field
FROM_PANEL = {"drop": "remove"}  # buttons of the library panel that do what one of a row does: the focus stays in the panel
KEYS = {"swap": "swap", "remove": "remove", "add": "swap"}  # which button of a row has the focus afterwards


def sheet_form_page(at: Proposal, status: int = 200, **context: Any) -> Response:
    """The page. `errors`: field -> sentence; `focus`: id of the control to go on with."""
    me = signed_in()
    with database.reading() as rows:
        own = packs.own_packs(rows, database.safe(), library(), me.clinic_id)
        last = notes.recent(rows, database.safe(), me)
        usual_doses = usual_of(rows, me)
    placed = arranged(read_liking(me.packs), library(), own)
    typed = (request.form.get("title", "")[:TITLE_TAKEN], request.form.get("pack_key", "")[:1])
    sought = read_sought(request.form.to_dict(flat=False))
    on_paper = opened_handout(at.form.handout or at.form.previous)
    before = insisted_before(on_paper, clinic_library())
    old = old_sheet_called(at.form.previous)
    view = SheetView(at, own, placed, last, changed_text(changes_since(old, at)), *typed, sought, before, usual_doses)
    usual = {"errors": {}, "focus": "", "start": start_left(), "conflict": 0, "said": "", "dropped": (), "ahead": ahead_of(at.form)}
    usual |= told_on(on_paper)
    return with_camera(page("clinic/new_sheet.html", status, form=at.form, now=at, view=view, **{**usual, **context}))


def start_left() -> str:
    """What is half typed in the first field; empty once it has led to something."""
    return "" if request.form.get("do", "").partition(":")[0] in ("find", "pack") else request.form.get("start", "")[:START]


@pages.get("/new")
@for_therapists
def new() -> Response:
    """Empty, or `again`: the sheet that follows a handout, or `change`: a handout that was printed. Both are ids."""
    once = token_urlsafe(16)
    if again := request.args.get("again", ""):
        old = old_sheet_called(again)
        if old is None:
            raise NotFound
        form = repeated(old, clinic_library(), usual_country(), clinic().review_weeks, once)
        return sheet_form_page(proposal_of(form), focus="checked-yes", said=renewed_body(old.body))
    if change := request.args.get("change", ""):
        opened = opened_handout(change)
        changing = changed_sheet_form(opened, library(), once, signer(), date.today()) if opened else None
        if opened is None or opened.kept is None or changing is None:
            raise NotFound
        return sheet_form_page(proposal_of(changing), focus="checked-yes", said=renewed_body(opened.kept.body))
    return sheet_form_page(proposal_of(empty_form()))


@pages.post("/new")
@for_therapists
def work() -> Response | Redirect:
    form = posted_form()
    pressed = request.form.get("do", "")
    do, colon, what = pressed.partition(":")
    if "enter" in request.args and request.form.get("query", "") != request.form.get("looked_for", ""):
        return look_for(form)
    if do in DOES:
        return DOES[do](form, what)
    before = proposal_of(form)
    after = changed_form(FROM_PANEL.get(do, do) + colon + what, before)
    if wrong := before.wrong_doses:
        return sheet_form_page(proposal_of(after), 422, errors=in_words(wrong), focus=wrong[0].field)
    return sheet_form_page(proposal_of(after), focus=focus(do, what, before, after))


def focus(do: str, what: str, before: Proposal, after: SheetForm) -> str:
    """The button to go on with, where the one that was pressed is gone: that of the new row, or of the next one."""
    if do in FROM_PANEL or (do == "add" and read_sought(request.form.to_dict(flat=False))):
        return f"found-{what}"
    if do not in KEYS:
        return ""
    rows = [row.id for row in proposal_of(after).rows]
    new_ones = [name for name in rows if name not in before.wanted]
    place = next((number for number, row in enumerate(before.rows) if row.id == what), 0)
    name = what if what in rows else new_ones[0] if new_ones else rows[min(place, len(rows) - 1)] if rows else ""
    return f"{KEYS[do]}-{name}"


def choose(form: SheetForm, what: str) -> Response:
    """Begins again from a pack: the clinic's own, or ours."""
    own = clinic_packs()
    pack = next((one for one in own if one.id == what), None) or library().packs.get(what)
    begun, told = begun_with(form, pack, own) if pack else (form, {})
    return sheet_form_page(proposal_of(begun), focus="" if form.checked else "checked-yes", **told)


def find_start(form: SheetForm, _what: str) -> Response | Redirect:
    return found(form, lambda other, **context: sheet_form_page(proposal_of(other), **context))


def look_for(form: SheetForm, _what: str = "") -> Response:
    """What the library panel finds. Without script, the search field has the focus again."""
    return sheet_form_page(proposal_of(form), focus="query")


def tick_found(form: SheetForm, what: str) -> Response:
    """Ticks a condition or a warning sign from the panel, or takes its tick away."""
    return sheet_form_page(proposal_of(ticked(form, library(), what)), focus=f"found-{what}")


def settle_answer(form: SheetForm, what: str) -> Response:
    """The answer to something that the patient was not sure about."""
    return sheet_form_page(proposal_of(settled(form, library(), what)))


def give_minutes(form: SheetForm, what: str) -> Response:
    """Minutes that hold all that is wanted: the same exercises, whatever would be proposed for them."""
    at = proposal_of(form)
    return sheet_form_page(at if at.stops else at.given(what), focus=f"minutes-{what}")


def use_usual(form: SheetForm, what: str) -> Response:
    return sheet_form_page(proposal_of(put_usual(form, what)), focus=f"less-{what or 'all'}")


def keep_dose(form: SheetForm, what: str) -> Response:
    """Keeps the dose of a row as the therapist's usual one; the sheet stays as it is."""
    at = proposal_of(form)
    if wrong := at.wrong_doses:
        return sheet_form_page(at, 422, errors=in_words(wrong), focus=wrong[0].field)
    return sheet_form_page(at, focus=f"less-{what}", said=kept_usual(at, what))


def forget_dose(form: SheetForm, what: str) -> Response:
    at = proposal_of(form)
    return sheet_form_page(at, focus=f"less-{what}", said=forgotten_usual(at, what))


def recall_note(form: SheetForm, what: str) -> Response:
    """One of the last notes, where there is no script to fill it in."""
    with database.reading() as rows:
        last = notes.recent(rows, database.safe(), signed_in())
    place = int(what) - 1 if what.isascii() and what.isdigit() and len(what) < 3 else -1
    text = last[place] if 0 <= place < len(last) else form.note
    return sheet_form_page(proposal_of(replace(form, note=text)))


def ask_override(form: SheetForm, line: str) -> Response:
    """The page that names the risk before something is added."""
    choice = proposal_of(form).choice(line)
    if choice is None or choice.state != "ask":
        return sheet_form_page(proposal_of(form))
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_IN_OVERRIDE]
    return page("clinic/override.html", choice=choice, line=line, fields=fields, initials=form.signer.initials)


def insist(form: SheetForm, line: str) -> Response:
    return sheet_form_page(proposal_of(changed_form(f"insist:{line}", proposal_of(form))), focus=f"swap-{line.partition(':')[2]}")


def save(form: SheetForm, _what: str) -> Response:
    """Keeps the sheet as a pack of the clinic. The page stays as it is: work in progress is not left for a redirect."""
    at, title = proposal_of(form), request.form.get("title", "")
    if not form.begun:
        return sheet_form_page(at, 422, errors={"pack": _("Choose a pack, or tick where it hurts")})
    if wrong := at.wrong_words:
        return sheet_form_page(at, 422, errors=in_words(wrong), focus=wrong[0].field)
    wanted = NewPack(title, at.answers, programme_of(at), key_in(request.form.get("pack_key", "")))
    try:
        with database.writing() as rows:
            name = packs.save_pack(rows, database.safe(), library(), signed_in(), wanted, now()).title
    except BadPack as fault:
        field = "pack_key" if fault.reason == "key" else "title"
        return sheet_form_page(at, 422, errors={field: pack_fault(fault)}, focus=field)
    return sheet_form_page(at, said=_("Saved as the pack “%(title)s”.") % {"title": name} + " " + kept_text(wanted.programme))


def print_it(form: SheetForm, what: str) -> Response | Redirect:
    """Prints. `what`: the version to replace, once somebody was told that the sheet has changed."""
    at = proposal_of(form)
    if at.problems and form.checked != "no":
        first = at.problems[0].field
        return sheet_form_page(at, 422, errors=in_words(at.problems), focus=FIRST_CONTROL.get(first, first))
    version = int(what) if what.isascii() and what.isdigit() and len(what) < 8 else form.version
    try:
        return printed(at, version)
    except ChangedMeanwhile as other:
        return sheet_form_page(at, 409, conflict=other.version)
    except Gone:
        alone = replace(form, handout="", version=0, once=token_urlsafe(16))
        gone = _("This sheet was revoked or deleted. Your changes are here: print them as a new sheet.")
        return sheet_form_page(proposal_of(alone), 410, said=gone)


DOES: dict[str, Callable[[SheetForm, str], Response | Redirect]] = {
    "pack": choose,
    "find": find_start,
    "look": look_for,
    "tick": tick_found,
    "note": recall_note,
    "settle": settle_answer,
    "minutes": give_minutes,
    "usual": use_usual,
    "keep": keep_dose,
    "forget": forget_dose,
    "ask": ask_override,
    "insist": insist,
    "save": save,
    "print": print_it,
    "replace": print_it,
}
