"""A parallel camera: points and balls in space to outlines on paper."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from shapely import MultiPoint
from shapely.ops import unary_union

from planner.figures.geometry import Vector, vector

VIEWS = {"side": (0.0, 0.0), "front": (90.0, 0.0), "back": (-90.0, 0.0), "top": (0.0, 90.0)}
"""Degrees around the person, and degrees above the floor."""
CIRCLE = np.array([(np.cos(a), np.sin(a)) for a in np.linspace(0, 2 * np.pi, 28, endpoint=False)])

Ball = tuple[Vector, float]
Shape = Any
"""A shapely geometry on paper; the library has no types of its own."""


class Camera:
    """Looks at the figure from an azimuth and an elevation, without perspective: a ball is always a circle."""

    def __init__(self, view: str | tuple[float, float] = "side") -> None:
        yaw, pitch = np.radians(VIEWS[view] if isinstance(view, str) else view)
        self.right = vector((np.cos(yaw), 0, -np.sin(yaw)))
        self.toward = vector((np.sin(yaw) * np.cos(pitch), np.sin(pitch), np.cos(yaw) * np.cos(pitch)))
        self.up = np.cross(self.toward, self.right)

    def flat(self, points: Vector) -> Vector:
        """Rows of (x, y) on paper."""
        rows = np.atleast_2d(points)
        return np.stack([rows @ self.right, rows @ self.up], 1)

    def spot(self, point: Vector) -> Vector:
        """One point on paper."""
        return np.asarray(self.flat(point)[0])

    def nearness(self, point: Vector) -> float:
        return float(np.dot(point, self.toward))

    def hull(self, *blobs: Ball | Vector) -> Shape:
        """Convex outline of balls (centre, radius) and of rings of points."""
        dots = [self.flat(blob) if isinstance(blob, np.ndarray) else self.flat(blob[0]) + CIRCLE * blob[1] for blob in blobs]
        return MultiPoint(np.vstack(dots)).convex_hull

    def chain(self, blobs: Sequence[Ball | Vector]) -> Shape:
        """Neighbours wrapped and united: a limb from balls, a trunk from rings."""
        return unary_union([self.hull(a, b) for a, b in itertools.pairwise(blobs)])


def smooth(shape: Shape, fill: float = 2.2, trim: float = 1.5) -> Shape:
    """Rounds inner corners by `fill` and outer corners by `trim`."""
    return shape.buffer(fill).buffer(-fill - trim).buffer(trim)


def united(shapes: Iterable[Shape]) -> Shape:
    return unary_union(list(shapes))
