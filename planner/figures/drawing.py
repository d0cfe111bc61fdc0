"""A picture to SVG: the person, what they sit, lie or lean on, the arrow for the movement and the mark for where it is felt.

Colours are classes, so that one drawing serves light and dark screens and black line art on paper (see ink.py)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import numpy as np
from shapely import LineString, Polygon
from shapely.affinity import translate

from planner.figures.camera import Camera, Shape, united
from planner.figures.curves import SCALE, curve, outline, parts_of, straight
from planner.figures.figure import LINES, painted, visible
from planner.figures.furniture import Piece, furniture
from planner.figures.geometry import Vector, unit, vector
from planner.figures.ink import LETTERS
from planner.figures.limbs import Part
from planner.figures.mannequin import mannequins
from planner.figures.motion import midway, travel
from planner.figures.poses import Arrow, Feel, Pose, PosedPicture
from planner.figures.posing import posed
from planner.figures.skeleton import Skeleton

Bounds = tuple[float, float, float, float]
BEFORE = {"end": "start", "then": "end"}
PAD = 6


class Drawing:
    """One frame of a picture, or one moment of the movement (`skeleton` given)."""

    def __init__(self, picture: PosedPicture, when: str, skeleton: Skeleton | None = None) -> None:
        self.picture, self.when = picture, when
        self.pose: Pose = picture.frames[when]
        self.camera = Camera(picture.view)
        self.skeleton = skeleton or posed(self.pose, mannequins()[picture.who])
        self.moment = skeleton is not None
        self.parts = painted(self.skeleton, self.camera)
        self.props = furniture(self.camera, self.skeleton, picture.props)
        self.tracks = [] if self.moment else [self._track(arrow) for arrow in self._arrows()]

    def bounds(self) -> Bounds:
        """What the frame needs, in cm."""
        shapes = [part.shape for part in self.parts if part.name not in LINES] + [piece.shape for piece in self.props]
        x0, y0, x1, y1 = united([*shapes, *(LineString(track).buffer(5) for track in self.tracks)]).bounds
        return x0, y0, x1, y1

    def body(self) -> str:
        """Everything that is painted, as SVG elements."""
        marks = [] if self.moment else [(feel.on, self._ellipse(feel)) for feel in self._feels()]
        person = "".join(self._part(part, marks) for part in visible(self.parts))
        behind, front = ([piece for piece in self.props if piece.front is side] for side in (False, True))
        return _pieces(behind) + person + _pieces(front) + "".join(_arrow(track) for track in self.tracks)

    def standing(self) -> str:
        """Furniture behind the person; while somebody moves, most of it stays as it is."""
        return _pieces([piece for piece in self.props if not piece.front])

    def _arrows(self) -> tuple[Arrow, ...]:
        if self.when == "start":
            return ()
        own = self.pose.arrows
        return own if own is not None else self.picture.arrows if self.when == "end" else ()

    def _feels(self) -> tuple[Feel, ...]:
        return self.picture.feel if self.when == "end" or self.picture.shows == "rest" else ()

    def _part(self, part: Part, marks: list[tuple[str, Shape]]) -> str:
        if part.shape.is_empty:
            return ""
        if part.name in LINES:
            lines = "".join(curve(one.coords, False, 0.4) for one in parts_of(part.shape, "LineString") if one.length > 1.5)
            return f'<path class="{LETTERS[part.name]}" d="{lines}"/>' if lines else ""
        letter = LETTERS.get(part.name) or LETTERS[f"{part.ink}_far" if part.far else part.ink]
        drawn = f'<path class="{letter}" d="{outline(part.shape, 0.5 if self.moment else 0.3)}"/>'
        if part.name in ("tee", "legs") and not part.far and not self.moment:
            drawn += _shade(part.shape)
        return drawn + "".join(_mark(ellipse, part.shape) for on, ellipse in marks if on == part.name)

    def _ellipse(self, feel: Feel) -> Shape:
        """A soft patch near a joint, or part-way between two."""
        first, _, second = feel.near.partition(">")
        at, frame = self.skeleton.at, self.skeleton.frames[feel.frame] if feel.frame else np.eye(3)
        along = at[second] - at[first] if second else None
        place = at[first] + (along * feel.along if along is not None else 0) + vector(feel.off) @ frame
        axis = self.camera.spot(frame[0]) if feel.frame else self.camera.spot(along) if along is not None else vector((1, 0))
        axis, across, centre = unit(axis), vector((-unit(axis)[1], unit(axis)[0])), self.camera.spot(place)
        angles = np.linspace(0, 2 * np.pi, 40)
        return Polygon([centre + axis * feel.size[0] * np.cos(t) + across * feel.size[1] * np.sin(t) for t in angles])

    def _track(self, arrow: Arrow) -> Vector:
        """The way a joint takes from the frame before to this one."""
        before = posed(self.picture.frames[BEFORE[self.when]], mannequins()[self.picture.who])
        steps = np.linspace(*arrow.part, 9)
        p = np.array([self.camera.spot(travel(before, self.skeleton, arrow.of, float(t))) for t in steps])
        p = p.mean(0) + (p - p.mean(0)) * arrow.grow + vector(arrow.off)
        way = unit(p[-1] - p[0])
        return np.asarray(p + np.outer(np.sin(np.linspace(0, np.pi, 9)) * arrow.bow, vector((-way[1], way[0]))))


def window(picture: PosedPicture, drawings: Iterable[Drawing]) -> Bounds:
    """One window for every frame, so that the eye can compare them."""
    if picture.window:
        x0, y0, x1, y1 = picture.window
        return x0, y0, x1, y1
    edges = np.array([drawing.bounds() for drawing in drawings])
    low, high = edges.min(0) - PAD, edges.max(0) + PAD
    return float(low[0]), float(low[1]), float(high[2]), float(high[3])


def drawings(picture: PosedPicture) -> dict[str, Drawing]:
    return {when: Drawing(picture, when) for when in picture.frames}


def moments(picture: PosedPicture, count: int) -> list[Drawing]:
    """The movement from the first frame to the last, `count` moments between each two, without the frames themselves."""
    found = []
    for last in [when for when in picture.frames if when in BEFORE]:
        person = mannequins()[picture.who]
        a, b = posed(picture.frames[BEFORE[last]], person), posed(picture.frames[last], person)
        found += [Drawing(picture, BEFORE[last] if t < 0.5 else last, midway(a, b, t)) for t in np.linspace(0, 1, count + 2)[1:-1]]
    return found


def _pieces(pieces: list[Piece]) -> str:
    """Neighbours of one ink in one path, each outline once."""
    return "".join(
        f'<path class="{LETTERS[ink]}" d="{"".join(dict.fromkeys(outline(piece.shape) for piece in run))}"/>'
        for ink, run in groupby(pieces, key=lambda piece: piece.ink)
    )


def _shade(shape: Shape) -> str:
    """Light from the upper left: the lower right edge of cloth is a little darker."""
    dark = shape.buffer(-0.6).difference(translate(shape, -2.4, 2.6)).buffer(-0.5).buffer(0.5)
    return "" if dark.is_empty else f'<path class="{LETTERS["shade"]}" d="{outline(dark, 0.9)}"/>'


def _mark(ellipse: Shape, on: Shape) -> str:
    """A tint and a hatch: what it says must not rest on colour."""
    patch = ellipse.intersection(on.buffer(-0.6))
    if patch.is_empty:
        return ""
    x0, y0, x1, y1 = patch.bounds
    high = y1 - y0
    lines = [LineString([(x, y0 - 1), (x + high + 2, y1 + 1)]) for x in np.arange(x0 - high - 3, x1, 3.4)]
    cuts = [cut for line in lines for cut in parts_of(line.intersection(patch), "LineString") if cut.length > 1]
    hatch = "".join(
        f"M{round(a * SCALE)} {round(-b * SCALE)}l{round((c - a) * SCALE)} {round((b - e) * SCALE)}"
        for (a, b), (c, e) in (cut.coords for cut in cuts)
    )
    return f'<path class="{LETTERS["feel"]}" d="{outline(patch)}"/><path class="{LETTERS["hatch"]}" d="{hatch}"/>'


def _arrow(track: Vector) -> str:
    """A stroke and a head, each with an edge that parts it from what lies behind."""
    tip, way = track[-1], unit(track[-1] - track[-3])
    side = vector((-way[1], way[0]))
    head = straight([tip + way * 2.4, tip - way * 5 + side * 4.6, tip - way * 5 - side * 4.6])
    stroke = curve([*track[:-1].tolist(), (tip - way * 4).tolist()], closed=False, error=0.5)
    edge, ink = LETTERS["arrow_edge"], LETTERS["arrow"]
    return (
        f'<path class="{edge}" d="{stroke}"/><path class="{LETTERS["head_edge"]}" d="{head}"/>'
        f'<path class="{ink}" d="{stroke}"/><path class="{LETTERS["head"]}" d="{head}"/>'
    )
