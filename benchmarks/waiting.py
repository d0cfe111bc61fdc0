"""People who finish their questions, two a second, at a real server with two processes: how long each waits for the PDF some seconds later.
Then 50 PDFs at once, and what another visitor's page takes meanwhile. It takes two minutes and is not run with the others."""

from __future__ import annotations

import os
import random
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from benchmarks.compare import report
from planner.library.reader import load
from planner.web.downloads import RETRY_SECONDS
from tests.finishing import Finisher, a_server
from tests.served import Served

A_SECOND, SECONDS = 2, 60
LOOKS = (2.0, 6.0)  # seconds on the plan's page before the PDF is asked for
AT_ONCE = 50
CALM, BETWEEN = 60, 0.05  # pages of the other visitor, and seconds from one to the next
NEW = {"every plan another": 1.0, "one in five another": 0.2}
"""Which part of the people has a plan that nobody had before. A model of 10,000 people says one in twelve (decision 2)."""


def main(seconds: int = SECONDS) -> None:
    library = load()
    with TemporaryDirectory() as folder, a_server(f"sqlite:///{Path(folder) / 'waiting.sqlite'}") as site:
        rows: dict[str, float] = {}
        for name, new in NEW.items():
            goals = goals_of(A_SECOND * seconds, new, name)
            found = finishing([Finisher(site.address, library, goal) for goal in goals])
            rows |= {f"{name}: {what}": figure for what, figure in found.items()}
            sleep(max(LOOKS))
        rows |= at_once(site, [Finisher(site.address, library, f"run {number}") for number in range(AT_ONCE)])
    report("waiting", rows | {"load of the machine, one minute": os.getloadavg()[0]})


def goals_of(many: int, new: float, name: str) -> list[str]:
    """What people write as their goal, which is what makes their papers unlike those of others."""
    chance = random.Random(name)
    goals: list[str] = []
    for number in range(many):
        goals.append(f"{name[:9]} {number}" if not goals or chance.random() < new else chance.choice(goals))
    return goals


def finishing(people: list[Finisher]) -> dict[str, float]:
    """Each comes half a second after the one before, whatever the server does."""
    begun = monotonic()

    def comes(number: int) -> tuple[int, float]:
        sleep(max(0.0, begun + number / A_SECOND - monotonic()))
        return asks_later(people[number])

    with ThreadPoolExecutor(len(people)) as crowd:
        found = list(crowd.map(comes, range(len(people))))
    turned_away = sum(times > 0 for times, _ in found)
    return {"finishers": len(found), "turned away once or more": turned_away} | spread("wait for the PDF (s)", [wait for _, wait in found])


def asks_later(person: Finisher) -> tuple[int, float]:
    """How often somebody was turned away who first looks at the plan, and the seconds until they had the PDF. They try again as told."""
    person.finish()
    person.asks("/plan")
    sleep(random.uniform(*LOOKS))
    begun, times = monotonic(), 0
    while person.asks("/plan.pdf")[0] != HTTPStatus.OK:
        times += 1
        sleep(RETRY_SECONDS)
    return times, monotonic() - begun


def at_once(site: Served, people: list[Finisher]) -> dict[str, float]:
    """Every one of them asks for a PDF in the same moment; somebody else opens pages."""
    for person in people:
        person.finish()
    sleep(AT_ONCE / A_SECOND)  # what was drawn ahead is done
    visitor = Finisher(site.address, load(), "look around")
    calm = [page_of(visitor) for _ in range(CALM)]
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        papers = [crowd.submit(person.asks, "/plan.pdf?large=1") for person in people]  # nothing of it is drawn ahead
        busy: list[float] = []
        while not all(paper.done() for paper in papers) or len(busy) < CALM:
            busy.append(page_of(visitor))
        statuses = [paper.result()[0] for paper in papers]
    served, asked_again = statuses.count(HTTPStatus.OK), statuses.count(HTTPStatus.SERVICE_UNAVAILABLE)
    other = len(statuses) - served - asked_again
    rows: dict[str, float] = {"50 at once: drawn": served, "50 at once: busy page": asked_again, "50 at once: anything else": other}
    rows |= spread("another visitor's page, calm (s)", calm) | spread("another visitor's page meanwhile (s)", busy)
    return rows | {"their medians (ratio)": median(busy) / median(calm)}


def page_of(visitor: Finisher) -> float:
    sleep(BETWEEN)
    return visitor.asks("/ask/goal")[1]


def spread(name: str, seconds: list[float]) -> dict[str, float]:
    cuts = quantiles(seconds, n=100, method="inclusive")
    return {f"{name}, p50": median(seconds), f"{name}, p95": cuts[94], f"{name}, p99": cuts[98], f"{name}, most": max(seconds)}


if __name__ == "__main__":
    main()
