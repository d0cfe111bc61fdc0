"""In-between poses: every bone swings evenly from start to end, and hands and feet that stay in contact stay there."""

from __future__ import annotations

import numpy as np

from planner.figures.geometry import Vector, between, frame_between, two_bone, unit, vector
from planner.figures.mannequin import measures
from planner.figures.posing import YIELD, arm_of, leg_of
from planner.figures.skeleton import SIDES, Skeleton

PARENT = {"waist": "hips", "chest": "waist", "c7": "chest", "skull": "c7", "head": "skull"}
PARENT |= dict.fromkeys(("nose", "brow", "occiput", "chin"), "head")
CHAIN = {"hip": "hips", "knee": "hip", "ankle": "knee", "toe": "ankle", "heel": "ankle"}
CHAIN |= {"shoulder": "chest", "elbow": "shoulder", "wrist": "elbow", "hand": "wrist"}
for _side, _ in SIDES:
    PARENT |= {f"{child}_{_side}": parent if parent in ("hips", "chest") else f"{parent}_{_side}" for child, parent in CHAIN.items()}


def travel(start: Skeleton, end: Skeleton, joint: str, t: float) -> Vector:
    """Where a joint is part-way (0 to 1) from start to end."""
    if joint == "hips":
        return start.at[joint] * (1 - t) + end.at[joint] * t
    parent = PARENT[joint]
    swing = between(start.at[joint] - start.at[parent], end.at[joint] - end.at[parent], t)
    return travel(start, end, parent, t) + swing


def midway(start: Skeleton, end: Skeleton, t: float) -> Skeleton:
    """The whole body part-way (0 to 1) from start to end."""
    nearer = start if t < 0.5 else end
    mid = Skeleton(nearer.pose, start.body)
    here = start.knots[0] * (1 - t) + end.knots[0] * t
    mid.knots = [here]
    for name in measures().spine:
        mid.frames[name] = frame_between(start.frames[name], end.frames[name], t)
        here = here + mid.frames[name][0] * measures().length[name]
        mid.knots.append(here)
    mid.place_trunk()
    for side, sign in SIDES:
        _leg(mid, start, end, side, t)
        _arm(mid, start, end, side, sign, t)
    _rest(mid, start, end)
    for side, sign in SIDES:  # what touches, touches all the way
        if getattr(start.pose, f"foot_{side}") and getattr(end.pose, f"foot_{side}"):
            _keep_foot(mid, start, end, side, t)
        if getattr(start.pose, f"hand_{side}") and getattr(end.pose, f"hand_{side}"):
            _keep_hand(mid, start, end, side, sign, t)
    return mid


def _leg(mid: Skeleton, start: Skeleton, end: Skeleton, side: str, t: float) -> None:
    a, b = start.legs[side], end.legs[side]
    knee = mid.at[f"hip_{side}"] + between(a.knee - a.hip, b.knee - b.hip, t)
    ankle = knee + between(a.ankle - a.knee, b.ankle - b.knee, t)
    mid.place_leg(side, leg_of(mid, side, knee, ankle, unit(between(a.toe, b.toe, t)), unit(between(a.front, b.front, t))))


def _arm(mid: Skeleton, start: Skeleton, end: Skeleton, side: str, sign: int, t: float) -> None:
    a, b = start.arms[side], end.arms[side]
    local = [one.frames["upper"] @ (arm.shoulder - one.at["chest"]) for one, arm in ((start, a), (end, b))]
    shoulder = mid.at["chest"] + (local[0] * (1 - t) + local[1] * t) @ mid.frames["upper"]
    elbow = shoulder + between(a.elbow - a.shoulder, b.elbow - b.shoulder, t)
    wrist = elbow + between(a.wrist - a.elbow, b.wrist - b.elbow, t)
    hand, palm = _hand(a.hand, b.hand, a.palm, b.palm, t)
    mid.place_arm(side, arm_of(shoulder, elbow, wrist, hand, palm, sign))


def _hand(a: Vector, b: Vector, palm_a: Vector, palm_b: Vector, t: float) -> tuple[Vector, Vector]:
    hand, palm = unit(between(a, b, t)), between(palm_a, palm_b, t)
    return hand, unit(palm - hand * np.dot(palm, hand))


def _rest(mid: Skeleton, start: Skeleton, end: Skeleton) -> None:
    """Where both poses rest on the same thing, so does the body between them."""
    a, b = start.pose.rest, end.pose.rest
    if a.on == b.on and a.parts == b.parts:
        low = min(mid.lowest(part) + YIELD.get(part, 0) for part in a.parts)
        mid.shift(vector((0, a.on - low, 0)))


def _keep_foot(mid: Skeleton, start: Skeleton, end: Skeleton, side: str, t: float) -> None:
    a, b, length = start.legs[side], end.legs[side], measures().length
    hip, target = mid.at[f"hip_{side}"], a.ankle * (1 - t) + b.ankle * t
    pole = unit(between(_bow(a.hip, a.knee, a.ankle), _bow(b.hip, b.knee, b.ankle), t))
    knee, ankle = two_bone(hip, target, length["thigh"], length["shin"], pole)
    toe = unit(between(a.toe, b.toe, t))
    mid.place_leg(side, leg_of(mid, side, knee, ankle, toe, unit(knee - (hip + ankle) / 2)))


def _keep_hand(mid: Skeleton, start: Skeleton, end: Skeleton, side: str, sign: int, t: float) -> None:
    a, b, length = start.arms[side], end.arms[side], measures().length
    shoulder, target = mid.arms[side].shoulder, a.wrist * (1 - t) + b.wrist * t
    pole = unit(between(_bow(a.shoulder, a.elbow, a.wrist), _bow(b.shoulder, b.elbow, b.wrist), t))
    elbow, wrist = two_bone(shoulder, target, length["upper_arm"], length["forearm"], pole)
    hand, palm = _hand(a.hand, b.hand, a.palm, b.palm, t)
    mid.place_arm(side, arm_of(shoulder, elbow, wrist, hand, palm, sign))


def _bow(root: Vector, joint: Vector, tip: Vector) -> Vector:
    """The direction in which a bent limb's joint stands out."""
    return joint - (root + tip) / 2
