"""Vectors and turns in the figure's space: x to the front of a person in side view, y up, z to the person's right; 1 unit is 1 cm."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
"""Three numbers, or rows of three."""
Point = tuple[float, float, float]


def vector(values: Sequence[float]) -> Vector:
    return np.array(values, dtype=np.float64)


def unit(v: Vector) -> Vector:
    """The direction of `v`; a zero vector stays zero."""
    length = float(np.linalg.norm(v))
    return v / length if length else v


def direction(angle: float, out: float = 0.0) -> Vector:
    """Degrees in the side view (0 to the front, 90 up), swung `out` degrees away from the midline."""
    a, b = np.radians(angle), np.radians(out)
    return vector((np.cos(a) * np.cos(b), np.sin(a) * np.cos(b), np.sin(b)))


def frame(angle: float, bend: float, twist: float) -> Vector:
    """Rows: along the spine, to the front, to the person's right."""
    along = direction(angle, bend)
    front = vector((np.sin(np.radians(angle)), -np.cos(np.radians(angle)), 0))
    right = np.cross(front, along)
    c, s = np.cos(np.radians(twist)), np.sin(np.radians(twist))
    return np.array([along, front * c + right * s, right * c - front * s])


def rolled(degrees: float) -> Vector:
    """The matrix that rolls a whole person about the long axis x."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[1, 0, 0], [0, c, -s], [0, s, c]])


def two_bone(root: Vector, target: Vector, first: float, second: float, pole: Vector) -> tuple[Vector, Vector]:
    """Two-bone inverse kinematics: the joint and the end of a limb that reaches for `target`, bent towards `pole`."""
    reach = float(np.clip(np.linalg.norm(target - root), abs(first - second) + 0.5, (first + second) * 0.998))
    aim = unit(target - root)
    along = (first**2 - second**2 + reach**2) / (2 * reach)
    side = unit(pole - aim * np.dot(pole, aim))
    return root + aim * along + side * np.sqrt(max(first**2 - along**2, 0)), root + aim * reach


def between(a: Vector, b: Vector, t: float) -> Vector:
    """Part-way from `a` to `b`, as a bone swings: the angle grows evenly, and so does the length."""
    angle = float(np.arccos(np.clip(np.dot(unit(a), unit(b)), -1, 1)))
    if angle < 0.01 or angle > 3.1:
        return a * (1 - t) + b * t
    mixed = (a * np.sin((1 - t) * angle) + b * np.sin(t * angle)) / np.sin(angle)
    length = np.linalg.norm(a) * (1 - t) + np.linalg.norm(b) * t
    return unit(mixed) * length


def frame_between(a: Vector, b: Vector, t: float) -> Vector:
    """Part-way between two frames: the shortest turn from one to the other, `t` of it (Rodrigues)."""
    turn = a.T @ b
    angle = float(np.arccos(np.clip((np.trace(turn) - 1) / 2, -1, 1)))
    if angle < 1e-4:
        return a
    axis = unit(vector((turn[1, 2] - turn[2, 1], turn[2, 0] - turn[0, 2], turn[0, 1] - turn[1, 0])))
    if not axis.any():
        return a if t < 0.5 else b
    part = angle * t
    cross = np.array([[0, axis[2], -axis[1]], [-axis[2], 0, axis[0]], [axis[1], -axis[0], 0]])
    return np.asarray(a @ (np.eye(3) + np.sin(part) * cross + (1 - np.cos(part)) * (cross @ cross)))


def angle_between(a: Vector, b: Vector) -> float:
    """Degrees, 0 to 180."""
    return float(np.degrees(np.arccos(np.clip(np.dot(unit(a), unit(b)), -1, 1))))
