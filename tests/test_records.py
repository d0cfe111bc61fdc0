"""Records: what a patient changes or deletes under a sheet's code never reaches what the clinic keeps of it, and both can see both."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from sqlalchemy import Row, func, select, text
from sqlalchemy.orm import Session

from planner.clinic.tables import Printed
from planner.database.engines import file_of
from planner.database.sessions import reading
from planner.domain.model import Library
from planner.kept.plans import later
from planner.upkeep.every_table import METADATA
from planner.upkeep.purge import purge
from tests.clinics import events, send
from tests.keeping_web import change, once
from tests.people import well
from tests.rooms import Room, errors
from tests.sheet_forms import Form
from tests.walker import Walker

NOTE = "Do NOT bend forward. No lifting over 5 kg."
PROFILE: dict[str, Any] = {"name": "A clinic", "country": "IE", "paper": "A4", "lang": "en", "review_weeks": "2", "ink": "#000000"}
CHART = re.compile(r'<textarea id="chart"[^>]*>([^<]*)</textarea>')


def told(html: str) -> str:
    """What a person reads on a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.partition("<main")[2])).split())


def chart_on(room: Room, name: str) -> str:
    found = CHART.search(room.get(f"/clinic/sheets/{name}").text)
    return unescape(found[1]) if found else ""


def patient_saves(room: Room, library: Library, name: str, **answers: Any) -> Walker:
    """The patient opens the code, presses "Change my answers", changes some, and saves them under the same code."""
    url = f"/kept/{room.code(name)}"
    walker = Walker(room.app.test_client(), library, {})
    change(walker, url)
    walker.answers = {**well(library), **room.body(name).answers, **answers}
    for question in answers:
        walker.get(f"/ask/{step_of(library, question)}")
        walker.step()
    walker.walk()
    walker.get("/plan")
    assert walker.post("/keep", once=once(walker), expects=303).location == url
    return walker


def step_of(library: Library, question: str) -> str:
    return next((one.id for one in library.pages if question in one.questions), question)


def printed(room: Room, **typed: Any) -> str:
    return room.prints(room.begun(), note=NOTE, reference="R 12", peg_p="5", **typed)


def test_the_printed_sheet_stays_as_printed(fresh: Room, library: Library) -> None:
    name = printed(fresh)
    before, paper, chart = fresh.body(name), fresh.sheet(name), chart_on(fresh, name)
    patient_saves(fresh, library, name, pressure_pref="light")
    assert fresh.body(name) == before and fresh.sheet(name) == paper and chart_on(fresh, name) == chart
    assert NOTE in chart and NOTE in unescape(paper) and "patient_changed" in events(fresh.engine, fresh.home.clinic)


def test_both_see_both(fresh: Room, library: Library) -> None:
    name = printed(fresh)
    code = fresh.code(name)
    patient = fresh.app.test_client()
    assert 'id="own-version"' not in patient.get(f"/kept/{code}", expects=200).text
    assert patient.get(f"/kept/{code}/printed", expects=303).location == f"/kept/{code}"
    patient_saves(fresh, library, name, pressure_pref="light")
    page = patient.get(f"/kept/{code}", expects=200).text
    assert 'id="own-version"' in page and f'href="/kept/{code}/printed"' in page and NOTE in unescape(page)
    paper = told(patient.get(f"/kept/{code}/printed", expects=200).text)
    assert NOTE in paper and all(library.exercises[one].title in paper for one in fresh.body(name).edits.exercises)
    page = fresh.get(f"/clinic/sheets/{name}").text
    assert 'id="at-home"' in page and "light" in told(page).partition("Changed by the patient")[2].lower()


def test_the_way_back_asks_with_what_is_new_and_forgets_no_tick(fresh: Room, library: Library) -> None:
    """A condition that was ticked at home counts on the next sheet; one that was taken away there is the therapist's to untick."""
    name = printed(fresh, tick=["known:stenosis"])
    assert fresh.body(name).answers["known"] == ("stenosis",)
    patient_saves(fresh, library, name, known=("disc_sciatica",))
    assert "Changed by the patient" in told(fresh.get(f"/clinic/repeat/{name}").text)
    form = Form(fresh.get(f"/clinic/new?again={name}").text)
    assert {"known:stenosis", "known:disc_sciatica"} <= {*form.all("tick")}


def test_worse_twice_is_seen_through_a_change_at_home(fresh: Room, library: Library) -> None:
    first = printed(fresh)
    second = fresh.prints(Form(came_back(fresh, first, "5700")), checked="yes")
    patient_saves(fresh, library, second, pressure_pref="light")
    third = fresh.prints(Form(came_back(fresh, second, "5900")), checked="yes")
    assert [one.split()[1:3] for one in fresh.body(third).readbacks] == [["5700", "worse"], ["5900", "worse_again"]]
    assert "why:worse_again" in fresh.body(third).changes


def came_back(room: Room, name: str, digits: str) -> str:
    """The next sheet, after the digits of an old one."""
    url = f"/clinic/repeat/{name}"
    form = Form(room.get(url).text, "", url)
    return room.get(str(form.send(room.client, digits=digits).location)).text


def test_nothing_gets_harder_by_a_change_of_answers(fresh: Room, library: Library) -> None:
    first = printed(fresh)
    second = fresh.prints(Form(came_back(fresh, first, "5900")), checked="yes")
    doses = fresh.body(second).edits.doses
    assert set(doses.values()) == {"half"}
    before = doses_at_home(fresh, second)
    patient_saves(fresh, library, second, pressure_pref="light", minutes="20")
    after = doses_at_home(fresh, second)
    assert after and set(after) <= set(before) and all(after[name] == before[name] for name in after)


def doses_at_home(room: Room, name: str) -> dict[str, Any]:
    """Exercise -> its dose by week, as the patient's code gives them."""
    plan = json.loads(room.app.test_client().get(f"/kept/{room.code(name)}.json", expects=200).data)
    return {one["id"]: one["dose"] for one in plan["lines"] if one["section"] == "exercises"}


def test_the_clinic_prints_anew_over_a_change_and_neither_is_lost(fresh: Room, library: Library) -> None:
    name = printed(fresh)
    patient_saves(fresh, library, name, pressure_pref="light")
    form = Form(fresh.get(f"/clinic/new?change={name}").text)
    assert form.one("pressure_pref") != "light" and form.one("note") == NOTE
    fresh.prints(form, checked="yes", note="Second printing.")
    page = fresh.get(f"/clinic/sheets/{name}").text
    assert fresh.body(name).note == "Second printing." and 'id="at-home"' in page
    assert NOTE in told(page).partition("before the sheet was changed")[2], "the text of the first printing"
    assert "Second printing." in unescape(fresh.app.test_client().get(f"/kept/{fresh.code(name)}").text)


@pytest.mark.parametrize("years", [1, 8, 10])
def test_the_clinic_keeps_its_text_for_its_time_and_the_phone_says_so(alone: Room, years: int) -> None:
    set_years(alone, years)
    name = printed(alone)
    url, patient, chart = f"/kept/{alone.code(name)}", alone.app.test_client(), chart_on(alone, name)
    said = f"It keeps its own notes about it for {years} year{'s' if years > 1 else ''}, locked."
    for page in (url, f"{url}/delete"):
        assert said in told(patient.get(page, expects=200).text)
    send(patient, f"{url}/delete", f"{url}/delete")
    patient.get(url, expects=404)
    page = alone.get(f"/clinic/sheets/{name}").text
    assert 'id="lost"' in page and chart_on(alone, name).strip() == chart.partition("\nSheet: ")[0].strip() and NOTE in chart
    assert sheets_kept(alone) == 0, "only the text is left"
    today = date.today()
    for day, left in ((later(today, 12 * years), NOTE), (later(today, 12 * years) + timedelta(days=1), "")):
        assert purge(alone.engine, day, 13, force=True).charts == (0 if left else 1)
        page = alone.get(f"/clinic/sheets/{name}", expects=200 if left else 404).text
        assert (NOTE in unescape(page)) == bool(left)


def set_years(room: Room, years: int) -> None:
    send(room.owner(), "/clinic/profile", **PROFILE, keep_years=str(years))


def sheets_kept(room: Room) -> int:
    with reading(room.engine) as rows:
        return rows.scalar(select(func.count()).select_from(Printed).where(Printed.sheet.is_not(None))) or 0


def test_the_text_stays_after_revoking_which_asks_first(fresh: Room) -> None:
    name = printed(fresh)
    before = fresh.everything()
    page = fresh.get(f"/clinic/sheets/{name}/revoke").text
    assert page.count('<form method="post" action="/clinic/sheets/') == 1 and f'class="btn quiet" href="/clinic/sheets/{name}"' in page
    assert fresh.everything() == before and "/revoke" not in "".join(re.findall(r"<form[^>]*>", fresh.get(f"/clinic/sheets/{name}").text))
    send(fresh.client, f"/clinic/sheets/{name}/revoke", f"/clinic/sheets/{name}/revoke")
    assert NOTE in chart_on(fresh, name) and sheets_of(fresh, name) == 0
    assert fresh.get(f"/clinic/sheets/{name}/revoke", expects=303).location == f"/clinic/sheets/{name}"


def sheets_of(room: Room, name: str) -> int:
    with reading(room.engine) as rows:
        wanted = select(func.count()).select_from(Printed).where(Printed.handout_id == name, Printed.sheet.is_not(None))
        return rows.scalar(wanted) or 0


@pytest.mark.parametrize("years", ["0", "11", "x", "", "-1", "8.5"])
def test_years_that_cannot_be_stay_in_the_field(owned: Room, years: str) -> None:
    page = send(owned.client, "/clinic/profile", **PROFILE, keep_years=years, expects=422)
    assert list(errors(page)) == ["keep_years"] and f'value="{years}"' in page.text


def test_no_word_of_it_can_be_read_in_the_database(alone: Room, library: Library) -> None:
    """Raw, as a thief has it: every row of every table and, on SQLite, every byte of the files."""
    empty = raw(alone)
    name = printed(alone, tick=["known:stenosis"], goal_words="play the cello again")
    codes = {alone.code(name), alone.code(name).replace("-", "")}
    patient_saves(alone, library, name, pressure_pref="light")
    came_back(alone, name, "5731")
    alone.prints(Form(alone.get(f"/clinic/new?change={name}").text), checked="yes", note="Only half of the way.")
    body = alone.body(name)
    words = {"cello", "stenosis", "bend forward", "Only half", "5731", "P: Back plan", "Red flags", *codes, *body.answers}
    words |= {str(one) for value in body.answers.values() for one in (value if isinstance(value, tuple) else (value,)) if len(str(one)) > 4}
    words |= {library.exercises[one].title for one in body.edits.exercises} | {*body.edits.exercises}
    clear = {"country", "minutes", "goal", "known", "other"}  # names of columns, and words of the audit
    found = raw(alone)
    assert [one for one in sorted(words - clear) if one.encode() in found and one.encode() not in empty] == []
    assert len(words) > 60 and b"R 12" in found, "the reference is the therapist's own, and can be read"


def raw(room: Room) -> bytes:
    with reading(room.engine) as rows:
        found = [bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for row in every_row(rows) for one in row]
    file = file_of(room.engine)
    return b"\x00".join(found + [one.read_bytes() for one in sorted(file.parent.glob(f"{file.name}*"))] if file else found)


def every_row(rows: Session) -> list[Row[Any]]:
    return [row for table in METADATA.sorted_tables for row in rows.execute(text(f"select * from {table.name}"))]
