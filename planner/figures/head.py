"""The outlines of neck, face and hair, and the small marks that show where a face looks."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from shapely import LineString, MultiPoint, Point, Polygon

from planner.figures.camera import Camera, Shape, smooth, united
from planner.figures.geometry import Vector, unit
from planner.figures.limbs import Part
from planner.figures.skeleton import Skeleton

Place = Callable[..., Vector]
SKULL = (0.2, -0.6, 0.0)
"""The middle of the skull from the head joint, as (front, up, right)."""


def neck_parts(skeleton: Skeleton, camera: Camera, facing: bool) -> list[Part]:
    """`facing`: the chest faces the viewer, and a round neckline shows."""
    at, head, up = skeleton.at, skeleton.frames["head"], skeleton.frames["upper"]
    root = at["c7"] + up[1] * 0.5
    shape = camera.chain([(root - up[0] * 4, 6.4), (root, 5.6), (at["skull"] + head[1] * 0.8, 5.4), (at["head"] - head[0] * 3, 5.6)])
    if facing:
        collar = skeleton.ring(4.05)
        throat = camera.hull(collar, (root + up[1] * 5 - up[0] * 1.5, 4))
        shape = united([camera.hull((at["skull"] + head[1], 5.2), collar), throat])
    parts = [Part("neck", smooth(shape, 1.5, 1), "skin")]
    if skeleton.body.hair == "scarf":
        drape = camera.hull((at["skull"] + head[1] * 1.5, 8), skeleton.ring(3.75), (root + up[1] * 3, 6))
        parts.append(Part("drape", smooth(drape, 2, 2), "hair", True))
    return parts


def head_parts(skeleton: Skeleton, camera: Camera) -> list[Part]:
    """Hair behind, face, hair, then ear, eyes, nose and mouth."""
    head, centre = skeleton.frames["head"], skeleton.at["head"]

    def at(front: float, up: float, right: float = 0.0) -> Vector:
        return np.asarray(centre + head[1] * front + head[0] * up + head[2] * right)

    marks, behind = _ears(skeleton, camera, at) if skeleton.body.hair != "scarf" else ([], [])
    cap, halo = _hair(skeleton, camera, at)
    hair = [Part("hair", cap, "hair")]
    behind = [Part("halo", halo, "hair"), *behind]
    if skeleton.body.hair in ("bun", "long") and head[1][1] < 0.6:  # tucked away when lying face up
        tail = _tail(skeleton, camera, at)
        if np.dot(head[1], camera.toward) > 0.3:
            behind = [Part("knot", tail, "hair"), *behind]
        else:
            hair = [Part("hair", smooth(cap.union(tail), 1.5, 1), "hair")]
    return [*behind, Part("face", _face(camera, at), "skin"), *hair, *marks, *_features(skeleton, camera, at)]


def _face(camera: Camera, at: Place) -> Shape:
    egg = _around(at, _ellipsoid(9.9, 11.3, 8.7) - SKULL)
    jaws = [camera.hull(egg, (at(4.2, -7.2, z), 3.9)) for z in (-2.2, 2.2)]
    nose = camera.hull((at(8.2, 2.6), 1.2), (at(11, -1.8), 1.25), (at(8.2, -2.6), 1.4))
    return smooth(united([*jaws, nose]), 1, 0.9)


def _ears(skeleton: Skeleton, camera: Camera, at: Place) -> tuple[list[Part], list[Part]]:
    before, behind = [], []
    for sign in (1, -1):
        ear = MultiPoint(camera.flat(_around(at, _ellipsoid(2, 2.9, 1.3) + np.array((-1.2, -1, 8.6 * sign))))).convex_hull
        side = np.dot(skeleton.frames["head"][2] * sign, camera.toward)
        if side > 0.35:
            before.append(Part("ear", ear, "skin", True))
        elif side > -0.35:
            behind.append(Part("lobe", ear, "skin", True))
    return before, behind


def _features(skeleton: Skeleton, camera: Camera, at: Place) -> list[Part]:
    """Only what faces the viewer."""
    head, parts = skeleton.frames["head"], []
    for sign in (1, -1):
        if np.dot(unit(head[1] + head[2] * sign * 0.42), camera.toward) > 0.3:
            parts.append(Part("eye", Point(camera.spot(at(8.3, 0.6, 3.4 * sign))).buffer(1.05, 4), "eye"))
    if np.dot(head[1], camera.toward) > 0.75:
        parts.append(Part("nose", camera.hull((at(9.6, 0.4), 0.8), (at(11, -2), 1.3)), "skin", True))
    lips = [(z, unit(head[1] * 9 + head[2] * z * 2.2)) for z in np.linspace(-3.2, 3.2, 9)]
    seen = [at(9.5 - 0.13 * z * z, -5.9 + 0.05 * z * z, z) for z, out in lips if np.dot(out, camera.toward) > 0.05]
    if len(seen) > 2:
        parts.append(Part("mouth", LineString(camera.flat(np.array(seen))), "eye"))
    return parts


def _tail(skeleton: Skeleton, camera: Camera, at: Place) -> Shape:
    if skeleton.body.hair == "bun":
        balls = [(at(-6, 9), 5.2), (at(-8, 12.5), 5.0)]  # high enough to be seen from the front as well
    else:
        balls = [(at(-8.5, 2), 4.0), (at(-12, -1), 3.6), (at(-12.5, -8), 3.2), (at(-11.5, -13), 2.0)]
    return smooth(camera.chain(balls), 1, 1)


def _carries_scarf(front: float, up: float, right: float) -> bool:
    return front < 0.36 + 0.1 * up or up > 0.7 or up < -0.8


def _carries_hair(front: float, up: float, right: float) -> bool:
    if up > 0.36 + 0.14 * front:
        return True
    behind_ear = front > -0.28 and up < -0.1 and abs(right) > 0.5
    return front < -0.02 + 0.25 * up and up > -0.62 - 0.2 * front and not behind_ear


def _hair(skeleton: Skeleton, camera: Camera, at: Place) -> tuple[Shape, Shape]:
    """The part of a slightly larger skull that carries hair (or the scarf) and faces the viewer; and its silhouette."""
    carries = _carries_scarf if skeleton.body.hair == "scarf" else _carries_hair
    u, v = np.meshgrid(np.linspace(0, 2 * np.pi, 37), np.linspace(-np.pi / 2, np.pi / 2, 25))
    ball = np.stack([np.cos(v) * np.cos(u), np.sin(v), np.cos(v) * np.sin(u)], -1)
    points = _around(at, (ball * (10.6, 11.9, 9.3)).reshape(-1, 3) - SKULL).reshape(ball.shape)
    flat = camera.flat(points.reshape(-1, 3)).reshape(*ball.shape[:2], 2)
    kept = [p for p, b in zip(points.reshape(-1, 3), ball.reshape(-1, 3), strict=True) if carries(*b)]
    halo = smooth(MultiPoint(camera.flat(np.array(kept))).convex_hull, 0.5, 1.6)
    tiles, middle = [], at(-0.2, 0.6)
    for i, j in np.ndindex(24, 36):
        corners = [(i, j), (i, j + 1), (i + 1, j + 1), (i + 1, j)]
        out = unit(sum(points[c] for c in corners) / 4 - middle)
        if np.dot(out, camera.toward) > -0.12 and carries(*((ball[i, j] + ball[i + 1, j + 1]) / 2)):
            tiles.append(Polygon([flat[c] for c in corners]).buffer(0.12))
    return (smooth(united(tiles), 1.6, 1.6) if tiles else Polygon()), halo


def _ellipsoid(front: float, up: float, right: float) -> Vector:
    a, b = np.meshgrid(np.linspace(0, 2 * np.pi, 24), np.linspace(-np.pi / 2, np.pi / 2, 13))
    return np.stack([front * np.cos(b) * np.cos(a), up * np.sin(b), right * np.cos(b) * np.sin(a)], -1).reshape(-1, 3)


def _around(at: Place, points: Vector) -> Vector:
    """Points given as (front, up, right) of the head, in space."""
    origin = at(0, 0)
    axes = np.array([at(1, 0) - origin, at(0, 1) - origin, at(0, 0, 1) - origin])
    return np.asarray(origin + points @ axes)
