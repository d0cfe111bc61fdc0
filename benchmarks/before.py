"""Before and after: `python -m benchmarks.before OLD_TREE` runs an old tree and this one in turn, and prints what each now costs of before.
The names of some of WHAT after it run those alone.

Three processes take turns at the same work: the old tree, the old tree once more, and this one. The second is the control: it would cost
exactly as much as the first if the machine were quiet. Processor time, not the clock on the wall: others may keep the machine busy."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from subprocess import PIPE, Popen

from benchmarks.compare import against_control, machine
from benchmarks.turns import CHANGED, HELLO, PAGES, POST, SERVED

HERE = Path(__file__).parent
ROUNDS = {"engine": 40, "batch": 6}
ROUNDS_OF_PAGES = 25
WHAT = ("engine", "batch", HELLO, *PAGES, POST, CHANGED, *SERVED)


@dataclass(frozen=True)
class Side:
    """A process that works in one tree."""

    process: Popen[str]

    @classmethod
    def of(cls, tree: Path, what: str) -> Side:
        side = cls(Popen([sys.executable, str(HERE / "turns.py"), str(tree), what], cwd=tree, stdin=PIPE, stdout=PIPE, text=True))
        if side.line() != "ready":
            raise RuntimeError(f"{tree}: {what} does not begin")
        return side

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def turn(self, number: int) -> list[float]:
        """Seconds of processor time of each piece of one turn."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{number}\n")
        self.process.stdin.flush()
        found: list[float] = json.loads(self.line())
        return found

    def end(self) -> None:
        self.process.communicate()


def measured(old: Path, what: str) -> list[list[float]]:
    """Seconds of every piece: of the old tree, of the same once more, and of this one. Who begins goes round."""
    sides = [Side.of(tree, what) for tree in (old, old, HERE.parent)]
    times: list[list[float]] = [[], [], []]
    try:
        for number in range(ROUNDS.get(what, ROUNDS_OF_PAGES)):
            for at in range(3):
                one = (number + at) % 3
                times[one] += sides[one].turn(number)
    finally:
        for side in sides:
            side.end()
    return times


def p99(times: list[float]) -> float:
    return quantiles(times, n=100)[98]


def main(old: Path, chosen: Sequence[str] = ()) -> None:
    print(machine())
    print("processor time (process_time), in turn; control: the old tree against itself")
    print(f"{'':22} {'before':>9} {'after':>9} {'control':>8}  after / before")
    for what in chosen or WHAT:
        times = measured(old, what)
        figures: dict[str, Callable[[list[float]], float]] = {what: median}
        if what == "engine":
            figures["engine, p99"] = p99
        for name, figure in figures.items():
            before, again, now = (figure(some) * 1000 for some in times)
            verdict = against_control(now / before, again / before)
            print(f"{name:22} {before:6.2f} ms {now:6.2f} ms {again / before:8.2f}  {verdict}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2:])
