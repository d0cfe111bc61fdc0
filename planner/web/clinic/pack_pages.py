"""A clinic's own packs: the list, renaming, deleting. They are made on the new sheet."""

from __future__ import annotations

from flask import Response, redirect
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from planner.clinic.sheets import packs
from planner.clinic.sheets.packs import BadPack
from planner.web import storage as database
from planner.web.clinic.access import for_therapists, now, page, pages, signed_in
from planner.web.clinic.clinic_forms import PackTitleForm, title_form
from planner.web.clinic.new_sheet import pack_fault
from planner.web.clinic.start_field import clinic_packs


def packs_page(status: int = 200, sent: PackTitleForm | None = None) -> Response:
    """The list, each pack with a form of its own. `sent`: the one that comes back, with what is wrong with it."""
    own = clinic_packs()
    forms = {pack.id: title_form(pack.id, PackTitleForm(title=pack.title)) for pack in own}
    if sent:
        forms[sent.title.id] = sent
    return page("clinic/packs.html", status, packs=own, forms=forms, errors=sent.wrong if sent else {})


@pages.get("/packs")
@for_therapists
def list_packs() -> Response:
    return packs_page()


@pages.post("/packs/<pack>")
@for_therapists
def rename_pack(pack: str) -> Response | Redirect:
    form = title_form(pack, PackTitleForm.sent())
    try:
        with database.writing() as rows:
            done = packs.rename_pack(rows, signed_in(), pack, form.title.data, now())
    except BadPack as fault:
        form.refuse(form.title, pack_fault(fault))
        return packs_page(422, form)
    if not done:
        raise NotFound
    return redirect("/clinic/packs", 303)


@pages.post("/packs/<pack>/delete")
@for_therapists
def delete_pack(pack: str) -> Redirect:
    with database.writing() as rows:
        if not packs.delete_pack(rows, signed_in(), pack, now()):
            raise NotFound
    return redirect("/clinic/packs", 303)
