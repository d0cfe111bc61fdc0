"""Pictures as data: reads content/poses.toml into frozen records, each fault with its place."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import TypeAdapter, ValidationError

from planner.domain.terms import STRICT
from planner.figures.geometry import Point
from planner.figures.mannequin import mannequins
from planner.folders import CONTENT

POSES = CONTENT / "poses.toml"
FRAMES = ("start", "end", "then")
Angles = tuple[float, ...]
Side = Literal["r", "l"]
Shows = Literal["move", "compare", "steps", "rest"]
"""move: start to end. compare: harder on the back, then easier. steps: in that order. rest: one picture."""


class BrokenPoses(Exception):
    """poses.toml can't be drawn; the message names the picture, the path and the reason."""


@dataclass(frozen=True)
class Contact:
    """What a hand or foot reaches: `near` a joint (or part-way `a>b` at `along`) plus `off`, or `at` a place; `floor` is a height.

    `elbow`/`knee` is where the joint points (z mirrored for the left), `point`/`toe` where hand and foot point, in degrees."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    near: str = "hips"
    along: float = 0.5
    off: Point = (0, 0, 0)
    at: Point | None = None
    floor: float | None = None
    point: float | None = None
    toe: float = 0
    out: float = 0
    elbow: Point = (-1, -1, 0)
    knee: Point = (1, 1, 0)


@dataclass(frozen=True)
class Rest:
    """The body sinks until the lowest of `parts` is at height `on`; `pin` fixes one joint's x; `aside` moves it to its right."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    on: float = 0
    parts: tuple[str, ...] = ("torso",)
    pin: tuple[str, float] = ("hips", 0)
    aside: float = 0


@dataclass(frozen=True)
class Solve:
    """Angles that may bend (`trunk.1`) until what must `meet` does: (joint or low:part, axis, height) or (…, joint, offset)."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    free: tuple[str, ...]
    meet: tuple[tuple[str, str, float] | tuple[str, str, str, float], ...]


@dataclass(frozen=True)
class Order:
    """Painting order where depth alone misleads: the near `leg`; parts painted `over` or `under` others."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    leg: Side | None = None
    over: tuple[tuple[str, str], ...] = ()
    under: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Arrow:
    """The way a joint takes, moved off the body by `off`, lengthened by `grow`, bowed by `bow`, from `part` to `part` of it."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    of: str
    off: tuple[float, float] = (0, 0)
    grow: float = 1
    bow: float = 0
    part: tuple[float, float] = (0, 1)


@dataclass(frozen=True)
class Feel:
    """Where the movement is felt: an ellipse near a joint, clipped to the part it is `on`."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    on: str
    near: str
    along: float = 0.5
    off: Point = (0, 0, 0)
    size: tuple[float, float] = (12, 8)
    frame: str | None = None


@dataclass(frozen=True)
class Pose:
    """Absolute angles in degrees seen from the person's right, and contacts. A limb's left copies its right unless it is given."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    alt: str
    trunk: Angles
    roll: float = 0
    bend: Angles = (0, 0, 0, 0, 0, 0)
    twist: Angles = (0, 0, 0, 0, 0, 0)
    leg_r: Angles | None = None
    leg_l: Angles | None = None
    out_leg_r: Angles | None = None
    out_leg_l: Angles | None = None
    arm_r: Angles | None = None
    arm_l: Angles | None = None
    out_arm_r: Angles | None = None
    out_arm_l: Angles | None = None
    palm: Point = (0, 0, -1)
    palm_r: Point | None = None
    palm_l: Point | None = None
    curl: float = 18
    curl_r: float | None = None
    curl_l: float | None = None
    hand_r: Contact | None = None
    hand_l: Contact | None = None
    foot_r: Contact | None = None
    foot_l: Contact | None = None
    shrug_r: float = 0
    shrug_l: float = 0
    narrow_r: float = 0
    narrow_l: float = 0
    forward_r: float = 0
    forward_l: float = 0
    rest: Rest = Rest()
    solve: Solve | None = None
    order: Order = Order()
    arrows: tuple[Arrow, ...] | None = None


@dataclass(frozen=True)
class PosedPicture:
    """One picture of one to three frames. `window` fixes what is seen: x0, y0, x1, y1 in the drawing's plane."""

    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
    name: str
    start: Pose
    end: Pose | None = None
    then: Pose | None = None
    view: str | tuple[float, float] = "side"
    who: str = "base"
    felt: str = ""
    ground: float | None = 0
    """Height of what the lowest point of the body is on; false in the file: hangs free, or cannot be told from this side."""
    shows: Shows = "move"
    window: tuple[float, float, float, float] | None = None
    props: tuple[dict[str, Any], ...] = ()
    arrows: tuple[Arrow, ...] = ()
    feel: tuple[Feel, ...] = ()

    @property
    def frames(self) -> Mapping[str, Pose]:
        """The poses there are, in order."""
        return {name: pose for name in FRAMES if (pose := getattr(self, name))}


PICTURE = TypeAdapter(PosedPicture)


def read_pictures(path: Path = POSES, more: Path | None = None) -> dict[str, PosedPicture]:
    """Every picture by name. `more`: a file of drafts read on top. BrokenPoses names what is wrong."""
    data = tomllib.loads(path.read_text("utf-8"))
    if more:
        drafts = tomllib.loads(more.read_text("utf-8"))
        data = {**data, **drafts, "stock": {**data["stock"], **drafts.get("stock", {})}}
    stock = data.pop("stock")
    return {name: _picture(name, table, stock) for name, table in data.items()}


def _picture(name: str, table: dict[str, Any], stock: dict[str, Any]) -> PosedPicture:
    whole: dict[str, Any] = {**table, "name": name}
    if whole.get("ground") is False:
        whole["ground"] = None
    before: dict[str, Any] = {}
    for when in FRAMES:
        if when in table:
            own = table[when]
            before = _like(own, stock) if "like" in own else {**before, **own}
            whole[when] = {key: value for key, value in before.items() if value is not False}
    if whole.get("who", "base") not in mannequins():
        raise BrokenPoses(f"poses.toml: {name}.who: there is nobody called {whole['who']!r}")
    try:
        return PICTURE.validate_python(whole)
    except ValidationError as error:
        first = error.errors()[0]
        path = ".".join(str(step) for step in first["loc"])
        raise BrokenPoses(f"poses.toml: {name}.{path}: {first['msg']}") from error


def _like(pose: dict[str, Any], stock: dict[str, Any]) -> dict[str, Any]:
    """A pose that says `like` a stock pose has all of it that it does not say itself."""
    if "like" not in pose:
        return pose
    if pose["like"] not in stock:
        raise BrokenPoses(f"poses.toml: there is no stock pose {pose['like']!r}")
    return {**_like(stock[pose["like"]], stock), **{key: value for key, value in pose.items() if key != "like"}}
