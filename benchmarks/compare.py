"""Two things timed in turn, A B A B, and reported as a ratio of medians beside an A/A control."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter

OUT = Path(__file__).parent / "out"


def seconds(function: Callable[[], object]) -> float:
    start = perf_counter()
    function()
    return perf_counter() - start


def ratio(one: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[float, float]:
    """(median of `one` over median of `other`, median milliseconds of `one`), timed in turn after a warm-up."""
    one()
    other()
    pairs = [(seconds(one), seconds(other)) for _ in range(rounds)]
    ours, theirs = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    return ours / theirs, ours * 1000


def report(name: str, rows: dict[str, float]) -> None:
    """Prints a table and writes benchmarks/out/<name>.json."""
    print(f"\n{name}")
    for what, figure in rows.items():
        print(f"  {what:58} {figure:10.3f}")
    OUT.mkdir(exist_ok=True)
    (OUT / f"{name}.json").write_text(json.dumps(rows, indent=1) + "\n")


def versions() -> str:
    packages = ", ".join(f"{one} {version(one)}" for one in ("flask", "weasyprint", "jinja2"))
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, {packages}"
