"""Files that a power cut or a bad disk tore: the log of a SQLite database, and what a batch had written."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

from sqlalchemy import text

from planner.database.engines import open_database
from planner.database.sessions import reading
from planner.domain.model import Library
from planner.kept.plans import find_kept
from planner.upkeep.upgrading import upgrade
from tests.abuse import ROOT
from tests.installed import SAFE, before

TEARS = 20
LINES = 40


def torn_log(folder: Path, library: Library) -> list[str]:
    """The log of a database is cut at random places. Each time the database opens whole, with the first so many of the plans that were
    kept, in their order; one line for each time that it does not."""
    file, rng, broken = folder / "kept.sqlite3", random.Random(5), []
    engine = open_database(f"sqlite:///{file}")
    upgrade(engine)
    holds = sqlite3.connect(file)  # else the log would be put away with the last connection
    holds.execute("pragma wal_autocheckpoint=0")
    holds.execute("select count(*) from kept_plan").fetchone()
    codes = before(engine, library, 1) + [code for _ in range(LINES) for code in before(engine, library, 1)]
    log = Path(f"{file}-wal").read_bytes()
    for tear in range(TEARS):
        copy = folder / f"torn-{tear}.sqlite3"
        shutil.copyfile(file, copy)
        Path(f"{copy}-wal").write_bytes(log[: rng.randrange(len(log))])
        torn = open_database(f"sqlite:///{copy}")
        with reading(torn) as rows:
            whole = rows.execute(text("pragma integrity_check")).scalar() == "ok"
            there = [find_kept(rows, SAFE, code, date.today()) is not None for code in codes]
        if not whole or there != sorted(there, reverse=True):
            broken.append(f"a log that was torn: whole {whole}, {sum(there)} of {len(there)} plans")
    holds.close()
    return broken


def torn_batch(folder: Path) -> list[str]:
    """Plans and results of a batch are cut in half, and the same command is given again: every file is as it was, to the byte."""
    people, out = folder / "people.jsonl", folder / "out"
    people.write_text("".join(json.dumps({"areas": ["low_back"], "goal_words": f"walk {n} miles"}) + "\n" for n in range(LINES)))
    command = [sys.executable, "-m", "planner", "plans", str(people), "--output", str(out), "--fill-defaults"]
    made(command)
    before_files = {one: one.read_bytes() for one in sorted(out.iterdir())}
    results = sorted((folder / "out.batch" / "chunks").iterdir())
    for one in (*list(before_files)[::7], *results):
        one.write_bytes(one.read_bytes()[: one.stat().st_size // 2])
    made(command)
    broken = [f"{one.name} stayed torn" for one, body in before_files.items() if one.read_bytes() != body]
    lines = (folder / "out.batch" / "manifest.jsonl").read_text().splitlines()
    numbers = [json.loads(line)["line"] for line in lines]
    return broken + ([] if numbers == list(range(1, LINES + 1)) else [f"the manifest has lines {numbers}"])


def made(command: list[str]) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
