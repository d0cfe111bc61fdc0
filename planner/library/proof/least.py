"""The least that is shut, whatever the limits of the content say: a second net, typed from clinical safety 2 and not from the content.

A clinician who takes a limit out, or a bar out of a limit, is told here, with a person who shows it."""

from __future__ import annotations

import tomllib
from itertools import chain
from pathlib import Path

from planner.domain.model import Item, Library

ROWS = Path(__file__).with_name("least.toml")


def least_shut() -> list[tuple[str, str, frozenset[str]]]:
    """Question, answer, and the demands that are shut for whoever gave it."""
    rows = tomllib.loads(ROWS.read_text(encoding="utf-8"))["shut"]
    return [(row["question"], row["answer"], frozenset(row["demands"])) for row in rows]


def asking(library: Library, demands: frozenset[str]) -> list[Item]:
    """Every item with one of these demands."""
    kinds = (library.exercises, library.massages, library.habits, library.selfcare, library.therapies)
    return [item for item in chain.from_iterable(kind.values() for kind in kinds) if demands & set(item.demands)]
