"""For a server under test whose wall clock is to be wrong (tests/installed.py): Python reads this in each of its processes.

How many seconds it is ahead stands in a file, which is looked at as long as the process lives."""

from __future__ import annotations

import os
import time
from pathlib import Path
from threading import Thread

import time_machine

LOOK = 0.5  # seconds


def follow(file: Path) -> None:
    """Never returns. time.monotonic() is left alone, as by a clock that is set."""
    moved, travel = 0.0, None
    while True:
        if (ahead := float(file.read_text("ascii") or moved)) != moved:
            if travel:
                travel.stop()
            moved, travel = ahead, time_machine.travel(time.time() + ahead, tick=True)
            travel.start()
        time.sleep(LOOK)


def begin() -> None:
    Thread(target=follow, args=(Path(os.environ["MOVED_CLOCK"]),), daemon=True).start()


if "MOVED_CLOCK" in os.environ:
    begin()
    os.register_at_fork(after_in_child=begin)  # a thread is not forked
