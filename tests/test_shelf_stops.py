"""On the shelf and in a thread a stop page is told from a sheet by a word that says nothing of health. In the database by nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

from planner.database.sessions import writing
from planner.domain.model import Library
from planner.kept import plans
from tests.people import well
from tests.rooms import SAFE, Room, deleted
from tests.sheet_forms import Form
from tests.test_records import printed, raw
from tests.test_sheet_at_home import answered, at_home, stops

ROW = re.compile(r'data-state="(\w+)">\s*<th scope="row" class="num">\s*<a href="/clinic/sheets/([0-9a-f]{32})".*?</tr>', re.S)


def states(page: str) -> dict[str, tuple[str, str]]:
    """Sheet -> its state as the list has it, and the last cell of its row."""
    return {
        found[2]: (found[1], unescape(found[0].rpartition("<td")[2].partition(">")[2].partition("<")[0])) for found in ROW.finditer(page)
    }


def test_a_stop_page_is_told_apart_from_a_sheet(fresh: Room) -> None:
    sheet = fresh.prints(fresh.begun(), reference="R 7")
    stop = fresh.prints(fresh.begun(tick=["rf_saddle:yes"]), reference="R 7")
    page = fresh.get("/clinic/sheets").text
    assert states(page) == {stop: ("stop", "Stop page"), sheet: ("out", "–")}
    rows = page.partition('id="sheets"')[2]
    assert not re.search(r"999|emergency|urgent|saddle|feeling|flag", rows, re.I), "no word of health"
    thread = fresh.get(f"/clinic/sheets/{sheet}/thread").text.partition('id="thread"')[2]
    assert thread.count("Stop page") == 1 and stop in thread, "one reference is one thread"


def test_it_is_still_told_after_its_patient_deletes_it_and_goes_when_it_is_revoked(fresh: Room) -> None:
    stop = fresh.prints(fresh.begun(tick=["rf_saddle:yes"]))
    deleted(fresh, stop)
    assert states(fresh.get("/clinic/sheets").text)[stop] == ("stop", "Stop page")
    url = f"/clinic/sheets/{stop}/revoke"
    Form(fresh.get(url).text, "", url).send(fresh.client)
    assert states(fresh.get("/clinic/sheets").text)[stop][0] == "revoked"


def test_a_stop_page_that_is_changed_into_a_sheet_is_a_sheet(fresh: Room) -> None:
    stop = fresh.prints(fresh.begun(tick=["rf_saddle:yes"]))
    form = Form(fresh.get(f"/clinic/new?change={stop}").text)
    fresh.prints(form, tick=[], checked="yes")
    assert states(fresh.get("/clinic/sheets").text)[stop] == ("out", "–")


def test_another_clinic_and_the_database_see_none_of_it(alone: Room) -> None:
    other = Room(alone.app)
    alone.prints(alone.begun(tick=["rf_saddle:yes"]), reference="R 8")
    assert states(other.get("/clinic/sheets").text) == {}
    assert b"stops" not in raw(alone) and b"Stop page" not in raw(alone)


def test_a_sheet_that_its_patient_stopped_is_told_apart_in_words(fresh: Room, library: Library) -> None:
    """On the shelf, in its thread and where an old sheet is chosen for the next visit, until the patient has answered what was asked."""
    other, name = printed(fresh), printed(fresh)
    lately = f'href="/clinic/repeat/{name}"'
    assert states(fresh.get("/clinic/sheets").text)[name] == ("out", "–")
    assert "Stopped" not in fresh.get("/clinic/repeat").text
    walker = stops(fresh, library, at_home(fresh, name))
    page = fresh.get("/clinic/sheets").text
    assert states(page) == {name: ("halted", "Stopped by the patient"), other: ("out", "–")}
    assert not re.search(r"999|emergency|urgent|saddle|feeling|flag", page.partition('id="sheets"')[2], re.I), "no word of health"
    listed = fresh.get("/clinic/repeat").text
    assert listed.count("Stopped by the patient") == 1
    assert "Stopped by the patient" in listed.partition(lately)[2].partition("</li>")[0]
    assert fresh.get(f"/clinic/sheets/{name}/thread").text.count("Stopped by the patient") == 1
    walker.answers = {**well(library), **fresh.body(name).answers}
    answered(walker, at_home(fresh, name))
    assert states(fresh.get("/clinic/sheets").text)[name] == ("out", "–"), "the questions are answered: all is well"


def test_an_answer_that_says_stop_leaves_it_marked_and_a_revoked_one_is_revoked(fresh: Room, library: Library) -> None:
    name = printed(fresh)
    walker = stops(fresh, library, at_home(fresh, name))
    walker.answers = {**well(library), **fresh.body(name).answers, "rf_saddle": "yes"}
    while walker.url.startswith("/ask/"):
        walker.step()
    assert walker.url == "/stop"
    assert states(fresh.get("/clinic/sheets").text)[name] == ("halted", "Stopped by the patient")
    revoke = f"/clinic/sheets/{name}/revoke"
    Form(fresh.get(revoke).text, "", revoke).send(fresh.client)
    assert states(fresh.get("/clinic/sheets").text)[name][0] == "revoked"


def test_what_stands_under_the_code_may_say_stop_without_a_check_in(fresh: Room) -> None:
    name = printed(fresh)
    with writing(fresh.engine) as rows:
        found = plans.find_kept(rows, SAFE, fresh.code(name).replace("-", ""), date.today())
        assert found
        body = replace(found.body, answers={**found.body.answers, "rf_saddle": "yes"})
        plans.change(rows, SAFE, found.code, body, found.version, date.today())
    assert states(fresh.get("/clinic/sheets").text)[name] == ("halted", "Stopped by the patient")
