"""Printing from the new sheet: what is kept and what never is, two people at one sheet, notes, the preview."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from planner.clinic.tables import Handout, Note
from planner.database.sessions import reading
from planner.kept.plans import KeptPlan
from planner.outputs.words import level_text
from tests.clinics import house, signed_in
from tests.conftest import HTMX, an_app, only
from tests.keeping import together
from tests.rooms import Room, deleted, exercises, expired, revoked, typed
from tests.sheet_forms import Form, a_handout

MARK = "\u202e<script>alert(1)</script> & {{7*7}} “שלום” مرحبا 👩‍🦽 🌱 Grüße"
ESCAPED = MARK.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
BODY = re.compile(r"<body.*</body>", re.S)
CODE = re.compile(r"<b>(?:[0-9A-Z]{4}-){4}[0-9A-Z]</b>|<svg[^>]*class=\"qr.*?</svg>|<div class=\"qr\">.*?</div>", re.S)


@pytest.mark.parametrize("more", [{}, {"tick": ["rf_saddle:yes"]}, {"note": "n" * 900, "areas": None}, {"do": "replace:1"}])
def test_red_flags_not_checked_print_the_slip_and_keep_nothing(room: Room, more: dict[str, Any]) -> None:
    form = room.begun(reference="R 1")
    before = room.everything()
    response = room.press(form, more.pop("do", "print"), **{"checked": "no", "note": "Slowly.", **more}, expects=303)
    assert response.location == "/clinic/slip"
    room.get("/clinic/slip")
    slip = room.get("/clinic/slip.pdf")
    assert slip.mimetype == "application/pdf"
    assert 'class="stopif"' in slip.text and 'class="move' not in slip.text and "R 1" not in slip.text
    assert room.everything() == before


def test_a_red_flag_prints_the_stop_page_alone(room: Room) -> None:
    form = room.begun(tick=["rf_saddle:yes"], note="Slowly.")
    page = room.press(form, "update").text
    assert not exercises(Form(page)) and 'id="items"' in page and 'class="items"' not in page
    name = room.prints(Form(page), exercise=["bridge"], insisted=["exercise:bridge"], insisted_by=room.home.therapist, style="swedish")
    sheet = room.sheet(name)
    assert '<body class="one stops' in sheet and "your local emergency number" in sheet
    for word in ('class="move', 'class="cols"', 'class="t bar"', 'class="own"', 'class="tick"'):
        assert word not in sheet
    chart = only(r'<textarea id="chart"[^>]*>([^<]*)<', room.get(f"/clinic/sheets/{name}/made").text)
    assert level_text("emergency") in unescape(chart) and "\n1. " not in chart


@pytest.mark.parametrize("clicks", [2, 20])
def test_clicks_on_print_make_one_sheet(database_url: str, clicks: int) -> None:
    app = an_app(DATABASE_URL=database_url, WTF_CSRF_ENABLED=False)
    home = house(app.extensions["database"], "a")
    browsers = [signed_in(app, home.therapist) for _ in range(clicks)]
    form = Form(browsers[0].post("/clinic/new", data=Form(browsers[0].get("/clinic/new").text).with_(do="pack:low_desk")).text)
    sent = form.with_(do="print", checked="yes", note="Slowly.")
    found = together(clicks, lambda number: browsers[number].post("/clinic/new", data=sent).headers.get("Location"))
    with reading(app.extensions["database"]) as rows:
        counts = [rows.scalar(select(func.count()).select_from(table)) for table in (Handout, KeptPlan, Note)]
    app.extensions["database"].dispose()
    assert counts[:2] == [1, 1] and len(set(found)) == 1 and str(found[0]).endswith("/made")


def test_the_same_form_again_after_a_change_is_another_sheet(fresh: Room) -> None:
    form = fresh.begun()
    first = fresh.prints(form)
    assert fresh.prints(form) == first and fresh.prints(form, note="other") != first and fresh.handouts() == 2
    assert fresh.form().one("once") != fresh.form().one("once") != ""


def test_a_sheet_keeps_each_exercise_and_dose_as_printed(room: Room) -> None:
    name = room.prints(
        room.begun(tick=["risk_bone:osteoporosis"]),
        insisted=["exercise:seated_flexion", "exercise:bridge"],
        insisted_by=room.home.therapist,
    )
    printed, edits = re.findall(r'class="move" id="exercise:(\w+)"', room.sheet(name)), room.body(name).edits
    assert list(edits.exercises) == printed and set(edits.doses) == {*printed} and printed and edits.insisted == ()


def test_a_note_prints_as_it_was_typed(room: Room) -> None:
    form = room.begun()
    page = room.press(form, "update", note=f"\n {MARK}\x00\x1b[2J ", reference=MARK[:30])
    assert f'dir="auto">{ESCAPED} [2J</textarea>' in page.text and Form(page.text).one("note") == f"{MARK} [2J"
    name = room.prints(Form(page.text), note=MARK, reference="\u202e<b>")
    assert f'<bdi class="typed">{ESCAPED}</bdi>' in room.sheet(name)
    assert f'<bdi class="typed">{ESCAPED}</bdi>' in room.preview(form, note=MARK).text
    made = room.get(f"/clinic/sheets/{name}/made").text
    assert "&lt;script&gt;" in made and "<script>alert" not in made
    assert f"<bdi>{ESCAPED}</bdi>" in room.get("/clinic/new").text and room.body(name).note == MARK
    assert "<bdi>&lt;b&gt;</bdi>" in room.get("/clinic/repeat").text


def test_the_last_notes_are_offered_again_to_their_writer(fresh: Room) -> None:
    for words in ("one", "two", "three"):
        fresh.prints(fresh.begun(), note=words)
    form = fresh.form()
    assert [name for name in form.buttons if name.startswith("note:")] == ["note:1", "note:2", "note:3"]
    for do, words in (
        ("note:1", "three"),
        ("note:3", "one"),
        ("note:4", "mine"),
        ("note:0", "mine"),
        ("note:x", "mine"),
        ("note:²", "mine"),
    ):
        assert Form(fresh.press(form, do, note="mine").text).one("note") == words
    assert "note:1" not in Form(signed_in(fresh.app, fresh.home.owner).get("/clinic/new").text).buttons


@pytest.mark.parametrize("headers", [None, HTMX])
def test_the_second_of_two_at_one_sheet_is_told_and_loses_nothing(fresh: Room, headers: dict[str, str] | None) -> None:
    name = fresh.prints(fresh.begun(note="first"))
    mine, theirs = fresh.form(f"?change={name}"), fresh.form(f"?change={name}")
    assert mine.one("note") == "first" and mine.buttons[0] == "print" and fresh.prints(theirs, checked="yes", note="theirs") == name
    words = {"checked": "yes", "note": "mine", "reference": "R 7", "next_weeks": "3"}
    told = fresh.press(mine, "print", headers, **words, expects=409)
    form = Form(told.text)
    assert f'href="/clinic/sheets/{name}/made"' in told.text and "replace:2" in form.buttons
    assert typed(form, *words) == typed(mine, *words) and {n: form.one(n) for n in words} == words
    assert fresh.body(name).note == "theirs" and "replace:2" in form.buttons
    fresh.press(form, "print", expects=409)  # only the button that says so replaces
    assert fresh.prints(fresh.form(f"?change={name}"), checked="yes", note="a third") == name
    fresh.press(form, "replace:2", expects=409)
    fresh.press(form, "replace:9999999", expects=409)
    code = fresh.code(name)
    assert fresh.prints(form, "replace:3") == name and fresh.code(name) == code
    assert fresh.body(name).note == "mine" and fresh.opened(name).handout.reference == "R 7" and fresh.handouts() == 1


@pytest.mark.parametrize("happens", [revoked, deleted, expired])
@pytest.mark.parametrize("do", ["print", "replace:1"])
def test_a_sheet_that_is_gone_meanwhile_leaves_the_form(room: Room, happens: Callable[[Room, str], None], do: str) -> None:
    name = room.prints(room.begun(note="first"))
    form = room.form(f"?change={name}")
    happens(room, name)
    before = room.everything()
    page = room.press(form, do, checked="yes", note="mine", reference="R 7", expects=410)
    after = Form(page.text)
    assert room.everything() == before
    assert (after.one("note"), after.one("reference"), after.one("handout")) == ("mine", "R 7", "") and exercises(after) == exercises(form)
    new = room.prints(after)
    assert new != name and room.body(new).note == "mine" and room.opened(name).kept is None
    for url in (f"new?change={name}", f"new?again={name}"):
        room.get(f"/clinic/{url}", expects=404)
    for url in ("made", "sheet.pdf"):
        room.get(f"/clinic/sheets/{name}/{url}", expects=410)


def test_a_form_sent_again_after_its_sheet_was_deleted_makes_nothing_by_itself(fresh: Room) -> None:
    form = fresh.begun(note="first")
    deleted(fresh, fresh.prints(form))
    page = fresh.press(form, "print", expects=410)
    assert fresh.handouts() == 1 and fresh.prints(Form(page.text)) and fresh.handouts() == 2


def test_another_clinics_sheet_can_be_neither_changed_nor_followed(room: Room, app: Flask) -> None:
    other = Room(app)
    theirs = a_handout(other.engine, other.home, reference="secret")
    for query in ("change", "again"):
        room.get(f"/clinic/new?{query}={theirs}", expects=404)
        other.get(f"/clinic/new?{query}={theirs}")
    before = other.opened(theirs)
    for do in ("print", "replace:1"):
        page = room.press(room.begun(), do, handout=theirs, version="1", note="mine", expects=410)
        assert Form(page.text).one("note") == "mine" and "secret" not in page.text
    mine = room.prints(room.begun(), previous=theirs)
    assert room.opened(mine).handout.previous is None and room.body(mine).changes == () and other.opened(theirs).kept == before.kept


def parts(html: str) -> str:
    """The words and pictures of a sheet, without its code."""
    (body,) = BODY.findall(html)
    assert CODE.search(body)
    return " ".join(CODE.sub("", body).split())


@pytest.mark.parametrize("tick", [[], ["mobility:no_floor", "risk_bone:osteoporosis"], ["rf_saddle:yes"], ["rf_cancer:current"]])
def test_the_preview_is_the_paper(room: Room, tick: list[str]) -> None:
    form = room.begun(tick=tick, note=MARK, next_weeks="4")
    before = room.everything()
    preview = room.preview(form)
    assert room.everything() == before and "0000-0000-0000-0000-0" in preview.text
    assert parts(preview.text) == parts(room.sheet(room.prints(form)))
    again = room.form(f"?again={room.prints(form)}")
    assert parts(room.preview(again).text) == parts(room.sheet(room.prints(again, checked="yes")))


def test_the_preview_is_empty_where_there_is_nothing_to_print(room: Room) -> None:
    empty = room.get("/clinic/new/preview").text
    assert 'class="move' not in empty
    assert room.preview(room.form()).text == room.preview(room.begun(), checked="no").text == empty


def test_only_a_sheet_may_be_in_a_frame_and_only_beside_its_form(room: Room) -> None:
    name = room.prints(room.begun())
    shows = {"/clinic/new", f"/clinic/new?change={name}", f"/clinic/sheets/{name}/made"}
    shown = {"/clinic/new/preview", f"/clinic/sheets/{name}/sheet.pdf"}
    others = {
        "/",
        "/clinic/packs",
        "/clinic/repeat",
        f"/clinic/repeat/{name}",
        "/clinic/slip",
        "/clinic/slip.pdf",
        "/clinic/account",
        "/clinic/x",
    }
    for url in (*shows, *shown, *others):
        policy = room.client.get(url).headers["Content-Security-Policy"]
        assert "frame-ancestors 'self'" in policy if url in shown else "frame-ancestors 'none'" in policy, url
        assert ("frame-src" in policy) == (url in shows) and "frame-src *" not in policy, url
    for url, own in (("/clinic/new", False), ("/clinic/new/preview", True)):
        policy = room.post(url, room.begun().with_(do="update"), expects=200).headers["Content-Security-Policy"]
        assert ("frame-ancestors 'self'" in policy) == own and ("frame-src 'self'" in policy) != own
