"""The faults of `make faults`: each breaks one thing of a running installation, and mends it."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.installed import Installation, told

FILLER = "filler"
Limit = tuple[int, int]
Act = Callable[[Installation], object]


def nothing(_site: Installation) -> None:
    pass


@dataclass(frozen=True)
class Fault:
    """`needed`: whether the site can't do all it should meanwhile, so that /readyz must say no; None where it may say either.
    `lasts`: for some seconds, not for a moment. `cuts_off`: whoever was being answered gets no page: their process is dead.
    `wants_disk`: it wants a small disk."""

    name: str
    begin: Act
    end: Act = nothing
    needed: bool | None = None
    lasts: bool = True
    cuts_off: bool = False
    wants_disk: bool = False


def killed(which: Callable[[Installation], list[int]]) -> Act:
    """The first of them; there must be one."""
    return lambda site: told([which(site)[0]], signal.SIGKILL)


def stop_database(site: Installation) -> None:
    """As a crash would: no goodbye to anybody."""
    assert site.cluster
    site.cluster.stop()


def start_database(site: Installation) -> None:
    assert site.cluster
    site.cluster.start()


def fill_disk(site: Installation) -> None:
    """To the last byte."""
    assert site.disk
    with suppress(OSError), (site.disk / FILLER).open("wb", buffering=0) as filler:
        while True:
            filler.write(bytes(1 << 16))
    with suppress(OSError), (site.disk / FILLER).open("ab", buffering=0) as filler:
        while True:
            filler.write(bytes(1))


def empty_disk(site: Installation) -> None:
    """A PostgreSQL that gave up on the full disk is started again, as systemd would."""
    assert site.disk
    (site.disk / FILLER).unlink()
    if site.cluster:
        with suppress(AssertionError):  # it is still there
            site.cluster.start()


class Starved:
    """A limit of some processes is put where they stand, and put back."""

    def __init__(self, what: int, which: Callable[[Installation], list[int]], used: Callable[[int], int]) -> None:
        self.what, self.which, self.used = what, which, used
        self.before: dict[int, Limit] = {}

    def begin(self, site: Installation) -> None:
        assert self.which(site), "there is nobody to starve"
        for one in self.which(site):
            self.before[one] = resource.prlimit(one, self.what)
            resource.prlimit(one, self.what, (self.used(one), self.before[one][1]))

    def end(self, site: Installation) -> None:
        """Those that began meanwhile have the limit of whoever began them."""
        for usual in list(self.before.values())[:1]:
            for one in {*self.before, *self.which(site)}:
                with suppress(ProcessLookupError):
                    hard = resource.prlimit(one, self.what)[1]  # a renderer that was just beginning has lowered its own since
                    soft = self.before.get(one, usual)[0]
                    over = hard != resource.RLIM_INFINITY and (soft == resource.RLIM_INFINITY or soft > hard)
                    resource.prlimit(one, self.what, (hard if over else soft, hard))
        self.before.clear()


def files_open(process: int) -> int:
    """And room for one more."""
    return len(os.listdir(f"/proc/{process}/fd")) + 1


def memory_used(process: int) -> int:
    """And room for two megabytes more."""
    return int(Path(f"/proc/{process}/statm").read_text("ascii").split()[0]) * resource.getpagesize() + (2 << 20)


FILES = Starved(resource.RLIMIT_NOFILE, lambda site: site.web, files_open)
MEMORY = Starved(resource.RLIMIT_AS, lambda site: site.renderers, memory_used)
EVERYWHERE = (
    Fault("nothing", nothing, needed=False),
    Fault("kill -9 of a web process", killed(lambda site: site.web), lasts=False, cuts_off=True),
    Fault("kill -9 of the render service", killed(lambda site: site.service), lasts=False),
    Fault("kill -9 of a renderer", killed(lambda site: site.renderers), lasts=False),
    Fault("renderers without memory", MEMORY.begin, MEMORY.end),
    Fault("web processes without file descriptors", FILES.begin, FILES.end, cuts_off=True),
    # In this order: what is dated ahead would be 200 s ahead for the clock behind, and up to 120 are meant to do no harm.
    Fault("clock of the site 100 s behind", lambda site: site.move_clock(-100), lambda site: site.move_clock(0), needed=False),
    Fault("clock of the site 100 s ahead", lambda site: site.move_clock(100), lambda site: site.move_clock(0), needed=False),
    Fault(
        "Redis hangs (SIGSTOP)",
        lambda site: told([site.redis.process.pid], signal.SIGSTOP),
        lambda site: told([site.redis.process.pid], signal.SIGCONT),
        needed=False,
    ),
    Fault("Redis is stopped (kill -9)", lambda site: site.redis.kill(), lambda site: site.redis.start(), needed=False),
    Fault("the disk is full", fill_disk, empty_disk, needed=True, wants_disk=True),
)
ON_SQLITE = EVERYWHERE
ON_POSTGRESQL = (
    *EVERYWHERE,
    Fault(
        "PostgreSQL hangs (SIGSTOP)",
        lambda site: told(site.database_processes, signal.SIGSTOP),
        lambda site: told(site.database_processes, signal.SIGCONT),
        needed=True,
    ),
    Fault("PostgreSQL crashes, and is started again", stop_database, start_database, needed=True),
)
