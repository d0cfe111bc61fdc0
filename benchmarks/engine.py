"""The plan engine: time per plan over a random walk, as a ratio to a JSON round trip of the same answers."""

from __future__ import annotations

import json
import random
from datetime import date
from functools import partial
from statistics import median, quantiles

from benchmarks.compare import ratio, report, seconds
from planner.domain.plan import build
from planner.library.reader import load
from tests.people import anybody

PEOPLE = 5000


def main() -> None:
    library, rng, on = load(), random.Random(1), date(2026, 11, 21)
    people = [anybody(library, rng) for _ in range(PEOPLE)]
    some = people[:300]
    for answers in some:
        build(library, answers, on=on)
    times = [seconds(partial(build, library, answers, on=on)) * 1000 for answers in people]

    def plans() -> None:
        for answers in some:
            build(library, answers, on=on)

    def round_trips() -> None:
        for answers in some:
            json.loads(json.dumps(answers))

    control, _ = ratio(plans, plans, 9)
    against, _ = ratio(plans, round_trips, 9)
    rows = {"plan / JSON round trip of the answers (ratio)": against}
    rows |= {"plan, median (ms)": median(times), "plan, p99 (ms)": quantiles(times, n=100)[98], "plans timed": float(PEOPLE)}
    report("engine", rows, control)


if __name__ == "__main__":
    main()
