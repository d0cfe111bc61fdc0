"""One truth for each code: what the therapist's paper says of clinic, review and note, the patient's page and files say too."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
import vobject

from planner.clinic.sheets.handed_out import visit_to_come
from planner.domain.model import Library
from planner.outputs.words import date_text, dialled
from tests.checking_in import phone
from tests.clinics import send
from tests.keeping_web import at_plan, keep
from tests.rooms import Room
from tests.sheet_forms import a_body
from tests.test_records import patient_saves

HEAD: dict[str, Any] = {
    "name": "Harbour Lane & Old Town Physiotherapy",
    "address": "12 Harbour Lane, Bristol BS1 4RW",
    "phone": "0117 496 0182",
    "web": "www.harbour-lane.example",
    "sentence": "Parking is behind the house, for example.",
    "country": "US",
    "paper": "Letter",
    "lang": "en",
    "review_weeks": "3",
    "keep_years": "8",
    "ink": "#12343a",
}
NOTE = "Only the first two, until Friday."
WEEKS = 3
SAID = (HEAD["name"], HEAD["address"], HEAD["phone"], NOTE)


def due(weeks: int = WEEKS) -> date:
    """The day of a review; a plan's own is after four weeks."""
    return date.today() + timedelta(weeks=weeks)


def printed(room: Room, **typed: Any) -> tuple[str, str]:
    """Where a sheet's code leads, and its name. Its clinic has a whole letterhead and sees this patient again in three weeks."""
    send(room.client, "/clinic/profile", **HEAD)
    name = room.prints(room.begun(note=NOTE, next_weeks=str(WEEKS)), **typed)
    return f"/kept/{room.code(name)}", name


def words(html: str) -> str:
    """What can be read; a style is no word."""
    return " ".join(unescape(re.sub("<[^>]+>", " ", re.sub(r"(?s)<(style|svg|head|script)\b.*?</\1>", " ", html))).split())


def the_visit(calendar: str) -> str:
    """What the calendar says of the day of the review, whose titles say nothing: a calendar is often shared."""
    events = vobject.readOne(calendar).vevent_list
    assert not [one for one in events if "Harbour" in one.summary.value]
    assert not [one for one in events if one.dtstart.value == due(4)]
    (visit,) = (one for one in events if one.dtstart.value == due())
    return str(visit.description.value)


def test_clinic_review_and_note_travel_with_the_code_also_where_the_patient_changed_it(owned: Room, library: Library) -> None:
    url, name = printed(owned)
    paper, client = words(owned.sheet(name)), phone(owned.app, library).client
    assert f"Review on {date_text(due())}" in paper and all(said in paper for said in SAID)
    for ending in ("", ".pdf", "-sheet.pdf", ".html"):
        html = client.get(f"{url}{ending}", expects=200).text
        got = words(html)
        assert f"Review on {date_text(due())}" in got and f"n {date_text(due(4))}" not in got, ending
        assert [said for said in SAID if said not in got] == [], ending
        if "pdf" in ending:  # the clinic's own paper, with its foot
            assert "@page { size: Letter }" in html and HEAD["sentence"] in html and HEAD["web"] in html and HEAD["ink"] in html
    assert [said for said in SAID if said not in the_visit(client.get(f"{url}.ics", expects=200).text)] == []
    assert f'href="tel:{HEAD["phone"].replace(" ", "")}"' in client.get(url).text
    patient_saves(owned, library, name, pressure_pref="light")
    for ending in ("", "-sheet.pdf"):
        got = words(client.get(f"{url}{ending}", expects=200).text)
        assert HEAD["phone"] in got and date_text(due()) in got
        assert ("Changed at home on" in got) == bool(ending)
    send(owned.client, "/clinic/profile", **{**HEAD, "phone": "0117 496 0199"})
    for got in (owned.sheet(name), *(client.get(f"{url}{one}").text for one in ("", "-sheet.pdf"))):
        assert "0117 496 0199" in got and HEAD["phone"] not in got


def test_a_plan_that_a_person_made_has_no_clinic(owned: Room, library: Library) -> None:
    walker = at_plan(owned.app, library)
    url = keep(walker)
    for ending in ("", ".pdf", ".html", ".ics"):
        got = walker.client.get(f"{url}{ending}", expects=200).text
        assert 'id="from-clinic"' not in got and "Changed at home" not in got


def test_no_page_that_sends_for_help_has_the_clinics_own_sentence(owned: Room, library: Library) -> None:
    """Stop page of the sheet, its page under the code, the slip: each has the numbers, none the sentence."""
    url, name = printed(owned, tick=["rf_saddle:yes"], checked="found")
    client = phone(owned.app, library).client
    for html in (owned.sheet(name), owned.get("/clinic/slip.pdf").text, client.get(url).text):
        assert "911" in words(html) and HEAD["sentence"] not in unescape(html)
    for ending in (".pdf", "-sheet.pdf", ".html"):
        assert client.get(f"{url}{ending}", expects=303).location == url
    assert HEAD["sentence"] not in client.get(f"{url}.ics", expects=200).text  # it takes an earlier one out of the calendar


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("0117 496 0182", "01174960182"),
        ("+44 (0)117 496 0182 ext. 12", "+441174960182"),
        ("(503) 555-0100", "5035550100"),
        ("0117 496 0182 or 0117 496 0183", "01174960182"),
        ("ask for Ann, 117", ""),
    ],
)
def test_a_number_as_people_write_it_is_dialled(typed: str, digits: str) -> None:
    assert dialled(typed) == digits


def test_a_visit_that_is_over_gives_way_to_the_plans_own_day(library: Library) -> None:
    body = a_body(library)
    paper = replace(body, made=date(2026, 11, 2), edits=replace(body.edits, next_weeks=2))
    assert [visit_to_come(paper, date(2026, 11, day)) for day in (2, 16)] == [date(2026, 11, 16)] * 2
    assert visit_to_come(paper, date(2026, 11, 17)) is None
    assert visit_to_come(replace(paper, edits=replace(body.edits, next_weeks=0)), paper.made) is None
