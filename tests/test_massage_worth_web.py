"""Writing down massages under the code of a kept plan, through its pages: what counts, what is said beside which field, who is asked."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

from flask import Flask
from sqlalchemy import text

from planner.database.sessions import reading
from planner.domain.model import Library
from tests.aged import ago, kept
from tests.checking_in import diary, phone, sends, week_over
from tests.walker import Walker

WAS = re.compile(r'name="was" value="([^"]*)"')
STOP = "If it has not clearly helped after session {}, stop buying massage."


def writes(walker: Walker, url: str, expects: int = 303, **data: Any) -> str:
    """A massage of some days ago, with whatever numbers. The page that follows."""
    walker.get(f"{url}/massage/new")
    found = walker.post(f"{url}/massage", {"day": ago(3).isoformat(), "before": "6", "after": "3", "morning": "4", **data}, expects=expects)
    if expects == 303:
        assert found.location == f"{url}/massage"
        return unescape(walker.get(f"{url}/massage").text)
    return unescape(found.text)


def sessions(app: Flask, url: str) -> list[tuple[date, int, int | None, int | None]]:
    found = diary(app, url)
    return [(one.on, one.before, one.after, one.morning) for one in found.massages] if found else []


def four(walker: Walker, url: str, befores: str, mornings: str) -> str:
    page = ""
    for place, (before, morning) in enumerate(zip(befores, mornings, strict=True)):
        page = writes(walker, url, day=ago(22 - 7 * place).isoformat(), before=before, morning=morning)
    return page


def test_four_sessions_of_clear_help_lead_on(site: Flask, library: Library) -> None:
    url, walker = week_over(site, library, 6)
    assert f'href="{url}/massage"' in walker.get(url).text
    page = unescape(walker.get(f"{url}/massage").text)
    assert "Too early to say" in page and "4 whole sessions more" in page
    page = four(walker, url, "6756", "3423")
    assert "Yes: more than ups and downs" in page and "was 6 before a massage and 3 the next morning" in page
    assert "all 70 ways" in page and "1 way has mornings that are as low" in page
    assert "Go on as often as your plan says." in page and STOP.format(4) not in page


def test_without_clear_help_the_stop_rule_of_the_plan_holds(site: Flask, library: Library) -> None:
    for befores, mornings, headline in (
        ("6756", "6666", "No clear help"),
        ("8372", "6251", "We cannot tell"),
        ("3423", "6756", "No: the mornings were worse"),
    ):
        url, walker = week_over(site, library, 6)
        page = four(walker, url, befores, mornings)
        assert headline in page and STOP.format(4) in page and "Go on as often" not in page
        assert ("Your pain rose after the massage" in page) == (headline.startswith("No: "))


def test_a_plan_that_looks_back_after_two_says_so_after_two(site: Flask, library: Library) -> None:
    url, walker = week_over(site, library, 6, budget="some")
    assert STOP.format(2) not in writes(walker, url, day=ago(20).isoformat())
    page = writes(walker, url, day=ago(6).isoformat())
    assert STOP.format(2) in page and "2 whole sessions more" in page


def wrong() -> list[tuple[dict[str, str], str, str]]:
    """What is typed, beside which field the message stands, and its words."""
    return [
        ({"before": ""}, "before", "Choose a number for your pain before"),
        ({"before": "11"}, "before", "Choose a number for your pain before"),
        ({"after": "x"}, "after", "Choose a number for your pain right after"),
        ({"morning": "-1"}, "morning", "Choose a number for the next morning"),
        ({"day": ""}, "day", "Write the day of the massage"),
        ({"day": "30 November"}, "day", "Write the day of the massage"),
        ({"day": ago(-1).isoformat()}, "day", "This day is still to come"),
        ({"day": ago(200).isoformat()}, "day", "more than half a year ago"),
        ({"day": ago(0).isoformat()}, "morning", "The morning after is still to come"),
    ]


def test_a_wrong_or_missing_number_has_a_message_beside_it_and_keeps_the_rest(site: Flask, library: Library) -> None:
    url, walker = week_over(site, library, 6)
    for data, field, words in wrong():
        page = writes(walker, url, 422, **data)
        assert words in page.partition(f'id="{field}-error"')[2].partition("</p>")[0], data
        assert f'aria-describedby="{field}-error"' in page and page.count('class="err"') == 1, data
        for name, value in (("before", 6), ("after", 3), ("morning", 4)):
            assert name in data or re.search(rf'name="{name}" value="{value}"[^>]* checked', page), data
        assert "day" not in data or f'name="day" value="{data["day"]}"' in page, data
    assert sessions(site, url) == []


def test_a_number_left_out_is_missing_but_not_yet_is_an_answer(site: Flask, library: Library) -> None:
    url, walker = week_over(site, library, 6)
    walker.get(f"{url}/massage/new")
    found = walker.post(f"{url}/massage", {"day": ago(3).isoformat(), "before": "6"}, expects=422).text
    assert 'id="after-error"' in found and 'id="morning-error"' in found and 'id="before-error"' not in found
    writes(walker, url, after="", morning="")
    assert sessions(site, url) == [(ago(3), 6, None, None)]


def test_posted_twice_or_from_two_phones_it_counts_once_and_loses_nothing(site: Flask, library: Library) -> None:
    url, walker = week_over(site, library, 6)
    other = phone(site, library)
    writes(walker, url, morning="")
    writes(walker, url, morning="")
    writes(other, url, after="", morning="4")
    assert sessions(site, url) == [(ago(3), 6, 3, 4)]
    page = writes(other, url, 422, before="9")
    assert "other numbers for this day" in page.partition('id="day-error"')[2].partition("</p>")[0]
    assert sessions(site, url) == [(ago(3), 6, 3, 4)]


def test_a_session_is_corrected_moved_and_deleted(site: Flask, library: Library) -> None:
    url, walker = week_over(site, library, 6)
    writes(walker, url)
    was = WAS.findall(walker.get(f"{url}/massage/1").text)[0]
    writes(walker, url, was=was, day=ago(2).isoformat(), before="7")
    assert sessions(site, url) == [(ago(2), 7, 3, 4)]
    writes(walker, url, was=was, day=ago(2).isoformat(), before="7")
    assert sessions(site, url) == [(ago(2), 7, 3, 4)], "the same correction again"
    was = WAS.findall(walker.get(f"{url}/massage/1").text)[0]
    writes(walker, url, was=was, delete="1")
    assert sessions(site, url) == []
    walker.get(f"{url}/massage/1", expects=404)


def test_the_next_morning_is_asked_for_on_the_page_of_the_day(site: Flask, library: Library) -> None:
    url, walker = week_over(site, library, 6)
    writes(walker, url, day=ago(1).isoformat(), morning="")
    page = walker.get(url).text
    assert "How is your pain after the massage?" in page and f'href="{url}/massage/1"' in page
    was = WAS.findall(walker.get(f"{url}/massage/1").text)[0]
    writes(walker, url, was=was, day=ago(1).isoformat(), morning="4")
    assert "How is your pain after the massage?" not in walker.get(url).text


def test_who_has_no_massage_against_pain_is_not_asked(site: Flask, library: Library) -> None:
    others: list[dict[str, Any]] = [
        {"budget": "none"},
        {"pressure_pref": "none"},
        {"areas": ("none",)},
        {"health": ("fever_or_contagious",)},
    ]
    for answers in others:
        url, walker = kept(site, library, 1, **answers), phone(site, library)
        assert f"{url}/massage" not in walker.get(url).text
        for path in ("massage", "massage/new"):
            assert walker.get(f"{url}/{path}", expects=303).location == url
        walker.post(f"{url}/massage", {"day": ago(1).isoformat(), "before": "6", "after": "3", "morning": ""})
        assert sessions(site, url) == []


def test_a_stopped_plan_shows_and_takes_no_massage(site: Flask, library: Library) -> None:
    url, walker = week_over(site, library)
    writes(walker, url)
    signs = re.findall(r'name="tick" value="(\w+)"', walker.get(f"{url}/checkin").text)
    walker.post(f"{url}/checkin", {"signs": "1", "tick": signs[0]})
    other = phone(site, library)
    for path in ("massage", "massage/new", "massage/1"):
        assert other.get(f"{url}/{path}", expects=303).location == url
    other.get(url)
    other.post(f"{url}/massage", {"day": ago(2).isoformat(), "before": "6", "after": "3", "morning": "4"})
    assert len(sessions(site, url)) == 1


def test_check_ins_and_massages_keep_out_of_each_others_way(site: Flask, library: Library) -> None:
    url, walker = week_over(site, library)
    writes(walker, url)
    sends(walker, url)
    found = diary(site, url)
    assert found and len(found.massages) == 1 and len(found.entries) == 1


def test_the_numbers_are_sealed_and_no_address_says_a_day(site: Flask, library: Library) -> None:
    url, walker = week_over(site, library, 6)
    page = four(walker, url, "6756", "3423")
    assert not re.findall(r'href="[^"]*\d{4}-\d\d-\d\d', page)
    with reading(site.extensions["database"]) as session:
        rows = [bytes(one) for (one,) in session.execute(text("select diary from kept_plan where diary is not null"))]
    assert rows and not any(ago(days).isoformat().encode() in row or b"massages" in row for row in rows for days in (1, 8, 15, 22))
