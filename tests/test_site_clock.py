"""What happened, and where one is signed in, by the clock of the site: summer and winter, named once on the page."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from planner.clinic.people import audit
from planner.clinic.people.sign_ins import begin
from planner.clinic.tables import Therapist
from planner.database.sessions import writing
from tests.rooms import Room

LONDON, DELHI = "GMT0BST,M3.5.0/1,M10.5.0/2", "IST-5:30"
SUMMER, WINTER = datetime(2026, 7, 1, 23, 30, tzinfo=UTC), datetime(2026, 1, 15, 9, 5, tzinfo=UTC)
TIMES = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")


@pytest.fixture
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock of the machine, for one test."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("zone", "name", "shown"),
    [(LONDON, "GMT/BST", {"2026-07-02 00:30", "2026-01-15 09:05"}), (DELHI, "IST", {"2026-07-02 05:00", "2026-01-15 14:35"})],
    indirect=["zone"],
)
@pytest.mark.usefixtures("zone")
def test_what_happened_is_told_by_the_clock_of_the_site(fresh: Room, name: str, shown: set[str]) -> None:
    with writing(fresh.engine) as rows:
        for moment in (SUMMER, WINTER):
            audit.record(rows, moment, "profile", by=rows.get_one(Therapist, fresh.home.owner))
    page = fresh.owner().get("/clinic/audit").text
    assert shown <= {*TIMES.findall(page)} and page.count(f"({name})") == 1 and "UTC" not in page


@pytest.mark.parametrize("zone", [LONDON], indirect=True)
@pytest.mark.usefixtures("zone")
def test_sign_ins_are_told_by_the_same_clock(fresh: Room) -> None:
    began = datetime.now(UTC).replace(second=0)
    with writing(fresh.engine) as rows:
        begin(rows, fresh.home.therapist, began)
    page = fresh.get("/clinic/account").text
    table = page.partition('aria-labelledby="in"')[2].partition("</section>")[0]
    assert f"{began.astimezone():%Y-%m-%d %H:%M}" in table and table.count("(GMT/BST)") == 1 and "UTC" not in page
