"""How a posed body is placed: where it rests, and what stays where it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.figures.mannequin import mannequins
from planner.figures.poses import Contact, read_pictures
from planner.figures.posing import posed


def test_a_body_that_moves_aside_leaves_its_feet_where_they_are() -> None:
    foot = Contact(at=(0, 0, 11), floor=0, knee=(1, 0.2, 0))
    stands = replace(read_pictures()["hip_hinge"].start, foot_r=foot, foot_l=foot, hand_r=None, hand_l=None)
    low = replace(stands.rest, on=80, parts=("hips",))
    one, other = (posed(replace(stands, rest=replace(low, aside=aside)), mannequins()["base"]) for aside in (0, 8))
    for joint in ("hips", "head", "hip_l", "hand_r"):
        assert np.allclose(other.at[joint] - one.at[joint], (0, 0, 8)), joint
    for joint in ("ankle_r", "ankle_l"):
        assert np.allclose(other.at[joint], one.at[joint], atol=0.01), joint
