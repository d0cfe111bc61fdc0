"""Many people at once on two web processes: how long each page takes, and what memory each process has before and after.

`--renders 1000` has so many distinct papers drawn, one after another, and prints the memory of each process every hundred."""

from __future__ import annotations

import argparse
import multiprocessing
import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from benchmarks.compare import machine, report
from planner.database.engines import open_database
from planner.domain.plan import build
from planner.folders import ROOT
from planner.library.reader import load
from planner.outputs.documents import plan_html
from planner.outputs.pdf import PdfFailed
from planner.outputs.render_queue import Awaited
from planner.outputs.shared_pool import SharedPool
from planner.upkeep.upgrading import upgrade
from tests.browsing import Asked
from tests.crowd import Confirmed, Patient
from tests.installed import SETTINGS, Installation, children, said_by
from tests.people import well
from tests.redis_server import RedisServer
from tests.served import serving

THINK = 3.0
"""Seconds between two pages of one person, on average."""
SHARES = (50, 95, 99)
EVERY = 100
IN_LINE = 3  # papers that are asked for at once, so that no renderer waits
FEWEST = 20  # requests of a page for which a 95th percentile is worth a line


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--renders", type=int, default=0)
    options = parser.parse_args(arguments)
    print(machine())
    with on_sqlite() as site:
        if options.renders:
            draw_many(site, options.renders)
        else:
            under_load(site, options.users, options.seconds)
    print(f"load of the machine after {load_now()}")


def load_now() -> str:
    return " ".join(f"{one:.1f}" for one in os.getloadavg())


@contextmanager
def on_sqlite() -> Iterator[Installation]:
    """A site as a clinic of one machine has it, with Redis."""
    with TemporaryDirectory() as folder:
        redis, home = RedisServer(), Path(folder)
        try:
            url = f"sqlite:///{home / 'kept.sqlite3'}"
            upgrade(open_database(url))
            with serving(url, ROOT, home / "log", SETTINGS | {"REDIS_URL": redis.url}) as site:
                assert site.comes_to("/readyz", 200)
                yield Installation(site, url, home, None, redis)
        finally:
            redis.kill()


def under_load(site: Installation, users: int, seconds: float) -> None:
    calm = asked_by_others(site.site.port, 1, 15.0)
    before = memory(site)
    asked = asked_by_others(site.site.port, users, seconds)
    after = memory(site)
    failed = [one for one in asked if one.failed]
    print(f"\n{users} people for {seconds:.0f} s: {len(asked)} requests, {len(asked) / seconds:.1f} a second, {len(failed)} failed")
    for page in sorted({one.page for one in failed}):
        print(f"  failed: {page} {sorted({one.status for one in failed if one.page == page})}")
    rows = {f"one person alone, every page, p{share} (ms)": at_share(calm, share) for share in SHARES}
    rows |= {f"{users} people, every page, p{share} (ms)": at_share(asked, share) for share in SHARES}
    for page in sorted({one.page for one in asked}):
        of_page = [one for one in asked if one.page == page]
        if len(of_page) >= FEWEST:
            rows |= {f"{page} ({len(of_page)}), p{share} (ms)": at_share(of_page, share) for share in SHARES}
    rows |= {f"{name}, before (MB)": one for name, one in before.items()} | {f"{name}, after (MB)": one for name, one in after.items()}
    report("load", rows)


def at_share(asked: Sequence[Asked], share: int) -> float:
    """Milliseconds within which this share (in per cent) of the requests was answered."""
    times = sorted(one.seconds for one in asked)
    return times[min(len(times) - 1, len(times) * share // 100)] * 1000


def asked_by_others(port: int, users: int, seconds: float) -> list[Asked]:
    """What people in a process of their own asked."""
    ours, theirs = multiprocessing.Pipe()
    crowd = multiprocessing.get_context("spawn").Process(target=visit, args=(theirs, port, users, seconds))
    crowd.start()
    theirs.close()
    asked: list[Asked] = ours.recv()
    crowd.join()
    return asked


def visit(pipe: Connection, port: int, users: int, seconds: float) -> None:
    """The process of the people. Astray is nobody, or there is nothing to measure."""
    told, library = Confirmed(), load()
    people = [Patient(number, port, THINK, told, library) for number in range(users)]
    for one in people:
        one.start()
    sleep(seconds)
    asked = [one for person in people for one in list(person.asked)]
    for one in people:
        one.goes_home()
    assert not told.astray, told.astray[0]
    pipe.send(asked)


def memory(site: Installation) -> Mapping[str, float]:
    """Megabytes of each process: USS is its own alone, PSS has its share of what it shares."""
    found: dict[str, float] = {}
    for name, process in processes(site):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()[1:]
        kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in lines}
        found[f"{name} USS"] = (kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]) / 1024
        found[f"{name} PSS"] = kilobytes["Pss"] / 1024
    return found


def processes(site: Installation) -> list[tuple[str, int]]:
    keepers = [one for one in children(site.site.process.pid) if "render-service" in said_by(one)]
    found = [("gunicorn's first process", site.site.process.pid), *((f"web {place}", one) for place, one in enumerate(site.web, 1))]
    found += [("keeper of the service", one) for one in keepers] + [("render service", one) for one in site.service]
    return found + [(f"renderer {place}", one) for place, one in enumerate(site.renderers, 1)]


def draw_many(site: Installation, many: int) -> None:
    """Distinct papers, at the socket at which the web processes ask."""
    library, keeper = load(), next(one for one in children(site.site.process.pid) if "render-service" in said_by(one))
    pool, begun = SharedPool(said_by(keeper).split("\0")[-2]), monotonic()
    day, waiting, late = date.today(), deque[Awaited](), 0
    for number in range(1, many + 1):
        html = plan_html(build(library, well(library, goal="sport", goal_words=f"swim {number} lengths"), on=day), library)
        waiting.append(pool.submit(html, "plan"))
        while len(waiting) > IN_LINE or (waiting and number == many):
            try:
                assert waiting.popleft().result(120).startswith(b"%PDF")
            except PdfFailed:  # of a machine that others use: its time was up, and its renderer is a new one
                late += 1
        if number % EVERY == 0 or number == many:
            said = ", ".join(f"{name} {size:.0f}" for name, size in memory(site).items() if name.endswith("USS"))
            print(f"{number:5} papers, {late} too late, {monotonic() - begun:.0f} s, MB: {said}", flush=True)


if __name__ == "__main__":
    main()
