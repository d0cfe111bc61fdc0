"""Draws the body that people tap to say where it hurts: the SVG partial and its stylesheet.

Run by `make figures`; what it writes is committed. Units are those of the SVG; x = 0 is the middle of the body, y grows downwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from textwrap import fill

from shapely import affinity
from shapely.geometry import Point, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from planner.folders import ROOT

FILES = (ROOT / "templates/fields/body.html", ROOT / "static/css/body.css")
QUESTION = "areas"
VIEW = (-66.0, 10.0, 132.0, 252.0)  # from the crown to the middle of the thigh
SEEN = box(-100, 0, 100, 268)  # what the view shows of the outline, and its stroke: nobody fetches feet that nobody sees
GAP = 0.9  # between neighbouring regions


def points(text: str) -> list[tuple[float, ...]]:
    """Points from "x y, x y": a row of numbers stays a row."""
    return [tuple(map(float, part.split())) for part in text.split(",")]


# Height and half width of the trunk; x, y and radius of the arm, the thumb and the leg on the right of the picture.
TRUNK = points(
    "52 11, 60 11, 66 13.4, 73 20.6, 78.5 31, 85.5 38.5, 95 41, 108 39, 124 35.5, 142 32, 158 30, 172 31.6, 186 35, 200 37.6,"
    "214 38.6, 228 38.4"
)
ARM = points(
    "33.2 89 10.4, 40.5 104 9.6, 45.8 124 8.3, 49 142 7.1, 51.6 160 7.4, 54.8 182 6, 57 202 4.4, 58 211 5, 58.2 221 5.3,"
    "57.6 230 4.4, 56.8 237 2.6"
)
THUMB = points("55.4 206 2.8, 52.2 213 2.5, 51.2 221 2.1")
LEG = points("19.4 214 19.2, 19.2 240 18, 18 266 15.6, 17 292 12.4, 16.6 308 11.4")

# Regions of the back from the top: name, lower edge, how far that edge bows down in the middle.
BANDS = {"neck_shoulders": (94, 7), "upper_back": (124, 6), "mid_back": (155, 4), "low_back": (190, -3), "buttock_hip": (240, -7)}
TAILBONE = points("0 193, 8 197, 8.5 207, 0 223, -8.5 207, -8 197, 0 193")
TAILBONE_TAP = (0.0, 207.0, 16.0)


def curve(through: Sequence[tuple[float, ...]], steps: int = 14) -> list[tuple[float, ...]]:
    """A smooth curve (Catmull-Rom) through points of any dimension."""
    padded = [through[0], *through, through[-1]]
    found: list[tuple[float, ...]] = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            found.append(
                tuple(
                    0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t**2 + (3 * q - p - 3 * r + s) * t**3)
                    for p, q, r, s in zip(a, b, c, d, strict=True)
                )
            )
    return [*found, through[-1]]


def tube(stations: Sequence[tuple[float, ...]]) -> BaseGeometry:
    """A limb: circles along a curve, joined."""
    rings = [Point(x, y).buffer(radius, 24) for x, y, radius in curve(stations)]
    return unary_union([unary_union(pair).convex_hull for pair in pairwise(rings)])


def ellipse(x: float, y: float, width: float, height: float) -> BaseGeometry:
    return affinity.scale(Point(x, y).buffer(1, 48), width, height)


def both(shape: BaseGeometry) -> BaseGeometry:
    """The shape and its mirror image."""
    return unary_union([shape, affinity.scale(shape, -1, 1, origin=(0, 0))])


def trunk() -> BaseGeometry:
    side = [(width, y) for y, width in curve(TRUNK)]
    return Polygon(side + [(-x, y) for x, y in reversed(side)]).buffer(0)


def arms() -> BaseGeometry:
    return both(unary_union([tube(ARM), tube(THUMB)]))


def silhouette() -> BaseGeometry:
    """The outline of the whole body, its joins softened."""
    head = unary_union([ellipse(0, 35, 15.6, 19.4), ellipse(0, 43.5, 13.6, 15)])
    legs = both(tube(LEG))
    body = unary_union([head, trunk(), arms(), legs])
    shoulders = body.intersection(box(-100, 46, 100, 112)).buffer(7, 16).buffer(-7, 16).intersection(box(-100, 52, 100, 104))
    return soften(unary_union([body, shoulders]))


def soften(shape: BaseGeometry, sigma: float = 2.4, step: float = 0.7) -> BaseGeometry:
    """The outline smoothed with a Gaussian along its length, the same left and right."""
    ring = shape.exterior
    count = int(ring.length / step)
    along = [ring.interpolate(index * ring.length / count) for index in range(count)]
    reach = int(3 * sigma / step)
    weights = [math.exp(-0.5 * (offset * step / sigma) ** 2) for offset in range(-reach, reach + 1)]
    total = sum(weights)
    moved = [
        tuple(
            sum(weight * getattr(along[(index + offset - reach) % count], axis) for offset, weight in enumerate(weights)) / total
            for axis in ("x", "y")
        )
        for index in range(count)
    ]
    return both(Polygon(moved).buffer(0))


def band(top: float, top_bow: float, bottom: float, bottom_bow: float, half: float = 70) -> BaseGeometry:
    """The strip between two edges that bow down in the middle."""
    xs = [-half + half * index / 20 for index in range(41)]

    def edge(y: float, bow: float) -> list[tuple[float, float]]:
        return [(x, y + bow * max(0.0, 1 - (x / 44) ** 2)) for x in xs]

    return Polygon(edge(top, top_bow) + edge(bottom, bottom_bow)[::-1]).buffer(0)


def regions_of_back(body: BaseGeometry) -> dict[str, BaseGeometry]:
    inner = unary_union([box(-35, 0, 35, 130), box(-100, 130, 100, 400)])  # clear of the upper arms
    free = arms().buffer(0.8).difference(box(-100, 0, 100, 118))
    core = unary_union([trunk(), both(tube(LEG))]).intersection(body).intersection(inner).difference(free)
    upper = body.difference(ellipse(0, 36, 17, 22))
    tail = Polygon(curve(TAILBONE)).buffer(0)
    found: dict[str, BaseGeometry] = {}
    top, bow = 62, 0
    for name, (bottom, bottom_bow) in BANDS.items():
        base = upper if name == "neck_shoulders" else core
        found[name] = base.intersection(band(top, bow, bottom, bottom_bow))
        top, bow = bottom, bottom_bow
    found["low_back"] = found["low_back"].difference(tail.buffer(GAP))
    found["buttock_hip"] = found["buttock_hip"].difference(tail.buffer(GAP)).difference(box(-0.6, 222, 0.6, 260))
    found["tailbone"] = tail
    return {name: rounded(shape) for name, shape in found.items()}


def regions_of_front(body: BaseGeometry) -> dict[str, BaseGeometry]:
    upper = body.difference(ellipse(0, 38, 17, 23))
    hip = affinity.rotate(ellipse(24.5, 206, 10.4, 19), -22, origin=(24.5, 206))
    return {
        "neck_shoulders": rounded(upper.intersection(band(64, 0, 92, 8))),
        "buttock_hip": rounded(both(hip).intersection(body)),
    }


def rounded(shape: BaseGeometry) -> BaseGeometry:
    return shape.buffer(-GAP - 1.6, 12).buffer(1.6, 12)


def pieces(shape: BaseGeometry, least: float = 12) -> list[Polygon]:
    return [piece for piece in getattr(shape, "geoms", [shape]) if piece.area > least]


def path(shape: BaseGeometry, detail: float = 0.3) -> str:
    """SVG path data: smooth cubics through a thinned outline. A minus parts two numbers by itself."""
    return "".join(_ring(list(piece.simplify(detail).exterior.coords)[:-1]) for piece in pieces(shape)).replace(" -", "-")


def _ring(spots: list[tuple[float, float]]) -> str:
    parts = [f"M{_pair(spots[0])}"]
    count = len(spots)
    for index in range(count):
        before, here, after, next_one = (spots[(index + shift) % count] for shift in (-1, 0, 1, 2))
        first = (here[0] + (after[0] - before[0]) / 6, here[1] + (after[1] - before[1]) / 6)
        second = (after[0] - (next_one[0] - here[0]) / 6, after[1] - (next_one[1] - here[1]) / 6)
        straight = max(math.dist(before, here), math.dist(here, after), math.dist(after, next_one)) > 3 * math.dist(here, after)
        parts.append(f"L{_pair(after)}" if straight else f"C{_pair(first)} {_pair(second)} {_pair(after)}")
    return "".join(parts) + "Z"


def _pair(point: Iterable[float]) -> str:
    return " ".join(f"{value:.1f}".replace("-0.0", "0").removesuffix(".0") for value in point)


def polygon(piece: BaseGeometry) -> str:
    """A CSS polygon, in percent of the picture."""
    left, top, width, height = VIEW
    spots = [((x - left) / width * 100, (y - top) / height * 100) for x, y in piece.simplify(1.2).exterior.coords[:-1]]
    return "polygon(" + ", ".join(f"{x:.1f}% {y:.1f}%" for x, y in spots) + ")"


def taps(regions: dict[str, BaseGeometry]) -> list[tuple[str, BaseGeometry]]:
    """Where a finger counts: a little more than what is drawn, the tailbone a good deal more and on top."""
    x, y, radius = TAILBONE_TAP
    found = [(name, piece.buffer(2.2)) for name, shape in regions.items() if name != "tailbone" for piece in pieces(shape)]
    return found + ([("tailbone", Point(x, y).buffer(radius, 8))] if "tailbone" in regions else [])


BODY_LINES = {
    "front": "M-30 99C-21 97.500-11 99.500-4 104M30 99C21 97.500 11 99.500 4 104M0 176v4",
    "back": "M-14 121C-21 122-25 128-24.500 135M14 121C21 122 25 128 24.500 135" + "".join(f"M-2.400 {y}H2.400" for y in range(70, 190, 9)),
}


def drawing(side: str, caption: str, regions: dict[str, BaseGeometry]) -> str:
    view = " ".join(f"{value:g}" for value in VIEW)
    shapes = "".join(f'<path class="body-part" data-area="{name}" d="{path(shape)}"/>\n' for name, shape in regions.items())
    labels = "".join(f'<label class="tap tap-{side}-{n}" for="{QUESTION}-{name}"></label>\n' for n, (name, _) in enumerate(taps(regions)))
    return (
        f'<figure class="body-{side}"><figcaption>{{{{ _("{caption}") }}}}</figcaption><div class="hold">'
        f'<svg class="outline" viewBox="{view}" focusable="false">'
        f'<use class="body-all" href="#body-shape"/>\n{shapes}<path class="body-line" d="{BODY_LINES[side]}"/></svg>\n'
        f"{labels}</div></figure>\n"
    )


def stylesheet(sides: dict[str, dict[str, BaseGeometry]]) -> str:
    names = list(dict.fromkeys(name for regions in sides.values() for name in regions))
    rules = [
        "/* Written by planner/figures/bodymap.py: where a finger counts on the body, and how a chosen place looks. */",
        "@layer pages {",
    ]
    for side, regions in sides.items():
        rules += [f"  .tap-{side}-{number} {{ clip-path: {polygon(shape)}; }}" for number, (_, shape) in enumerate(taps(regions))]
    for name in names:
        box_ = f"form:has(#{QUESTION}-{name}"
        rules.append(f"  {box_}:checked) [data-area={name}] {{ fill: url(#hatch); stroke: var(--body-line); stroke-width: 1.3; }}")
        rules.append(f"  {box_}:focus-visible) [data-area={name}] {{ stroke: var(--focus-out); stroke-width: 2.4; }}")
    rules += ["  @media (forced-colors: active) {", "    [data-area] { fill: Canvas; stroke: CanvasText; }"]
    rules += [f"    form:has(#{QUESTION}-{name}:checked) [data-area={name}] {{ fill: Highlight; }}" for name in names]
    return "\n".join([*rules, "  }", "}", ""])


def texts() -> tuple[str, str]:
    """The partial and its stylesheet, as they should be today."""
    body = silhouette()
    sides = {"back": regions_of_back(body), "front": regions_of_front(body)}
    partial = (
        "{# Written by planner/figures/bodymap.py. The list beside it is the control; this is hidden from screen readers. #}\n"
        '<div class="bodies" aria-hidden="true">\n'
        f'<svg width="0" height="0" class="vh" focusable="false"><defs><path id="body-shape" d="{path(body.intersection(SEEN), 0.22)}"/>'
        '<pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect class="weave-a" width="7" height="7"/><path class="weave-b" d="M0 1.5h7"/></pattern></defs></svg>\n'
        f"{drawing('back', 'Back', sides['back'])}{drawing('front', 'Front', sides['front'])}</div>\n"
    )
    short = (fill(line, 140, break_long_words=False, break_on_hyphens=False) for line in partial.splitlines())
    return "\n".join([*short, ""]), stylesheet(sides)


if __name__ == "__main__":
    for file, text in zip(FILES, texts(), strict=True):
        file.write_text(text, encoding="utf-8")
