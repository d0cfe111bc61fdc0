"""What Backplan does while things break (`make faults`): it is put into service as a clinic would, 50 people work, and one thing after
another is killed, stopped, filled or starved. Prints a table of what they saw, and reads back all that they were told is done."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import monotonic, sleep
from urllib.request import Request, urlopen

from planner.domain.model import Library
from planner.library.reader import load
from tests.breaking import ON_POSTGRESQL, ON_SQLITE, Fault
from tests.crowd import AtTheClinic, Confirmed, Patient, Person
from tests.installed import SAFE, Installation, installation
from tests.read_back import ReadAgain, read_again
from tests.torn import torn_batch, torn_log

KINDS = {"postgresql": ON_POSTGRESQL, "sqlite": ON_SQLITE}
CALM, LASTS = 10.0, 9.0
"""Seconds between two faults, and of one: /readyz may go by what it found up to 5 seconds ago."""
RECOVERY = 5.0
"""Seconds within which the site must be itself again on a machine that has nothing else to do; on others times `slowness`."""
SEEN_AFTER = 6.0
"""Seconds after which even a finding of before the fault is old."""
TOO_SLOW = 8.0
"""Where all takes so many times as long, a database that works does not answer in time: nothing is said of /readyz then."""
LOOKS = 0.2
GIVEN_UP = 60.0


def slowness() -> float:
    """How many times as long as alone a program takes here now, since others want the processors too: at least 1."""
    spin = "import time; a, b = time.time(), time.process_time()\nwhile time.process_time() - b < 0.2: pass\nprint((time.time() - a) / 0.2)"
    return max(1.0, float(subprocess.run([sys.executable, "-c", spin], capture_output=True, text=True, check=True).stdout))


class Watch(Thread):
    """Asks /readyz again and again. `seen`: when, and whether it said yes."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self.address, self.seen, self.over = address, list[tuple[float, bool]](), Event()

    def run(self) -> None:
        while not self.over.wait(LOOKS):
            at = monotonic()
            try:
                with urlopen(Request(f"{self.address}/readyz"), timeout=5) as found:
                    self.seen.append((at, found.status == 200))
            except OSError:
                self.seen.append((at, False))

    def between(self, begin: float, end: float) -> list[bool]:
        return [yes for at, yes in self.seen if begin <= at < end]

    def well_since(self, begin: float) -> float | None:
        """Seconds after `begin` since when it has only said yes, for 3 seconds at least; None if it does not."""
        later = [(at, yes) for at, yes in self.seen if at >= begin]
        last_no = max((at for at, yes in later if not yes), default=begin)
        first = next((at for at, yes in later if yes and at >= last_no), None)
        return None if first is None or monotonic() - first < 3 else max(0.0, last_no - begin)


@dataclass
class Row:
    """What came of one fault. `without_page`: people whom nobody told anything; `ready`: what /readyz said while it lasted, as shares
    of yes in its last 3 seconds; `recovery`: seconds until it only says yes; `slow`: slowness."""

    name: str
    requests: int = 0
    errors: int = 0
    without_page: int = 0
    ready: float = 1.0
    recovery: float = 0.0
    slow: float = 1.0
    broken: list[str] = field(default_factory=list)


def passes(fault: Fault, site: Installation, watch: Watch, people: Sequence[Person]) -> Row:
    """Breaks one thing, mends it, and waits until all is well."""
    row, begun = Row(fault.name), monotonic()
    fault.begin(site)
    if fault.lasts:
        sleep(LASTS)
    mended = monotonic()
    told = watch.between(mended - 3, mended)
    row.ready = sum(told) / len(told) if told else 0.0
    fault.end(site)
    mended = monotonic()
    sleep(SEEN_AFTER)
    while (recovery := watch.well_since(mended)) is None and monotonic() - mended < GIVEN_UP:
        sleep(LOOKS)
    row.recovery, row.slow = GIVEN_UP if recovery is None else recovery, slowness()
    asked = [one for person in people for one in list(person.asked) if begun <= one.at]
    row.requests, row.errors = len(asked), sum(one.failed for one in asked)
    row.without_page = sum(not one.ours for one in asked)
    if row.without_page and not fault.cuts_off:
        pages = sorted({f"{one.page}: {one.status}" for one in asked if not one.ours})
        row.broken.append(f"{row.without_page} people saw no page of ours ({', '.join(pages)[:200]})")
    if fault.needed is not None and fault.lasts and (fault.needed or row.slow < TOO_SLOW) and row.ready != (0.0 if fault.needed else 1.0):
        row.broken.append(f"/readyz said yes {row.ready:.0%} of the time, while {'it could not' if fault.needed else 'nothing was wrong'}")
    if row.recovery > RECOVERY * row.slow:
        row.broken.append(f"it took {row.recovery:.1f} s to recover")
    return row


def day(site: Installation, library: Library, faults: Sequence[Fault], users: int, think: float) -> tuple[list[Row], Confirmed]:
    """People work while one fault follows another; then they finish what they began."""
    told, port = Confirmed(), site.site.port
    older = dict(enumerate(site.older))
    patients = [Patient(number, port, think, told, library, older.get(number, "")) for number in range(users - len(site.clinics))]
    therapists = [AtTheClinic(1000 + number, port, 3 * think, told, email) for number, email in enumerate(site.clinics)]
    people: list[Person] = [*patients, *therapists]
    watch = Watch(site.site.address)
    for one in (*people, watch):
        one.start()
    sleep(CALM)
    rows = []
    for fault in faults:
        rows.append(passes(fault, site, watch, people))
        print(line_of(rows[-1]), flush=True)
    for one in people:
        one.goes_home()
    for one in people:
        one.join()
    watch.over.set()
    return rows, told


HEAD = f"{'fault':44} {'requests':>8} {'errors':>6} {'no page':>7} {'ready':>5} {'recovery':>8} {'slow':>5}"


def line_of(row: Row) -> str:
    said = f"{row.name:44} {row.requests:8} {row.errors:6} {row.without_page:7} {row.ready:5.0%} {row.recovery:6.1f} s {row.slow:5.1f}"
    return "\n".join([said, *(f"  BROKEN: {one}" for one in row.broken)])


def broken_by(kind: str, users: int, think: float, only: Sequence[str] = ()) -> list[str]:
    """Every promise that was broken on one kind of installation, one line each. `only`: names of faults."""
    library = load()
    faults = [one for one in KINDS[kind] if not only or one.name in only]
    clinics, older = max(1, users // 10), users // 3
    print(f"\n{kind}, {users} people, {clinics} of them therapists; load of the machine {os.getloadavg()[0]:.1f}\n{HEAD}", flush=True)
    with installation(library, kind, older=older, clinics=clinics) as site:
        possible = [one for one in faults if site.disk or not one.wants_disk]
        for left in [one.name for one in faults if one not in possible]:
            print(f"{left:44} passed over: only root can make a small disk")
        rows, told = day(site, library, possible, users, think)
        found = read_again(site.engine, SAFE, told, site.older)
        tracebacks = site.log.count("Traceback")
    print(said_of(found, told, tracebacks))
    broken = [f"{row.name}: {one}" for row in rows for one in row.broken] + ([] if found.confirmed else ["nothing was confirmed"])
    broken += [f"lost: {one}" for one in found.lost] + [f"doubled: {one}" for one in found.doubled]
    broken += [f"unanswered to the end: {one}" for one in told.unanswered] + [f"astray: {one}" for one in told.astray]
    return broken


def torn_files() -> list[str]:
    """What nobody uses meanwhile, and a power cut or a bad disk tore."""
    broken: list[str] = []
    for name, tear in (("log of SQLite", partial(torn_log, library=load())), ("plans and results of a batch", torn_batch)):
        with TemporaryDirectory() as folder:
            found = tear(Path(folder))
        print(f"torn: {name}: {'BROKEN' if found else 'whole again'}")
        broken += [f"torn {name}: {one}" for one in found]
    return broken


def said_of(found: ReadAgain, told: Confirmed, tracebacks: int) -> str:
    many = f"plans {len(told.kept)}, ticks {len(told.ticked)}, check-ins {len(told.checked_in)}, printed sheets {len(told.printed)}"
    papers = f"papers taken {len(told.papers)}, waited for in vain {len(told.unsure) - len(told.unanswered)}"
    gone = f"lost {len(found.lost)}, doubled {len(found.doubled)}, unanswered {len(told.unanswered)}, astray {len(told.astray)}"
    return f"confirmed {found.confirmed} ({many}): {gone}; {papers}; tracebacks in the log {tracebacks}"


def main(arguments: Sequence[str] | None = None) -> int:
    """1 if a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--think", type=float, default=6.0, help="seconds between two pages, on average")
    parser.add_argument("--on", nargs="+", default=list(KINDS), choices=list(KINDS))
    parser.add_argument("--only", nargs="+", default=(), metavar="FAULT", help="faults by their whole names")
    options = parser.parse_args(arguments)
    broken = [f"{kind}: {one}" for kind in options.on for one in broken_by(kind, options.users, options.think, options.only)]
    if not options.only:
        broken += torn_files()
    print("\n" + ("\n".join(["Broken promises:", *broken]) if broken else "Every promise was held."))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
