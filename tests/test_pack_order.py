"""Stars, an own order and keys of packs, over HTTP without a script: each therapist's own, and no key moves with them."""

from __future__ import annotations

import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from planner.clinic.sheets.packs import keys_of
from planner.clinic.tables import ClinicPack
from planner.database.sessions import reading
from planner.domain.model import Library
from planner.upkeep.upgrading import altering, migrate
from tests.clinics import House, signed_in
from tests.rooms import Room, errors, focused
from tests.sheet_forms import Form, a_pack

CHIP = re.compile(r'<button class="chip" name="do" value="pack:(\w+)"([^>]*)>(?:<kbd>(\d)</kbd>)?')
PLACED = re.compile(r'<li id="placed-(\w+)">')


def chips(room: Room) -> dict[str, str]:
    """Id -> key of the packs on the new sheet, in their order there."""
    found = CHIP.findall(room.get("/clinic/new").text)
    assert all((f'data-key="{key}"' in more) if key else ("data-key" not in more) for _name, more, key in found)
    return {name: key for name, _more, key in found}


def placed(room: Room) -> list[str]:
    found = PLACED.findall(room.get("/clinic/packs").text)
    assert found == list(chips(room)), "the page and the new sheet have one order"
    return found


def press(room: Room, pack: str, do: str) -> TestResponse:
    """A button of the list, as the page has it, and the page after it."""
    form = Form(room.get("/clinic/packs").text, "", f"/clinic/packs/{pack}/place")
    assert do in form.buttons, (do, form.buttons)
    to = form.send(room.client, do=do).location
    return room.get(str(to))


def test_stars_come_first_and_the_order_is_ones_own(fresh: Room, app: Flask, library: Library) -> None:
    ours = list(library.packs)
    mine = [a_pack(fresh.engine, fresh.home, title) for title in ("aa", "bb")]
    before = chips(fresh)
    assert list(before) == [*mine, *ours] == placed(fresh)
    assert [before[name] for name in ours[:10]] == [*"123456789", ""] and before[mine[0]] == ""
    press(fresh, ours[3], "star")
    press(fresh, mine[1], "star")
    assert placed(fresh)[:3] == [mine[1], ours[3], mine[0]]
    press(fresh, ours[3], "up")
    press(fresh, mine[0], "down")
    assert placed(fresh)[:4] == [ours[3], mine[1], ours[0], mine[0]]
    assert chips(fresh) == before, "no key moved"
    page = fresh.press(fresh.form(), "find", start="4")
    assert Form(page.text).one("pack") == library.packs[ours[3]].title
    press(fresh, ours[3], "unstar")
    assert placed(fresh)[:4] == [mine[1], ours[3], ours[0], mine[0]]
    colleague = Room(app)
    colleague.home, colleague.client = fresh.home, signed_in(app, fresh.home.owner)
    assert placed(colleague) == [*mine, *ours], "nobody else's list changes"
    late = a_pack(fresh.engine, fresh.home, "later")
    assert placed(fresh).index(late) == 1 and set(placed(fresh)) == {*mine, *ours, late}
    Form(fresh.get(f"/clinic/packs/{mine[0]}/delete").text, "", f"/clinic/packs/{mine[0]}/delete").send(fresh.client)
    assert mine[0] not in placed(fresh)


def test_the_button_that_was_pressed_keeps_the_focus(fresh: Room, library: Library) -> None:
    first, second, *_more, last = library.packs
    assert focused(press(fresh, second, "down")) == f"down-{second}"
    assert focused(press(fresh, second, "up")) == f"up-{second}"
    assert focused(press(fresh, second, "up")) == f"down-{second}", "it can go no further"
    assert focused(press(fresh, first, "star")) == f"star-{first}" == focused(press(fresh, first, "unstar"))
    ends = {pack: Form(fresh.get("/clinic/packs").text, "", f"/clinic/packs/{pack}/place").buttons for pack in (placed(fresh)[0], last)}
    assert list(ends.values()) == [["star", "down"], ["star", "up"]]
    for odd in ("?did=up&at=nothing", "?did=<b>&at=" + first, "?did=up", f"?at={first}"):
        assert "autofocus" not in fresh.get(f"/clinic/packs{odd}").text


@pytest.mark.parametrize("do", ["", "nonsense", "up\x01", "star,unstar"])
def test_a_forged_button_changes_nothing(fresh: Room, library: Library, do: str) -> None:
    before = placed(fresh)
    form = Form(fresh.get("/clinic/packs").text, "", f"/clinic/packs/{before[1]}/place")
    assert form.send(fresh.client, do=do).location == "/clinic/packs" and placed(fresh) == before
    token = form.one("csrf_token")
    for pack in ("nothing", "x" * 300, "../sheets"):
        fresh.client.post(f"/clinic/packs/{pack}/place", data={"csrf_token": token, "do": "star"}, expects=404)
    assert placed(fresh) == before


def test_another_clinics_pack_can_neither_be_placed_nor_given_a_key(fresh: Room, app: Flask) -> None:
    other = Room(app)
    theirs = a_pack(fresh.engine, other.home, "theirs")
    token = Form(fresh.get("/clinic/packs").text, "", f"/clinic/packs/{placed(fresh)[0]}/place").one("csrf_token")
    before = fresh.everything()
    for url, data in ((f"{theirs}/place", {"do": "star"}), (f"{theirs}/place", {"do": "up"}), (theirs, {"title": "mine", "key": "1"})):
        fresh.client.post(f"/clinic/packs/{url}", data={"csrf_token": token, **data}, expects=404)
    assert fresh.everything() == before and theirs not in placed(fresh)


def save(room: Room, title: str, expects: int = 200, **more: Any) -> TestResponse:
    return room.press(room.begun(), "save", title=title, expects=expects, **more)


def rows(room: Room) -> dict[str, tuple[str, int | None]]:
    with reading(room.engine) as session:
        wanted = select(ClinicPack.title, ClinicPack.id, ClinicPack.key).where(ClinicPack.clinic_id == room.home.clinic)
        return {title: (name, key) for title, name, key in session.execute(wanted)}


def test_a_key_is_chosen_when_a_pack_is_made_and_stays(fresh: Room, library: Library) -> None:
    """Nobody's practised number moves because a pack is made: all nine belong to packs of ours, until a therapist gives one away."""
    before = chips(fresh)
    save(fresh, "Without")
    assert rows(fresh)["Without"][1] is None and {name: key for name, key in chips(fresh).items() if name in before} == before
    save(fresh, "zz three", pack_key="3")
    (name, key) = rows(fresh)["zz three"]
    after, third = chips(fresh), list(library.packs)[2]
    assert key == 3 and after[name] == "3" and after.pop(third) == "" and before.pop(third) == "3"
    assert {one: value for one, value in after.items() if one in before} == before
    save(fresh, "aa first by name")
    for do in ("star", "down"):
        press(fresh, rows(fresh)["Without"][0], do) if do == "star" else press(fresh, rows(fresh)["aa first by name"][0], do)
    assert Form(fresh.press(fresh.form(), "find", start="3").text).one("pack") == "zz three" and chips(fresh)[name] == "3"
    Form(fresh.get("/clinic/packs").text, "", f"/clinic/packs/{name}").send(fresh.client, title="renamed")
    assert rows(fresh)["renamed"] == (name, 3)
    Form(fresh.get(f"/clinic/packs/{name}/delete").text, "", f"/clinic/packs/{name}/delete").send(fresh.client)
    assert chips(fresh)[third] == "3", "ours has its own key again"


def test_a_key_of_another_own_pack_is_not_taken(fresh: Room) -> None:
    first, second = a_pack(fresh.engine, fresh.home, "first", key=2), a_pack(fresh.engine, fresh.home, "second")
    before = fresh.everything()
    assert "2" not in [value for value, _ in offered(fresh.get("/clinic/new").text, "pack_key")]
    for odd in ("2", "0", "x", "٣", "-", "²"):
        page = save(fresh, "New", 422, pack_key=odd)
        assert list(errors(page)) == ["pack_key"] and focused(page) == "pack_key" and Form(page.text).one("title") == "New"
        listed = Form(fresh.get("/clinic/packs").text, "", f"/clinic/packs/{second}").send(fresh.client, key=odd, expects=422)
        assert list(errors(listed)) == [f"key-{second}"] and focused(listed) == f"key-{second}"
    assert fresh.everything() == before
    Form(fresh.get("/clinic/packs").text, "", f"/clinic/packs/{second}").send(fresh.client, key="9")
    Form(fresh.get("/clinic/packs").text, "", f"/clinic/packs/{first}").send(fresh.client, key="")
    assert rows(fresh) == {"first": (first, None), "second": (second, 9)}
    form = Form(fresh.get("/clinic/packs").text, "", f"/clinic/packs/{second}")
    form.send(fresh.client, key=None, title="only a name")
    assert rows(fresh)["only a name"] == (second, 9), "a form that says nothing of the key leaves it"


def offered(page: str, name: str) -> list[tuple[str, str]]:
    part = page.partition(f'name="{name}"')[2].partition("</select>")[0]
    return re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)<', part)


def test_the_free_key_of_a_pack_of_ours_goes_to_the_next_one(fresh: Room, library: Library) -> None:
    """With every key given away and one given back, a pack that is made gets it."""
    names = [a_pack(fresh.engine, fresh.home, f"own {key}", key=key) for key in range(1, 10)]
    assert a_pack(fresh.engine, fresh.home, "none left") and rows(fresh)["none left"][1] is None
    assert set(keys_of(library, []).values()) == set(range(1, 10)), "ours have all nine"
    assert [chips(fresh)[name] for name in names] == [str(key) for key in range(1, 10)]
    assert [value for value, _ in offered(fresh.get("/clinic/new").text, "pack_key")] == [""]


def test_the_page_says_what_is_in_a_pack_and_that_no_patient_belongs_there(fresh: Room, library: Library) -> None:
    save(fresh, "Desk", note="Breathe out <b>slowly</b>.")
    page = fresh.get("/clinic/packs").text
    assert "Nothing about one patient belongs in it." in page and "Note: Breathe out &lt;b&gt;slowly&lt;/b&gt;." in page
    name, _key = rows(fresh)["Desk"]
    body = page.partition(f'action="/clinic/packs/{name}"')[2].partition("</tr>")[0]
    assert sum(item.title in body for item in library.exercises.values()) >= 2 and "<summary>" in body


def test_packs_that_had_a_number_by_their_place_keep_it(engine: Engine, home: House) -> None:
    """Before keys, the first nine packs of a clinic by title had 1 to 9."""
    names = {title: a_pack(engine, home, title) for title in ("Zebra", "apple", "Mango", *(f"n{number}" for number in range(8)))}
    with altering(engine) as connection:
        migrate(connection, "0004")
        migrate(connection, "head")
        found = dict(connection.execute(sa.select(ClinicPack.id, ClinicPack.key)).all())
    order = sorted(names, key=str.lower)
    assert [found[names[title]] for title in order] == [*range(1, 10), None, None]
