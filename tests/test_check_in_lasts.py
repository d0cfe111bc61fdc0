"""What a check-in came to lasts: through changed answers and under a new code. No copy tells of the plan as it was before."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask import Flask

from planner.domain.course import Courses
from planner.domain.edits import Edits
from planner.domain.journey import Journey
from planner.domain.model import Library
from planner.domain.moving_on import Asked, carried, recorded
from planner.domain.thread import CheckIn, Diary
from tests.aged import stored
from tests.checking_in import EASY, LISTED, diary, phone, sends, week_over, well_then
from tests.keeping_web import once
from tests.people import well
from tests.renderer import FakeRenderer
from tests.test_health_link import made, status
from tests.walker import Walker


def test_a_health_link_ends_when_a_check_in_moves_the_plan(site: Flask, library: Library, renderer: FakeRenderer) -> None:
    url, walker = week_over(site, library, 7, peg_p=4)
    well_then(walker, url)
    link = made(walker, f"{url}/health-link")
    walker.get(url)
    walker.post(f"{url}/done", done="all", day=date.today().isoformat())
    assert status(walker, link) == 200, "a tick moves nothing"
    walker.get(f"{url}/checkin")
    sends(walker, url, days="5", pain="7")
    assert status(walker, link) == 404 and "shlink:/" not in walker.get(f"{url}/health-link").text
    assert status(walker, made(walker, f"{url}/health-link")) == 200, "and there may be a new one"


def test_no_link_is_made_to_a_plan_that_moved_while_it_was_drawn(
    site: Flask, library: Library, renderer: FakeRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, walker = week_over(site, library, 7, peg_p=4)
    other, page, draws = phone(site, library), f"{url}/health-link", renderer.submit
    sends(other, url, days="5", pain="4")

    def slowly(html: str, kind: str, *more: Any) -> Future[bytes]:
        other.get(url)
        other.post(f"{url}/checkin", week="1", days="5", pain="8")
        return draws(html, kind, *more)

    monkeypatch.setattr(renderer, "submit", slowly)
    walker.get(page)
    assert walker.post(page, expects=303).location == page
    assert "shlink:/" not in walker.get(page).text


ANSWERS = {"goal": "sport", "goal_words": "my very own goal", "peg_p": 4}


def listed(walker: Walker, url: str) -> list[tuple[str, str]]:
    """Titles and doses under "Now"."""
    found = walker.get(f"{url}/versions").text.partition("<h2>Now</h2>")[2].partition("</section>")[0]
    return LISTED.findall(unescape(found))


def rung_taken(site: Flask, library: Library, said: str, rung: str) -> tuple[str, Walker]:
    """A plan in which a check-in took the easier or the harder exercise for one that was too much or easy."""
    url, walker = week_over(site, library, 14, **ANSWERS)
    shown = EASY.findall(well_then(walker, url))
    name = next(one for one in shown if getattr(library.exercises[one], rung))
    sends(walker, url, days="5", pain="4", **{said: name})
    assert library.exercises[name].title not in dict(listed(walker, url))
    return url, walker


def answered_again(walker: Walker, url: str, **answers: Any) -> None:
    """Presses "Change my answers", goes through one page, and opens the plan."""
    walker.get(url)
    walker.post(f"{url}/change")
    walker.answers = well(walker.library, **ANSWERS, **answers)
    walker.get("/ask/moving")
    walker.step()
    walker.walk()
    walker.get("/plan")


def test_answers_that_come_out_the_same_leave_the_plan_where_it_is(site: Flask, library: Library) -> None:
    url, walker = rung_taken(site, library, "easy", "harder")
    before, now = diary(site, url), listed(walker, url)
    answered_again(walker, url)
    assert walker.post("/keep", once=once(walker)).location == url
    assert diary(site, url) == before and listed(walker, url) == now


@pytest.mark.parametrize("answers", [{}, {"sleep": "poor"}])
def test_a_new_code_takes_what_check_ins_came_to(site: Flask, library: Library, answers: dict[str, str]) -> None:
    url, walker = rung_taken(site, library, "much", "easier")
    before = listed(walker, url)
    answered_again(walker, url, **answers)
    new = str(walker.post("/keep", how="new", once=once(walker)).location)
    assert new != url and listed(walker, new) == before == listed(walker, url)
    assert stored(site, new).made == date.today() and diary(site, new) is None, "its weeks begin today"


def test_changed_answers_leave_what_a_therapist_typed(library: Library) -> None:
    """The style, the next session, and own doses and lines of the exercises that stay; not what was insisted on for other answers."""
    answers = well(library, goal="sport", peg_p=4)
    before, after = Journey(library, answers), Journey(library, {**answers, "sleep": "poor"})
    course, rules = Courses(before).of, library.schedule
    names = [line.item_id for line in course(Edits()).exercises]
    numbers, words = {"sets": 1, "repeats": 5}, {names[0]: "Slowly.", "gone": "Not any more."}
    chosen = Edits(
        tuple(names), typed={names[0]: numbers}, told=words, style="swedish", next_weeks=3, insisted=("exercise:x",), initials="AB"
    )
    asked = Asked(rules.review_rules, rules.check_ins, course, 4, chosen, date(2026, 9, 7))
    told = recorded(asked, Diary(date(2026, 9, 7)), CheckIn(5, 4), 1, date(2026, 9, 14))
    assert told.edits and told.edits.typed[names[0]]["repeats"] == 5
    edits = carried(told, course(told.edits), Courses(after).of(chosen), rules.review_rules)
    assert edits and edits.typed == told.edits.typed and edits.told == {names[0]: "Slowly."}
    assert (edits.style, edits.next_weeks, edits.insisted, edits.initials) == ("swedish", 3, (), "")


def test_under_a_new_code_the_walk_goes_on_from_where_it_was(library: Library) -> None:
    person, rules, day = Journey(library, well(library, peg_p=4)), library.schedule, date(2026, 9, 7)
    asked = Asked(rules.review_rules, rules.check_ins, Courses(person).of, 4, Edits(holds=True, walk_week=1), day)
    told = recorded(asked, Diary(day), CheckIn(1, 4), 4, date(2026, 10, 5))
    assert told.edits and told.edits.walk_week == 1, "it had been eased, and few days were done since"
