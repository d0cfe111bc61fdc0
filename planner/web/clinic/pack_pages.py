"""A clinic's own packs: the list, renaming, deleting. They are made on the new sheet."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from planner.clinic.sheets import packs
from planner.clinic.sheets.packs import BadPack
from planner.web import storage as database
from planner.web.clinic.access import for_therapists, now, page, pages, signed_in
from planner.web.clinic.new_sheet import pack_fault
from planner.web.render import library


def packs_page(status: int = 200, **context: Any) -> Response:
    with database.reading() as rows:
        own = packs.own_packs(rows, library(), signed_in().clinic_id)
    return page("clinic/packs.html", status, packs=own, **{"typed": {}, "errors": {}, **context})


@pages.get("/packs")
@for_therapists
def list_packs() -> Response:
    return packs_page()


@pages.post("/packs/<pack>")
@for_therapists
def rename_pack(pack: str) -> Response | Redirect:
    title = request.form.get("title", "")[:60]
    try:
        with database.writing() as rows:
            done = packs.rename_pack(rows, signed_in(), pack, title, now())
    except BadPack as fault:
        return packs_page(422, typed={pack: title}, errors={pack: pack_fault(fault)})
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
