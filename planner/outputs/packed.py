"""The drawings of a session inside one file: every still, and the movement in fewer moments, packed small."""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache

from planner.domain.lines import Line, Plan
from planner.domain.model import Library
from planner.folders import STATIC
from planner.outputs.pictures import Shown, picture_of
from planner.outputs.turns import easier_turn

MOMENT = re.compile(r'<g class="k(\d+)">.*?</g>', re.DOTALL)
A_STILL_EVERY = 11
"""Moments from one still to the next, the first still counted: as the drawings are built."""
MOMENTS_KEPT = (0, 3, 6, 8)
"""Those of them that a file has."""
SCRIPTS = ("figure.js", "cues.js", "offline-file.js", "session.js")


def session_lines(plan: Plan, library: Library) -> Iterator[Line]:
    """The exercises of the plan, and the easier ones that can stand in for them."""
    for line in plan.section("exercises"):
        yield line
        if easier := easier_turn(line, library):
            yield easier


def packed_drawings(plan: Plan, library: Library) -> str:
    """File -> drawing as JSON, gzipped, in letters. The same plan gives the same letters."""
    files = dict(drawings(filter(None, (picture_of(library, line.item) for line in session_lines(plan, library)))))
    return b64encode(gzip.compress(json.dumps(files).encode(), 9, mtime=0)).decode()


def drawings(pictures: Iterable[Shown]) -> Iterator[tuple[str, str]]:
    for shown in pictures:
        yield from ((frame.file, drawing(frame.file)) for frame in shown.frames if not frame.own)
        if shown.moving:
            yield shown.moving, fewer_moments(drawing(shown.moving))


def drawing(file: str) -> str:
    return (STATIC / file).read_text("utf-8").strip()


def fewer_moments(svg: str) -> str:
    """A movement with the moments of MOMENTS_KEPT alone, evenly in every part of it; the stills all stay."""
    return MOMENT.sub(lambda found: found[0] if int(found[1]) % A_STILL_EVERY in MOMENTS_KEPT else "", svg)


@cache
def file_scripts() -> str:
    """What makes the session of a file go. It stands inside a script element, which it must not end."""
    text = "\n".join((STATIC / "js" / name).read_text("utf-8") for name in SCRIPTS)
    return text.replace("</", "<\\/")
