"""The built figures as pages and paper use them: files for the screen, coloured inside black outlines for paper."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from planner.domain.from_clinic import ClinicExercise
from planner.domain.items import Item
from planner.domain.model import Library
from planner.folders import STATIC
from planner.languages.translate import gettext as _
from planner.outputs.coloured import on_coloured_paper
from planner.outputs.inked import DRAWN_MARK

WIDE = 1.25
"""A frame wider than this by its height shows somebody lying or kneeling."""


@dataclass(frozen=True)
class ShownFrame:
    """One drawing. `file` is its place under /static; `width` and `height` are its own units. `own`: it is a clinic's picture, and `file`
    is its address or the picture itself as one."""

    id: str
    alt: str
    file: str
    width: int
    height: int
    own: bool = False


@dataclass(frozen=True)
class Shown:
    """A picture in the language of the library. `moving` is the file of the moving one, or empty."""

    id: str
    frames: tuple[ShownFrame, ...]
    shows: str
    felt: str
    moving: str

    @property
    def wide(self) -> bool:
        return self.frames[0].width > WIDE * self.frames[0].height


@cache
def built_figures() -> dict[str, Any]:
    """What `make figures` has built, by picture."""
    found: dict[str, Any] = json.loads((STATIC / "figures" / "index.json").read_text("utf-8"))
    return found


def picture(library: Library, name: str) -> Shown | None:
    """The picture of an exercise, a habit or `massage_<position>`; None where there is none."""
    words, built = library.pictures.get(name), built_figures().get(name)
    if words is None or built is None:
        return None
    width, height = built["size"]
    frames = tuple(ShownFrame(one.id, one.alt, f"figures/{name}-{one.id}.svg", width, height) for one in words.frames)
    moving = f"figures/{name}-move.svg" if built["moves"] else ""
    return Shown(name, frames, words.shows, words.felt, moving)


def picture_of(library: Library, item: Item) -> Shown | None:
    """The picture of an exercise, also of a clinic's own; None where there is none."""
    if not isinstance(item, ClinicExercise):
        return picture(library, item.id)
    if not item.photo:
        return None
    width, height = item.size
    alt = _("Picture of the exercise: %(title)s") % {"title": item.title}
    return Shown(item.id, (ShownFrame("own", alt, item.photo, width, height, own=True),), "rest", "", "")


def line_art(frame: ShownFrame) -> Markup:
    """A frame as an inline SVG for paper; its title is what a screen reader says."""
    return photo(frame) if frame.own else drawn(frame)


FRAMED = Markup('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}"><title>{2}</title>{3}</svg>')
INSIDE_FRAME = Markup('<image href="{2}" width="{0}" height="{1}"/>')


def photo(frame: ShownFrame) -> Markup:
    """A picture as wide and high as a drawing would be, so that the same styles hold for both."""
    return FRAMED.format(frame.width, frame.height, frame.alt, INSIDE_FRAME.format(frame.width, frame.height, frame.file))


@cache
def drawn(frame: ShownFrame) -> Markup:
    svg = on_coloured_paper((STATIC / frame.file).read_text("utf-8").strip())
    opening, rest = svg.split(">", 1)
    named = f'{opening} width="{frame.width}" height="{frame.height}"{DRAWN_MARK}><title>{escape(frame.alt)}</title>{rest}'
    return Markup(named)  # noqa: S704  our own file


@cache
def as_data(path: str) -> Markup:
    """A static drawing as an address that holds it, for a plan in a single file; it may stand in an attribute as it is."""
    svg = (STATIC / path).read_text("utf-8").strip().replace('"', "'")
    for sign in "%#<>&":
        svg = svg.replace(sign, f"%{ord(sign):02X}")
    return Markup("data:image/svg+xml," + svg)  # noqa: S704  our own file
