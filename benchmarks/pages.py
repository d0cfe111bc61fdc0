"""Pages: server time as a ratio to a hello-world route in the same run, and bytes of the first view."""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any

import brotli
from flask import Flask

from benchmarks.compare import ratio, report
from planner import create_app
from planner.domain.journey import Journey
from planner.domain.steps import Steps, page_called
from planner.folders import STATIC
from planner.library.reader import load
from tests.people import well


def main() -> None:
    logging.getLogger("planner").setLevel(logging.CRITICAL)
    client, hello = answered_client(), hello_client()

    def many(get: Callable[[], object]) -> Callable[[], object]:
        return lambda: [get() for _ in range(20)]

    base = many(lambda: hello.get("/"))
    control, _ = ratio(base, base, 15)
    rows: dict[str, float] = {}
    for name, path in (("start page", "/"), ("question page", "/ask/where"), ("answers page", "/answers"), ("plan page", "/plan")):
        against, ms = ratio(many(partial(client.get, path)), base, 15)
        rows |= {f"{name} / hello world (ratio)": against, f"{name} (ms)": ms / 20}
    rows |= weights(client)
    report("pages", rows, control)


def hello_client() -> Any:
    app = Flask("hello")
    app.add_url_rule("/", view_func=lambda: "hello")
    return app.test_client()


def answered_client() -> Any:
    """A client that has answered everything as a well person would."""
    app = create_app({"TESTING": True, "WTF_CSRF_ENABLED": False, "SECRET_KEY": "b" * 40, "RATELIMIT_ENABLED": False, "READING_SECONDS": 0})
    client, library = app.test_client(), load()
    answers = well(library)
    for step in Steps(Journey(library, answers)).ids:
        page = page_called(library, step)
        names = page.questions if page else (step,)
        ticks = page is not None and page.kind == "ticks"
        form = {name: list(value) if isinstance(value := answers[name], tuple) else value for name in names}
        client.post(f"/ask/{step}", data={"none": "1"} if ticks else form)
    assert client.get("/plan").status_code == 200
    return client


def weights(client: Any) -> dict[str, float]:
    """Bytes of the first view as sent: HTML deflated, files as brotli (fonts as they are)."""
    html = client.get("/").data
    files = {path.split("?")[0] for path in re.findall(rb"/static/([^\"']+)", html).__iter__() for path in [path.decode()]}
    sizes = {name: (STATIC / name).read_bytes() for name in files}
    css = sum(len(brotli.compress(body)) for name, body in sizes.items() if name.endswith((".css", ".svg")))
    script = sum(len(brotli.compress(body)) for name, body in sizes.items() if name.endswith(".js"))
    fonts = sum(len(body) for name, body in sizes.items() if name.endswith(".woff2"))
    plan = len(zlib.compress(client.get("/plan").data, 6))
    start = len(zlib.compress(html, 6))
    kilobytes = {"start page HTML": start, "styles": css, "scripts": script, "fonts": fonts, "plan page HTML": plan}
    kilobytes["first view, all"] = start + css + script + fonts
    return {f"{name} (kB)": size / 1024 for name, size in kilobytes.items()}


if __name__ == "__main__":
    main()
