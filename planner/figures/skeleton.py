"""A posed body: where its joints are, how its parts are turned, and the surface of its trunk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from planner.figures.geometry import Vector, direction, unit
from planner.figures.mannequin import Mannequin, measures
from planner.figures.poses import Contact, Pose

SIDES = (("r", 1), ("l", -1))
AXIS = {"x": 0, "y": 1, "z": 2}
STRETCH = {"torso": (-0.45, 4.1), "seat": (-0.45, 0.6), "back": (2.5, 4.1)}
"""Which stations of the trunk may touch what is below: 0 hips, 1 L5, 2 T12, 3 T6, 4 C7."""
KNEE = 6.3
"""Flesh and cloth over the kneecap, in cm."""
AROUND = np.linspace(0, 2 * np.pi, 20, endpoint=False)


@dataclass(frozen=True)
class Leg:
    """Joints, the direction of the toes, the normal of the sole (upwards) and the front of the knee."""

    hip: Vector
    knee: Vector
    ankle: Vector
    toe: Vector
    sole: Vector
    front: Vector

    def moved(self, by: Vector) -> Leg:
        return Leg(self.hip + by, self.knee + by, self.ankle + by, self.toe, self.sole, self.front)


@dataclass(frozen=True)
class Arm:
    """Joints, the direction of the hand, where the palm faces and where the thumb points."""

    shoulder: Vector
    elbow: Vector
    wrist: Vector
    hand: Vector
    palm: Vector
    thumb: Vector

    def moved(self, by: Vector) -> Arm:
        return Arm(self.shoulder + by, self.elbow + by, self.wrist + by, self.hand, self.palm, self.thumb)


@dataclass
class Skeleton:
    """`at`: joints by name. `frames`: turn of each part of the spine. `knots`: the spine's joints from the hips to the crown."""

    pose: Pose
    body: Mannequin
    at: dict[str, Vector] = field(default_factory=dict)
    frames: dict[str, Vector] = field(default_factory=dict)
    knots: list[Vector] = field(default_factory=list)
    legs: dict[str, Leg] = field(default_factory=dict)
    arms: dict[str, Arm] = field(default_factory=dict)

    def place_trunk(self) -> None:
        """Names the joints of trunk and head, once knots and frames stand."""
        size, head, pelvis = measures(), self.frames["head"], self.frames["pelvis"]
        names = ("hips", None, "waist", "chest", "c7", "skull")
        self.at.update({name: knot for name, knot in zip(names, self.knots, strict=False) if name})
        self.at["head"] = self.knots[6] + head[1] * 2.2
        self.at["brow"] = self.at["head"] + head[1] * 9 + head[0] * 4
        self.at["nose"] = self.at["head"] + head[1] * 11.5 - head[0] * 2
        self.at["occiput"] = self.at["head"] - head[1] * 9.8
        self.at["chin"] = self.at["head"] + head[1] * 6.5 - head[0] * 10.5
        for side, sign in SIDES:
            self.at[f"hip_{side}"] = self.at["hips"] + pelvis[2] * sign * size.hip_half

    def place_leg(self, side: str, leg: Leg) -> None:
        self.legs[side] = leg
        sole = measures().sole
        self.at[f"knee_{side}"], self.at[f"ankle_{side}"] = leg.knee, leg.ankle
        self.at[f"heel_{side}"] = leg.ankle - leg.toe * 5 - leg.sole * sole
        self.at[f"toe_{side}"] = leg.ankle + leg.toe * 17 - leg.sole * sole

    def place_arm(self, side: str, arm: Arm) -> None:
        self.arms[side] = arm
        self.at[f"shoulder_{side}"], self.at[f"elbow_{side}"] = arm.shoulder, arm.elbow
        self.at[f"wrist_{side}"], self.at[f"hand_{side}"] = arm.wrist, arm.wrist + arm.hand * 10

    def shift(self, by: Vector) -> None:
        self.knots = [knot + by for knot in self.knots]
        self.at = {name: point + by for name, point in self.at.items()}
        self.legs = {side: leg.moved(by) for side, leg in self.legs.items()}
        self.arms = {side: arm.moved(by) for side, arm in self.arms.items()}

    def target(self, contact: Contact, sign: int, floor: float) -> Vector:
        """The place a contact names. `floor`: how far the joint is above what the hand or foot touches."""
        first, _, second = contact.near.partition(">")
        base = self.at[first] if not second else self.at[first] + (self.at[second] - self.at[first]) * contact.along
        if contact.at is not None:
            base = np.zeros(3)
        point = base + np.array(contact.off if contact.at is None else contact.at) * (1, 1, sign)
        if contact.floor is not None:
            point[1] = contact.floor + floor
        return np.asarray(point)

    def lowest(self, part: str) -> float:
        """Height of the lowest point of a part: a stretch of the trunk, legs, head, a joint, or `low_<joint>` with its flesh."""
        at, girth = self.at, self.body.limbs
        if part == "head":
            return float(min(at["head"][1] - 10.6, at["nose"][1]))
        if part in STRETCH:
            rings = min(float(ring[:, 1].min()) for ring in self.rings(*STRETCH[part]))
            return rings if part == "back" else min(rings, *(float(p[1]) - r for p, r in self.buttocks()))
        if part == "legs":
            knees = [at[f"knee_{side}"][1] - KNEE * girth for side, _ in SIDES]
            return float(min(knees + [at[f"{joint}_{side}"][1] for side, _ in SIDES for joint in ("heel", "toe")]))
        if part in at:
            return float(at[part][1])
        flesh = {"knee": KNEE, "elbow": 4.1, "hip": 9.8, "shoulder": 6}[part[4:-2]]
        return float(at[part[4:]][1] - flesh * girth)

    def buttocks(self) -> list[tuple[Vector, float]]:
        """Balls: the buttocks, then the sides of the hips."""
        pelvis = self.frames["pelvis"]
        behind = [(self.at[f"hip_{side}"] - pelvis[1] * 4.2 - pelvis[0], 8.6 * self.body.girth) for side, _ in SIDES]
        return behind + [(self.at[f"hip_{side}"], 9.6 * self.body.limbs) for side, _ in SIDES]

    def rings(self, first: float = -0.45, last: float = 4.1, step: float = 0.25) -> Iterator[Vector]:
        """Cross-sections of the trunk along its smooth curve, 20 points each."""
        for station in np.arange(first, last + 1e-6, step):
            yield self.ring(float(station))

    def ring(self, station: float) -> Vector:
        """One cross-section: an oval on a Catmull-Rom curve through the knots."""
        i = int(np.clip(np.floor(station), 0, 3))
        front, right = self._turn_at(station)
        wide, ahead, behind = self._girth_at(station)
        depth = np.where(np.sin(AROUND) > 0, ahead, behind) * np.sin(AROUND)
        return np.asarray(self._centre(i, station - i) + np.outer(np.cos(AROUND) * wide, right) + np.outer(depth, front))

    def _centre(self, i: int, u: float) -> Vector:
        k = self.knots
        a, b, c, d = (k[i - 1] if i else 2 * k[0] - k[1]), k[i], k[i + 1], k[i + 2]
        return 0.5 * (2 * b + (c - a) * u + (2 * a - 5 * b + 4 * c - d) * u**2 + (3 * b - a - 3 * c + d) * u**3)

    def _turn_at(self, station: float) -> tuple[Vector, Vector]:
        place = float(np.clip(station - 0.5, 0, 4))
        below = int(min(np.floor(place), 3))
        spine = measures().spine
        mixed = self.frames[spine[below]] * (1 - (place - below)) + self.frames[spine[below + 1]] * (place - below)
        return unit(mixed[1]), unit(mixed[2])

    def _girth_at(self, station: float) -> tuple[float, float, float]:
        body, columns = self.body, np.array(measures().rings).T
        share = 1 + (body.girth - 1) * min(1, max(0.2, 4.1 - station))
        wide, ahead, behind = (float(np.interp(station, columns[0], column) * share) for column in columns[1:])
        ahead += body.belly * float(np.exp(-(((station - 1.35) / 0.95) ** 2))) + body.bust * float(np.exp(-(((station - 3) / 0.5) ** 2)))
        return wide, ahead, behind


def limb(angles: tuple[float, ...], out: tuple[float, ...] | None, sign: int, root: Vector) -> list[Vector]:
    """Directions of a limb's three bones."""
    swings = out or (0.0,) * len(angles)
    return [direction(a, o * sign) @ root.T for a, o in zip(angles, swings, strict=True)]
