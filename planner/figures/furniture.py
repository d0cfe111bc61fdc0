"""Furniture and cushions from content/furniture.toml as boxes, tubes and rings, seen by the same camera as the person."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from shapely import box as rectangle

from planner.figures.camera import Camera, Shape
from planner.figures.geometry import Vector, vector
from planner.figures.skeleton import Skeleton
from planner.folders import CONTENT

FACES = ("prop", "soft")
"""Inks of which a box shows a second, darker face."""


@dataclass(frozen=True)
class Piece:
    """One outline. `front`: it is painted over the person."""

    shape: Shape
    ink: str
    front: bool


@cache
def kinds() -> dict[str, Any]:
    return tomllib.loads((CONTENT / "furniture.toml").read_text("utf-8"))


def furniture(camera: Camera, skeleton: Skeleton, items: Sequence[Mapping[str, Any]]) -> list[Piece]:
    """Every outline of a picture's props; a prop's own values replace those of its kind."""
    pieces: list[Piece] = []
    for item in items:
        kind = kinds().get(item["is"], {})
        given = {**kind.get("default", {}), **item}
        for part in kind.get("parts", [item]):
            if _seen(camera, part):
                pieces += [Piece(shape, ink, _front(part, given)) for shape, ink in _drawn(camera, skeleton, part, given)]
    return pieces


def _seen(camera: Camera, part: Mapping[str, Any]) -> bool:
    """Some parts exist only where the camera looks (or does not look) along an axis."""
    return all((abs(camera.toward[i]) > 0.5) == part.get(f"{axis}_facing", abs(camera.toward[i]) > 0.5) for i, axis in enumerate("xy"))


def _front(part: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    return bool(part.get("front", given.get("front", False)))


def _drawn(camera: Camera, skeleton: Skeleton, part: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[tuple[Shape, str]]:
    def value(word: Any) -> float:
        return float(given[word] if isinstance(word, str) else word)

    shift = vector([*given.get("at", (0, 0)), 0, 0][:3])
    ink = part.get("ink", given.get("ink", "prop"))
    if "box" in part:
        spans = vector([value(v) for v in part["box"]]).reshape(3, 2) + shift[:, None]
        yield from _block(camera, spans, ink, part.get("soft", 0))
    if "tube" in part:
        yield camera.chain([(vector([*p, 0.0][:3]) + shift, value(part["r"])) for p in part["tube"]]), ink
    if "ring" in part:
        x, y, radius, wide = part["ring"]
        centre = vector((x, y, 0)) + shift
        disc = camera.hull((centre, radius))
        yield (disc.difference(camera.hull((centre, radius - wide))) if wide else disc), ink
    if "band" in part:
        x0, x1, y0, y1 = (value(v) for v in part["band"])
        yield rectangle(x0, y0, x1, y1), ink
    if "pad" in part:
        yield _pad(camera, skeleton, part), ink


def _pad(camera: Camera, skeleton: Skeleton, part: Mapping[str, Any]) -> Shape:
    """A cushion laid against the body, between two joints."""
    ends = [_place(skeleton, p) for p in part["pad"]]
    middle = (ends[0] + ends[1]) / 2
    return camera.chain([(ends[0], part["r"]), (middle, part["r"] * part.get("plump", 1)), (ends[1], part["r"])])


def _place(skeleton: Skeleton, spot: Mapping[str, Any]) -> Vector:
    """`off` along a frame of the body or along the room, from a joint; `follow` says in which directions it moves with it."""
    turned = skeleton.frames[spot["frame"]] if "frame" in spot else np.eye(3)
    start = skeleton.at[spot["near"]] * spot.get("follow", (1, 1, 1)) if "near" in spot else np.zeros(3)
    return np.asarray(start + vector(spot["off"]) @ turned)


def _block(camera: Camera, spans: Vector, ink: str, soft: float) -> Iterator[tuple[Shape, str]]:
    """A box: its outline, and its nearest face in a lighter ink where more than one face shows."""
    corners = np.array([(a, b, c) for a in spans[0] for b in spans[1] for c in spans[2]])
    seen = [i for i in range(3) if abs(camera.toward[i]) > 0.02]
    if len(seen) > 1:
        yield _rounded(camera.hull(corners), soft), f"{ink}_dark" if ink in FACES else ink
    axis = max(seen, key=lambda i: abs(float(camera.toward[i])))
    face = corners[np.isclose(corners[:, axis], spans[axis][int(camera.toward[axis] > 0)])]
    yield _rounded(camera.hull(face), soft), ink


def _rounded(shape: Shape, soft: float) -> Shape:
    return shape.buffer(-soft).buffer(soft) if soft else shape
