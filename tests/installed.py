"""Backplan as a clinic has it in service: gunicorn behind a proxy's headers, a database and Redis of its own, and all their processes."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

from sqlalchemy import Engine

from planner.database.engines import open_database
from planner.database.sessions import writing
from planner.domain.journey import Journey
from planner.domain.model import Library
from planner.kept import plans
from planner.kept.plans import Body, Safe
from planner.upkeep.upgrading import upgrade
from tests.abuse import ROOT
from tests.browsing import NAME, SITE
from tests.clinics import house
from tests.conftest import SECRET
from tests.people import well
from tests.postgres import Cluster
from tests.redis_server import RedisServer
from tests.served import Served, serving

SAFE = Safe(SECRET)
AS_INSTALLED = "-c max_connections=60 -c shared_buffers=32MB"
"""PostgreSQL with its own careful settings: what it has confirmed is on the disk."""
SETTINGS = {
    "WEB_CONCURRENCY": "2",
    "PDF_WORKERS": "2",
    "TRUSTED_PROXIES": "1",
    "TRUSTED_HOSTS": NAME,
    "BASE_URL": SITE,
    "HOST": "127.0.0.1",
    "BACKPLAN_ENV": os.devnull,
}
SMALL_DISK = "256m"
CLOCK = "clock"


@dataclass
class Installation:
    """A site in service. `disk`: the folder of its database, if that is a small disk of its own; `older`: codes of plans a week old;
    `clinics`: e-mail addresses of therapists."""

    site: Served
    database_url: str
    home: Path
    cluster: Cluster | None
    redis: RedisServer
    disk: Path | None = None
    older: list[str] = field(default_factory=list)
    clinics: list[str] = field(default_factory=list)

    @property
    def engine(self) -> Engine:
        return open_database(self.database_url)

    @property
    def log(self) -> str:
        return (self.home / "log").read_text("utf-8", "replace")

    @property
    def web(self) -> list[int]:
        """The web processes."""
        return [one for one in children(self.site.process.pid) if "render-service" not in said_by(one)]

    @property
    def service(self) -> list[int]:
        """The render service; whoever starts it again is its parent."""
        return [one for keeper in children(self.site.process.pid) if "render-service" in said_by(keeper) for one in children(keeper)]

    @property
    def renderers(self) -> list[int]:
        """Those who draw: children of the service's fork server."""
        return [one for service in self.service for forker in children(service) for one in children(forker)]

    @property
    def database_processes(self) -> list[int]:
        assert self.cluster
        first = int((self.cluster.root / "data" / "postmaster.pid").read_text().split()[0])
        return [first, *children(first)]

    def move_clock(self, seconds: int) -> None:
        (self.home / CLOCK).write_text(str(seconds), "ascii")
        sleep(1)  # it is looked at twice a second


def children(process: int) -> list[int]:
    """Of every thread of it: a process belongs to the thread that began it."""
    found = []
    for thread in Path(f"/proc/{process}/task").glob("*"):
        with suppress(OSError):
            found += [int(one) for one in (thread / "children").read_text("ascii").split()]
    return sorted(found)


def said_by(process: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_text("utf-8")
    return ""


@contextmanager
def small_disk(place: Path) -> Iterator[Path | None]:
    """A small disk of its own at `place`, for which one must be root; None for others."""
    place.mkdir()
    place.chmod(0o755)
    mounted = os.geteuid() == 0 and subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", place], check=False)
    if not mounted or mounted.returncode:
        yield None
        return
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


@contextmanager
def installation(library: Library, kind: str, *, older: int, clinics: int) -> Iterator[Installation]:
    """A site that is ready. `kind`: postgresql or sqlite; `older`: plans that are a week old; `clinics`: therapists, each in their own."""
    with TemporaryDirectory(prefix="bp-") as folder, small_disk(Path(folder) / "disk") as disk:
        home = Path(folder)
        home.chmod(0o755)
        cluster = Cluster(disk or home, AS_INSTALLED) if kind == "postgresql" else None
        redis = RedisServer()
        try:
            url = cluster.url(cluster.make()) if cluster else f"sqlite:///{(disk or home) / 'kept.sqlite3'}"
            engine = open_database(url)
            upgrade(engine)
            (home / CLOCK).write_text("0", "ascii")
            more = SETTINGS | {"REDIS_URL": redis.url, **clock_of(home)}
            codes, people = before(engine, library, older), [f"therapist@c{number}.example" for number in range(clinics)]
            for number in range(clinics):
                house(engine, f"c{number}")
            engine.dispose()
            with serving(url, ROOT, home / "log", more) as site:
                assert site.comes_to("/readyz", 200), "it never got ready"
                yield Installation(site, url, home, cluster, redis, disk, codes, people)
        finally:
            redis.kill()
            if cluster:
                with suppress(AssertionError):  # it may have ended by what was done to it
                    cluster.stop()


def clock_of(home: Path) -> dict[str, str]:
    """What moves the wall clock of the site's processes, by what stands in a file."""
    return {"MOVED_CLOCK": str(home / CLOCK), "PYTHONPATH": str(ROOT / "tests" / "moved_clock")}


def before(engine: Engine, library: Library, many: int) -> list[str]:
    """Codes of plans that people kept a week ago."""
    today, found = date.today(), []
    with writing(engine) as rows:
        for number in range(many):
            answers = Journey(library, well(library, goal_words=f"older {number}")).reachable
            found.append(plans.keep(rows, SAFE, Body(dict(answers), "other", library.version, today - timedelta(days=7)), today))
    return found


def told(processes: list[int], what: signal.Signals) -> None:
    """Sends a signal to each; one that has ended already needs none."""
    for one in processes:
        with suppress(ProcessLookupError):
            os.kill(one, what)
