"""The calendar: the right days for everybody, read by parsers that are not ours, and nothing private in a title."""

from __future__ import annotations

import dataclasses
import json
import random
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import ics
import pytest
import time_machine
import vobject
from dateutil.rrule import rrulestr

from planner.cli.main import main
from planner.domain.journey import Journey
from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs.arrange import country_of
from planner.outputs.calendar import NoCalendar, to_ics
from planner.outputs.form import PlanFailed
from planner.outputs.forms import make
from planner.outputs.words import date_text, numbers
from tests.people import anybody, well

ON = date(2026, 11, 21)
TITLES = re.compile(r"(Back exercises, \d+ min|Walk, \d+ min|Push, \d+ min|Massage|Look at my plan again)")
FEED = re.compile(r"\r\n[ \t]")
ATTACK = 'x\r\nATTENDEE:mailto:a@example.org\r\nEND:VEVENT;VALUE="\\,<b onclick=1>\u2028ATTENDEE:b\rATTENDEE:c\x0bATTENDEE:d\x00\n'
KINDS = ("Back exercises", "Walk", "Push", "Massage", "Look at my plan again")
Days = dict[str, set[datetime | date]]
"""Title without its minutes -> when it happens."""


def plan_of(library: Library, on: date = ON, **answers: Any) -> Plan:
    return build(library, well(library, **answers), on=on)


def crowd(library: Library, count: int, seed: int = 12) -> Iterator[Plan]:
    """Plans of random people who get one, made on every day of the week."""
    rng = random.Random(seed)
    while count:
        answers = anybody(library, rng)
        on = ON + timedelta(days=count)
        plan = build(library, answers, on=on) if not Journey(library, answers).missing else None
        if plan and not plan.triage.no_plan:
            count -= 1
            yield plan


def scheduled(plan: Plan) -> Days:
    """What the printed schedule says, for days counted from the plan's date."""
    found: Days = {**{title: set() for title in KINDS}, "Look at my plan again": {plan.review_on}}
    for number in range(28):
        often = {line.id for line in plan.section("exercises") if line.doses[number // 7].times_a_day > 1}
        on = plan.made_on + timedelta(days=number)
        day = plan.weeks[number // 7][on.weekday()]
        if day.exercises:
            found["Back exercises"].add(datetime.combine(on, time(8)))
        if often & set(day.exercises):
            found["Back exercises"].add(datetime.combine(on, time(18)))
        if day.walk:
            found["Push" if plan.walk and plan.walk.pushing else "Walk"].add(datetime.combine(on, time(12, 30)))
        if day.massage and plan.massage and plan.massage.styles:
            found["Massage"].add(on)
    return found


def by_vobject(body: bytes, until: date) -> Days:
    """Every occurrence up to `until`, by vobject and dateutil."""
    found: Days = {title: set() for title in KINDS}
    for event in vobject.readOne(body.decode()).vevent_list:
        start, end = event.dtstart.value, datetime.combine(until, time.max)
        days = event.rruleset.between(datetime.min, end, inc=True) if "rrule" in event.contents else [start]
        whole = not isinstance(start, datetime)
        found[event.summary.value.split(",")[0]] |= {day.date() if whole and isinstance(day, datetime) else day for day in days}
    return found


def by_ics(body: bytes, until: date) -> Days:
    """Every occurrence up to `until`, by ics.py's reading of the events."""
    found: Days = {title: set() for title in KINDS}
    for event in ics.Calendar(body.decode()).events:
        start = event.begin.naive
        rule = next((line.value for line in event.extra if line.name == "RRULE"), "")
        days = rrulestr(rule, dtstart=start).between(datetime.min, datetime.combine(until, time.max), inc=True) if rule else [start]
        found[event.name.split(",")[0]] |= {day.date() if event.all_day else day for day in days}
    return found


@pytest.mark.parametrize("weekday", range(7))
def test_two_other_readers_find_the_days_of_the_schedule_over_six_weeks(library: Library, weekday: int) -> None:
    plan = plan_of(library, ON + timedelta(days=weekday), duration="gt12w", peg_p=5, peg_e=5, peg_g=5)
    body, until = to_ics(plan, library), plan.made_on + timedelta(weeks=6)
    wanted = scheduled(plan)
    assert all(found for title, found in wanted.items() if title != "Push") and len(wanted["Massage"]) == 4
    assert by_vobject(body, until) == wanted
    assert by_ics(body, until) == wanted


def test_everybodys_calendar_is_their_schedule(library: Library) -> None:
    frequencies = set()
    for plan in (plan_of(library, peg_p=5, peg_e=5, peg_g=5), *crowd(library, 150)):
        body = to_ics(plan, library)
        assert by_vobject(body, plan.made_on + timedelta(weeks=6)) == scheduled(plan)
        frequencies.add(plan.massage.freq if plan.massage else "none")
    assert frequencies >= {"none", "as_wanted", "weekly", "fortnightly", "monthly"}


def test_titles_say_nothing_and_notes_say_only_the_plan(library: Library) -> None:
    for plan in crowd(library, 60, seed=3):
        items = {line.title for line in plan.lines}
        for event in vobject.readOne(to_ics(plan, library).decode()).vevent_list:
            assert TITLES.fullmatch(event.summary.value)
            assert event.contents["class"][0].value == "PRIVATE"
            notes = event.description.value.split("\n") if "description" in event.contents else []
            walk = numbers(country_of(plan, library), plan.walk.whole) if plan.walk else ""
            own = [note for note in notes if note.split(":")[0] not in items and note != walk]
            assert all(note.startswith(("Pressure: ask for", f"Made on {date_text(plan.made_on)}")) for note in own), own


def test_sessions_of_a_day_fit_the_minutes_offered(library: Library) -> None:
    for plan in crowd(library, 100, seed=5):
        spent: dict[date, float] = {}
        for event in vobject.readOne(to_ics(plan, library).decode()).vevent_list:
            if event.summary.value.startswith("Back"):
                minutes = (event.dtend.value - event.dtstart.value).total_seconds() / 60
                assert event.summary.value == f"Back exercises, {minutes:.0f} min"
                for day in event.rruleset:
                    spent[day.date()] = spent.get(day.date(), 0) + minutes
        assert bool(spent) == bool(plan.section("exercises")) and max(spent.values(), default=0) <= plan.minutes_offered


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York"])
@pytest.mark.parametrize("on", [date(2026, 10, 19), date(2026, 3, 2), date(2026, 3, 16)])
def test_eight_in_the_morning_stays_eight_when_the_clocks_change(library: Library, zone: str, on: date) -> None:
    plan = plan_of(library, on)
    body = to_ics(plan, library)
    begun = [line for line in body.decode().splitlines() if line.startswith(("DTSTART", "DTEND", "RRULE"))]
    assert begun and not any("TZID" in line or line.endswith("Z") or "Z;" in line for line in begun)
    found = by_vobject(body, on + timedelta(weeks=6))["Back exercises"]
    local = [moment.replace(tzinfo=ZoneInfo(zone)) for moment in found if isinstance(moment, datetime)]
    assert {moment.time() for moment in local} <= {time(8), time(18)}
    assert found == scheduled(plan)["Back exercises"]
    if not (zone == "America/New_York" and on.day == 16):
        assert len({moment.utcoffset() for moment in local}) == 2


@pytest.mark.parametrize("on", [date(2028, 2, 29), date(1900, 1, 1), date(1, 1, 1), date(8999, 12, 31), date(2026, 12, 31)])
def test_odd_dates(library: Library, on: date) -> None:
    plan = plan_of(library, on)
    assert by_vobject(to_ics(plan, library), on + timedelta(weeks=6)) == scheduled(plan)


def test_the_lines_of_the_calendar_are_lines_of_the_plan(library: Library) -> None:
    for plan in crowd(library, 60, seed=7):
        events = vobject.readOne(to_ics(plan, library).decode()).vevent_list
        named = {one for event in events for part in event.contents.get("x-backplan-lines", []) for one in part.value.split()}
        massage = {plan.massage.styles[0].id} if scheduled(plan)["Massage"] and plan.massage else set()
        walks = {"selfcare:walk"} & {line.id for line in plan.lines if scheduled(plan)["Walk"]}
        assert named == {line.id for line in plan.section("exercises")} | massage | walks
        assert named <= {line.id for line in plan.lines}


@pytest.mark.parametrize("health", ["fever_or_contagious", "none"])
def test_a_massage_that_waits_is_not_in_the_calendar(library: Library, health: str) -> None:
    plan = plan_of(library, health=(health,))
    assert plan.massage and plan.massage.held == (health != "none")
    assert (b"SUMMARY:Massage" in to_ics(plan, library)) != plan.massage.held


@pytest.mark.parametrize("answers", [{"rf_saddle": "yes"}, {"rf_dvt": "yes"}, {"age_band": "under16"}])
def test_a_stop_makes_no_calendar(library: Library, answers: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = plan_of(library, **answers)
    assert plan.triage.no_plan
    with pytest.raises(NoCalendar):
        to_ics(plan, library)
    with pytest.raises(PlanFailed) as told:
        make(plan, library, "ics")
    assert str(told.value)
    (tmp_path / "answers.json").write_text(json.dumps(answers), "utf-8")
    target = tmp_path / "plan.ics"
    command = ["plan", str(tmp_path / "answers.json"), "--fill-defaults", "--format", "ics", "--output", str(target)]
    assert main(command) == 1 and not target.exists()
    assert capsys.readouterr().err.count("\n") == 1


def test_words_cannot_become_properties(library: Library) -> None:
    plan = plan_of(library, goal="sitting", goal_words=ATTACK)
    plain = plan_of(library, goal="sitting")
    assert to_ics(plan, library) == to_ics(plain, library)
    wild = tuple(line._replace(title=ATTACK + "Łódź 🧘 " * 1000) for line in plan.lines)
    body = to_ics(dataclasses.replace(plan, lines=wild), library)
    names = [re.split("[:;]", line)[0] for line in FEED.sub("", body.decode()).splitlines()]
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", body.decode())
    assert "ATTENDEE" not in names and names.count("BEGIN") == names.count("END")
    assert all(not event.attendees for event in ics.Calendar(body.decode()).events)
    assert len(vobject.readOne(body.decode()).vevent_list) == len(vobject.readOne(to_ics(plan, library).decode()).vevent_list)


def test_lines_are_folded_and_end_in_crlf(library: Library) -> None:
    for plan in crowd(library, 20, seed=9):
        body = to_ics(plan, library)
        lines = body.split(b"\r\n")
        assert lines[-1] == b"" and b"\n" not in b"".join(lines) and b"\r" not in b"".join(lines)
        assert max(map(len, lines)) <= 75
        assert b"PRODID:-//Backplan//" in body


def uids(body: bytes) -> list[str]:
    return [event.uid.value for event in vobject.readOne(body.decode()).vevent_list]


def test_every_event_has_a_reminder(library: Library) -> None:
    for event in vobject.readOne(to_ics(plan_of(library), library).decode()).vevent_list:
        before = timedelta(minutes=-10) if isinstance(event.dtstart.value, datetime) else timedelta(hours=9)
        assert (event.valarm.action.value, event.valarm.trigger.value) == ("DISPLAY", before)


def test_same_plan_same_bytes_and_its_own_uids(library: Library) -> None:
    plan, other = plan_of(library), plan_of(library, areas=("neck_shoulders",), minutes="20")
    with time_machine.travel("2031-05-01", tick=False):
        late = to_ics(plan, library)
    assert late == to_ics(plan, library)
    codes = ("", "AAAA-BBBB", "CCCC-DDDD")
    sets = [uids(to_ics(plan, library, code=code)) for code in codes] + [uids(to_ics(other, library))]
    assert all(len(set(one)) == len(one) for one in sets)
    assert len(set().union(*sets)) == sum(map(len, sets))
    assert all(code not in to_ics(plan, library, code=code).decode() for code in codes if code)


def test_the_command_line_makes_calendars(library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = tmp_path / "people.jsonl"
    people.write_text("\n".join(json.dumps(one) for one in (well(library), {"rf_saddle": "yes"})), "utf-8")
    assert main(["plans", str(people), "--output", str(tmp_path / "out"), "--format", "ics", "--date", "2026-11-21"]) == 2
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["000001.ics", "000002.error.txt"]
    assert (tmp_path / "out" / "000001.ics").read_bytes() == to_ics(plan_of(library), library)
    assert (tmp_path / "out" / "000002.error.txt").read_text("utf-8").count("\n") == 1
