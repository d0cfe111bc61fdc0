"""A pose to a skeleton: angles first, then the body settles on what it rests on, then hands and feet reach their contacts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from planner.figures.geometry import Vector, direction, frame, rolled, two_bone, unit, vector
from planner.figures.mannequin import Mannequin, measures
from planner.figures.poses import Angles, Contact, Pose, Solve
from planner.figures.skeleton import AXIS, SIDES, Arm, Leg, Skeleton, limb

WRIST = 2.8
"""The wrist's height above what the hand lies on."""
YIELD = {"seat": 1.4}
"""cm that a part gives way under the weight on it."""


def posed(pose: Pose, body: Mannequin) -> Skeleton:
    """The skeleton of a pose. Angles that may bend do so, as little as possible, until its contacts meet."""
    return _solved(pose, body, pose.solve) if pose.solve else _stand(pose, body)


def _stand(pose: Pose, body: Mannequin) -> Skeleton:
    skeleton, root = Skeleton(pose, body), rolled(pose.roll)
    _spine(skeleton, root)
    for side, sign in SIDES:
        _leg(skeleton, side, sign, root)
        _arm(skeleton, side, sign, root)
    settle(skeleton)
    for side, sign in SIDES:
        if foot := getattr(pose, f"foot_{side}"):
            _reach_leg(skeleton, side, sign, foot)
    for side, sign in sorted(SIDES, key=lambda one: _leans_on_an_arm(getattr(pose, f"hand_{one[0]}"))):
        if hand := getattr(pose, f"hand_{side}"):
            _reach_arm(skeleton, side, sign, hand)
    return skeleton


def _leans_on_an_arm(contact: Contact | None) -> bool:
    """A hand that lies on the other hand waits until that one is in its place."""
    return bool(contact and contact.near.partition("_")[0] in ("wrist", "hand", "elbow"))


def _spine(skeleton: Skeleton, root: Vector) -> None:
    pose, size, here = skeleton.pose, measures(), np.zeros(3)
    stoop = np.array([0, 0, -0.6, -1.4, -1.6, -0.3]) * skeleton.body.stoop
    skeleton.knots = [here]
    for i, name in enumerate(size.spine):
        turned = frame(pose.trunk[i] + stoop[i], pose.bend[i], pose.twist[i]) @ root.T
        skeleton.frames[name] = turned
        here = here + turned[0] * size.length[name]
        skeleton.knots.append(here)
    skeleton.place_trunk()
    up = skeleton.frames["upper"]
    for side, sign in SIDES:
        shrug, narrow, forward = (getattr(pose, f"{name}_{side}") for name in ("shrug", "narrow", "forward"))
        out = sign * (size.shoulder_half - narrow)
        skeleton.at[f"shoulder_{side}"] = skeleton.at["chest"] + up[0] * (size.shoulder_along + shrug) + up[2] * out + up[1] * forward


def of_side(pose: Pose, name: str, side: str) -> Any:
    """A limb's value; the left copies the right, and the other way round, unless it is given."""
    own = getattr(pose, f"{name}_{side}")
    return own if own is not None else getattr(pose, f"{name}_{'l' if side == 'r' else 'r'}")


def _leg(skeleton: Skeleton, side: str, sign: int, root: Vector) -> None:
    angles: Angles = of_side(skeleton.pose, "leg", side)
    thigh, shin, toe = limb(angles, of_side(skeleton.pose, "out_leg", side), sign, root)
    size = measures()
    knee = skeleton.at[f"hip_{side}"] + thigh * size.length["thigh"]
    skeleton.place_leg(side, leg_of(skeleton, side, knee, knee + shin * size.length["shin"], toe, unit(thigh - shin)))


def leg_of(skeleton: Skeleton, side: str, knee: Vector, ankle: Vector, toe: Vector, front: Vector) -> Leg:
    """A whole leg from its joints: which way its sole and its kneecap face."""
    hip, shin = skeleton.at[f"hip_{side}"], unit(ankle - knee)
    if np.dot(unit(knee - hip), shin) > 0.985:  # a straight leg says nothing about its front, so the pelvis does
        front = unit(np.cross(skeleton.frames["pelvis"][2], shin))
    instep = -shin if abs(np.dot(shin, toe)) < 0.9 else front
    return Leg(hip, knee, ankle, toe, unit(instep - toe * np.dot(instep, toe)), front)


def _reach_leg(skeleton: Skeleton, side: str, sign: int, contact: Contact) -> None:
    size, hip = measures(), skeleton.at[f"hip_{side}"]
    target = skeleton.target(contact, sign, size.sole)
    knee, ankle = two_bone(hip, target, size.length["thigh"], size.length["shin"], vector(contact.knee) * (1, 1, sign))
    toe = direction(contact.toe, contact.out * sign)
    skeleton.place_leg(side, leg_of(skeleton, side, knee, ankle, toe, unit(knee - (hip + ankle) / 2)))


def _arm(skeleton: Skeleton, side: str, sign: int, root: Vector) -> None:
    upper_arm, forearm, hand = limb(of_side(skeleton.pose, "arm", side), of_side(skeleton.pose, "out_arm", side), sign, root)
    up, length = skeleton.frames["upper"], measures().length
    lift = max(0.0, float(np.dot(upper_arm, up[0])) + 0.1)  # the shoulder blade turns as the arm goes up
    shoulder = skeleton.at[f"shoulder_{side}"] + up[0] * lift * 4 - up[2] * sign * lift * 3
    elbow = shoulder + upper_arm * length["upper_arm"]
    wrist = elbow + forearm * length["forearm"]
    skeleton.place_arm(side, arm_of(shoulder, elbow, wrist, hand, _palm(skeleton.pose, side, sign, hand), sign))


def arm_of(shoulder: Vector, elbow: Vector, wrist: Vector, hand: Vector, palm: Vector, sign: int) -> Arm:
    return Arm(shoulder, elbow, wrist, hand, palm, np.cross(hand, palm) * sign)


def _palm(pose: Pose, side: str, sign: int, hand: Vector) -> Vector:
    facing = getattr(pose, f"palm_{side}") or pose.palm
    normal = vector(facing) * (1, 1, sign)
    return unit(normal - hand * np.dot(normal, hand) + 1e-6)


def _reach_arm(skeleton: Skeleton, side: str, sign: int, contact: Contact) -> None:
    length, shoulder = measures().length, skeleton.at[f"shoulder_{side}"]
    target = skeleton.target(contact, sign, WRIST * skeleton.body.limbs)
    pole = vector(contact.elbow) * (1, 1, sign)
    elbow, wrist = two_bone(shoulder, target, length["upper_arm"], length["forearm"], pole)
    hand = unit(wrist - elbow) if contact.point is None else direction(contact.point, contact.out * sign)
    skeleton.place_arm(side, arm_of(shoulder, elbow, wrist, hand, _palm(skeleton.pose, side, sign, hand), sign))


def settle(skeleton: Skeleton) -> None:
    """Moves everything so that the lowest point of the resting parts lies on what they rest on."""
    rest = skeleton.pose.rest
    low = min(skeleton.lowest(part) + YIELD.get(part, 0) for part in rest.parts)
    joint, x = rest.pin
    skeleton.shift(vector((x - skeleton.at[joint][0], rest.on - low, rest.aside)))


def _solved(pose: Pose, body: Mannequin, spec: Solve) -> Skeleton:
    """Damped least squares: the smallest change of the free angles that makes the contacts meet."""

    def gaps(values: Vector) -> Vector:
        skeleton = _stand(_bent(pose, spec.free, values), body)
        return np.array([_gap(skeleton, meet) for meet in spec.meet])

    x = np.zeros(len(spec.free))
    for _ in range(20):
        gap = gaps(x)
        if np.abs(gap).max() < 0.05:
            break
        slope = np.array([(gaps(x + nudge) - gap) / 0.5 for nudge in np.eye(len(x)) * 0.5]).T
        damped = np.linalg.solve(slope @ slope.T + 0.002 * np.eye(len(gap)), gap)
        x = x - np.clip(slope.T @ damped, -12, 12)
    return _stand(_bent(pose, spec.free, x), body)


def _bent(pose: Pose, names: tuple[str, ...], by: Vector) -> Pose:
    for name, change in zip(names, by, strict=True):
        key, _, index = name.partition(".")
        value = getattr(pose, key)
        grown: Any = value + change if not index else tuple(v + change * (i == int(index)) for i, v in enumerate(value))
        pose = replace(pose, **{key: grown})
    return pose


def _gap(skeleton: Skeleton, meet: tuple[Any, ...]) -> float:
    joint, axis, where, *offset = meet
    here = skeleton.lowest(joint[4:]) if joint.startswith("low:") else float(skeleton.at[joint][AXIS[axis]])
    wanted = float(skeleton.at[where][AXIS[axis]] + offset[0]) if isinstance(where, str) else float(where)
    return here - wanted
