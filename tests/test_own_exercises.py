"""A clinic's own exercises: written, found, printed as its own, held by the limits; never in another clinic, and as printed for good."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask

from planner.domain.model import Library
from tests import pictures
from tests.own_exercises import ADDRESS, BALL, added, listed, moves, removes, sends, wrote
from tests.rooms import Room, errors, exercises
from tests.sheet_forms import Form
from tests.test_packs import left_out, saved

HOSTILE = "<b>{{7*7}}</b> {PHYSIO} & co"


def test_it_is_listed_changed_and_removed_which_asks(fresh: Room) -> None:
    assert "None yet." in fresh.get(ADDRESS).text and f'href="{ADDRESS}"' in fresh.get("/clinic/sheets").text
    name = wrote(fresh)
    page = fresh.get(ADDRESS).text
    assert BALL["title"] in page and "2 × 9, hold 3 s" in unescape(page) and "Standing, no hand" in page
    row = name.removeprefix("own_")
    form = fresh.get(f"{ADDRESS}/{row}").text
    for value in (BALL["title"], BALL["step-1"], BALL["step-2"]):
        assert f'value="{value}"' in form
    assert re.search(r'value="standing_free"[^>]* checked', form) and re.search(r'value="standing" selected', form)
    sends(fresh, at=row, title="Ball, slowly")
    assert "Ball, slowly" in fresh.get(ADDRESS).text and len(listed(fresh)) == 1 and listed(fresh) != [row]
    (now_called,) = listed(fresh)
    assert "Remove this exercise?" in fresh.get(f"{ADDRESS}/{now_called}/remove").text and listed(fresh) == [now_called]
    removes(fresh, now_called)
    assert listed(fresh) == [] and "None yet." in fresh.get(ADDRESS).text
    removes(fresh, now_called, expects=404)
    for url in (f"{ADDRESS}/{row}", f"{ADDRESS}/{now_called}", f"{ADDRESS}/{'0' * 32}"):
        fresh.get(url, expects=404)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 61}, "title"),
        ({"title": "漢"}, "title"),
        ({"step-2": ""}, "step-2"),
        ({"step-1": "s" * 101}, "step-1"),
        ({"repeats": "", "seconds": ""}, "repeats"),
        ({"seconds": "30"}, "repeats"),
        ({"repeats": "51"}, "repeats"),
        ({"sets": "0"}, "sets"),
        ({"days_a_week": "8"}, "days_a_week"),
        ({"sides": "two"}, "sides"),
        ({"start": "flying"}, "start"),
        ({"purpose": ""}, "purpose"),
        ({"region": []}, "region"),
        ({"demand": []}, "demand"),
        ({"demand": ["none", "bend_far"]}, "demand"),
    ],
)
def test_what_cannot_be_printed_or_held_to_limits_is_said_beside_its_field(room: Room, sent: dict[str, Any], field: str) -> None:
    before = room.everything()
    page = sends(room, 422, **sent)
    assert list(errors(page)) == [field] and room.everything() == before
    for name, value in {**BALL, **sent}.items():
        if isinstance(value, str) and value and name not in ("start", "purpose", "title"):
            assert f'value="{value.strip()}"' in page.text, name


def test_two_of_one_name_are_refused_and_a_second_press_adds_none(fresh: Room) -> None:
    name = wrote(fresh)
    assert list(errors(sends(fresh, 422, title="BALL on the Wall"))) == ["title"]
    sends(fresh, at=name.removeprefix("own_"))
    assert listed(fresh) == [name.removeprefix("own_")], "nothing new, nothing kept"


def test_it_is_found_added_and_printed_as_from_the_clinic(fresh: Room) -> None:
    name = wrote(fresh)
    proposed = fresh.begun(minutes="30")
    assert name not in exercises(proposed), "nobody gets one unasked"
    found = fresh.press(proposed, "look", query="ball wall")
    assert f"add:{name}" in Form(found.text).buttons and "From your clinic" in found.text
    form = added(fresh, name)
    assert name in exercises(form) and form.one(f"dose-sets-{name}") == "2" and form.one(f"dose-repeats-{name}") == "9"
    handout = fresh.prints(form)
    sheet = moves(fresh.sheet(handout), name)
    assert BALL["title"] in sheet and "From your clinic." in sheet and str(BALL["step-1"]) in sheet and "2 × 9" in sheet
    made = unescape(fresh.get(f"/clinic/sheets/{handout}/made").text)
    assert f"{BALL['title']} (from your clinic): 2 × 9" in made
    home = f"/kept/{fresh.code(handout)}"
    patient = fresh.app.test_client()
    page, paper, plain = (unescape(patient.get(url, expects=200).text) for url in (home, f"{home}.pdf", f"{home}.txt"))
    for words in (page, paper, plain):
        assert str(BALL["title"]).lower() in words.lower() and "From your clinic." in words
    assert f"/exercises/{name}" not in page, "it has no page in the library"
    assert "We have not looked at how well it works." in page
    patient.get(f"/exercises/{name}", expects=404)
    for ending in (".json", ".ics", ".html", "/session"):
        assert patient.get(home + ending, expects=200).data


@pytest.mark.parametrize(
    ("tick", "demand", "state"),
    [
        ("risk_bone:osteoporosis", "bend_far", "never"),
        ("mobility:no_floor", "floor", "ask"),
        ("health:clot_now", "touch", "never"),
        ("risk_bone:osteoporosis", "standing_free", "free"),
    ],
)
def test_limits_hold_by_what_it_asks_of_the_body(fresh: Room, library: Library, tick: str, demand: str, state: str) -> None:
    name = wrote(fresh, demand=[demand], start="any")
    form = fresh.begun(minutes="30", tick=[tick])
    form = Form(fresh.press(form, f"remove:{exercises(form)[-1]}").text)
    page = fresh.press(form, "look", query="ball wall")
    buttons = Form(page.text).buttons
    assert (f"add:{name}" in buttons, f"ask:exercise:{name}" in buttons) == (state == "free", state == "ask")
    after = fresh.press(form, f"add:{name}")
    assert (name in exercises(Form(after.text))) == (state == "free")
    forged = fresh.body(fresh.prints(form, exercise=[*exercises(form), name], insisted=[f"exercise:{name}"]))
    assert (name in forged.edits.exercises) == (state == "free")


def test_a_position_is_a_demand_though_nobody_ticked_it(fresh: Room) -> None:
    """Lying on the front is nothing for somebody far on in pregnancy."""
    name = wrote(fresh, start="prone", demand=["none"])
    page = fresh.press(fresh.begun(tick=["pregnancy:t2"]), "look", query="ball wall")
    assert f"add:{name}" not in Form(page.text).buttons and f"ask:exercise:{name}" not in Form(page.text).buttons


def test_a_dose_is_held_down_for_those_who_may_not_have_more(fresh: Room) -> None:
    name = wrote(fresh, sets="4", repeats="30", times_a_day="3")
    handout = fresh.prints(added(fresh, name, tick=["risk_blood:bleeding_disorder"]))
    assert dict(fresh.body(handout).edits.typed[name]) | {"hold_seconds": 0} == {
        "sets": 2,
        "repeats": 20,
        "hold_seconds": 0,
        "sides": 1,
        "times_a_day": 1,
        "days_a_week": 5,
    }


def test_a_sheet_stays_as_printed_when_it_is_changed_or_removed(fresh: Room) -> None:
    name = wrote(fresh, photo=pictures.from_a_phone())
    handout = fresh.prints(added(fresh, name))
    before, code = fresh.sheet(handout), fresh.code(handout)
    patient = fresh.app.test_client()
    page = patient.get(f"/kept/{code}", expects=200).text
    row = name.removeprefix("own_")
    other: dict[str, Any] = {"title": "Other words", "step-1": "Do it another way.", "no_picture": "1"}
    sends(fresh, at=row, **other)
    assert fresh.sheet(handout) == before
    now_there, then = (moves(html, name).partition("</details>")[0] for html in (patient.get(f"/kept/{code}").text, page))
    assert now_there == then and str(BALL["step-1"]) in then
    again = fresh.get(f"/clinic/new?again={handout}")
    (newer,) = listed(fresh)
    assert f"own_{newer}" in exercises(Form(again.text)) and name not in exercises(Form(again.text)), "the next sheet has the new words"
    removes(fresh, newer)
    assert fresh.sheet(handout) == before
    again = fresh.get(f"/clinic/new?again={handout}")
    assert not any(one.startswith("own_") for one in exercises(Form(again.text)))
    assert f"We no longer have these exercises: {BALL['title']}." in unescape(again.text)
    assert patient.get(f"/kept/{code}/picture/{row}", expects=200).data


def test_a_pack_holds_it_and_says_when_it_is_gone(fresh: Room) -> None:
    name = wrote(fresh)
    pack = saved(fresh, added(fresh, name), "With our ball")
    form = Form(fresh.press(fresh.form(), pack).text)
    assert name in exercises(form) and form.one(f"dose-repeats-{name}") == "9"
    assert BALL["title"] in fresh.get("/clinic/packs").text
    page = fresh.press(fresh.form(), pack, tick=["balance:poor"])
    assert any(one.startswith(f"{BALL['title']}: ") for one in left_out(page)), left_out(page)
    sends(fresh, at=name.removeprefix("own_"), title="Ball, newer")
    (newer,) = listed(fresh)
    assert f"own_{newer}" in exercises(Form(fresh.press(fresh.form(), pack).text))
    removes(fresh, newer)
    page = fresh.press(fresh.form(), pack)
    assert f"{BALL['title']}: we no longer have this." in left_out(page)


def test_no_other_clinic_sees_or_uses_it(fresh: Room, app: Flask) -> None:
    name, other = wrote(fresh, photo=pictures.picture()), Room(app)
    handout = fresh.prints(added(fresh, name))
    row = name.removeprefix("own_")
    assert BALL["title"] not in other.get(ADDRESS).text
    for url in (f"{ADDRESS}/{row}", f"{ADDRESS}/{row}/picture", f"{ADDRESS}/{row}/remove"):
        other.get(url, expects=404)
    sends_to = {"csrf_token": other.form().one("csrf_token")}
    for url in (f"{ADDRESS}/{row}", f"{ADDRESS}/{row}/remove"):
        other.post(url, sends_to, 404)
    assert BALL["title"] not in other.press(other.begun(minutes="30"), "look", query="ball wall").text
    form = other.begun(minutes="30")
    assert name not in other.body(other.prints(form, exercise=[*exercises(form), name])).edits.exercises
    lent = other.press(other.form(), "find", start=fresh.code(handout), checked="yes")
    assert name not in exercises(Form(lent.text)) and BALL["title"] not in lent.text and "another clinic’s own" in unescape(lent.text)
    assert listed(fresh) == [row]


def test_words_are_text_wherever_they_stand(fresh: Room) -> None:
    name = wrote(fresh, title=HOSTILE, **{"step-1": HOSTILE, "step-2": "</script><img src=x>"})
    form = added(fresh, name)
    handout = fresh.prints(form)
    home = f"/kept/{fresh.code(handout)}"
    patient = fresh.app.test_client()
    pages = [fresh.get(url).text for url in (ADDRESS, f"{ADDRESS}/{name.removeprefix('own_')}", f"/clinic/sheets/{handout}")]
    pages += [fresh.press(form, "look", query="co").text, fresh.sheet(handout), fresh.preview(form).text]
    pages += [patient.get(url, expects=200).text for url in (home, f"{home}/session", f"{home}.pdf", f"{home}.html")]
    for page in pages:
        assert "<b>{" not in page and "<b>((7" not in page and "<img src=x" not in page and "49" not in re.findall(r"&lt;b&gt;(..)", page)
    assert "((7*7))" in pages[0] and "(PHYSIO)" in pages[0], "braces stand for words of a country in our own texts"
