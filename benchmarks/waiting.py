"""People who finish their questions at a real server with two processes and shared renderers: how long each waits for the PDF.

They come at an even rate whatever the server does, look at the plan for some seconds, then ask; where it is busy again, as told."""

from __future__ import annotations

import argparse
import random
import re
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from urllib.request import urlopen

from benchmarks.compare import machine, report
from planner.library.reader import load
from planner.web.downloads import RETRY_SECONDS
from tests.finishing import Finisher, a_server

LOOKS_AT_PLAN = (2.0, 6.0)  # seconds before the PDF is asked for
ENDINGS = re.compile(r'^backplan_documents_total\{how="(\w+)",kind="plan"\} ([\d.]+)', re.M)
NEW = {"every plan another": 1.0, "one in five another": 0.2}
"""Which part of the people has a plan that nobody had before. A model of 10,000 people says one in twelve (decision 2)."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.waiting", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--rate", type=float, default=2.0, help="people who finish, a second")
    options = parser.parse_args()
    print(machine())
    library, many = load(), max(2, round(options.rate * options.seconds))
    for name, new in NEW.items():
        with TemporaryDirectory() as folder, a_server(f"sqlite:///{Path(folder) / 'waiting.sqlite3'}") as site:
            people = [Finisher(site.address, library, goal) for goal in goals_of(many, new, name)]
            for number, person in enumerate(people):  # limits are for each address: nobody shares one
                person.browser.addheaders = [("X-Forwarded-For", f"10.0.{number // 250}.{number % 250 + 1}")]
            rows = finishing(people, options.rate) | {f"PDFs asked for, {how}": figure for how, figure in endings(site.address).items()}
        report(f"waiting, {options.rate:g} a second, {name}", rows)


def goals_of(many: int, new: float, name: str) -> list[str]:
    """What people write as their goal, which is what makes their papers unlike those of others."""
    chance = random.Random(name)
    goals: list[str] = []
    for number in range(many):
        goals.append(f"{name[:9]} {number}" if not goals or chance.random() < new else chance.choice(goals))
    return goals


def finishing(people: list[Finisher], rate: float) -> dict[str, float]:
    begun = monotonic()

    def comes(number: int) -> tuple[int, float]:
        sleep(max(0.0, begun + number / rate - monotonic()))
        return asks_later(people[number])

    with ThreadPoolExecutor(len(people)) as crowd:
        found = list(crowd.map(comes, range(len(people))))
    turned_away = sum(times > 0 for times, _ in found)
    return {"finishers": len(found), "turned away once or more": turned_away} | spread([wait for _, wait in found])


def asks_later(person: Finisher) -> tuple[int, float]:
    """How often somebody was turned away, and the seconds from first asking until they had the PDF."""
    person.finish()
    person.asks("/plan")
    sleep(random.uniform(*LOOKS_AT_PLAN))
    begun, times = monotonic(), 0
    while person.asks("/plan.pdf")[0] != HTTPStatus.OK:
        times += 1
        sleep(RETRY_SECONDS)
    return times, monotonic() - begun


def spread(seconds: list[float]) -> dict[str, float]:
    cuts = quantiles(seconds, n=100, method="inclusive")
    named = {"p50": median(seconds), "p95": cuts[94], "p99": cuts[98], "most": max(seconds)}
    return {f"wait for the PDF (s), {name}": figure for name, figure in named.items()}


def endings(address: str) -> dict[str, float]:
    """How asking for a PDF ended, as the server counts it; "memory" was drawn ahead, or for somebody with the same paper."""
    with urlopen(f"{address}/metrics") as page:
        return {how: float(figure) for how, figure in ENDINGS.findall(page.read().decode())}


if __name__ == "__main__":
    main()
