"""Six weeks of one patient and one therapist in real browsers: waiting room, sheet, home, three check-ins, and the next visit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from planner.domain.edits import DOSES
from tests.browser.conftest import PHONE, Desk, opened
from tests.browser.keystrokes import Person
from tests.browser.person import DEFAULTS, LIBRARY, answer_page
from tests.browser.six_weeks import HEAD, Album, Thread, at_a_desk, furnished
from tests.people import well

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SCREEN: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "locale": "en-GB"}
NOTE = "Slowly on the stairs, please."
OWN = "carry my grandson"
PATIENT = well(LIBRARY, peg_p=5, rf_weight_loss="unsure", goal="caring", goal_words=OWN, country="GB")
THREE: dict[int, dict[str, int]] = {7: {"days": 5, "pain": 3}, 14: {"days": 4, "pain": 6}, 21: {"days": 6, "pain": 3}}
"""Day of the check-in: better, worse, better."""
HELPED = "Knee rolls"
Doses = dict[str, list[int]]


@pytest.fixture
def thread(browser: Browser, desk: Desk) -> Iterator[Thread]:
    furnished(desk)
    phones = opened(browser.new_context(**PHONE, base_url=desk.url), desk.url)
    screens = opened(at_a_desk(browser.new_context(**SCREEN, base_url=desk.url)), desk.url)
    yield Thread(desk, next(phones), next(screens))
    for one in (phones, screens):
        assert next(one, None) is None


@pytest.fixture
def album(tmp_path: Path) -> Album:
    return Album.at(tmp_path / "pictures")


def test_six_weeks_between_a_waiting_room_and_the_next_visit(thread: Thread, album: Album) -> None:
    with thread.day(0):
        word = answers_by_link(thread, album)
        name = from_word_to_sheet(thread, album, word)
        url = opens_the_code(thread, album, "Day 1 of 28")
    told = [at_home_now(thread.phone, url)]
    for week, (day, said) in enumerate(THREE.items(), 1):
        with thread.day(day):
            tells(thread, album, url, week, said)
            told.append(at_home_now(thread.phone, url))
    assert told[0] and told[2] != told[1] and harder(told[1], told[2]) == [], "never harder after worse"
    with thread.day(22):
        ticks_what_is_due(thread, album, url)
    with thread.day(42):
        comes_back(thread, album, name, url)
    print(f"\n{len(album.taken)} pictures in {album.folder}; doses at home {told}")


def answers_by_link(thread: Thread, album: Album) -> str:
    """The clinic makes a link, the patient answers on their own phone; the word they get."""
    screen, phone = thread.screen, thread.phone
    screen.goto("/clinic/waiting-room")
    screen.get_by_role("button", name="New intake").click()
    link = screen.locator("#link").input_value()
    album.page(screen, "clinic-new-intake")
    phone.goto(link)
    expect(phone.get_by_text(HEAD["name"]).first).to_be_visible()
    album.page(phone, "phone-intake-start", dark=True)
    phone.get_by_role("button", name="Start").click()
    phone.wait_for_url("**/ask/**")
    album.page(phone, "phone-first-question")
    while "/ask/" in phone.url:
        if words := phone.locator("[name=goal_words]").all():
            phone.locator("details:has([name=goal_words]) > summary").click()
            words[0].fill(OWN)
            album.page(phone, "phone-goal")
        answer_page(phone, PATIENT, DEFAULTS)
    phone.wait_for_url("**/intake/consent")
    phone.locator("#agree").check()
    album.page(phone, "phone-consent")
    phone.get_by_role("button", name="Hand in my answers").click()
    phone.wait_for_url("**/intake/word")
    album.page(phone, "phone-word", dark=True)
    word = str(phone.locator("[data-word]").get_attribute("data-word"))
    phone.get_by_role("button", name="Done, clear my answers here").click()
    album.page(phone, "phone-cleared")
    expect(phone.get_by_text(word)).to_have_count(0)
    return word


def from_word_to_sheet(thread: Thread, album: Album, word: str) -> str:
    """The therapist begins with the answers, what was not sure first, and prints. The id of the sheet."""
    screen = thread.screen
    screen.goto("/clinic/new")
    album.page(screen, "clinic-empty-sheet")
    screen.keyboard.type(word.lower())
    screen.keyboard.press("Enter")
    part = screen.locator(".ahead")
    expect(part).to_contain_text("by the clinic’s link")
    said = part.inner_text()
    assert said.index("Not sure: ask, then set") < said.index(OWN) < said.index("All answers")
    album.page(screen, "clinic-answers-ahead", dark=True)
    part.get_by_role("button", name=re.compile("^No")).first.click()
    expect(screen.locator(".not-sure")).to_have_count(0)
    screen.locator("#note").fill(NOTE)
    screen.locator("#reference").fill("R 61")
    screen.locator("label:has(#checked-yes)").click()
    preview = screen.frame_locator("#preview")
    expect(preview.get_by_text(NOTE)).to_be_visible()
    expect(screen.locator("#fit")).to_contain_text("Fits one side", timeout=30_000)
    album.page(screen, "clinic-ready-to-print")
    return prints(thread, album, "first", OWN)


def prints(thread: Thread, album: Album, which: str, *words: str) -> str:
    screen = thread.screen
    screen.keyboard.press("Control+Enter")
    screen.wait_for_url("**/made")
    expect(screen.get_by_role("heading", name="The sheet is ready")).to_be_visible()
    name = screen.url.split("/")[-2]
    album.page(screen, f"clinic-{which}-sheet-made")
    paper = album.paper(screen, f"/clinic/sheets/{name}/sheet.pdf", f"{which}-sheet")
    code = screen.locator("#code").inner_text()
    for one in (HEAD["name"], HEAD["address"], HEAD["phone"], code, NOTE, *words):
        assert one in paper, one
    return name


def opens_the_code(thread: Thread, album: Album, day: str) -> str:
    """At home the patient types the code of the paper. Its address."""
    code, phone = thread.screen.locator("#code").inner_text(), thread.phone
    phone.goto("/kept")
    album.page(phone, "phone-type-the-code")
    phone.get_by_label("Your code").fill(code.lower().replace("-", " "))
    phone.get_by_role("button", name="Open").click()
    phone.wait_for_url(f"**/kept/{code}")
    expect(phone.get_by_text(day)).to_be_visible()
    expect(phone.get_by_text(HEAD["name"]).first).to_be_visible()
    expect(phone.get_by_text(NOTE)).to_be_visible()
    album.page(phone, f"phone-{day.replace(' ', '-')}", dark=True)
    return f"/kept/{code}"


def at_home_now(phone: Page, url: str) -> Doses:
    """Exercise -> how much of it there is in each week: places in DOSES."""
    lines = [one for one in phone.request.get(f"{url}.json").json()["lines"] if one["section"] == "exercises"]
    return {one["id"].partition(":")[2]: [DOSES.index(week["step"]) for week in one["dose"]] for one in lines}


def harder(before: Doses, after: Doses) -> list[str]:
    """What is more of an exercise in some week, or the harder one in its place."""
    rungs = {LIBRARY.exercises[one].harder for one in before} - set(before)
    return [
        one for one in after if one in rungs or any(now > then for now, then in zip(after[one], before.get(one, after[one]), strict=True))
    ]


def tells(thread: Thread, album: Album, url: str, week: int, said: dict[str, int]) -> None:
    phone = thread.phone
    phone.goto(url)
    expect(phone.get_by_text(f"Day {7 * week + 1} of 28")).to_be_visible()
    album.page(phone, f"phone-week-{week}-over")
    phone.get_by_role("link", name=f"Week {week} is over").click()
    album.page(phone, f"phone-week-{week}-signs")
    phone.get_by_role("button", name="None of these").click()
    for name, number in said.items():
        phone.locator("label.tile", has=phone.locator(f"#{name}-{number}")).click()
    phone.locator("label.say:has([name=best])").filter(has_text=HELPED).click()
    album.page(phone, f"phone-week-{week}-form")
    phone.get_by_role("button", name="See what comes next").click()
    expect(phone.get_by_role("heading", name="What changes now")).to_be_visible()
    album.page(phone, f"phone-week-{week}-told", dark=week == 2)


def ticks_what_is_due(thread: Thread, album: Album, url: str) -> None:
    phone = thread.phone
    phone.goto(url)
    album.page(phone, "phone-day-23")
    phone.get_by_role("button", name="All done").click()
    expect(phone.get_by_role("button", name="Undo all")).to_be_visible()
    album.page(phone, "phone-day-23-done")
    album.paper(phone, f"{url}.pdf", "plan-at-home")
    album.paper(phone, f"{url}-sheet.pdf", "sheet-at-home")


def comes_back(thread: Thread, album: Album, name: str, url: str) -> None:
    """The visit of week 6: what was told is there, the next sheet begins with it, and the chart has one line of it."""
    screen = thread.screen
    screen.goto("/clinic/new")
    me = Person(screen)
    me.scans(url.removeprefix("/kept/"))
    screen.wait_for_url(f"**/clinic/repeat/{name}")
    expect(screen.get_by_role("heading", name="Told at home")).to_be_visible()
    line = screen.get_by_role("img", name="Pain out of 10").first
    assert re.findall(r", (\d+)", line.text_content() or "")[:4] == ["5", "3", "6", "3"]
    said = screen.locator("#check-ins").inner_text()
    told = [said.index(f"{one['days']} of 7") for one in reversed(THREE.values())]
    assert told == sorted(told) and "worse" in said and f"Most useful: {HELPED}." in said
    album.page(screen, "clinic-told-at-home", dark=True)
    me.presses("Enter")
    screen.wait_for_url("**/new?again=*")
    expect(screen.locator("#checked-yes")).to_be_focused()
    album.page(screen, "clinic-same-as-last-time")
    me.presses("Space")
    prints(thread, album, "second", OWN)
    chart = screen.locator("#chart").input_value().splitlines()
    (home,) = [one for one in chart if "Check-ins at home" in one]  # a massage at home is advice
    assert "Check-ins at home: 3" in home and "Pain 5, 3, 6, 3." in home and "Days of 7: 5, 4, 6." in home
    screen.get_by_role("button", name="Copy", exact=True).click()
    expect(screen.locator("#copied")).to_have_text("Copied")
    screen.goto(f"/clinic/sheets/{name}/thread")
    album.page(screen, "clinic-thread")
