"""Outlines to the text of SVG paths: smooth Bézier segments in whole numbers (Schneider's fit, Graphics Gems 1990)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from shapely import LineString, Polygon
from shapely.geometry.polygon import orient

from planner.figures.camera import Shape
from planner.figures.geometry import Vector, unit

SCALE = 5
"""Whole numbers in the file: one centimetre of the figure is five units of the drawing."""
Segment = tuple[Vector, Vector, Vector, Vector]


def outline(shape: Shape, error: float = 0.3) -> str:
    """The path data of an area with its holes; specks are left out. Furniture keeps its straight edges."""
    pieces = [orient(one) for one in parts_of(shape, "Polygon") if one.area > 1]
    if len(pieces) == 1 and len(pieces[0].exterior.coords) < 9:
        return straight(pieces[0].exterior.coords[:-1])
    rings = [ring for piece in pieces for ring in (piece.exterior, *(hole for hole in piece.interiors if Polygon(hole).area > 6))]
    return "".join(curve(ring.coords, error=error) for ring in rings)


def parts_of(shape: Shape, kind: str) -> Iterator[Any]:
    """The geometries of one kind in a shape, which may be one or many."""
    return (one for one in getattr(shape, "geoms", [shape]) if one.geom_type == kind)


def straight(points: Sequence[Any]) -> str:
    return "M" + "L".join(f"{round(x * SCALE)} {round(-y * SCALE)}" for x, y in points) + "z"


def curve(points: Sequence[Any], closed: bool = True, error: float = 0.22) -> str:
    """A polyline (cm, y up) as cubic curves (drawing units, y down), relative to the last point."""
    p = _cleaned(points, closed)
    if len(p) < 3:
        return ""
    whole = np.array([SCALE, -SCALE])
    segments = list(_segments(p, closed, error))
    here = np.round(segments[0][0] * whole).astype(int)
    text = f"M{here[0]} {here[1]}c"
    for segment in segments:
        for number in (int(n) for point in segment[1:] for n in np.round(point * whole).astype(int) - here):
            text += f"{number}" if number < 0 or text.endswith("c") else f" {number}"
        here = np.round(segment[3] * whole).astype(int)
    return text + ("z" if closed else "")


def _cleaned(points: Sequence[Any], closed: bool) -> Vector:
    """Long edges divided, so that they do not bulge; doubled points dropped; a ring begins at its sharpest corner."""
    p = np.array(LineString(points).segmentize(3).coords)
    if closed and np.allclose(p[0], p[-1]):
        p = p[:-1]
    p = p[np.r_[True, np.linalg.norm(np.diff(p, axis=0), axis=1) > 0.05]]
    if not closed or len(p) < 3:
        return p
    start = min(range(len(p)), key=lambda i: float(_turn(p[i - 1], p[i], p[(i + 1) % len(p)])))
    return np.vstack([np.roll(p, -start, axis=0), p[start]])


def _turn(before: Vector, here: Vector, after: Vector) -> float:
    """1 straight on, -1 back."""
    return float(np.dot(unit(here - before), unit(after - here)))


def _segments(p: Vector, closed: bool, error: float) -> Iterator[Segment]:
    corners = [0, *(i for i in range(1, len(p) - 1) if _turn(p[i - 1], p[i], p[i + 1]) < 0.75), len(p) - 1]
    for a, b in itertools.pairwise(corners):
        run = p[a : b + 1]
        start, end = unit(run[min(2, len(run) - 1)] - run[0]), unit(run[max(-3, -len(run))] - run[-1])
        if closed and len(corners) == 2:
            start = unit(run[1] - run[-2])
            end = -start
        yield from _fit(run, start, end, error)


def _fit(p: Vector, start: Vector, end: Vector, error: float) -> list[Segment]:
    if len(p) == 2:
        third = float(np.linalg.norm(p[1] - p[0])) / 3
        return [(p[0], p[0] + start * third, p[1] + end * third, p[1])]
    u = np.r_[0, np.cumsum(np.linalg.norm(np.diff(p, axis=0), axis=1))]
    u = u / u[-1]
    worst = 1
    for _ in range(4):
        control, at = _least_squares(p, u, start, end)
        off = np.linalg.norm(at - p, axis=1)
        worst = int(np.argmax(off))
        if off[worst] < error:
            return [(control[0], control[1], control[2], control[3])]
        slope = 3 * (
            ((1 - u) ** 2)[:, None] * (control[1] - control[0])
            + 2 * (u * (1 - u))[:, None] * (control[2] - control[1])
            + (u**2)[:, None] * (control[3] - control[2])
        )
        u = np.clip(u - ((at - p) * slope).sum(1) / np.maximum((slope**2).sum(1), 1e-6), 0, 1)
    cut = min(max(worst, 1), len(p) - 2)
    tangent = unit(p[cut - 1] - p[cut + 1])
    return _fit(p[: cut + 1], start, tangent, error) + _fit(p[cut:], -tangent, end, error)


def _least_squares(p: Vector, u: Vector, start: Vector, end: Vector) -> tuple[Vector, Vector]:
    """The cubic with these end tangents nearest to the points, and its values at `u`."""
    weights = np.stack([(1 - u) ** 3, 3 * u * (1 - u) ** 2, 3 * u * u * (1 - u), u**3], 1)
    rest = p - np.outer(weights[:, 0] + weights[:, 1], p[0]) - np.outer(weights[:, 2] + weights[:, 3], p[-1])
    pulls = np.stack([np.outer(weights[:, 1], start).ravel(), np.outer(weights[:, 2], end).ravel()], 1)
    arms = np.linalg.lstsq(pulls, rest.ravel(), rcond=None)[0]
    span = float(np.linalg.norm(p[-1] - p[0]))
    if min(arms) < span * 0.02 or max(arms) > span * 2.5:
        arms = np.array([span / 3, span / 3])
    control = np.array([p[0], p[0] + start * arms[0], p[-1] + end * arms[1], p[-1]])
    return control, weights @ control
