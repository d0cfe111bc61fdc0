"""Mutation testing of the domain (`make mutants`): one small fault at a time, and which of them no test notices.

poodle makes the faults, each in a copy of its own; pyproject.toml says in which files, and which tests run."""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from poodle.config import build_config
from poodle.data_types import Mutant, MutantTrial, PoodleConfig, PoodleWork
from poodle.mutate import create_mutants_for_all_mutators, initialize_mutators
from poodle.run import clean_run_each_source_folder, get_runner, run_mutant_trails
from poodle.util import calc_timeout, create_temp_zips, create_unified_diff

DOMAIN = "planner/domain"
DECLARED = ("model.py",)  # says again what other modules declare: the linter's to hold


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # its tests run with this Python
    trials = tried(options)
    survivors = [one for one in trials if not noticed(one)]
    for one in sorted(survivors, key=lambda one: (str(one.mutant.source_file), one.mutant.lineno)):
        print(shown(one.mutant))
    print(table(trials, survivors))
    return 0


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    found.add_argument("--only", nargs="+", default=["*"], metavar="MODULE", help="modules of the domain, as in: --only weeks facts")
    found.add_argument(
        "--sample", type=int, default=0, metavar="N", help="so many faults, from every module in proportion; all if left out"
    )
    found.add_argument("--seed", type=int, default=1, metavar="N", help="another seed draws another sample")
    found.add_argument("--workers", type=int, default=os.cpu_count(), metavar="N", help="faults tried side by side")
    return found


def tried(options: argparse.Namespace) -> list[MutantTrial]:
    """Every fault wanted, with what the tests said. The tests must pass without one first."""
    with TemporaryDirectory(prefix="mutants-") as folder:
        work = PoodleWork(config(options, Path(folder)))
        create_temp_zips(work)
        work.mutators, work.runner, work.echo = initialize_mutators(work), get_runner(work.config), progress
        every = [one for one in create_mutants_for_all_mutators(work) if one.source_file and one.source_file.name not in DECLARED]
        if not every:
            sys.exit(f"{DOMAIN} has no such module")
        mutants = sampled(every, options.sample or len(every), options.seed)
        results = run_mutant_trails(work, mutants, calc_timeout(work.config, clean_run_each_source_folder(work)))
    return list(results.mutant_trials)


def config(options: argparse.Namespace, folder: Path) -> PoodleConfig:
    found = build_config(
        cmd_sources=(),
        cmd_config_file=None,
        cmd_quiet=0,
        cmd_verbose=0,
        cmd_max_workers=options.workers,
        cmd_excludes=(),
        cmd_only_files=tuple(f"{DOMAIN}/{name}.py" for name in options.only),
        cmd_report=(),
        cmd_html=None,
        cmd_json=None,
        cmd_fail_under=None,
    )
    return replace(found, work_folder=folder)


def sampled(mutants: list[Mutant], size: int, seed: int) -> list[Mutant]:
    """The same ones for the same seed: shuffled inside each module, then every nth."""
    chance = random.Random(seed)
    placed = sorted(mutants, key=lambda one: (str(one.source_file), one.lineno, one.col_offset, one.mutator_name, one.text))
    shuffled = sorted(placed, key=lambda one: (str(one.source_file), chance.random()))
    size = min(size, len(shuffled))
    return [shuffled[index * len(shuffled) // size] for index in range(size)]


def progress(message: object = "", **_: object) -> None:
    """poodle says one line for each fault."""
    words = str(message).split()
    if words[:1] != ["COMPLETED"] or int(words[1].partition("/")[0]) % 50 == 0:
        print(" ".join(words), file=sys.stderr, flush=True)


def noticed(trial: MutantTrial) -> bool:
    """A fault that never ends is noticed too."""
    return bool(trial.result.found) or trial.result.reason_code == trial.result.RC_TIMEOUT


def shown(mutant: Mutant) -> str:
    lines = (create_unified_diff(mutant) or "").splitlines()
    changed = [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    return "\n".join((f"{mutant.source_file}:{mutant.lineno}  {mutant.mutator_name}", *changed, ""))


def table(trials: list[MutantTrial], survivors: list[MutantTrial]) -> str:
    every, left = (Counter(Path(str(one.mutant.source_file)).name for one in found) for found in (trials, survivors))
    rows = [f"{name:14} {every[name] - left[name]:5} of {every[name]:5}   {1 - left[name] / every[name]:6.1%}" for name in sorted(every)]
    killed = len(trials) - len(survivors)
    return "\n".join((*rows, f"{'killed':14} {killed:5} of {len(trials):5}   {killed / len(trials):6.1%}   {len(survivors)} survived"))


if __name__ == "__main__":
    sys.exit(main())
