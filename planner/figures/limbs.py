"""The outlines of legs, feet, arms and hands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from shapely import Point

from planner.figures.camera import Ball, Camera, Shape, smooth, united
from planner.figures.geometry import Vector, unit
from planner.figures.mannequin import Profile, measures
from planner.figures.skeleton import Arm, Leg, Skeleton


@dataclass
class Part:
    """One outline to paint. `ink` names its colour; `far`: it is the far one of a pair."""

    name: str
    shape: Shape
    ink: str
    far: bool = False


def bone(
    a: Vector, b: Vector, front: Vector, profile: Profile, girth: float, span: tuple[float, float] = (0, 1), ease: float = 0
) -> list[Ball]:
    """Balls along a bone with the muscles' bulges; `span` cuts it, `ease` loosens it like cloth."""
    places, radii, bulges = zip(*profile, strict=True)
    cuts = [span[0], *(place for place in places if span[0] < place < span[1]), span[1]]
    rows = [(f, float(np.interp(f, places, radii)), float(np.interp(f, places, bulges))) for f in cuts]
    return [(a + (b - a) * f + front * bulge, radius * girth + ease) for f, radius, bulge in rows]


def hip_ball(skeleton: Skeleton, camera: Camera, side: str) -> Shape:
    return camera.hull((skeleton.at[f"hip_{side}"], 9.6 * skeleton.body.limbs), skeleton.ring(0.25))


def leg_parts(skeleton: Skeleton, camera: Camera, side: str, far: bool) -> list[Part]:
    """Foot, then trouser leg. A thigh that points at the viewer is painted over its own shin."""
    leg, girth, size = skeleton.legs[side], skeleton.body.limbs, measures()
    thigh = bone(leg.hip, leg.knee, leg.front, size.thigh, girth)
    shin = bone(leg.knee, leg.ankle, leg.front, size.shin, girth)
    calf = camera.chain(bone(leg.knee, leg.ankle, leg.front, size.shin, girth, (0.03, 0.82), 0.35))
    cap, join = Point(camera.spot(leg.knee)), camera.hull(thigh[-1], shin[0])
    ankle = camera.chain(bone(leg.knee, leg.ankle, leg.front, size.shin, girth, (0.7, 1)))
    parts = [Part(f"foot_{side}", smooth(united([ankle, foot(camera, leg)]), 1.6, 0.7), "skin", far)]
    if np.dot(unit(leg.knee - leg.hip), camera.toward) > 0.6:
        parts.append(Part(f"shin_{side}", smooth(united([calf, join]), 2.6, 2), "legs", far))
        cloth = united([camera.chain(thigh), cap.buffer(6.6 * girth)])
    else:
        cloth = united([camera.chain(thigh), calf, join, cap.buffer(6.2 * girth)])
    whole = united([cloth, hip_ball(skeleton, camera, side)]) if far else cloth
    return [*parts, Part(f"leg_{side}", smooth(whole, 2.6, 2), "legs", far)]


def foot(camera: Camera, leg: Leg) -> Shape:
    across, sole = np.cross(leg.toe, leg.sole), measures().sole

    def at(x: float, y: float, z: float = 0) -> Vector:
        return np.asarray(leg.ankle + leg.toe * x + leg.sole * (y - sole) + across * z)

    heel, arch = (at(-3, 3.1), 3.1), [(at(5.4, 2.2, z), 2.2) for z in (-1.7, 1.7)]
    ball, tips = [(at(12.2, 2.4, z), 2.4) for z in (-2.6, 2.6)], [(at(16.6, 1.6, z), 1.6) for z in (-2.2, 2.4)]
    top, instep = (leg.ankle, 3.6), (at(6.4, 4.8), 2.1)
    return united(
        [camera.hull(top, heel, *arch), camera.hull(top, *arch, instep), camera.hull(instep, *arch, *ball), camera.hull(*ball, *tips)]
    )


def arm_parts(skeleton: Skeleton, camera: Camera, side: str, far: bool) -> list[Part]:
    """Forearm with hand, then sleeve."""
    arm, girth, size = skeleton.arms[side], skeleton.body.limbs, measures()
    front = unit(skeleton.frames["upper"][1])
    upper = camera.chain(bone(arm.shoulder, arm.elbow, front, size.upper_arm, girth, (0.3, 1)))
    fore = camera.chain(bone(arm.elbow, arm.wrist, front, size.forearm, girth))
    elbow = Point(camera.spot(arm.elbow)).buffer(4.1 * girth)
    curl = getattr(skeleton.pose, f"curl_{side}")
    fist = hand(camera, arm, skeleton.pose.curl if curl is None else curl)
    sleeve = camera.chain(bone(arm.shoulder, arm.elbow, front, size.upper_arm, girth, (0, 0.56), 1.1))
    skin = smooth(united([upper, fore, elbow, fist]), 1.2, 0.55)
    return [Part(f"fore_{side}", skin, "skin", far), Part(f"sleeve_{side}", smooth(sleeve, 1, 1.2), "top", far)]


def hand(camera: Camera, arm: Arm, curl: float) -> Shape:
    """A mitten: palm, fingers bent by `curl` degrees in two steps towards the palm, and a thumb."""

    def finger(degrees: float) -> Vector:
        turn = np.radians(degrees)
        return np.asarray(arm.hand * np.cos(turn) + arm.palm * np.sin(turn))

    def row(at: Vector, half: float, radius: float) -> list[Ball]:
        return [(at - arm.thumb * half, radius), (at + arm.thumb * half, radius)]

    knuckles = arm.wrist + arm.hand * 8.5
    middle = knuckles + finger(curl * 0.6) * 4.4
    first, second, tip = row(knuckles, 2.5, 1.75), row(middle, 2.3, 1.5), row(middle + finger(curl * 1.5) * 3.8, 1.6, 1.3)
    base = arm.wrist + arm.hand * 2.2 + arm.thumb * 2
    joint = base + arm.hand * 3.6 + arm.thumb * 2.4 + arm.palm * 0.5
    end = joint + arm.hand * 3.6 + arm.thumb * 0.3 + arm.palm * 0.6
    thumb = [camera.hull((base, 1.7), (joint, 1.5)), camera.hull((joint, 1.5), (end, 1.25))]
    return united([camera.hull((arm.wrist, 2.8), *first), camera.hull(*first, *second), camera.hull(*second, *tip), *thumb])
