"""Programs of the project, run as an operator runs them."""

from __future__ import annotations

import os
import re
import subprocess
import sys

from planner.folders import ROOT


def program(*command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A program of the project with these settings and no others."""
    environment = {"PATH": os.environ["PATH"], "BACKPLAN_ENV": os.devnull, **settings}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """What a program said that did nothing else."""
    assert (done.returncode, done.stdout) == (2, "") and re.fullmatch(r"backplan: [^\n]+\n", done.stderr), done
    return done.stderr
