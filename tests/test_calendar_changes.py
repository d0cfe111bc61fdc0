"""A calendar that is imported again after a change: nothing of the old plan stays in it."""

from __future__ import annotations

import dataclasses

import pytest
from flask import Flask

from planner.domain.model import Library
from planner.outputs.calendar import to_ics
from tests.aged import kept
from tests.checking_in import phone, week_over
from tests.conftest import only
from tests.test_calendar import crowd, plan_of, uids


def test_imported_again_after_a_change_nothing_of_the_old_plan_is_left(library: Library) -> None:
    """A calendar replaces an event by its UID where the sequence is higher, and drops one that is cancelled."""
    before = plan_of(library, peg_p=5, peg_e=5, peg_g=5)
    after = plan_of(library, minutes="5", risk_bone=("osteoporosis",))
    first, second = (by_uid(to_ics(one, library, code="AAAA-BBBB", changes=number)) for number, one in enumerate((before, after)))
    assert set(first) <= set(second) and all("SEQUENCE:1" in text for text in second.values())
    alive = {name: text for name, text in second.items() if "STATUS:CANCELLED" not in text}
    assert set(alive) == set(by_uid(to_ics(after, library, code="AAAA-BBBB"))) and len(second) > len(alive)
    assert all("RRULE" not in text and "X-BACKPLAN" not in text for name, text in second.items() if name not in alive)
    assert "UNTIL" not in to_ics(before, library).decode() and "CANCELLED" not in to_ics(before, library).decode()


def test_no_week_has_more_different_days_than_there_are_places(library: Library) -> None:
    for plan in crowd(library, 60):
        made = by_uid(to_ics(plan, library, code="AAAA-BBBB"))
        whole = by_uid(to_ics(plan, library, code="AAAA-BBBB", changes=1))
        assert len(made) < len(whole) == 50 and set(made) < set(whole)


def test_a_change_leaves_the_uids_of_a_kept_plans_other_events(library: Library) -> None:
    plan = plan_of(library)
    fewer = dataclasses.replace(plan, lines=tuple(line for line in plan.lines if line.section != "massage"), massage=None)
    before, after = (uids(to_ics(one, library, code="AAAA-BBBB")) for one in (plan, fewer))
    assert set(after) < set(before)


@pytest.mark.parametrize("how", ["by a sign", "by what the answers mean today"])
def test_a_plan_that_was_stopped_takes_itself_out_of_the_calendar(site: Flask, library: Library, how: str) -> None:
    """The page said stop, and the calendar went on with the exercises."""
    url, walker = week_over(site, library)
    before = by_uid(walker.get(f"{url}.ics").data)
    assert len(before) > 5
    if how == "by a sign":
        walker.get(f"{url}/checkin")
        walker.post(f"{url}/checkin", signs="1", tick="sign")
    else:
        url, before = kept(site, library, 7, rf_saddle="yes"), {}
    page = phone(site, library).get(url)
    assert f'href="{url}.ics"' in page.text
    after = by_uid(phone(site, library).get(f"{url}.ics", expects=200).data)
    assert set(before) <= set(after) and len(after) == 50
    for text in after.values():
        assert "STATUS:CANCELLED" in text and "RRULE" not in text and "X-BACKPLAN" not in text
    assert min(map(sequence, after.values())) > max(map(sequence, before.values()), default=0)


def sequence(text: str) -> int:
    return int(only(r"SEQUENCE:(\d+)", text))


def by_uid(body: bytes) -> dict[str, str]:
    events = body.decode().replace("\r\n ", "").split("BEGIN:VEVENT")[1:]
    return {next(line for line in text.splitlines() if line.startswith("UID:")): text for text in events}
