"""The new sheet: one page, one form. Every button posts the form and gets the page again; only printing and saving a pack keep anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from secrets import token_urlsafe
from typing import Any

from flask import Response, current_app, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from planner.clinic.people.names import clean_initials
from planner.clinic.sheets import notes, packs
from planner.clinic.sheets.changes import moved
from planner.clinic.sheets.packs import BadPack
from planner.clinic.sheets.proposal import Proposal
from planner.clinic.sheets.sheet_form import Bench, read_bench, with_pack
from planner.kept.plans import ChangedMeanwhile, Gone
from planner.languages.translate import gettext as _
from planner.outputs.changed import changed_text
from planner.web import storage as database
from planner.web.clinic.access import clinic, for_therapists, now, page, pages, signed_in
from planner.web.clinic.old_sheets import changed_bench, changes, fresh, old_sheet, opened_handout, repeated
from planner.web.clinic.printing import printed
from planner.web.clinic.sheet_papers import on_sheet, preview_of, shown_head
from planner.web.clinic.sheet_view import Drawn, in_words
from planner.web.clinic.start_field import found, misses
from planner.web.render import library
from planner.web.render import page as plain_page

NOT_REPEATED = ("csrf_token", "do", "initials")
FIRST_CONTROL = {"checked": "checked-yes", "pack": "start"}  # of a field that is wrong; else the control is named like the field
KEYS = {"swap": "swap", "remove": "remove", "add": "swap"}  # which button of a row has the focus afterwards


def proposal(bench: Bench) -> Proposal:
    return Proposal(library(), bench, str(current_app.config["COUNTRY"]), date.today())


def bench_page(at: Proposal, status: int = 200, **context: Any) -> Response:
    """The page. `errors`: field -> sentence; `focus`: id of the control to go on with."""
    me = signed_in()
    with database.reading() as rows:
        own = packs.own_packs(rows, library(), me.clinic_id)
        last = notes.recent(rows, database.safe(), me)
    view = Drawn(at, own, last, changed_text(changes(at)), request.form.get("title", "")[:60])
    usual = {"errors": {}, "focus": "", "start": start_left(), "conflict": 0, "said": ""}
    return page("clinic/bench.html", status, bench=at.bench, now=at, view=view, **{**usual, **context})


def start_left() -> str:
    """What is half typed in the first field; empty once it has led to something."""
    return "" if request.form.get("do", "").partition(":")[0] in ("find", "pack") else request.form.get("start", "")[:200]


@pages.get("/new")
@for_therapists
def new() -> Response:
    """Empty, or `again`: the sheet that follows a handout, or `change`: a handout that was printed. Both are ids."""
    once = token_urlsafe(16)
    if again := request.args.get("again", ""):
        old = old_sheet(again)
        if old is None:
            raise NotFound
        return bench_page(proposal(repeated(old, once, str(current_app.config["COUNTRY"]))), focus="checked-yes")
    if change := request.args.get("change", ""):
        opened = opened_handout(change)
        bench = changed_bench(opened, once) if opened else None
        if bench is None:
            raise NotFound
        return bench_page(proposal(bench), focus="checked-yes")
    return bench_page(proposal(fresh(once)))


@pages.post("/new")
@for_therapists
@misses
def work() -> Response | Redirect:
    bench = read_bench(library(), request.form.to_dict(flat=False))
    pressed = request.form.get("do", "")
    do, _colon, what = pressed.partition(":")
    if do in DOES:
        return DOES[do](bench, what)
    before = proposal(bench)
    after = moved(pressed, before)
    return bench_page(proposal(after), focus=focus(do, what, before, after))


def focus(do: str, what: str, before: Proposal, after: Bench) -> str:
    """The button to go on with, where the one that was pressed is gone: that of the new row, or of the next one."""
    if do not in KEYS:
        return ""
    rows = [row.id for row in proposal(after).rows]
    new_ones = [name for name in rows if name not in before.wanted]
    place = next((number for number, row in enumerate(before.rows) if row.id == what), 0)
    name = what if what in rows else new_ones[0] if new_ones else rows[min(place, len(rows) - 1)] if rows else ""
    return f"{KEYS[do]}-{name}"


def choose(bench: Bench, what: str) -> Response:
    """Begins again from a pack: the clinic's own, or ours."""
    with database.reading() as rows:
        own = {pack.id: pack for pack in packs.own_packs(rows, library(), signed_in().clinic_id)}
    pack = own.get(what) or library().packs.get(what)
    begun = with_pack(bench, library(), pack.title, pack.answers) if pack else bench
    return bench_page(proposal(begun), focus="" if bench.checked else "checked-yes")


def find(bench: Bench, _what: str) -> Response | Redirect:
    return found(bench, lambda other, **context: bench_page(proposal(other), **context))


def note(bench: Bench, what: str) -> Response:
    """One of the last notes, where there is no script to fill it in."""
    with database.reading() as rows:
        last = notes.recent(rows, database.safe(), signed_in())
    place = int(what) - 1 if what.isascii() and what.isdigit() and len(what) < 3 else -1
    text = last[place] if 0 <= place < len(last) else bench.note
    return bench_page(proposal(replace(bench, note=text)))


def ask(bench: Bench, line: str, status: int = 200, **context: Any) -> Response:
    """The page that names the risk before something is added."""
    choice = proposal(bench).choice(line)
    if choice is None or choice.state != "ask":
        return bench_page(proposal(bench))
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_REPEATED]
    usual = {"errors": {}, "initials": ""}
    shown = {**usual, **context, "fields": fields, "kept": bench.edits.initials}
    return page("clinic/override.html", status, choice=choice, line=line, **shown)


def insist(bench: Bench, line: str) -> Response:
    typed = request.form.get("initials", "")
    if not clean_initials(typed):
        message = _("Type 1 to 4 letters: your initials")
        return ask(bench, line, 422, errors={"initials": message}, initials=typed[:20])
    return bench_page(proposal(moved(f"insist:{line}", proposal(bench))), focus=f"swap-{line.partition(':')[2]}")


def save(bench: Bench, _what: str) -> Response:
    """Keeps the answers as a pack of the clinic. The page stays as it is: work in progress is not left for a redirect."""
    at, title = proposal(bench), request.form.get("title", "")
    if not bench.begun:
        return bench_page(at, 422, errors={"pack": _("Choose a pack, or tick where it hurts")})
    try:
        with database.writing() as rows:
            made = packs.save_pack(rows, library(), signed_in(), title, at.answers, now())
            name = made.title
    except BadPack as fault:
        return bench_page(at, 422, errors={"title": pack_fault(fault)}, focus="title")
    return bench_page(at, said=_("Saved as the pack “%(title)s”.") % {"title": name})


def pack_fault(fault: BadPack) -> str:
    return {
        "title": _("Type a name of at most 40 characters"),
        "taken": _("There is a pack with this name. Choose another"),
        "many": _("You have 50 packs. Delete one first"),
    }[fault.reason]


def print_it(bench: Bench, what: str) -> Response | Redirect:
    """Prints. `what`: the version to replace, once somebody was told that the sheet has changed."""
    at = proposal(bench)
    if at.problems and bench.checked != "no":
        first = at.problems[0].field
        return bench_page(at, 422, errors=in_words(at.problems), focus=FIRST_CONTROL.get(first, first))
    version = int(what) if what.isascii() and what.isdigit() and len(what) < 8 else bench.version
    try:
        return printed(at, version)
    except ChangedMeanwhile as other:
        return bench_page(at, 409, conflict=other.version)
    except Gone:
        alone = replace(bench, handout="", version=0, once=token_urlsafe(16))
        gone = _("This sheet was revoked or deleted. Your changes are here: print them as a new sheet.")
        return bench_page(proposal(alone), 410, said=gone)


DOES: dict[str, Callable[[Bench, str], Response | Redirect]] = {
    "pack": choose,
    "find": find,
    "note": note,
    "ask": ask,
    "insist": insist,
    "save": save,
    "print": print_it,
    "replace": print_it,
}


@pages.get("/new/preview")
@for_therapists
def empty_preview() -> Response:
    return plain_page("clinic/preview.html", lang="en", size=clinic().paper.lower())


@pages.post("/new/preview")
@for_therapists
def preview() -> Response:
    """The sheet as it would print now. Nothing is kept."""
    bench = read_bench(library(), request.form.to_dict(flat=False))
    at = proposal(bench)
    if not bench.begun or bench.checked == "no":
        return empty_preview()
    more = on_sheet(at.plan, shown_head(), bench.edits) | {"note": bench.note, "changed": changed_text(changes(at))}
    return Response(preview_of(at.plan, clinic().paper.lower(), **more), content_type="text/html; charset=utf-8")
