"""A clinic's own packs: the list, their names and keys, deleting; and every pack in the order of whoever is signed in."""

from __future__ import annotations

from flask import Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from planner.clinic.sheets import packs
from planner.clinic.sheets.pack_order import PlacedPack, arranged, place_pack, read_liking
from planner.clinic.sheets.packs import BadPack, OwnPack
from planner.web import storage as database
from planner.web.clinic.access import for_therapists, now, page, pages, signed_in
from planner.web.clinic.clinic_forms import PackForm, form_of
from planner.web.clinic.pack_choice import kept_lines, key_in, key_options, pack_fault
from planner.web.clinic.start_field import clinic_packs
from planner.web.clinic.this_clinic import clinic_library
from planner.web.render import library


def packs_page(status: int = 200, sent: PackForm | None = None) -> Response:
    """The list, each pack with a form of its own. `sent`: the one that comes back, with what is wrong with it."""
    own = clinic_packs()
    placed = arranged(read_liking(signed_in().packs), library(), own)
    forms = {pack.id: form_of(pack.id, PackForm(title=pack.title, key=pack.key or "")) for pack in own}
    if sent:
        forms[sent.title.id] = sent
    return page(
        "clinic/packs.html",
        status,
        packs=own,
        placed=placed,
        forms=forms,
        keys={pack.id: key_options(placed, pack.id) for pack in own},
        kept={pack.id: kept_lines(pack.programme, clinic_library()) for pack in own},
        errors=sent.wrong if sent else {},
        focus=pressed_last(placed, request.args.get("did", ""), request.args.get("at", "")),
    )


def pressed_last(placed: list[PlacedPack], did: str, at: str) -> str:
    """The id of the button to go on with: the one that was pressed, or the other way round where its pack can go no further."""
    names = [one.pack.id for one in placed]
    if at not in names or did not in ("up", "down", "star"):
        return ""
    other, beside = {"up": ("down", names.index(at) - 1), "down": ("up", names.index(at) + 1)}.get(did, (did, names.index(at)))
    free = 0 <= beside < len(placed) and placed[beside].starred == placed[names.index(at)].starred
    return f"{did if free else other}-{at}"


@pages.get("/packs")
@for_therapists
def list_packs() -> Response:
    return packs_page()


@pages.post("/packs/<pack>")
@for_therapists
def change_pack(pack: str) -> Response | Redirect:
    form = form_of(pack, PackForm.sent())
    own = clinic_packs()
    key = key_in(form.key.data) if "key" in request.form else key_now(own, pack)
    try:
        with database.writing() as rows:
            done = packs.change_pack(rows, signed_in(), own, pack, form.title.data, key, now())
    except BadPack as fault:
        form.refuse(form.key if fault.reason == "key" else form.title, pack_fault(fault))
        return packs_page(422, form)
    if not done:
        raise NotFound
    return redirect("/clinic/packs", 303)


def key_now(own: list[OwnPack], pack: str) -> int:
    return next((one.key for one in own if one.id == pack), 0)


@pages.post("/packs/<pack>/place")
@for_therapists
def place(pack: str) -> Redirect:
    """A star on or off, or one place up or down, for whoever is signed in; nobody else's list changes."""
    do, own = request.form.get("do", ""), clinic_packs()
    with database.writing() as rows:
        if not place_pack(rows, signed_in(), library(), own, pack, do):
            raise NotFound
    return redirect(
        f"/clinic/packs?did={do.removeprefix('un')}&at={pack}" if do in ("up", "down", "star", "unstar") else "/clinic/packs", 303
    )


@pages.get("/packs/<pack>/delete")
@for_therapists
def ask_delete_pack(pack: str) -> Response:
    found = next((one for one in clinic_packs() if one.id == pack), None)
    if found is None:
        raise NotFound
    return page("clinic/delete_pack.html", pack=found)


@pages.post("/packs/<pack>/delete")
@for_therapists
def delete_pack(pack: str) -> Redirect:
    with database.writing() as rows:
        if not packs.delete_pack(rows, signed_in(), pack, now()):
            raise NotFound
    return redirect("/clinic/packs", 303)
