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
from planner.library.reader import BrokenContent, load
from planner.library.told import told

EXAMPLES = 3
PEOPLE = "1000"
MOST_PEOPLE = 100_000
CONTENT_SIGN = "questions"  # a folder without it was never content
KINDS = {"level": "another level", "exercises": "another exercise", "massage": "another massage"}


def add_proof_commands(commands: Any) -> None:
    """Adds `prove` and `diff` to the command line."""
    proof = commands.add_parser("prove", help="prove the promises over every set of answers")
    proof.add_argument("--content", type=Path, default=CONTENT, help="another content folder")
    proof.set_defaults(run=run_prove)
    diff = commands.add_parser("diff", help="what another content folder would change, in words")
    diff.add_argument("folder", type=Path, help="the other content folder")
    diff.add_argument("--people", default=PEOPLE, help=f"how many plausible people to ask for (1 to {MOST_PEOPLE}; default: {PEOPLE})")
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
    number, there, here = number_of(options.people), content_of(options.folder), load()
    found = list(changes(here, there, people(here, number), date.today()))
    for kind, name in KINDS.items():
        print(*summary(here, [one for one in found if one.kind == kind], name, number), sep="\n")
    return 0


def number_of(text: str) -> int:
    """How many people are meant."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(MOST_PEOPLE)) else 0
    if not 1 <= number <= MOST_PEOPLE:
        raise BadInput(f"--people {text}: not a whole number from 1 to {MOST_PEOPLE}")
    return number


def content_of(folder: Path) -> Library:
    """The content of another folder. What is wrong with it is one line: the first fault, and how many more."""
    if not folder.is_dir():
        raise BadInput(f"{folder}: there is no such folder")
    if not any((folder / CONTENT_SIGN).glob("*.toml")):
        raise BadInput(f"{folder}: this is no content folder, as it has no {CONTENT_SIGN}")
    try:
        return load(folder)
    except BrokenContent as error:
        first, more = error.faults[0], len(error.faults) - 1
        raise BadInput(f"{folder}: {first}{f' (and {more} more: check --content names them)' if more else ''}") from error


def summary(library: Library, found: list[Change], name: str, number: int) -> Iterator[str]:
    """How many, and the first few people with what they had and would have."""
    yield f"{len(found)} of {number} people get {name}."
    for one in found[:EXAMPLES]:
        yield f"  - {'; '.join(told(library, one.answers)) or 'the usual answers'}"
        yield f"    now: {', '.join(one.now) or 'nothing'}. then: {', '.join(one.then) or 'nothing'}."
