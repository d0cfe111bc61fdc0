"""A skeleton and a camera in; the outlines of a whole person out, in the order in which they are painted."""

from __future__ import annotations

import numpy as np
from shapely import LineString, Polygon

from planner.figures.camera import Camera, Shape, smooth, united
from planner.figures.head import head_parts, neck_parts
from planner.figures.limbs import Part, arm_parts, hip_ball, leg_parts
from planner.figures.skeleton import Skeleton

CREASE = "crease"
LINES = (CREASE, "mouth")
"""Parts that are strokes, not areas."""


def painted(skeleton: Skeleton, camera: Camera) -> list[Part]:
    """Every outline, far ones first."""
    level = abs(camera.toward[1]) < 0.7  # from above nothing is in the shade of the body
    arms, behind = _arms(skeleton, camera)
    hidden = [part for side in behind for part in arm_parts(skeleton, camera, side, level)]
    far_leg, below = _legs(skeleton, camera, level)
    facing = np.dot(skeleton.frames["upper"][1], camera.toward) > 0.55
    neck, head, top = neck_parts(skeleton, camera, bool(facing)), head_parts(skeleton, camera), _tee(skeleton, camera)
    body = [top, *neck, *head] if facing else [*neck, top, *head]
    near = [part for side in arms if side not in behind for part in arm_parts(skeleton, camera, side, False)]
    stack = [*hidden, *far_leg, *body, *below, *near]
    stack.sort(key=lambda part: part.name != "knot")  # a tail of hair behind the head goes first
    return _overruled(stack, skeleton)


def _arms(skeleton: Skeleton, camera: Camera) -> tuple[list[str], list[str]]:
    """Sides from far to near, and those behind the trunk."""
    middle = camera.nearness((skeleton.at["chest"] + skeleton.at["waist"]) / 2)
    depth = {side: camera.nearness(arm.elbow * 0.6 + arm.wrist * 0.4) - middle for side, arm in skeleton.arms.items()}
    order = sorted(depth, key=lambda side: depth[side])
    return order, [side for side in order if depth[side] < -4]


def _legs(skeleton: Skeleton, camera: Camera, level: bool) -> tuple[list[Part], list[Part]]:
    """(the far leg, if it stands apart; feet, shins, trousers). Legs side by side are one pair of trousers with a crease."""
    depth = {side: camera.nearness(leg.knee + leg.ankle * 0.5) for side, leg in skeleton.legs.items()}
    apart, said = depth["r"] - depth["l"], skeleton.pose.order.leg
    near = said or ("r" if apart >= 0 else "l")
    far = "l" if near == "r" else "r"
    ours, other = leg_parts(skeleton, camera, near, False), leg_parts(skeleton, camera, far, False)
    overlap = ours[-1].shape.intersection(other[-1].shape).area
    together = not said and abs(apart) < 8 and overlap < 0.12 * ours[-1].shape.area
    cloth = united([_pelvis(skeleton, camera), hip_ball(skeleton, camera, near), ours[-1].shape])
    if not together:
        shaded = level and (said is not None or abs(apart) > 2.5)
        return leg_parts(skeleton, camera, far, shaded), [*ours[:-1], Part("legs", smooth(cloth, 4.5, 4), "legs")]
    both = united([cloth, other[-1].shape, hip_ball(skeleton, camera, far)])
    trousers = [Part("legs", smooth(both, 1.2, 4), "legs")]
    return [], [*other[:-1], *ours[:-1], *trousers, *_crease(skeleton, camera, united([cloth, other[-1].shape]))]


def _crease(skeleton: Skeleton, camera: Camera, cloth: Shape) -> list[Part]:
    """The line between two legs side by side, where it lies on cloth for nearly half its way."""
    at, pelvis = skeleton.at, skeleton.frames["pelvis"]
    middle = [(at[f"{joint}_r"] + at[f"{joint}_l"]) / 2 for joint in ("hip", "knee", "ankle")]
    middle[0] = middle[0] - pelvis[0] * 3 + pelvis[1] * 4
    line = LineString(camera.flat(np.array(middle)))
    crease = line.intersection(cloth.buffer(-0.5))
    return [Part(CREASE, crease, "legs")] if crease.length > 0.45 * line.length else []


def _pelvis(skeleton: Skeleton, camera: Camera) -> Shape:
    rings = list(skeleton.rings(-0.45, 1.06))
    return united([camera.chain(rings), camera.hull(*skeleton.buttocks()[:2], rings[2])])


def _tee(skeleton: Skeleton, camera: Camera) -> Part:
    girth = (1 + skeleton.body.girth) / 2
    rings = list(skeleton.rings(0.95, 3.95, 0.2))
    balls = [(skeleton.at[f"shoulder_{side}"], 5.9 * girth) for side in "rl"]
    yoke = [camera.hull(ball, skeleton.ring(station)) for ball in balls for station in (3.9, 3.2)]
    return Part("tee", smooth(united([camera.chain(rings), *yoke]), 4, 2.6), "top")


def _overruled(stack: list[Part], skeleton: Skeleton) -> list[Part]:
    """Moves the parts whose order a picture sets itself, such as fingers behind a thigh."""
    order = skeleton.pose.order
    for name, other, over in [*((*pair, False) for pair in order.under), *((*pair, True) for pair in order.over)]:
        part = next((one for one in stack if one.name == name), None)
        if part is None or all(one.name != other for one in stack):
            continue  # in this frame the two do not both exist
        stack.remove(part)
        place = next(i for i, one in enumerate(stack) if one.name == other)
        stack.insert(place + over, part)
    return stack


def visible(parts: list[Part]) -> list[Part]:
    """Leaves out what later parts cover entirely, such as a far arm behind the body."""
    cover, kept = Polygon(), []
    for part in reversed(parts):
        left = part.shape.difference(cover)
        if part.name in LINES:
            shown = left.length > 0.5 * part.shape.length or part.name == CREASE
        else:
            shown = left.area > max(0.6, 0.015 * part.shape.area)
            cover = cover.union(part.shape)
        if shown:
            kept.append(part)
    return kept[::-1]
