"""A clinic's sheet in its patient's hands: what a new sign stopped, what a check-in eased, and the paper that stays beside both."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from html import unescape

import time_machine

from planner.domain.model import Library
from tests.aged import stored
from tests.checking_in import diary, later, phone, sends
from tests.clinics import events
from tests.keeping_web import once
from tests.people import well
from tests.rooms import Room
from tests.sheet_forms import Form
from tests.test_records import NOTE, doses_at_home, patient_saves, printed, told
from tests.walker import Walker

STOPPED = "Stopped by the patient on"


def at_home(room: Room, name: str) -> str:
    return f"/kept/{room.code(name)}"


def stops(room: Room, library: Library, url: str) -> Walker:
    """The patient says that a sign is new; their browser, at the questions about it."""
    walker = phone(room.app, library)
    walker.get(url)
    walker.follow(str(walker.post(f"{url}/checkin", signs="1", tick="sign").location))
    assert stored(room.app, url).stopped == date.today()
    return walker


def answered(walker: Walker, url: str) -> None:
    """Everything is answered as it was, and saved."""
    while walker.url.startswith("/ask/"):
        walker.step()
    walker.get("/plan")
    assert walker.post("/keep", once=once(walker)).location == url


def test_a_clinic_that_prints_anew_lifts_no_stop_and_reads_of_it(fresh: Room, library: Library) -> None:
    name = printed(fresh)
    url = at_home(fresh, name)
    assert STOPPED not in told(fresh.get(f"/clinic/sheets/{name}").text)
    stops(fresh, library, url)
    fresh.prints(Form(fresh.get(f"/clinic/new?change={name}").text), checked="yes", note="Second printing.")
    assert fresh.body(name).note == stored(fresh.app, url).note == "Second printing."
    assert stored(fresh.app, url).stopped == date.today() and "This plan is stopped" in phone(fresh.app, library).get(url).text
    assert STOPPED in told(fresh.get(f"/clinic/sheets/{name}").text) and "Second printing." in unescape(fresh.sheet(name))


def test_a_stopped_sheet_starts_again_with_the_same_answers(fresh: Room, library: Library) -> None:
    name = printed(fresh)
    url = at_home(fresh, name)
    walker = stops(fresh, library, url)
    walker.answers = {**well(library), **fresh.body(name).answers}
    answered(walker, url)
    found = stored(fresh.app, url)
    assert found.stopped is None and found.note == NOTE and found.edits == fresh.body(name).edits
    assert "This plan is stopped" not in walker.get(url).text and STOPPED not in told(fresh.get(f"/clinic/sheets/{name}").text)


def eased_at_home(room: Room, library: Library, name: str) -> str:
    """A week later the patient says at the check-in that one exercise was too much; the plan's address."""
    url = at_home(room, name)
    later(room.app, url, 7)
    before = doses_at_home(room, name)
    sends(phone(room.app, library), url, days="6", pain="4", much=next(iter(before)).partition(":")[2])
    assert doses_at_home(room, name) != before
    return url


def test_a_reference_put_right_changes_nothing_at_home(fresh: Room, library: Library) -> None:
    name = printed(fresh)
    patient_saves(fresh, library, name, pressure_pref="light")
    url = eased_at_home(fresh, library, name)
    body, kept_diary, doses = stored(fresh.app, url), diary(fresh.app, url), doses_at_home(fresh, name)
    fresh.prints(Form(fresh.get(f"/clinic/new?change={name}").text), checked="yes", reference="R 13")
    page = told(fresh.get(f"/clinic/sheets/{name}").text)
    assert "R 13" in page and "R 12" not in page and "before the sheet was changed" not in page
    assert "handout_changed" in events(fresh.engine, fresh.home.clinic)
    assert (stored(fresh.app, url), diary(fresh.app, url), doses_at_home(fresh, name)) == (body, kept_diary, doses)


def test_the_paper_shows_no_check_in(fresh: Room, library: Library) -> None:
    name = printed(fresh)
    patient_saves(fresh, library, name, pressure_pref="light")
    url = at_home(fresh, name)
    before = told(phone(fresh.app, library).get(f"{url}/printed").text)
    eased_at_home(fresh, library, name)
    assert told(phone(fresh.app, library).get(f"{url}/printed").text) == before


def test_the_paper_can_be_seen_when_its_answers_are_old(fresh: Room, library: Library) -> None:
    name = printed(fresh)
    patient_saves(fresh, library, name, pressure_pref="light")
    url, walker = at_home(fresh, name), phone(fresh.app, library)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=20), tick=True):
        assert walker.get(f"{url}/printed", expects=303).location == url, "the patient's own version asks first"
        walker.get(url)
        walker.post(f"{url}/still", none="1")
        assert NOTE in told(walker.get(f"{url}/printed").text)
