"""Whose tries are counted, what is asked of static files, and what nobody types."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from planner.kept.codes import grouped, new_code
from planner.web.rate_limits import asker_address
from planner.web.render import country, static_url
from tests.conftest import an_app
from tests.rooms import Room


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("", "", True),
        ("unix:", "unix:", True),
    ],
)
def test_one_home_of_ipv6_counts_as_one(app: Flask, one: str, other: str, same: bool) -> None:
    found = []
    for address in (one, other):
        with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
            found.append(asker_address())
    assert (found[0] == found[1]) == same


def test_misses_of_a_whole_64_are_counted_together(sqlite_url: str, counting: dict[str, Any]) -> None:
    client = an_app(DATABASE_URL=sqlite_url, **counting).test_client()
    codes = [
        client.get(f"/kept/{grouped(new_code())}", environ_base={"REMOTE_ADDR": f"2001:db8::{number:x}"}).status_code
        for number in range(25)
    ]
    assert codes == [404] * 20 + [429] * 5


def test_a_static_file_is_kept_for_a_year_under_its_own_hash_alone(app: Flask) -> None:
    client, right = app.test_client(), static_url("js/app.js")
    wanted = {
        right: "max-age=31536000",
        f"{right}0": "no-store",
        "/static/js/app.js?v=00000000": "no-store",
        f"/static/css/base.css?{right.partition('?')[2]}": "no-store",
        "/static/js/app.js": "max-age=86400",
        "/static/js/app.js?v=": "no-store",
    }
    for url, said in wanted.items():
        with client.get(url, expects=200) as response:
            assert said in response.headers["Cache-Control"], url
            assert response.headers["Content-Security-Policy"] == "frame-ancestors 'none'"


def test_a_nul_is_read_as_if_it_were_not_there(owned: Room) -> None:
    for url in ("reference=%00", "pack=%00", "therapist=%00", "reference=a%00b"):
        owned.client.get(f"/clinic/sheets?{url}", expects=200)
    for name in ("again", "change"):
        owned.client.get(f"/clinic/new?{name}=%00")
    for name in ("previous", "handout", "start", "note", "reference"):
        owned.client.post("/clinic/new", data={"do": "look", name: "a\0b"})


FACTORY = [
    *(("en-US,en;q=0.9", "GB"), ("en-US", "GB"), ("es-US", "US"), ("en-AU", "AU"), ("de-DE,en-US;q=0.5", "EU")),
    *(("fr", "GB"), ("", "GB")),
]


@pytest.mark.parametrize(("language", "found"), FACTORY)
def test_what_the_operator_says_goes_before_what_browsers_say_as_they_are_delivered(language: str, found: str) -> None:
    with an_app(COUNTRY="GB").test_request_context("/", headers={"Accept-Language": language}):
        assert country().id == found


ZONES = [("Pacific/Auckland", "22"), ("America/Los_Angeles", "21"), ("", "21"), ("../../etc/passwd", "21"), ("Nowhere/x", "21")]


@pytest.mark.parametrize(("zone", "day"), ZONES)
def test_a_day_is_the_persons_own(app: Flask, zone: str, day: str) -> None:
    import time_machine

    from planner.web.own_day import today_here

    with time_machine.travel("2026-11-21 22:48Z", tick=False), app.test_request_context("/", headers={"Cookie": f"zone={zone}"}):
        assert today_here().isoformat() == f"2026-11-{day}"
