"""Our own drawings on paper, turned into the PDF's language once a process: a plan shows thirty, and to read them was half of writing it.

They are laid out empty, and what is in them is put in when the PDF is written. QR codes and a clinic's pictures are none of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.etree import ElementTree

DRAWN_MARK = ' data-drawn=""'
"""Stands in the opening tag of a drawing that is the same for everybody (planner/outputs/pictures.py)."""
OUR_DRAWING = re.compile(rf"<svg ([^>]*){DRAWN_MARK}>(<title>[^<]*</title>)(.*?)</svg>", re.DOTALL)
DRAWN_NUMBER = "data-drawn"
SHELL = 4  # operators of a drawing with nothing in it: keep, move, scale, back


@dataclass(frozen=True)
class Ink:
    """What is inside a drawing: PDF operators in its own units, and the transparencies that they name."""

    operators: bytes
    states: dict[str, Any]


@dataclass(frozen=True)
class Inked:
    """What stands for a drawing in a layout: an empty one of its size, which knows what belongs inside."""

    empty: Any
    ink: Ink

    def get_intrinsic_size(self, *about: Any) -> Any:
        return self.empty.get_intrinsic_size(*about)

    def draw(self, stream: Any, wide: float, high: float, style: Any) -> None:
        self.empty.draw(stream, wide, high, style)
        stream.stream.insert(-1, self.ink.operators)
        states = stream._resources["ExtGState"]
        for name, state in self.ink.states.items():
            states.setdefault(name, state)


drawings: dict[str, str] = {}
"""Number -> drawing, of those that this process has met. There are as many as the content has."""
numbers: dict[str, str] = {}


def emptied(html: str) -> str:
    """The document with empty drawings, each with the number of what belongs inside."""
    return OUR_DRAWING.sub(without_ink, html)


def without_ink(found: re.Match[str]) -> str:
    about, title, inside = found.groups()
    drawing = f"<svg {about}><title/>{inside}</svg>"
    number = numbers.setdefault(drawing, str(len(numbers)))
    drawings[number] = drawing
    return f'<svg {about} {DRAWN_NUMBER}="{number}">{title}</svg>'


def inked(document: Any) -> Any:
    """The document, with its drawings."""
    for page in document.pages:
        for box in page._page_box.descendants():
            if hasattr(box, "replacement") and (number := box.element.get(DRAWN_NUMBER)):
                box.replacement = Inked(box.replacement, ink_of(number))
    return document


@cache
def ink_of(number: str) -> Ink:
    from pydyf import Dictionary, _to_bytes  # type: ignore[import-untyped]
    from weasyprint.images import SVGImage
    from weasyprint.pdf.stream import Stream

    resources = {name: Dictionary() for name in ("ExtGState", "XObject", "Pattern", "Shading", "ColorSpace")}
    stream = Stream({}, None, resources, {}, None, {}, None)
    SVGImage(ElementTree.fromstring(drawings[number]), "none:", None, None).draw(stream, 1, 1, None)  # noqa: S314  our own file
    if any(what for name, what in resources.items() if name != "ExtGState"):
        raise ValueError("a drawing may have lines and colours alone")
    return Ink(b"\n".join(map(_to_bytes, stream.stream[SHELL - 1 : -1])), dict(resources["ExtGState"]))
