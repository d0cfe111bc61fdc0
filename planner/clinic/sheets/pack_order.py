"""Packs as one therapist has them: starred ones first, then in their own order. The key of a pack is its own, and no order moves it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from planner.clinic.sheets.packs import OwnPack, keys_of
from planner.clinic.tables import Therapist
from planner.domain.model import Library, Pack

WAYS = {"up": -1, "down": 1}


@dataclass(frozen=True)
class Liking:
    """What one therapist said of packs: ids with a star, and every id in the order they chose."""

    stars: tuple[str, ...] = ()
    order: tuple[str, ...] = ()

    def to_text(self) -> str:
        return json.dumps({"stars": self.stars, "order": self.order})


@dataclass(frozen=True)
class PlacedPack:
    """A pack in its place. `key`: 1 to 9, or 0."""

    pack: OwnPack | Pack
    key: int
    starred: bool


def read_liking(text: str | None) -> Liking:
    """What was kept of a therapist; nothing where they said nothing."""
    data = json.loads(text or "{}")
    return Liking(tuple(data.get("stars", ())), tuple(data.get("order", ())))


def arranged(liking: Liking, library: Library, own: Sequence[OwnPack]) -> list[PlacedPack]:
    """Every pack. One that has no place yet comes first if it is the clinic's, and last if it is ours."""
    every: list[OwnPack | Pack] = [*own, *library.packs.values()]
    place = {name: number for number, name in enumerate(liking.order)}
    mine, keys = {one.id for one in own}, keys_of(library, own)

    def rank(one: OwnPack | Pack) -> tuple[bool, int]:
        return one.id not in liking.stars, place.get(one.id, -1 if one.id in mine else len(place))

    return [PlacedPack(one, keys.get(one.id, 0), one.id in liking.stars) for one in sorted(every, key=rank)]


def star(liking: Liking, name: str, *, on: bool) -> Liking:
    left = tuple(one for one in liking.stars if one != name)
    return Liking((*left, name) if on else left, liking.order)


def step(liking: Liking, placed: Sequence[PlacedPack], name: str, by: int) -> Liking:
    """One place up or down among its like: no step leads across the line between packs with a star and without."""
    names = [one.pack.id for one in placed]
    at = names.index(name)
    to = at + by
    if 0 <= to < len(names) and placed[to].starred == placed[at].starred:
        names[at], names[to] = names[to], names[at]
    return Liking(liking.stars, tuple(names))


def place_pack(session: Session, by: Therapist, library: Library, own: Sequence[OwnPack], name: str, do: str) -> bool:
    """`do`: star, unstar, up or down; anything else changes nothing. False if this therapist sees no such pack."""
    liking = read_liking(session.scalar(select(Therapist.packs).where(Therapist.id == by.id).with_for_update()))
    placed = arranged(liking, library, own)
    if name not in {one.pack.id for one in placed}:
        return False
    if do in WAYS:
        liking = step(liking, placed, name, WAYS[do])
    elif do in ("star", "unstar"):
        liking = star(liking, name, on=do == "star")
    session.execute(update(Therapist).where(Therapist.id == by.id).values(packs=liking.to_text()))
    return True
