"""People who use a running site all at once: patients with their plans, therapists with their sheets. What the site told them is done,
they write down."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from threading import Event, Thread
from time import monotonic
from typing import Any, cast

from flask.testing import FlaskClient

from planner.domain.model import Library
from planner.kept.codes import path_of, read_code
from tests.browsing import Asked, Astray, Browser, TurnedAway
from tests.checking_in import DONE, well_then
from tests.clinics import sign_in
from tests.conftest import only
from tests.keeping_web import CODE, ONCE
from tests.people import well
from tests.sheet_forms import Form
from tests.walker import Walker

MADE = re.compile(r"/clinic/sheets/([0-9a-f]{32})/made")
PRESSES_AGAIN = 3.0
"""Seconds until somebody who was turned away presses again."""
READS = 1.3
"""Seconds for a page at least: a press before is taken for one that was meant for the page before."""
GIVES_UP = 90.0
"""Seconds after the end of the day until somebody who is still turned away goes home without an answer."""


@dataclass
class Confirmed:
    """What people were told is done. Appended to by many threads.

    `kept`: goal by code, the last that was confirmed. `printed`: ids of handouts. `ticked`, `checked_in`: codes. `unsure`: what people
    asked for and had not got when they went home. `astray`: what no fault may do: answers lost, a page that is another."""

    kept: dict[str, str] = field(default_factory=dict)
    ticked: set[str] = field(default_factory=set)
    checked_in: set[str] = field(default_factory=set)
    printed: set[str] = field(default_factory=set)
    papers: list[int] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    astray: list[str] = field(default_factory=list)

    @property
    def unanswered(self) -> list[str]:
        """Who is told to come again for a paper has been answered."""
        return [one for one in self.unsure if not one.startswith("takes_")]


class Person(Thread):
    """Acts one after the other, each again until it is done. `think`: seconds between two pages, on average."""

    def __init__(self, number: int, port: int, think: float, confirmed: Confirmed) -> None:
        super().__init__(daemon=True)
        self.number, self.think, self.confirmed = number, think, confirmed
        self.rng, self.over, self.asked = random.Random(number), Event(), list[Asked]()
        self.browser = Browser(port, f"10.{number // 250}.7.{number % 250 + 1}", self.asked)
        self.home_by = float("inf")

    def run(self) -> None:
        self.over.wait(self.rng.uniform(0, 2 * self.think))
        while not self.over.is_set():
            for act in self.acts():
                try:
                    if not self.is_done(act):
                        return
                except (Astray, AssertionError) as fault:
                    self.confirmed.astray.append(f"{act.__name__}: {fault}"[:300])
                    break
                if self.over.is_set():
                    return

    def is_done(self, act: Callable[[], None]) -> bool:
        """Does it, and again while the site turns them away. False if they went home without."""
        while True:
            try:
                act()
                self.over.wait(max(READS, self.rng.uniform(0.5, 1.5) * self.think))
                return True
            except TurnedAway:
                if monotonic() > self.home_by:
                    self.confirmed.unsure.append(act.__name__)
                    return False
                Event().wait(PRESSES_AGAIN)

    def goes_home(self) -> None:
        """After what they are at."""
        self.home_by = monotonic() + GIVES_UP
        self.over.set()

    def acts(self) -> Iterator[Callable[[], None]]:
        raise NotImplementedError


class Patient(Person):
    """Answers page by page, reads the plan, keeps it, ticks what is done, changes an answer, takes the PDF; checks in on an older plan."""

    def __init__(self, number: int, port: int, think: float, confirmed: Confirmed, library: Library, older: str = "") -> None:
        super().__init__(number, port, think, confirmed)
        self.library, self.older = library, older
        self.rounds, self.home = 0, ""

    def acts(self) -> Iterator[Callable[[], None]]:
        if self.older:
            yield self.checks_in
        self.begins()
        yield self.opens
        while self.walker.url.startswith("/ask/"):
            yield self.answers
        yield self.reads
        yield self.keeps
        yield self.ticks
        yield self.wants_change
        yield self.answers
        while self.walker.url.startswith("/ask/"):
            yield self.answers
        yield self.reads
        yield self.keeps
        yield self.takes_pdf

    def begins(self) -> None:
        self.rounds += 1
        browser = Browser(self.browser.port, self.browser.address, self.asked)  # a clean one, as on another phone
        self.walker, self.home = Walker(cast(FlaskClient, browser), self.library, self.person()), ""

    def person(self) -> dict[str, Any]:
        """No two papers are the same: each has its own goal."""
        goals = [one.id for one in self.library.questions["goal"].options]
        self.goal = f"walk {self.number} miles and {self.rounds} yards"
        return well(self.library, goal=self.rng.choice(goals[:-1]), goal_words=self.goal)

    def opens(self) -> None:
        self.walker.follow("/ask")
        self.at_home("/ask/")

    def answers(self) -> None:
        self.walker.step()
        self.at_home("/ask/", "/plan", "/answers")

    def at_home(self, *wanted: str) -> None:
        if not self.walker.url.startswith(wanted):
            raise Astray(f"at {self.walker.url}, not at {wanted}")

    def reads(self) -> None:
        self.walker.get("/plan", expects=200)

    def keeps(self) -> None:
        """The button of the page that was read; again, it is the same press."""
        sent = self.walker.post("/keep", once=only(ONCE, self.walker.page.text), expects=303)
        found = CODE.match(str(sent.location))
        if not found:
            raise Astray(f"keeping led to {sent.location}")
        code = str(read_code(found[1]))
        if self.home and self.home != path_of(code):
            raise Astray("a change has another code")
        self.confirmed.kept[code], self.home = self.goal, path_of(code)

    def ticks(self) -> None:
        page = self.walker.get(self.home)
        if DONE.search(page.text):
            self.walker.post(f"{self.home}/done", done="all", day=date.today().isoformat())
            self.confirmed.ticked.add(str(read_code(self.home.rpartition("/")[2])))

    def wants_change(self) -> None:
        self.walker.get(self.home)
        self.walker.post(f"{self.home}/change", expects=303)
        self.goal += ", changed"
        self.walker.answers = dict(self.walker.answers) | {"goal_words": self.goal}
        self.walker.get("/ask/goal", expects=200)

    def takes_pdf(self) -> None:
        paper = self.walker.get("/plan.pdf", expects=200)
        if not paper.data.startswith(b"%PDF"):
            raise Astray("a PDF that is none")
        self.confirmed.papers.append(len(paper.data))

    def checks_in(self) -> None:
        """On a plan that is a week old; once, whatever happens to the presses."""
        walker, home = Walker(cast(FlaskClient, self.browser), self.library, {}), path_of(self.older)
        if 'name="week"' in well_then_or_none(walker, home):
            walker.post(f"{home}/checkin", {"week": "1", "days": "5", "pain": "4"}, expects=303)
        self.confirmed.checked_in.add(self.older)
        self.older = ""


def well_then_or_none(walker: Walker, home: str) -> str:
    """The form of a check-in; empty where it is done: then its address leads home."""
    return "" if walker.client.get(f"{home}/checkin").status_code == 303 else well_then(walker, home)


class AtTheClinic(Person):
    """A therapist: signs in once, then sheet after sheet, each printed."""

    def __init__(self, number: int, port: int, think: float, confirmed: Confirmed, email: str) -> None:
        super().__init__(number, port, think, confirmed)
        self.email, self.inside = email, False

    def acts(self) -> Iterator[Callable[[], None]]:
        if not self.inside:
            yield self.signs_in
        yield self.begins
        yield self.chooses
        yield self.prints
        yield self.takes_sheet

    def signs_in(self) -> None:
        sign_in(cast(FlaskClient, self.browser), self.email)
        self.inside = True

    def begins(self) -> None:
        self.form = Form(self.browser.get("/clinic/new", expects=200).text)

    def chooses(self) -> None:
        packs = sorted(one for one in self.form.buttons if one.startswith("pack:"))
        data = self.form.with_(do=self.rng.choice(packs), checked="yes")
        self.form = Form(self.browser.post("/clinic/new", data=data, expects=200).text)

    def prints(self) -> None:
        made = MADE.search(str(self.browser.post("/clinic/new", data=self.form.with_(do="print"), expects=303).location))
        if not made:
            raise Astray("printing led nowhere")
        self.handout = made[1]
        self.confirmed.printed.add(self.handout)

    def takes_sheet(self) -> None:
        self.browser.get(f"/clinic/sheets/{self.handout}/made", expects=200)
        paper = self.browser.get(f"/clinic/sheets/{self.handout}/sheet.pdf", expects=200)
        self.confirmed.papers.append(len(paper.data))
