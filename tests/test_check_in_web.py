"""A kept plan from day to day, through its pages: today's ticks, the weekly check-in, what it changes, and what stops it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import text

from planner.database.sessions import reading
from planner.domain.model import Library
from planner.outputs.words import date_text
from tests.aged import STILL, ago, kept
from tests.checking_in import DONE, EASY, LISTED, UNDO, diary, later, phone, sends, week_over, well_then
from tests.conftest import HTMX
from tests.keeping_web import once
from tests.people import well
from tests.walker import Walker


def listed(walker: Walker, url: str) -> list[tuple[str, str]]:
    """Titles and doses under "Now"."""
    found = walker.get(f"{url}/versions").text.partition("<h2>Now</h2>")[2].partition("</section>")[0]
    return LISTED.findall(unescape(found))


def test_the_day_is_said_and_one_tap_ticks_and_one_takes_it_back(site: Flask, library: Library) -> None:
    url, walker = week_over(site, library, 8)
    page = walker.get(url).text
    assert "Day 9 of 28" in page and DONE.findall(page)
    assert "This is week 1." not in page and "Pick the days that suit you." in page
    name = DONE.findall(page)[0]
    assert walker.post(f"{url}/done", done=name, day=date.today().isoformat()).location == url
    assert name in UNDO.findall(walker.get(url).text)
    assert name in UNDO.findall(phone(site, library).get(url).text), "another phone sees it"
    walker.post(f"{url}/done", undo=name, day=date.today().isoformat())
    assert name in DONE.findall(walker.get(url).text)


def test_all_done_can_be_undone(site: Flask, library: Library) -> None:
    url, walker = week_over(site, library, 1)
    due = {one for one in DONE.findall(walker.get(url).text) if one != "all"}
    assert due
    walker.post(f"{url}/done", done="all", day=date.today().isoformat())
    assert set(UNDO.findall(walker.get(url).text)) == due | ({"all"} if len(due) > 1 else set())
    walker.post(f"{url}/done", undo="all", day=date.today().isoformat())
    assert due <= set(DONE.findall(walker.get(url).text))


@pytest.mark.parametrize(("day", "counts"), [(6, True), (7, False), (-1, False)])
def test_a_page_left_open_ticks_its_own_day(site: Flask, library: Library, day: int, counts: bool) -> None:
    url, walker = week_over(site, library, 8)
    walker.get(url)
    walker.post(f"{url}/done", done="all", day=ago(day).isoformat())
    found = diary(site, url)
    assert (found is not None and list(found.done) == [ago(day)]) == counts


@pytest.mark.parametrize("data", [{"done": "exercise:nothing"}, {"day": "x", "done": "y"}])
def test_what_is_not_due_ticks_nothing(site: Flask, library: Library, data: dict[str, str]) -> None:
    url, walker = week_over(site, library, 8)
    walker.get(url)
    assert walker.post(f"{url}/done", data).location == url
    found = diary(site, url)
    assert found is None or not any(found.done.values())


@pytest.mark.parametrize(("days", "week"), [(6, None), (7, 1), (27, 3), (41, 4), (42, 6), (182, 26)])
def test_the_weeks_in_which_it_asks(site: Flask, library: Library, days: int, week: int | None) -> None:
    """Weekly up to week 4, then 6, 8, 12, 18 and 26."""
    url, walker = kept(site, library, days, {"confirmed": ago(0), "asked": {name: ago(0) for name in library.stale}}), phone(site, library)
    page = walker.get(url).text
    found = re.findall(r"Week (\d+) is over", page)
    assert found == ([str(week)] if week else []), page[:3000]
    walker.get(f"{url}/checkin", expects=200 if week else 303)


def test_two_taps_when_well_then_six_at_most(site: Flask, library: Library) -> None:
    url, walker = week_over(site, library)
    walker.get(url)
    first = walker.get(f"{url}/checkin").text
    assert 'name="signs"' in first and 'name="pain"' not in first and "None of these" in first
    assert walker.post(f"{url}/checkin", signs="1", none="1").location == f"{url}/checkin"
    form = walker.get(f"{url}/checkin").text
    assert 'name="pain"' in form and 'name="signs"' not in form
    easy = EASY.findall(form)[0]
    led = walker.post(f"{url}/checkin", week="1", days="5", pain="4", best=easy, least="", easy=easy).location
    assert led == f"{url}/checkin/1" and "What changes now" in walker.get(str(led)).text
    assert "is over" not in walker.get(url).text and walker.get(f"{url}/checkin", expects=303).location == url


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"days": "", "pain": "4"}, ["days"]),
        ({"days": "8", "pain": "4"}, ["days"]),
        ({"days": "3", "pain": "11"}, ["pain"]),
        ({"days": "x", "pain": "-1"}, ["days", "pain"]),
        ({"days": "٣", "pain": "1" * 900}, ["days", "pain"]),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_the_rest_stays(
    site: Flask, library: Library, data: dict[str, str], wrong: list[str]
) -> None:
    url, walker = week_over(site, library)
    easy = EASY.findall(well_then(walker, url))[0]
    page = walker.post(f"{url}/checkin", {"week": "1", "easy": easy, **data}, expects=422).text
    assert re.findall(r'id="(\w+)-error"', page) == wrong
    assert re.search(rf'name="easy" value="{easy}" checked', page)
    found = diary(site, url)
    assert found is None or found.entries == ()


def test_posted_twice_and_from_two_phones_it_counts_once(site: Flask, library: Library) -> None:
    url, one = week_over(site, library)
    other = phone(site, library)
    well_then(one, url), well_then(other, url)
    for walker in (one, one, other):
        assert walker.post(f"{url}/checkin", week="1", days="5", pain="4").location == f"{url}/checkin/1"
    found = diary(site, url)
    assert found and len(found.entries) == 1 and found.entries[0].also == ()
    other.post(f"{url}/checkin", week="1", days="2", pain="7")
    found = diary(site, url)
    assert found and len(found.entries) == 1
    assert (found.entries[0].said.days, found.entries[0].said.pain) == (2, 7), "what asks for less counts"
    assert [(one.days, one.pain) for one in found.entries[0].also] == [(5, 4), (2, 7)], "and nothing is lost"
    assert "told twice" in one.get(f"{url}/checkin/1").text


def test_late_it_counts_for_its_week_and_signs_are_asked_without_losing_what_was_typed(site: Flask, library: Library) -> None:
    url, walker = week_over(site, library)
    well_then(walker, url)
    later(site, url, 3)
    page = walker.post(f"{url}/checkin", week="1", days="6", pain="3", expects=200).text
    assert 'name="signs"' in page
    carried = dict(re.findall(r'type="hidden" name="(week|days|pain|signs)" value="(\w+)"', page))
    assert carried == {"week": "1", "days": "6", "pain": "3", "signs": "1"}
    assert walker.post(f"{url}/checkin", carried, none="1").location == f"{url}/checkin/1"
    found = diary(site, url)
    assert found and found.entries[0].said.days == 6


def test_a_month_of_check_ins(site: Flask, library: Library) -> None:
    """Better and done: it builds from week 2 on. Worse: it eases at once. After that nothing is harder for two weeks."""
    url, walker = week_over(site, library, peg_p=6)
    began = listed(walker, url)
    sends(walker, url, days="5", pain="6")
    assert listed(walker, url) == began, "nothing moves up in the first two weeks"
    later(site, url, 7)
    sends(walker, url, days="5", pain="5")
    built = listed(walker, url)
    assert [title for title, _ in built] == [title for title, _ in began] and built != began
    assert "Your week went well." in walker.get(f"{url}/checkin/2").text
    later(site, url, 7)
    sends(walker, url, days="5", pain="8")
    eased = listed(walker, url)
    assert eased != built and "do half" in walker.get(f"{url}/checkin/3").text and "See a doctor or physio" in walker.page.text
    later(site, url, 7)
    sends(walker, url, days="7", pain="2")
    assert listed(walker, url) == eased, "two weeks since the last move"
    page = walker.get(f"{url}/versions").text
    assert page.count("This is how it was") == 4 and [LISTED.findall(unescape(one))[0][1] for one in page.split("<h2>")[2:]]
    later(site, url, 14)
    walker.get(url)
    if STILL.search(walker.page.text):
        walker.post(f"{url}/still", none="1")
    assert "Week 6 is over" in walker.get(url).text and "Week 7" in walker.page.text


def test_few_days_and_none_make_nothing_harder(site: Flask, library: Library) -> None:
    for days, words in (("0", "Nothing is harder after a week without it"), ("2", "Few days were done")):
        url, walker = week_over(site, library, 14)
        easy = EASY.findall(well_then(walker, url))
        sends(walker, url, days=days, pain="4", easy=easy)
        after, found = listed(walker, url), diary(site, url)
        assert found and set(after) <= set(found.entries[0].shown) and words in walker.get(f"{url}/checkin/2").text


def test_too_much_takes_the_easier_one_and_easy_the_harder_one(site: Flask, library: Library) -> None:
    url, walker = week_over(site, library, 14, goal="sport")
    form = well_then(walker, url)
    shown = EASY.findall(form)
    lower = next(name for name in shown if library.exercises[name].easier)
    higher = next(name for name in shown if library.exercises[name].harder and name != lower)
    sends(walker, url, days="5", pain="4", easy=higher, much=lower)
    titles = [title for title, _ in listed(walker, url)]
    assert library.exercises[lower].title not in titles
    page = unescape(walker.get(f"{url}/checkin/2").text)
    assert "It was too much." in page and "It was easy." in page


def test_changed_answers_make_nothing_harder_after_worse(site: Flask, library: Library) -> None:
    url, walker = week_over(site, library, 7, goal="sport", goal_words="my very own goal", peg_p=4)
    sends(walker, url, days="5", pain="7")
    eased = dict(listed(walker, url))
    walker.get(url)
    walker.post(f"{url}/change")
    walker.answers = well(library, goal="sport", goal_words="my very own goal", peg_p=4, sleep="poor")
    walker.get("/ask/moving")
    walker.step()
    walker.walk()
    walker.get("/plan")
    assert walker.post("/keep", once=once(walker)).location == url
    after = dict(listed(walker, url))
    assert after and all(dose == eased.get(title, dose) for title, dose in after.items())


def test_every_output_tells_of_the_moved_plan(site: Flask, library: Library) -> None:
    url, walker = week_over(site, library, 14, goal="sport")
    shown = EASY.findall(well_then(walker, url))
    lower = next(name for name in shown if library.exercises[name].easier)
    sends(walker, url, days="5", pain="4", much=lower)
    for ending in (".json", ".txt"):
        said = walker.get(url + ending).text
        assert (f'"exercise:{lower}"' if ending == ".json" else library.exercises[lower].title + "\n") not in said


def test_nothing_of_it_can_be_read_in_the_database_or_an_address(site: Flask, library: Library) -> None:
    url, walker = week_over(site, library)
    names = EASY.findall(well_then(walker, url))
    walker.post(f"{url}/done", done="all", day=date.today().isoformat())
    led = sends(walker, url, days="5", pain="4", best=names[0])
    assert led == f"{url}/checkin/1" and names[0] not in led
    with reading(site.extensions["database"]) as session:
        row = session.execute(text("select * from kept_plan")).one()
    raw = b"".join(bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in row)
    assert not [word for word in (*names, "exercise", "pain", "begun", url[6:]) if word.encode() in raw]
    walker.get(f"{url}/delete")
    walker.post(f"{url}/delete")
    with reading(site.extensions["database"]) as session:
        assert session.execute(text("select count(*) from kept_plan")).scalar() == 0


def test_htmx_gets_the_same_pages(site: Flask, library: Library) -> None:
    url, walker = week_over(site, library)
    for path in ("", "/checkin"):
        found = walker.client.get(url + path, headers=HTMX)
        assert found.status_code == 200 and "<html" not in found.text and "<title>" in found.text


def test_the_next_look_has_its_date(site: Flask, library: Library) -> None:
    url, walker = week_over(site, library, 3)
    assert date_text(date.today() + timedelta(days=4)) in walker.get(url).text
