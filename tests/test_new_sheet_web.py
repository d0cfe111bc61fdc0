"""The new sheet in a browser without scripts: packs, buttons that lose nothing, what is wrong, and what wants initials."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from planner.domain.model import Library
from tests.conftest import HTMX
from tests.rooms import Room, errors, exercises, focused, typed
from tests.sheet_forms import Form, a_pack

TYPED: dict[str, Any] = {
    "checked": "yes",
    "tick": ["health:anticoagulant", "kneel_ok:no"],
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
def test_no_pack_and_no_code(room: Room, words: str) -> None:
    page = room.press(room.begun(), "find", start=words, note="stays")
    form = Form(page.text)
    assert page.status_code == 422 and "no code" in errors(page)["start"] and focused(page) == "start"
    assert form.one("start") == words and form.one("note") == "stays" and form.one("pack") == "Low back, desk"


def test_the_clinics_own_packs_come_first_and_nobody_elses(fresh: Room, app: Flask) -> None:
    a_pack(fresh.engine, fresh.home, "zz ours")
    theirs = a_pack(fresh.engine, Room(app).home, "aa theirs")
    page = fresh.press(fresh.form(), "find", start="1")
    assert Form(page.text).one("pack") == "zz ours" and "aa theirs" not in page.text
    assert Form(fresh.press(fresh.form(), f"pack:{theirs}").text).one("pack") == ""
    assert errors(fresh.press(fresh.form(), "find", start="aa theirs"))


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
        page = fresh.press(before, do, headers, **sent)
        after = Form(page.text)
        assert page.status_code == (422 if do == "print" else 200), do
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


NOT_BEGUN = {"pack": "Choose a pack, or tick where it hurts", "checked": "Say if red flags were checked in this session"}


@pytest.mark.parametrize(
    ("sent", "field", "message", "focus"),
    [
        ({"checked": None}, "checked", NOT_BEGUN["checked"], "checked-yes"),
        ({"checked": "perhaps"}, "checked", NOT_BEGUN["checked"], "checked-yes"),
        ({"areas": None}, "pack", NOT_BEGUN["pack"], "start"),
        ({"reference": "r" * 41}, "reference", "Use at most 40 characters", "reference"),
        ({"note": "n" * 303}, "note", "The note is 3 characters too long", "note"),
        ({"note": "drink 茶 or चाय"}, "note", "Our paper has no letters for 茶 च ा य in the note", "note"),
        ({"minutes": "5"}, "items", "minutes too many. Ease or remove an exercise", "items"),
        ({"exercise": ["bridge"], "dose": None}, "items", "Add an exercise for movement", "items"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(room: Room, sent: dict[str, Any], field: str, message: str, focus: str) -> None:
    form = room.begun(minutes="20")
    form = Form(room.press(form, f"swap:{exercises(form)[0]}").text)  # so that the exercises are the therapist's own
    before = room.everything()
    page = room.press(form, "print", **{"reference": "R 1", "note": "Slowly.", **sent})
    assert page.status_code == 422 and focused(page) == focus
    assert list(errors(page)) == [field] and message in errors(page)[field]
    after = Form(page.text)
    for name in ("reference", "note"):
        assert after.one(name) == {"reference": "R 1", "note": "Slowly.", **sent}[name]
    assert room.everything() == before


def test_all_that_is_wrong_is_said_at_once(room: Room) -> None:
    page = room.press(room.form(), "print", note="x" * 301, reference="y" * 41)
    assert page.status_code == 422 and focused(page) == "start"
    assert list(errors(page)) == ["pack", "checked", "reference", "note"] and errors(page) | NOT_BEGUN == errors(page)
    assert Form(page.text).one("note") == "x" * 301


def asking(room: Room, line: str = "exercise:bridge") -> tuple[Form, TestResponse]:
    """A sheet form with room for one more, and the page that asks before the bridge is added for somebody who can't get to the floor."""
    form = room.begun(**{**TYPED, "tick": ["mobility:no_floor"]})
    form = Form(room.press(form, f"remove:{exercises(form)[0]}").text)
    assert f"ask:{line}" in form.buttons
    return form, room.press(form, f"ask:{line}", start="K7QM", title="Our des")


def halves(page: TestResponse) -> tuple[Form, Form]:
    """The two forms of that page: back, and on."""
    found = [Form(f"<form{part}", "") for part in page.text.split("<form")[1:]]
    back, on = (form for form in found if form.data and form.buttons)
    return back, on


def test_what_the_cautions_speak_against_names_the_risk_first(room: Room) -> None:
    form, page = asking(room)
    assert page.status_code == 200 and "Something speaks against Bridge" in page.text
    assert "Because of <q>" in page.text and "floor" in page.text.partition("<ul")[2].partition("</ul>")[0]
    back, on = halves(page)
    assert back.buttons == ["update"] and set(on.buttons) == {"insist:exercise:bridge"} and page.text.count("autofocus") == 1
    assert page.text.index("Go back") < page.text.index("I have checked this")
    returned = Form(room.client.post("/clinic/new", data=back.with_(do="update")).text)
    assert typed(returned) == typed_in(form, {"start": "K7QM", "title": "Our des"}, set())


@pytest.mark.parametrize("initials", ["", "  ", "ABCDE", "J.T", "<b>", "\u202e"])
def test_adding_it_wants_initials(room: Room, initials: str) -> None:
    form, page = asking(room)
    again = room.client.post("/clinic/new", data=halves(page)[1].with_(do="insist:exercise:bridge", initials=initials))
    assert again.status_code == 422 and errors(again) == {"initials": "Type 1 to 4 letters: your initials"} and focused(again) == "initials"
    back, on = halves(again)
    assert on.one("initials") == initials and back.one("initials") == ""
    assert typed(on, "initials") == typed(halves(page)[1], "initials")
    assert typed(Form(room.press(back, "update").text)) == typed_in(form, {"start": "K7QM", "title": "Our des"}, set())


def test_initials_are_printed_beside_what_was_added(room: Room) -> None:
    _form, page = asking(room)
    after = room.client.post("/clinic/new", data=halves(page)[1].with_(do="insist:exercise:bridge", initials="jt"))
    form = Form(after.text)
    assert after.status_code == 200 and "bridge" in exercises(form) and focused(after) == "swap-bridge"
    assert form.one("initials") == "JT" and form.all("insisted") == ["exercise:bridge"] and form.one("reference") == "R 12/b"
    without = room.press(form, "print", initials="")
    assert without.status_code == 422 and list(errors(without)) == ["initials"] and focused(without) == "initials"
    sheet = room.sheet(room.prints(form))
    part = sheet.partition('id="exercise:bridge"')[2].partition('class="dose"')[0]
    assert "Chosen by JT." in part and sheet.count("Chosen by") == 1


NEVER = {
    "do": ["ask:exercise:seated_flexion", "insist:exercise:seated_flexion", "add:seated_flexion", "insist:massage:deep_tissue"],
    "fields": {"insisted": ["exercise:seated_flexion", "massage:deep_tissue"], "initials": "JT", "style": "deep_tissue", "pressure": "4"},
}


def test_what_nobody_may_add_cannot_be_forged(room: Room, library: Library) -> None:
    form = room.begun(tick=["health:osteoporosis"])
    page = room.press(form, "update").text
    for item in (library.exercises["seated_flexion"], library.massages["deep_tissue"]):
        assert f"<s>{item.title}</s> <small>" in page and item.id not in "".join(form.buttons)
    for do in NEVER["do"]:
        after = room.press(form, do, **NEVER["fields"])
        assert after.status_code == 200 and "Something speaks against" not in after.text
        assert "seated_flexion" not in [*exercises(Form(after.text)), *Form(after.text).all("exercise")] and "at most 2" in after.text
    names = [*exercises(form), "seated_flexion"]
    forged = {**NEVER["fields"], "exercise": names, "dose": [f"{name}:half" for name in names]}
    sheet = room.sheet(room.prints(form, **forged))
    assert "exercise:seated_flexion" not in sheet and "Chosen by" not in sheet and "eep tissue" not in sheet and sheet.count('"move"') > 1
