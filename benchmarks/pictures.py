"""What the pictures cost: page, PDF and sheet with them as a ratio to the same without, and the bytes that a plan page gains."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from statistics import median
from typing import TypeVar
from unittest.mock import patch

import brotli

from benchmarks.compare import ratio, report
from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.domain.plan import build
from planner.folders import STATIC
from planner.library.reader import load
from planner.outputs import documents, pdf
from planner.outputs.pictures import picture
from tests.people import well

ROUNDS = 7
T = TypeVar("T")


def main() -> None:
    library = load()
    plan = build(library, well(library, duration="lt4w"), on=date(2026, 11, 21))
    draw: dict[str, Callable[[], str]] = {
        "plan page": lambda: screen(plan, library),
        "plan PDF's HTML": lambda: documents.plan_html(plan, library),
        "sheet's HTML": lambda: documents.sheet_html(plan, library),
    }
    control, _ = ratio(draw["plan page"], draw["plan page"], ROUNDS * 5)
    rows: dict[str, float] = {}
    for name, function in draw.items():
        rows[f"{name}: with / without (ratio)"], rows[f"{name} (ms)"] = ratio(function, partial(without, function), ROUNDS * 5)
    papers: dict[pdf.Kind, Callable[[], str]] = {"plan": draw["plan PDF's HTML"], "sheet": draw["sheet's HTML"]}
    for kind, function in papers.items():
        full, bare = function(), without(function)
        of_pdf = ratio(partial(pdf.render, full, kind), partial(pdf.render, bare, kind), ROUNDS)
        rows |= {f"{kind} PDF: with / without (ratio)": of_pdf[0], f"{kind} PDF (ms)": of_pdf[1]}
        rows[f"{kind} PDF gains (kB)"] = (len(pdf.render(full, kind)) - len(pdf.render(bare, kind))) / 1024
    rows |= weights(plan, library, draw["plan page"])
    report("pictures", rows, control)


def screen(plan: Plan, library: Library) -> str:
    """The plan page's own markup: files are named, not held."""
    return documents.draw(
        "plan_file.html", plan, library, paper=False, large=False, styles="", static_url=lambda path: f"/static/{path}?v=00000000"
    )


@contextmanager
def no_pictures() -> Iterator[None]:
    with patch.dict(documents.environment().globals, {"picture": lambda *_: None}):
        yield


def without(function: Callable[[], T]) -> T:
    with no_pictures():
        return function()


def weights(plan: Plan, library: Library, page: Callable[[], str]) -> dict[str, float]:
    """Bytes as sent, with Brotli: the page's own, the stills it names, and what moves for those who let it."""
    names = [line.id.partition(":")[2] for line in plan.lines] + [
        f"massage_{place}" for place in (plan.massage.positions if plan.massage else ())[:1]
    ]
    shown = [one for name in names if (one := picture(library, name))]
    stills = [sent(frame.file) for one in shown for frame in one.frames]
    moving = [sent(one.moving) for one in shown if one.moving]
    return {
        "page HTML gains (kB, Brotli)": (packed(page().encode()) - packed(without(page).encode())) / 1024,
        "pictures on the page": float(len(stills)),
        "all its stills (kB, Brotli)": sum(stills) / 1024,
        "one still, median (kB, Brotli)": median(stills) / 1024,
        "all that moves, if seen (kB, Brotli)": sum(moving) / 1024,
        "one moving picture, median (kB, Brotli)": median(moving) / 1024,
    }


def sent(file: str) -> int:
    return packed((STATIC / file).read_bytes())


def packed(body: bytes) -> int:
    return len(brotli.compress(body))


if __name__ == "__main__":
    main()
