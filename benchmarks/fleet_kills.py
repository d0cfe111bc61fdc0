"""Two servers, two workers, one Redis and one PostgreSQL on this machine, killed one after the other while people ask for papers.

`make fleet-kills ARGS=20` kills each kind 20 times and prints, for each: papers that never came (lost), addresses whose paper was not
the same at both servers (doubled), jobs that were given out again because of a kill, and the longest wait. Whoever is cut off asks the
other server, as a proxy does; whoever is told to come again does so."""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from http.client import HTTPException
from itertools import count
from time import monotonic, sleep
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from planner.database.engines import open_database
from planner.folders import ROOT
from planner.library.reader import load
from planner.upkeep.upgrading import upgrade
from planner.web.draft import DRAFT_COOKIE, Draft, sealed
from tests.conftest import an_app
from tests.people import well
from tests.postgres import Cluster
from tests.redis_server import RedisServer
from tests.scripted_renderer import comes
from tests.served import Served, served
from tests.workers import children, descendants, worker

AT_ONCE = 2  # people who ask in a round, one at each server
ADDRESS = "http://localhost:8000"  # of the site, printed on each paper: both servers have one
GIVES_UP = 60.0  # seconds after which a paper is lost
SOON = 0.2
KINDS = ("none", "app", "child", "worker", "redis")


@dataclass
class Came:
    """What became of one paper: seconds, and whether it was the same at the other server afterwards."""

    waited: float
    there: bool
    same: bool


class Site:
    """All that serves, and what ends it."""

    def __init__(self) -> None:
        self.redis, self.cluster = RedisServer(), Cluster()
        self.database = self.cluster.url(self.cluster.make())
        upgrade(open_database(self.database))
        self.numbers, self.app = count(random.randrange(10**9)), an_app()
        self.stacks = [ExitStack() for _ in range(4)]
        self.servers: list[Served] = [self.server(place) for place in range(2)]
        self.workers = [self.stacks[2 + place].enter_context(worker(self.redis, "pdf")) for place in range(2)]

    def server(self, place: int) -> Served:
        settings = {
            "REDIS_URL": self.redis.url,
            "TRUSTED_PROXIES": "1",
            "PDF_WORKERS": "1",
            "BASE_URL": ADDRESS,
            "BACKPLAN_ENV": os.devnull,
        }
        found = self.stacks[place].enter_context(served(self.database, ROOT, **settings))
        assert found.comes_to("/readyz", 200)
        return found

    def kill(self, kind: str) -> Callable[[], None]:
        """Kills one; what brings it back where nothing of ours does."""
        place = random.randrange(2)
        if kind == "redis":
            self.redis.kill()
            return self.redis.start
        if kind == "app":
            old = self.servers[place].process.pid
            for pid in (old, *descendants(old)):
                kill_if_there(pid)
            return lambda: self.serve_again(place)
        looking = self.workers[place].pid
        for pid in children(looking)[:1]:
            kill_if_there(pid if kind == "worker" else next(iter(children(pid)), pid))
        return lambda: None

    def serve_again(self, place: int) -> None:
        self.stacks[place].close()
        self.servers[place] = self.server(place)

    def visitor(self) -> tuple[dict[str, str], str]:
        """Headers and path of somebody whose paper nobody has asked for yet."""
        number = next(self.numbers)
        with self.app.test_request_context():
            cookie = sealed(Draft(well(load(), goal="sport", goal_words=f"walk {number} miles")), DRAFT_COOKIE)
        from_where = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        return {"Cookie": f"{DRAFT_COOKIE}={cookie}", "X-Forwarded-For": from_where}, "/sheet.pdf"

    def close(self) -> None:
        for stack in self.stacks:
            stack.close()
        self.redis.kill()
        self.cluster.destroy()


def kill_if_there(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def paper(site: Site, headers: dict[str, str], path: str, first: int) -> tuple[float, bytes]:
    """Seconds until the paper came, by whichever server; empty if it never did."""
    begun, place = monotonic(), first
    while monotonic() - begun < GIVES_UP:
        try:
            with urlopen(Request(site.servers[place].address + path, headers=headers), timeout=60) as found:
                return monotonic() - begun, found.read()
        except HTTPError as told:
            with told:
                sleep(min(5.0, float(told.headers.get("Retry-After") or SOON)))
        except (OSError, HTTPException):
            place = 1 - place
            sleep(SOON)
    return monotonic() - begun, b""


def ask(site: Site, number: int) -> Came:
    headers, path = site.visitor()
    waited, body = paper(site, headers, path, number % 2)
    again = paper(site, headers, path, 1 - number % 2)[1]
    return Came(waited, body.startswith(b"%PDF"), body == again)


def drawn_again(site: Site) -> int:
    """Deliveries of jobs beyond the first, as Redis has counted them since it was started."""
    redis = site.redis.client()
    return sum(int(redis.get(key) or 1) - 1 for key in redis.keys("backplan:delivered:*"))


def rounds(site: Site, kind: str, times: int) -> tuple[list[Came], int]:
    came: list[Came] = []
    before = drawn_again(site)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for _ in range(times):
            asked = [threads.submit(ask, site, number) for number in range(AT_ONCE)]
            sleep(random.uniform(0, 0.8))
            back = site.kill(kind) if kind != "none" else lambda: None
            if kind == "redis":
                sleep(1)
            back()
            came += [one.result() for one in asked]
            assert comes(lambda: site.redis.store().beats("pdf"), 60), "no worker came back"
    return came, max(0, drawn_again(site) - before) if kind != "redis" else 0


def main(times: int) -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    site = Site()
    try:
        print(f"{times} rounds of each, {AT_ONCE} papers a round, on {os.cpu_count()} cores")
        for kind in KINDS:
            came, again = rounds(site, kind, times)
            lost, doubled = sum(not one.there for one in came), sum(not one.same for one in came)
            waits = sorted(one.waited for one in came)
            print(
                f"{kind:7} papers {len(came):4}  lost {lost}  doubled {doubled}  delivered again {again:3}  "
                f"median wait {waits[len(waits) // 2]:5.1f} s  longest {waits[-1]:5.1f} s",
                flush=True,
            )
    finally:
        site.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
