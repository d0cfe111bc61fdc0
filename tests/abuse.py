"""What the tests of the abuse cases are worth (`make abuse`): each defence is taken out once, in a copy, and its tests must fail.

tests/abuse_cases.toml names the cases, their tests, and the lines of code that defend. What a run found is written into docs/abuse.md
(`--table`), which tests/test_abuse_cases.py holds against the cases."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[1]
FILE = Path(__file__).with_name("abuse_cases.toml")
TABLE = ROOT / "docs" / "abuse.md"
COPIED = ("planner", "templates", "static", "tests", "docs", "locale", "scripts", "benchmarks", "deploy")
"""Folders that tests may need; the files beside them are copied too."""
UNNOTICED, WRONG, ALWAYS = "UNNOTICED", "NO VERDICT", "FAILS ALWAYS"
"""What a run may say in the place of the test that failed: none did, they did not run, or one fails with the defence in its place too."""
FAILED = re.compile(r"^FAILED (tests/\S+?::\w+(?:\[.*?\])?)(?: - .*)?$", re.M)
SPARED = ("-p", "no:hypothesispytest", "-p", "no:playwright", "-p", "no:anyio")
HEAD = """# The abuse cases

What was tried against Backplan, or broken under it, and what happened when the line that defends was taken out: the test in the last
column failed, and passes again with the line in its place. `make abuse ARGS="--table"` tries all of them and writes this file.
`tests/abuse_cases.toml` has the lines in full, and all tests of a case. Where no line of ours defends, the case says what does.

| case | what is tried | taken out | the test that failed |
|---|---|---|---|
"""


@dataclass(frozen=True)
class Change:
    """In `file` the text `out`, which stands there once, becomes `put`."""

    file: str
    out: str
    put: str

    @property
    def shown(self) -> str:
        """For one cell of a table."""
        line = " ".join(self.out.split())
        return f"`{self.file}`: `{line if len(line) <= 70 else f'{line[:67]}...'}`".replace("|", "\\|")


@dataclass(frozen=True)
class Taken:
    """A defence, as the changes that take it out. More than one where each of two walls would hold without the other."""

    changes: tuple[Change, ...]

    @property
    def shown(self) -> str:
        return "<br>".join(dict.fromkeys(change.shown for change in self.changes))


@dataclass(frozen=True)
class Case:
    """One abuse or fault. `tests`: ids as pytest takes them. `by`: what defends where no line of ours does, or beside ours."""

    id: str
    what: str
    tests: tuple[str, ...] = ()
    taken: tuple[Taken, ...] = ()
    by: str = ""


def cases(file: Path = FILE) -> tuple[Case, ...]:
    return tuple(read(one) for one in tomllib.loads(file.read_text())["case"])


def read(one: Mapping[str, Any]) -> Case:
    taken = tuple(Taken(tuple(Change(**change) for change in (alone(each), *each.get("also", ())))) for each in one.get("taken", ()))
    return Case(**{**one, "tests": tuple(one.get("tests", ())), "taken": taken})


def alone(each: Mapping[str, Any]) -> dict[str, str]:
    return {name: value for name, value in each.items() if name != "also"}


def main(arguments: Sequence[str] | None = None) -> int:
    """1 if a defence was taken out and no test noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.abuse", description=__doc__)
    parser.add_argument("--only", nargs="+", default=(), metavar="ID", help="cases, as in: --only I01 S07")
    parser.add_argument("--table", action="store_true", help="write what was found into docs/abuse.md; with --only, only these rows anew")
    options = parser.parse_args(arguments)
    found: dict[tuple[str, str], str] = {}
    with TemporaryDirectory(prefix="abuse-") as folder:
        copy = copied(Path(folder) / "backplan")
        for one, taken in wanted(options.only):
            found[one.id, taken.shown] = without(copy, taken, one.tests)
            print(f"{one.id}  {found[one.id, taken.shown]}  {taken.shown}", flush=True)
        always = failing(copy, found.values())
    found = {what: ALWAYS if test in always else test.partition("[")[0] for what, test in found.items()}
    for test in sorted(always):
        print(f"{ALWAYS}: {test}")
    if options.table:
        TABLE.write_text(table(known() | found), "utf-8")
    return int(any(verdict in (UNNOTICED, WRONG, ALWAYS) for verdict in found.values()))


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
    """Runs the tests of a case without its defence, up to the first that fails. Its id, or what is wrong where there is none."""
    whole = {copy / change.file: (copy / change.file).read_text() for change in taken.changes}
    try:
        for change in taken.changes:
            file = copy / change.file
            file.write_text(file.read_text().replace(change.out, change.put))
        status, failed = ran(copy, ("-x", *tests))
    finally:
        for file, text in whole.items():
            file.write_text(text)
    return failed[0] if failed else UNNOTICED if status == 0 else WRONG


def failing(copy: Path, verdicts: Iterable[str]) -> set[str]:
    """Those of the tests that failed without a defence that fail with every defence in its place: they prove nothing."""
    tests = sorted({one for one in verdicts if one.startswith("tests/")})
    return set(ran(copy, tests)[1]) if tests else set()


def ran(copy: Path, tests: Sequence[str]) -> tuple[int, list[str]]:
    """How pytest ended, and the ids of the tests that failed. Loading these plugins takes longer than most of the tests."""
    spared = ("-p", "no:hypothesispytest") if any("/browser/" in test for test in tests) else SPARED
    done = subprocess.run(
        (sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *spared, *tests),
        cwd=copy,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "1000"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, FAILED.findall(done.stdout)


def known() -> dict[tuple[str, str], str]:
    """What the table says so far: case and what was taken out -> the test that failed."""
    lines = TABLE.read_text("utf-8").splitlines() if TABLE.exists() else []
    cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines if re.match(r"\| [ISXF]\d\d ", line)]
    return {(case.strip(), out.strip()): failed.strip().strip("`") for case, _, out, failed in cells}


def table(found: Mapping[tuple[str, str], str]) -> str:
    """The whole document. A row that nobody has tried yet says so."""
    return HEAD + "".join(f"| {one.id} | {one.what} | {out} | {failed} |\n" for one in cases() for out, failed in outcomes(one, found))


def outcomes(one: Case, found: Mapping[tuple[str, str], str]) -> Iterator[tuple[str, str]]:
    """The last two cells of each row of a case."""
    for taken in one.taken:
        failed = found.get((one.id, taken.shown), "not tried yet")
        yield taken.shown, f"`{failed}`" if failed.startswith("tests/") else failed
    if one.by:
        yield "beside it" if one.taken else "nothing of ours", one.by


if __name__ == "__main__":
    sys.exit(main())
