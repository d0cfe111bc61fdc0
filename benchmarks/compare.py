"""Two things timed in turn, A B A B, and reported as a ratio of medians beside an A/A control.

Times are of the processor (`process_time`): on a machine that others keep busy they are steadier than the clock on the wall."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import process_time

OUT = Path(__file__).parent / "out"
CONTROL_OFF = 0.10
"""A control that is further from 1 than this says that no ratio of this run can be believed."""


def seconds(function: Callable[[], object]) -> float:
    """Processor time that this process takes for it."""
    start = process_time()
    function()
    return process_time() - start


def ratio(one: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[float, float]:
    """(median of `one` over median of `other`, median milliseconds of `one`), timed in turn after a warm-up."""
    one()
    other()
    pairs = [(seconds(one), seconds(other)) for _ in range(rounds)]
    ours, theirs = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    return ours / theirs, ours * 1000


def off(control: float) -> float:
    """By how much a control is off, as a share: 0.12 for 1.12 and for 1 / 1.12."""
    return max(control, 1 / control) - 1


def against_control(figure: float, control: float) -> str:
    """A ratio as it may be printed: none where the control is off."""
    if off(control) > CONTROL_OFF:
        return f"control off by {off(control):.0%}: no ratio"
    return f"{figure:.3f}"


def report(name: str, rows: dict[str, float], control: float | None = None) -> None:
    """Prints a table, the control first, and writes benchmarks/out/<name>.json. Rows called "(ratio)" count only with a control that holds;
    without one they are no measurements of time."""
    print(f"\n{name}")
    kept: dict[str, float | str] = {} if control is None else {"A/A control (ratio)": control}
    for what, figure in rows.items():
        kept[what] = figure if control is None or off(control) <= CONTROL_OFF or "(ratio)" not in what else against_control(figure, control)
    for what, said in kept.items():
        print(f"  {what:58} {said:10.3f}" if isinstance(said, float) else f"  {what:58} {said}")
    OUT.mkdir(exist_ok=True)
    (OUT / f"{name}.json").write_text(json.dumps(kept, indent=1) + "\n")


def machine() -> str:
    """What all figures depend on: the processor, its cores, how busy it is (over 1, 5 and 15 minutes), and what runs on it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    packages = ", ".join(f"{one} {version(one)}" for one in ("flask", "weasyprint", "jinja2"))
    return f"{model}, {os.cpu_count()} cores, load {load}\nPython {platform.python_version()}, {packages}"
