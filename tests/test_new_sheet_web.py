"""The new sheet in a browser without scripts: packs, buttons that lose nothing, what is wrong, and what wants initials."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from planner.clinic.sheets.problems import Problem
from planner.domain.model import Library
from planner.web.clinic.problem_words import in_words
from planner.web.clinic.start_field import mistyped, no_such_sheet
from tests.conftest import HTMX, only
from tests.rooms import Room, errors, exercises, focused, typed
from tests.sheet_forms import Form, a_pack

TYPED: dict[str, Any] = {
    "checked": "yes",
    "tick": ["risk_blood:anticoagulant", "kneel_ok:no"],
    "minutes": "20",
    "age_band": "60_74",
    "goal": "sport",
    "goal_words": "play the “cello” & sing",
    "given": "swedish",
    "next_weeks": "5",
    "reference": "R 12/b",
    "note": "Slowly. <b>Not</b> {{7*7}} %(n)s",
    "start": "K7QM",
    "title": "Our des",
}
OWN = re.compile(r'<b class="own">([^<]*)</b>')
"""What says on paper who added a line."""
BUTTONS = ("swap", "remove", "less", "more")
MARK = "\u202e<script>alert(1)</script> שלום 👩‍🦽 🌱"


def test_a_pack_by_button_by_number_and_by_name(room: Room, library: Library) -> None:
    pack = library.packs["low_desk"]
    number = str(list(library.packs).index("low_desk") + 1)
    pages = [room.press(room.form(), "pack:low_desk")]
    for words in (number, f" {number} ", "low back, d", "DESK LOW"):
        form = room.form()
        assert form.buttons[0] == "find", "what Enter presses"
        pages.append(room.press(form, "find", start=words))
    for page in pages:
        form = Form(page.text)
        assert page.status_code == 200 and form.one("pack") == pack.title and form.all("areas") == ["low_back"]
        assert focused(page) == "checked-yes" and form.one("start") == "" and not errors(page)
        assert exercises(form) == exercises(Form(pages[0].text)) != []
        assert typed(form, "once") == typed(Form(pages[0].text), "once")
    assert room.begun().one("checked") == "yes" and focused(room.press(room.begun(), "pack:neck_desk")) == "start"


@pytest.mark.parametrize("words", ["0", "10", "99", "²", "1.5", "xyzzy", "-1", MARK, "ab" * 90])
def test_no_pack_and_no_code(room: Room, library: Library, words: str) -> None:
    page = room.press(room.begun(), "find", start=words, note="stays", expects=422)
    form = Form(page.text)
    assert list(errors(page)) == ["start"] and errors(page)["start"] not in (mistyped(), no_such_sheet()) and focused(page) == "start"
    assert form.one("start") == words and form.one("note") == "stays" and form.one("pack") == library.packs["low_desk"].title


def test_the_clinics_own_packs_come_first_and_nobody_elses(fresh: Room, app: Flask) -> None:
    a_pack(fresh.engine, fresh.home, "zz ours", key=1)
    theirs = a_pack(fresh.engine, Room(app).home, "aa theirs")
    page = fresh.press(fresh.form(), "find", start="1")
    assert Form(page.text).one("pack") == "zz ours" and "aa theirs" not in page.text
    assert Form(fresh.press(fresh.form(), f"pack:{theirs}").text).one("pack") == ""
    assert errors(fresh.press(fresh.form(), "find", start="aa theirs", expects=422))


@pytest.mark.parametrize("headers", [None, HTMX])
def test_every_button_keeps_what_was_typed(fresh: Room, headers: dict[str, str] | None) -> None:
    fresh.prints(fresh.begun(), note="an older note")
    before = Form(fresh.press(fresh.begun(), "update", **TYPED).text)
    before = Form(fresh.press(before, f"less:{exercises(before)[1]}").text)
    added = next(value for value in before.buttons if value.startswith("add:"))
    names = [f"{do}:{exercises(before)[0]}" for do in BUTTONS] + [added, "less", "more", "reset", "note:1", "find", "update", "save"]
    assert set(names) <= set(before.buttons)
    for do in (*names, "print", "nonsense", "swap:", "swap:nothing", "pack:nothing", "save:x\x00"):
        sent = TYPED | ({"start": ""} if do == "find" else {}) | ({"reference": "x" * 50} if do == "print" else {})
        after = Form(fresh.press(before, do, headers, expects=422 if do == "print" else 200, **sent).text)
        changed = {"exercise", "dose", *(["note"] if do == "note:1" else []), *(["start"] if do == "pack:nothing" else [])}
        assert typed(after, *changed) == typed_in(before, sent, changed), do
        assert after.one("note") == ("an older note" if do == "note:1" else TYPED["note"])
        assert (exercises(after) != exercises(before)) == (do in (names[0], names[1], added)), do


def typed_in(before: Form, sent: dict[str, Any], but: set[str]) -> Any:
    """What the browser sent, apart from what the button is for."""
    data: MultiDict[str, str] = before.with_(**sent)
    form = Form("")
    form.data = list(data.items(multi=True))
    return typed(form, *but)


def test_a_pack_keeps_what_was_said_about_the_session(room: Room) -> None:
    after = Form(room.press(room.form(), "pack:neck_desk", **{name: TYPED[name] for name in TYPED if name != "minutes"}).text)
    for name in ("checked", "given", "next_weeks", "reference", "note", "title"):
        assert after.one(name) == TYPED[name], name
    assert after.all("areas") == ["neck_shoulders"] and after.all("tick") == ["day:desk"]


@pytest.mark.parametrize(
    ("sent", "problem", "focus"),
    [
        ({"checked": None}, Problem("checked", "checked"), "checked-yes"),
        ({"checked": "perhaps"}, Problem("checked", "checked"), "checked-yes"),
        ({"areas": None}, Problem("pack", "begin"), "start"),
        ({"reference": "r" * 41}, Problem("reference", "reference", 40), "reference"),
        ({"note": "n" * 303}, Problem("note", "note", 3), "note"),
        ({"note": "drink 茶 or चाय"}, Problem("note", "letters", words="茶चाय"), "note"),
        ({"minutes": "5"}, None, "items"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(room: Room, sent: dict[str, Any], problem: Problem | None, focus: str) -> None:
    form = room.begun(minutes="20")
    form = Form(room.press(form, f"swap:{exercises(form)[0]}").text)  # so that the exercises are the therapist's own
    before = room.everything()
    page = room.press(form, "print", **{"reference": "R 1", "note": "Slowly.", **sent}, expects=422)
    assert focused(page) == focus
    assert errors(page) == in_words((problem,)) if problem else list(errors(page)) == ["items"]
    after = Form(page.text)
    for name in ("reference", "note"):
        assert after.one(name) == {"reference": "R 1", "note": "Slowly.", **sent}[name]
    assert room.everything() == before


def test_all_that_is_wrong_is_said_at_once(room: Room) -> None:
    page = room.press(room.form(), "print", note="x" * 301, reference="y" * 41, expects=422)
    assert focused(page) == "start"
    assert list(errors(page)) == ["pack", "checked", "reference", "note"]
    assert Form(page.text).one("note") == "x" * 301


def asking(room: Room, line: str = "exercise:bird_dog") -> tuple[Form, TestResponse]:
    """A sheet form with room for one more, and the page that asks before a bird dog is added for somebody who can't get to the floor."""
    form = room.begun(**{**TYPED, "tick": ["mobility:no_floor"]})
    form = Form(room.press(form, f"remove:{exercises(form)[0]}").text)
    assert f"ask:{line}" in form.buttons
    return form, room.press(form, f"ask:{line}", start="K7QM", title="Our des")


def halves(page: TestResponse) -> tuple[Form, Form]:
    """The two forms of that page: back, and on."""
    found = [Form(f"<form{part}", "") for part in page.text.split("<form")[1:]]
    back, on = (form for form in found if form.data and form.buttons)
    return back, on


def test_what_the_cautions_speak_against_names_the_risk_first(room: Room, library: Library) -> None:
    form, page = asking(room)
    assert library.exercises["bird_dog"].title in only("<h1>([^<]*)</h1>", page.text) and "<q>" in page.text
    assert unescape(library.demands["floor"].reason) in unescape(page.text.partition("<ul")[2].partition("</ul>")[0])
    back, on = halves(page)
    assert back.buttons == ["update"] and set(on.buttons) == {"insist:exercise:bird_dog"} and page.text.count("autofocus") == 1
    assert page.text.index('value="update"') < page.text.index('value="insist:')
    returned = Form(room.post("/clinic/new", back.with_(do="update"), expects=200).text)
    assert typed(returned) == typed_in(form, {"start": "K7QM", "title": "Our des"}, set())


@pytest.mark.parametrize("typed_in", ["", "JT", "<b>"])
def test_the_initials_of_whoever_is_signed_in_are_printed_beside_what_was_added(room: Room, typed_in: str) -> None:
    """Theo Therapist. What a form says of initials counts for nothing."""
    _form, page = asking(room)
    assert "Your initials, TT, are printed beside it." in page.text and "I have checked this" in page.text
    after = room.post("/clinic/new", halves(page)[1].with_(do="insist:exercise:bird_dog", initials=typed_in), expects=200)
    form = Form(after.text)
    assert "bird_dog" in exercises(form) and focused(after) == "swap-bird_dog" and 'class="initials">TT<' in after.text
    assert form.all("insisted") == ["exercise:bird_dog"] and form.one("reference") == "R 12/b"
    sheet = room.sheet(room.prints(form, initials=typed_in))
    part = sheet.partition('id="exercise:bird_dog"')[2].partition('class="dose"')[0]
    assert "TT" in only(OWN, part) and len(OWN.findall(sheet)) == 1 and not re.search(r"\bJT\b", sheet)


NEVER: dict[str, Any] = {
    "insisted": ["exercise:seated_flexion", "massage:deep_tissue"],
    "style": "deep_tissue",
    "pressure": "4",
}
NEVER_DO = ["ask:exercise:seated_flexion", "insist:exercise:seated_flexion", "add:seated_flexion", "insist:massage:deep_tissue"]


def test_what_nobody_may_add_cannot_be_forged(room: Room, library: Library) -> None:
    form = room.begun(tick=["risk_bone:osteoporosis"])
    page = room.press(form, "update").text
    for item in (library.exercises["seated_flexion"], library.massages["deep_tissue"]):
        assert f"<s>{item.title}</s> <small>" in page and item.id not in "".join(form.buttons)
    by = {**NEVER, "insisted_by": room.home.therapist}
    for do in NEVER_DO:
        after = room.press(form, do, **by)
        assert "insist:" not in after.text and 'id="pressure-3"' not in after.text
        assert "seated_flexion" not in [*exercises(Form(after.text)), *Form(after.text).all("exercise")]
    names = [*exercises(form), "seated_flexion"]
    forged = {**by, "exercise": names, "dose": [f"{name}:half" for name in names]}
    sheet = room.sheet(room.prints(form, **forged))
    assert (
        "exercise:seated_flexion" not in sheet
        and not OWN.search(sheet)
        and library.massages["deep_tissue"].title not in sheet
        and sheet.count('"move"') > 1
    )
