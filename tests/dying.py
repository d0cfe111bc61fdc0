"""Processes of a batch that die over a line: what the system does to one that takes too much memory."""

from __future__ import annotations

import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from planner.cli import chunk
from planner.cli.crew import work_on
from planner.cli.input import journey_of
from planner.domain.journey import Journey
from planner.domain.model import Library

POISON, ONCE = "kills", "kills once"
"""Own words of a person whose line kills its process: each time, or once."""


def work_and_die(pipe: Connection, work: Path) -> None:
    """In the place of `work_on`."""
    let_lines_kill(work.parent)
    work_on(pipe, work)


def let_lines_kill(noted: Path) -> None:
    """In this process, and those that it forks. `noted`: a folder for the note of what killed once."""

    def deadly(library: Library, raw: Any, *, fill: bool) -> Journey:
        words = raw.get("goal_words") if isinstance(raw, dict) else ""
        again = noted / "killed-once"
        if words == POISON or (words == ONCE and not again.exists()):
            again.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return journey_of(library, raw, fill=fill)

    setattr(chunk, "journey_of", deadly)  # noqa: B010  a name that the chunk has imported
