"""The commands for those who change a rule: prove what must hold, and see what another content folder would change."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from planner.cli.input import BadInput
from planner.domain.model import Library
from planner.folders import CONTENT
from planner.library.plausible import Change, changes, people
from planner.library.reader import load
from planner.library.told import told

EXAMPLES = 3
KINDS = {"level": "another level", "exercises": "another exercise", "massage": "another massage"}


def add_proof_commands(commands: Any) -> None:
    """Adds `prove` and `diff` to the command line."""
    proof = commands.add_parser("prove", help="prove the promises over every set of answers")
    proof.add_argument("--content", type=Path, default=CONTENT, help="another content folder")
    proof.set_defaults(run=run_prove)
    diff = commands.add_parser("diff", help="what another content folder would change, in words")
    diff.add_argument("folder", type=Path, help="the other content folder")
    diff.add_argument("--people", type=int, default=1000, help="how many plausible people to ask for (1 to 100000)")
    diff.set_defaults(run=run_diff)


def run_prove(options: argparse.Namespace) -> int:
    """Prints every theorem with its time; 1 if one fails, with the person who shows it."""
    try:
        from planner.library.proof.theorems import prove
    except ImportError as error:
        raise BadInput("prove needs the solver: install requirements-dev.txt") from error
    library, began, broken = load(options.content), perf_counter(), 0
    for one in prove(library):
        print(f"{'proved' if one.holds else 'BROKEN'}  {one.seconds:5.1f} s  {one.searches:4} searches  {one.name}")
        if not one.holds:
            broken += 1
            print(f"  {one.about}")
            print(*(f"  {line}" for line in told(library, one.person or {})), sep="\n")
    print(f"{'all promises hold' if not broken else f'{broken} broken'}, {perf_counter() - began:.1f} s")
    return 1 if broken else 0


def run_diff(options: argparse.Namespace) -> int:
    """Prints how many of the people get something else, and examples of each kind."""
    if not 1 <= options.people <= 100_000:
        raise BadInput(f"--people must be from 1 to 100000, not {options.people}")
    if not options.folder.is_dir():
        raise BadInput(f"{options.folder}: there is no such folder")
    here, there = load(), load(options.folder)
    found = list(changes(here, there, people(here, options.people), date.today()))
    for kind, name in KINDS.items():
        print(*summary(here, [one for one in found if one.kind == kind], name, options.people), sep="\n")
    return 0


def summary(library: Library, found: list[Change], name: str, number: int) -> Iterator[str]:
    """How many, and the first few people with what they had and would have."""
    yield f"{len(found)} of {number} people get {name}."
    for one in found[:EXAMPLES]:
        yield f"  - {'; '.join(told(library, one.answers)) or 'the usual answers'}"
        yield f"    now: {', '.join(one.now) or 'nothing'}. then: {', '.join(one.then) or 'nothing'}."
