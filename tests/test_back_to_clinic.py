"""Back to the therapist: when a sheet is opened at the next visit, what was told at home is there, and the next sheet begins from it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select

from planner.clinic.tables import Audit
from planner.database.sessions import reading
from planner.domain.model import Library
from tests.aged import kept
from tests.between_visits import at_home_now, days_on, next_sheet, opened_by_code, steps, steps_on, tells
from tests.checking_in import phone, sends
from tests.rooms import Room, errors, exercises
from tests.sheet_forms import Form
from tests.test_records import chart_on, printed, told
from tests.test_sheet_at_home import stops

TITLE = re.compile(r'<title id="pain-said">([^<]+)</title>')
ON_TOP = re.compile(r'id="stopped"[^>]*><b>([^<]+)</b>')


@pytest.fixture
def name(fresh: Room) -> str:
    """A sheet that was printed today, at a pain of 5."""
    return printed(fresh)


def test_the_check_ins_are_there_and_are_kept_nowhere_else(fresh: Room, library: Library, name: str) -> None:
    first, second, third, *_others = exercises_of(fresh, library, name)
    assert "Told at home" not in told(opened_by_code(fresh, name))
    tells(fresh, library, name, 7, days="5", pain="4", best=first, least=second, easy=first, much=third)
    with days_on(fresh, 8):
        opened_by_code(fresh, name)
        before = fresh.everything()
        pages = {path: fresh.get(f"/clinic/{path}").text for path in (f"repeat/{name}", f"sheets/{name}", f"new?again={name}")}
        assert fresh.everything() == before, "nothing of it is kept before it prints"
    titles = {one: library.exercises[one].title for one in (first, second, third)}
    for page in pages.values():
        said = told(page)
        assert "Told at home" in said and "5 of 7" in said and "4/10" in said and "week 1" in said
        assert f"Most useful: {titles[first]}." in said and f"Least useful: {titles[second]}." in said
        assert f"Too easy: {titles[first]}." in said and f"Too much: {titles[third]}." in said
        (words,) = TITLE.findall(page)
        assert re.findall(r", (\d+)", words) == ["5", "4"], "the pain of the sheet, and of the check-in"


def exercises_of(room: Room, library: Library, name: str) -> list[str]:
    return [line.item_id for line in at_home_now(room, library, name).section("exercises")]


def test_it_is_written_down_who_looked_and_nothing_of_what_was_told(fresh: Room, library: Library, name: str) -> None:
    tells(fresh, library, name, 7, days="5", pain="4")
    with days_on(fresh, 8):
        opened_by_code(fresh, name)
        fresh.get(f"/clinic/sheets/{name}/thread")
        with reading(fresh.engine) as rows:
            found = rows.scalars(select(Audit).where(Audit.clinic_id == fresh.home.clinic, Audit.what == "opened")).all()
    assert [(one.therapist_id, one.about) for one in found] == [(fresh.home.therapist, name)]


def test_the_reference_leads_there_too_in_its_own_clinic(alone: Room) -> None:
    name = printed(alone)
    assert alone.press(alone.form(), "find", start="r 12", expects=303).location == f"/clinic/repeat/{name}"
    other = Room(alone.app)
    assert "start" in errors(other.press(other.form(), "find", start="r 12", expects=422))


def test_the_next_sheet_begins_with_what_the_check_ins_came_to(fresh: Room, library: Library, name: str) -> None:
    before = steps(at_home_now(fresh, library, name))
    for day, pain in ((7, "5"), (14, "4")):
        tells(fresh, library, name, day, days="6", pain=pain, easy=next(iter(before)))
    home = at_home_now(fresh, library, name)
    assert steps(home) != before, "two good weeks move a plan"
    with days_on(fresh, 15):
        form = next_sheet(fresh, name)
        assert form.one("peg_p") == "4" and set(exercises(form)) == set(steps(home))
        assert steps_on(fresh, form) == steps(home)


@pytest.mark.parametrize("digits", ["", "7110", "7101"])
def test_never_harder_after_worse(fresh: Room, library: Library, name: str, digits: str) -> None:
    """A paper that says "easy, hardly any pain" does not lift what was told at home in the same week."""
    tells(fresh, library, name, 14, days="6", pain="9")
    home = steps(at_home_now(fresh, library, name))
    assert set(home.values()) == {0}, "strong pain: half"
    with days_on(fresh, 15):
        form = next_sheet(fresh, name, digits)
        assert form.one("peg_p") == "9"
        found = steps_on(fresh, form)
    assert found and all(found[one] <= home[one] for one in found)


def test_worse_at_home_and_worse_on_paper_a_week_later_is_worse_twice(fresh: Room, library: Library, name: str) -> None:
    tells(fresh, library, name, 7, days="5", pain="7")
    with days_on(fresh, 15):
        form = next_sheet(fresh, name, "5700")
        new = fresh.prints(form, checked="yes")
        assert "why:worse_again" in fresh.body(new).changes and "clinician:" in fresh.body(new).changes
        assert set(fresh.body(new).edits.doses.values()) == {"half"}
        assert "worse again" in told(fresh.get(f"/clinic/sheets/{name}").text)


def test_one_bad_week_told_twice_is_worse_once(fresh: Room, library: Library, name: str) -> None:
    tells(fresh, library, name, 7, days="5", pain="7")
    home = steps(at_home_now(fresh, library, name))
    with days_on(fresh, 9):
        form = next_sheet(fresh, name, "5700")
        new = fresh.prints(form, checked="yes")
        assert "why:worse" in fresh.body(new).changes and "clinician:" not in fresh.body(new).changes
        found = fresh.body(new).edits
    assert {one: found.doses[one] for one in home} == {one: ("half", "start", "build", "strong")[step] for one, step in home.items()}


def test_the_sheet_after_that_remembers_what_was_told_at_home(fresh: Room, library: Library, name: str) -> None:
    tells(fresh, library, name, 7, days="5", pain="7")
    with days_on(fresh, 8):
        second = fresh.prints(next_sheet(fresh, name), checked="yes")
        assert "why:worse" in fresh.body(second).changes
    with days_on(fresh, 15):
        third = fresh.prints(next_sheet(fresh, second, "5700"), checked="yes")
        assert "why:worse_again" in fresh.body(third).changes


def test_at_most_one_step_up_in_two_weeks_over_a_visit_too(fresh: Room, library: Library, name: str) -> None:
    """Clinical safety 7.6: two weeks since the last move, whoever moved it."""
    for day, pain in ((7, "5"), (14, "4")):
        tells(fresh, library, name, day, days="6", pain=pain)
    with days_on(fresh, 15):
        second = fresh.prints(next_sheet(fresh, name), checked="yes")
        before = steps(at_home_now(fresh, library, second))
    with days_on(fresh, 22):
        found = steps_on(fresh, next_sheet(fresh, second, "7401"))
    assert found == before, "a week after the move nothing goes up"
    with days_on(fresh, 29):
        assert steps_on(fresh, next_sheet(fresh, second, "7401")) != before, "two weeks after it, it may"


def test_a_stop_is_said_on_top_and_is_not_carried_on_unasked(fresh: Room, library: Library, name: str) -> None:
    stops(fresh, library, f"/kept/{fresh.code(name)}")
    pages = [opened_by_code(fresh, name), *(fresh.get(f"/clinic/{path}").text for path in (f"sheets/{name}", f"sheets/{name}/made"))]
    pages.append(fresh.get(f"/clinic/new?again={name}").text)
    for page in pages:
        (said,) = ON_TOP.findall(page)
        assert said.startswith("Stopped by the patient on") and "because of a new sign" in said
        assert page.index('id="stopped"') < re.search(r'<ol class="old"|id="chart"|id="packs"', page).start()  # type: ignore[union-attr]
        assert "Ask about every warning sign" in told(page)
    form, count = next_sheet(fresh, name), fresh.handouts()
    assert form.one("checked") == "" and "checked" in errors(fresh.press(form, "print", expects=422))
    assert fresh.press(form, "print", expects=303, checked="no").location == "/clinic/slip"
    assert fresh.handouts() == count, "not asked: the slip alone, and nothing is kept"


def test_the_notes_get_one_line_of_it(fresh: Room, library: Library, name: str) -> None:
    tells(fresh, library, name, 7, days="5", pain="4")
    tells(fresh, library, name, 14, days="3", pain="6")
    with days_on(fresh, 15):
        new = fresh.prints(next_sheet(fresh, name), checked="yes")
        lines = [line for line in chart_on(fresh, new).splitlines() if "at home" in line]
        assert "at home" not in chart_on(fresh, name)
    assert len(lines) == 1 and "Check-ins at home: 2" in lines[0]
    assert "Pain 5, 4, 6." in lines[0] and "Days of 7: 5, 3." in lines[0]


def test_the_thread_of_a_reference_draws_it(fresh: Room, library: Library, name: str) -> None:
    tells(fresh, library, name, 7, days="5", pain="2")
    with days_on(fresh, 8):
        page = fresh.get(f"/clinic/sheets/{name}/thread").text
    (words,) = TITLE.findall(page)
    assert re.findall(r", (\d+)", words) == ["5", "2"]


def test_a_plan_of_the_patients_own_brings_its_check_ins_and_its_stop(fresh: Room, library: Library) -> None:
    url = kept(fresh.app, library, 7, peg_p=5)
    sends(phone(fresh.app, library), url, days="5", pain="9")
    page = fresh.press(fresh.form(), "find", start=url[6:])
    assert "Check-ins at home: 1" in told(page.text) and Form(page.text).one("peg_p") == "9"
    assert {pair.partition(":")[2] for pair in Form(page.text).all("dose")} == {"half"}
    stops(fresh, library, url)
    said = told(fresh.press(fresh.form(), "find", start=url[6:]).text)
    assert "The patient stopped this plan on" in said and "Ask about every warning sign first" in said


@pytest.mark.parametrize(("days", "weeks"), [(27, 4), (28, 4), (29, 6), (43, 8), (57, 12), (85, 18), (127, 26)])
def test_the_paper_of_a_kept_plan_says_the_next_look(site: Flask, library: Library, renderer: object, days: int, weeks: int) -> None:
    """After week 4 the thread goes on at 6, 8, 12, 18 and 26 weeks."""
    fresh_answers = {"confirmed": date.today(), "asked": {row: date.today() for row in library.stale}}
    url = kept(site, library, days, fresh_answers)
    due = date.today() - timedelta(days=days) + timedelta(weeks=weeks)
    assert site.test_client().get(f"{url}.json", expects=200).json["review_on"] == due.isoformat()  # type: ignore[index]
    said = f"Review on {due.day} {due:%B %Y}"
    for path in (f"{url}.pdf", f"{url}-sheet.pdf", url):
        page = site.test_client().get(path, expects=200).text
        assert said in told("<main" + page) and len(set(re.findall(r"Review on ([\w ]+\d{4})", unescape(page)))) == 1, path
