"""What the eye passes over: reach, bone lengths, joint ranges, floor, frame, words and bytes of every picture."""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np

from planner.figures.build import FIGURES
from planner.figures.drawing import Drawing, drawings, window
from planner.figures.figure import LINES
from planner.figures.geometry import Vector, angle_between
from planner.figures.mannequin import measures
from planner.figures.poses import PosedPicture
from planner.figures.posing import WRIST
from planner.figures.skeleton import SIDES, Skeleton
from planner.folders import CONTENT

REACH = 1.2
"""cm that a hand or foot may stay short of what it holds: the thickness of cloth."""
TOUCH = 0.6
"""cm: a pixel of a picture as wide as a phone."""
FILE_BYTES, PACKED = 9_000, 3_600
"""The largest still; the medians are held by a test."""


def faults(pictures: Mapping[str, PosedPicture]) -> list[str]:
    """One line for each fault, naming picture and frame."""
    found = []
    for picture in pictures.values():
        frames = drawings(picture)
        found += [f"{picture.name}: {fault}" for fault in [*_words(picture), *_weight(picture)]]
        for when, drawing in frames.items():
            own = [*_lengths(drawing.skeleton), *_ranges(drawing.skeleton), *_reach(drawing.skeleton), *_floor(drawing)]
            found += [f"{picture.name} {when}: {fault}" for fault in [*own, *_inside(drawing, frames)]]
    return found


def _words(picture: PosedPicture) -> Iterator[str]:
    alts = [pose.alt for pose in picture.frames.values()]
    if len(set(alts)) < len(alts):
        yield "two frames have the same words"
    for alt in alts:
        if not alt.endswith(".") or len(alt.split()) > 20:
            yield f"not one sentence of at most 20 words: {alt!r}"


def _weight(picture: PosedPicture) -> Iterator[str]:
    for when in picture.frames:
        path = FIGURES / f"{picture.name}-{when}.svg"
        data = path.read_bytes() if path.exists() else b""
        if len(data) > FILE_BYTES or len(zlib.compress(data, 9)) > PACKED:
            yield f"{path.name} has {len(data)} bytes, {len(zlib.compress(data, 9))} compressed"


def _lengths(skeleton: Skeleton) -> Iterator[str]:
    length = measures().length
    for side, _ in SIDES:
        leg, arm = skeleton.legs[side], skeleton.arms[side]
        bones = {"thigh": leg.knee - leg.hip, "shin": leg.ankle - leg.knee}
        bones |= {"upper_arm": arm.elbow - arm.shoulder, "forearm": arm.wrist - arm.elbow}
        for name, bone in bones.items():
            if abs(np.linalg.norm(bone) - length[name]) > 0.05:
                yield f"{name}_{side} is {np.linalg.norm(bone):.1f} cm long, not {length[name]}"


@cache
def ranges() -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = tomllib.loads((CONTENT / "ranges.toml").read_text("utf-8"))["joint"]
    return found


def _ranges(skeleton: Skeleton) -> Iterator[str]:
    for joint, where, angle in angles(skeleton):
        if not ranges()[joint]["low"] <= angle <= ranges()[joint]["high"]:
            yield f"{joint}{where} at {angle:.0f} degrees"


def angles(skeleton: Skeleton) -> Iterator[tuple[str, str, float]]:
    """(joint, side, degrees) of every joint whose range is known."""
    pelvis = skeleton.frames["pelvis"]
    for side, _ in SIDES:
        leg, arm = skeleton.legs[side], skeleton.arms[side]
        thigh, shin = leg.knee - leg.hip, leg.ankle - leg.knee
        if abs(float(np.dot(thigh, pelvis[2]))) < 0.7 * float(np.linalg.norm(thigh)):
            yield "hip", f"_{side}", float(np.degrees(np.arctan2(np.dot(thigh, pelvis[1]), -np.dot(thigh, pelvis[0]))))
        yield "knee", f"_{side}", angle_between(thigh, shin)
        yield "elbow", f"_{side}", angle_between(arm.elbow - arm.shoulder, arm.wrist - arm.elbow)
        yield "ankle", f"_{side}", 90 - angle_between(leg.toe, -shin) if angle_between(leg.toe, shin) < 179 else 0.0
    yield "neck", "", _forward(skeleton.frames["upper"], skeleton.frames["head"])
    yield "back", "", _forward(pelvis, skeleton.frames["upper"])


def _forward(below: Vector, above: Vector) -> float:
    """Degrees that one part of the spine is tipped forward against another."""
    return float(np.degrees(np.arctan2(np.dot(above[0], below[1]), np.dot(above[0], below[0]))))


def _reach(skeleton: Skeleton) -> Iterator[str]:
    for side, sign in SIDES:
        for kind, joint, above in (("hand", "wrist", WRIST * skeleton.body.limbs), ("foot", "ankle", measures().sole)):
            if contact := getattr(skeleton.pose, f"{kind}_{side}"):
                gap = float(np.linalg.norm(skeleton.target(contact, sign, above) - skeleton.at[f"{joint}_{side}"]))
                if gap > REACH:
                    yield f"{kind}_{side} stays {gap:.1f} cm short"


def _floor(drawing: Drawing) -> Iterator[str]:
    """Where the camera is level, the lowest outline lies on the ground: nothing floats, nothing sinks."""
    ground = drawing.picture.ground
    if ground is None or abs(float(drawing.camera.toward[1])) > 0.02 or drawing.picture.window:
        return
    low = min(part.shape.bounds[1] for part in drawing.parts if part.name not in LINES) - ground
    if abs(low) > TOUCH:
        yield f"the lowest point is {low:+.1f} cm from the ground"


def _inside(drawing: Drawing, frames: Mapping[str, Drawing]) -> Iterator[str]:
    """Arrows and marks are inside the frame even where the body is cropped."""
    x0, y0, x1, y1 = window(drawing.picture, frames.values())
    for track in drawing.tracks:
        if (track < (x0, y0)).any() or (track > (x1, y1)).any():
            yield "an arrow leaves the frame"
    if drawing.picture.window is None:
        return
    head = drawing.camera.spot(drawing.skeleton.at["head"])
    if not (x0 + 8 < head[0] < x1 - 8 and y0 + 8 < head[1] < y1 - 8):
        yield "the head leaves the frame"
