"""One tree of the project at work, turn by turn, as another process asks for it: `python benchmarks/turns.py TREE WHAT`.

Each line on standard input is one turn, a number from 0; the answer is a line of JSON, the seconds of processor time of each piece of work.
The same turn is the same work in every tree."""

from __future__ import annotations

import gc
import json
import logging
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import cycle
from pathlib import Path
from time import process_time_ns
from typing import Any

PEOPLE_A_TURN = 50
REQUESTS_A_TURN = 10
PAGES = {
    "start page": "/",
    "question page": "/ask/where",
    "one question": "/ask/goal",
    "list of ticks": "/ask/safety2",
    "several questions": "/ask/practical",
    "answers page": "/answers",
    "plan page": "/plan",
}
POST, CHANGED, HELLO = "answer posted", "answer changed", "hello world"
"""An answer that is sent again as it was, and one that is another each time: only then is there a new journey to work out."""
SERVED = {f"{name}, served": name for name in ("question page", "one question", "plan page", CHANGED)}
"""The same with what a server does besides: it packs as browsers ask for it, and counts by address in a file that all processes share."""
Work = Callable[[int], list[Callable[[], object]]]
"""The pieces of one turn."""


@contextmanager
def engine() -> Iterator[Work]:
    """Random people, others in every turn."""
    from planner.domain.plan import build
    from planner.library.reader import load
    from tests.people import anybody

    library, on = load(), date(2026, 11, 21)

    def turn(number: int) -> list[Callable[[], object]]:
        rng = random.Random(number)
        people = [anybody(library, rng) for _ in range(PEOPLE_A_TURN)]
        return [partial(build, library, one, on=on) for one in people]

    yield turn


@contextmanager
def batch() -> Iterator[Work]:
    """One chunk of plans as JSON files."""
    from benchmarks.batch import job, made_anew

    with tempfile.TemporaryDirectory() as name:
        chunk = made_anew(job(Path(name)))
        yield lambda _number: [chunk]


@contextmanager
def page(what: str) -> Iterator[Work]:
    """One page of somebody who has answered everything, or one answer that they send."""
    from benchmarks.pages import answered_client, hello_client

    logging.getLogger("planner").setLevel(logging.CRITICAL)
    client, name = hello_client() if what == HELLO else answered_client(), SERVED.get(what, what)
    headers = {"Accept-Encoding": "gzip, deflate, br"} if what in SERVED else {}
    forms = cycle(sent(name == CHANGED)) if name in (POST, CHANGED) else None
    addresses = cycle(f"192.0.2.{number}" for number in range(250))

    def ask() -> Any:
        more: dict[str, Any] = {"environ_base": {"REMOTE_ADDR": next(addresses)}, "headers": headers}
        if forms is None:
            return client.get(PAGES.get(name, "/"), **more)
        return client.post("/ask/where", data=next(forms), **more | {"headers": {"HX-Request": "true", **headers}})

    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        if what in SERVED:
            client = counted(client, folder)
        assert ask().status_code < 400, what
        yield lambda _number: [ask] * REQUESTS_A_TURN


def counted(client: Any, folder: str) -> Any:
    """The same person at an application that counts by address."""
    from planner import create_app
    from planner.web.rate_limits import store_of_tries

    settings = {"WTF_CSRF_ENABLED": False, "SECRET_KEY": client.application.config["SECRET_KEY"], "READING_SECONDS": 0, "TESTING": True}
    app = create_app({**settings, "RATELIMIT_ENABLED": True, "RATELIMIT_STORAGE_URI": store_of_tries("", folder)})
    other = app.test_client()
    for name in ("answers", app.config["SESSION_COOKIE_NAME"]):
        other.set_cookie(name, client.get_cookie(name).value)
    return other


def sent(other: bool) -> list[dict[str, Any]]:
    """The form of a page as a well person sends it; where it is to be another each time, one more with its first list one tick longer."""
    from planner.library.reader import load
    from tests.people import well

    library = load()
    answers = well(library)
    form = {name: list(one) if isinstance(one := answers[name], tuple) else one for name in library.page["where"].questions}
    name, ticked = next((name, one) for name, one in form.items() if isinstance(one, list))
    more = next(option.id for option in library.questions[name].options if option.id not in ticked)
    return [form | {name: [more, *ticked]}, form] if other else [form]


def seconds_of(piece: Callable[[], object]) -> float:
    begun = process_time_ns()
    piece()
    return (process_time_ns() - begun) / 1e9


def main(tree: str, what: str) -> None:
    sys.path[0] = tree
    kinds = {"engine": engine, "batch": batch}
    with kinds[what]() if what in kinds else page(what) as turn:
        for piece in turn(-1):
            piece()
        gc.collect()
        gc.freeze()
        print("ready", flush=True)
        for line in sys.stdin:
            pieces = turn(int(line))
            print(json.dumps([seconds_of(piece) for piece in pieces]), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
