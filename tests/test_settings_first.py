"""Settings come first: the server and every command that uses the site's rows say what is wrong before anything else, in one and the same
line, and end with 2."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from planner.folders import ROOT
from tests.conftest import SECRET

LONG_WORD = "p@ssw0rd-Geheim"


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


def test_no_part_of_a_password_is_taken_for_a_host_and_shown(tmp_path: Path) -> None:
    """Nor of the one that is typed for `db copy`."""
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path / 'rows.sqlite3'}", "SECRET_KEY": SECRET}
    for command, name, more in (
        (("check",), "DATABASE_URL", {"DATABASE_URL": f"postgresql://u:{LONG_WORD}@127.0.0.1:1/n"}),
        (("copy", f"postgresql://u:{LONG_WORD}@127.0.0.1:1/n"), "URL", {}),
    ):
        line = one_line(program("planner", "db", *command, **{**settings, **more}))
        assert line.startswith(f"backplan: {name} must be the address") and "A password with @ in it" in line and "Geheim" not in line
