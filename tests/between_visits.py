"""A sheet between two visits, for tests: days that pass for both sides, check-ins at home, and a therapist who opens the sheet again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine

from planner.domain.edits import DOSES
from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.kept.reopen import Reopened
from tests.checking_in import phone, sends
from tests.clinics import signed_in
from tests.rooms import Room
from tests.sheet_forms import Form


@contextmanager
def days_on(room: Room, days: int) -> Iterator[None]:
    """So many days after today, for the clinic and the patient; the therapist has signed in again."""
    before = room.client
    with time_machine.travel(datetime.now(UTC) + timedelta(days=days), tick=True):
        room.client = signed_in(room.app, room.home.therapist)
        yield
    room.client = before


def tells(room: Room, library: Library, name: str, on: int, **said: Any) -> None:
    """The check-in of a sheet, so many days after today."""
    with days_on(room, on):
        url = f"/kept/{room.code(name)}"
        assert sends(phone(room.app, library), url, **said).startswith(f"{url}/checkin/"), "it was asked"


def opened_by_code(room: Room, name: str) -> str:
    """Types the code into the first field of the new sheet; the page that it leads to."""
    found = room.press(room.form(), "find", start=room.code(name), expects=303)
    return room.get(str(found.location)).text


def next_sheet(room: Room, name: str, digits: str = "") -> Form:
    """ "Same as last time", with the digits of the paper or without."""
    page = Form(room.get(f"/clinic/repeat/{name}").text, "", f"/clinic/repeat/{name}")
    found = room.post(f"/clinic/repeat/{name}", page.with_(digits=digits))
    return Form(room.get(str(found.location)).text)


def at_home_now(room: Room, library: Library, name: str) -> Plan:
    """The plan that the patient's code opens, as check-ins have left it."""
    found = room.opened(name)
    assert found.kept
    plan = Reopened(replace(found.own or found.kept, diary=found.diary), library, "other").plan
    assert plan
    return plan


def steps(plan: Plan) -> dict[str, int]:
    """How much of each exercise there is in the first week, by its id: 0 is half."""
    return {line.item_id: DOSES.index(line.dose_step) for line in plan.section("exercises") if line.dose_step in DOSES}


def steps_on(room: Room, form: Form) -> dict[str, int]:
    """The same of what a form would print."""
    name = room.prints(form, checked="yes")
    found = room.body(name)
    return {one: DOSES.index(found.edits.doses[one]) for one in found.edits.exercises if found.edits.doses.get(one) in DOSES}
