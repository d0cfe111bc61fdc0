"""What the tests of the abuse cases are worth (`make abuse`): each defence is taken out once, in a copy, and its tests must fail.

tests/abuse_cases.toml names the cases, their tests, and the lines of code that defend."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
FILE = Path(__file__).with_name("abuse_cases.toml")
COPIED = ("planner", "templates", "static", "tests", "docs", "locale", "scripts", "benchmarks", "deploy")
"""Folders that tests may need; the files beside them are copied too."""
FAILED, WRONG = 1, "no verdict"


@dataclass(frozen=True)
class Taken:
    """One change that takes a defence out: in `file`, the text `out`, which stands there once, becomes `put`."""

    file: str
    out: str
    put: str


@dataclass(frozen=True)
class Case:
    """One abuse or fault. `tests`: ids as pytest takes them. `because`: why it can't happen here, where there is nothing to test;
    `missing`: what is not defended or not tested yet."""

    id: str
    what: str
    tests: tuple[str, ...] = ()
    taken: tuple[Taken, ...] = ()
    because: str = ""
    missing: str = ""


def cases(file: Path = FILE) -> tuple[Case, ...]:
    return tuple(
        Case(**one | {"tests": tuple(one.get("tests", ())), "taken": tuple(Taken(**each) for each in one.get("taken", ()))})
        for one in tomllib.loads(file.read_text())["case"]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """1 if a defence was taken out and no test noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.abuse", description=__doc__)
    parser.add_argument("--only", nargs="+", default=(), metavar="ID", help="cases, as in: --only I01 S07")
    only = parser.parse_args(arguments).only
    unnoticed = 0
    with TemporaryDirectory(prefix="abuse-") as folder:
        copy = copied(Path(folder) / "backplan")
        for case, taken in wanted(only):
            verdict = without(copy, taken, case.tests)
            unnoticed += verdict != "noticed"
            print(f"{case.id}  {verdict:12} {taken.file}: {' '.join(taken.out.split())[:70]}", flush=True)
    return int(unnoticed > 0)


def wanted(only: Sequence[str]) -> Iterator[tuple[Case, Taken]]:
    for case in cases():
        if not only or case.id in only:
            yield from ((case, taken) for taken in case.taken)


def copied(target: Path) -> Path:
    """The project without its history, and with this Python."""
    target.mkdir()
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ROOT.iterdir():
        if file.is_file() and file.name != ".git":
            shutil.copy2(file, target)
    (target / ".venv").symlink_to(ROOT / ".venv")
    return target


def without(copy: Path, taken: Taken, tests: Sequence[str]) -> str:
    """Runs the tests of a case without its defence: noticed, unnoticed, or no verdict when they did not run at all."""
    file = copy / taken.file
    whole = file.read_text()
    file.write_text(whole.replace(taken.out, taken.put))
    try:
        ran = subprocess.run(
            (sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider", *tests),
            cwd=copy,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            check=False,
        ).returncode
    finally:
        file.write_text(whole)
    return {0: "unnoticed", FAILED: "noticed"}.get(ran, WRONG)


if __name__ == "__main__":
    sys.exit(main())
