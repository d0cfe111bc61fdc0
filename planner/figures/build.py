"""Poses to files: static/figures/<picture>-<frame>.svg, a moving one, and index.json with what pages need to place them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import Any

from planner.figures.curves import SCALE
from planner.figures.drawing import Bounds, drawings, moments, window
from planner.figures.ink import on_paper, screen_style
from planner.figures.mannequin import mannequins
from planner.figures.poses import PosedPicture, read_pictures
from planner.folders import CONTENT, STATIC

FIGURES = STATIC / "figures"
INDEX = "index.json"
PAPER_FOLDER = "paper"
"""The folder of the same stills as black line art."""
BETWEEN = 10
"""Moments drawn between two frames of a movement."""
STILL, MOMENT_STAYS = 1100, 130
"""Milliseconds that a frame stays, and that a moment between two frames stays."""
MOVING = ("move", "steps")

Entry = dict[str, Any]


def build(pictures: Mapping[str, PosedPicture], folder: Path = FIGURES) -> list[str]:
    """Draws what is new or has changed, deletes what is no longer asked for. Returns the names that were drawn."""
    (folder / PAPER_FOLDER).mkdir(parents=True, exist_ok=True)
    index = read_index(folder)
    old = [name for name, picture in pictures.items() if index.get(name, {}).get("digest") != digest(picture)]
    with ProcessPoolExecutor() as pool:
        drawn = dict(zip(old, pool.map(files_of, [pictures[name] for name in old]), strict=True))
    for name, (entry, files) in drawn.items():
        index[name] = entry
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8")
            if not file.endswith("-move.svg"):
                (folder / PAPER_FOLDER / file).write_text(on_paper(text, mannequins()[pictures[name].who].pale_hair), encoding="utf-8")
    index = {name: index[name] for name in sorted(pictures)}
    (folder / INDEX).write_text(json.dumps(index, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    wanted = {INDEX, *(f"{name}-{frame}.svg" for name, entry in index.items() for frame in (*entry["frames"], *entry["moves"]))}
    for path in folder.rglob("*.*"):
        if path.name.removesuffix(".br").removesuffix(".gz") not in wanted:
            path.unlink()
    return old


def read_index(folder: Path = FIGURES) -> dict[str, Entry]:
    path = folder / INDEX
    found: dict[str, Entry] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found


def stale(pictures: Mapping[str, PosedPicture], folder: Path = FIGURES) -> list[str]:
    """Names whose files are not what the poses and the drawing code say today."""
    index = read_index(folder)
    changed = [name for name, picture in pictures.items() if index.get(name, {}).get("digest") != digest(picture)]
    return sorted({*changed, *(set(index) - set(pictures))})


def digest(picture: PosedPicture) -> str:
    """What a drawing depends on: its pose, its person, the furniture and the code that draws."""
    words = json.dumps([asdict(picture), asdict(mannequins()[picture.who])], sort_keys=True, default=str)
    return blake2b(words.encode() + _drawing_code(), digest_size=8).hexdigest()


def _drawing_code() -> bytes:
    own = sorted(path for path in Path(__file__).parent.glob("*.py") if path.stem not in ("__main__", "bodymap", "checks", "contact_sheet"))
    sources = [*own, CONTENT / "furniture.toml", CONTENT / "mannequin.toml"]
    return blake2b(b"".join(path.read_bytes() for path in sources), digest_size=8).digest()


def files_of(picture: PosedPicture) -> tuple[Entry, dict[str, str]]:
    """A picture's entry in the index, and its files by name."""
    frames = drawings(picture)
    edges = window(picture, frames.values())
    style = screen_style(mannequins()[picture.who].ink)
    files = {f"{picture.name}-{when}.svg": _svg(edges, style, drawing.body()) for when, drawing in frames.items()}
    if picture.shows in MOVING and len(frames) > 1:
        files[f"{picture.name}-move.svg"] = _moving(picture, edges, style)
    entry = {
        "digest": digest(picture),
        "frames": list(frames),
        "moves": ["move"] if f"{picture.name}-move.svg" in files else [],
        "size": [round((edges[2] - edges[0]) * SCALE), round((edges[3] - edges[1]) * SCALE)],
    }
    return entry, files


def _svg(edges: Bounds, style: str, body: str) -> str:
    x0, y0, x1, y1 = edges
    view = " ".join(str(round(value * SCALE)) for value in (x0, -y1, x1 - x0, y1 - y0))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}"><style>{style}</style><g>{body}</g></svg>\n'


def _moving(picture: PosedPicture, edges: Bounds, style: str) -> str:
    """A flip book there and back. Each moment is visible for its share of the round; what never changes is drawn once."""
    frames = list(drawings(picture).values())
    between = moments(picture, BETWEEN)
    order, times = [frames[0]], [STILL]
    for number, frame in enumerate(frames[1:]):
        order += [*between[number * BETWEEN : (number + 1) * BETWEEN], frame]
        times += [*([MOMENT_STAYS] * BETWEEN), STILL]
    still = frames[0].standing()
    bodies = [one.body() for one in order]
    common = still if still and all(body.startswith(still) for body in bodies) else ""
    groups = "".join(f'<g class="k{i}">{body[len(common) :]}</g>' for i, body in enumerate(bodies))
    return _svg(edges, style + _timing(times), common + groups)


def _timing(times: list[int]) -> str:
    """When each moment shows: forward through all, then back through those between the ends."""
    last = len(times) - 1
    turns = [*range(last + 1), *range(last - 1, 0, -1)]
    whole = sum(times[i] for i in turns)
    shows: dict[int, list[tuple[float, float]]] = {}
    now = 0
    for i in turns:
        shows.setdefault(i, []).append((now / whole * 100, (now + times[i]) / whole * 100))
        now += times[i]
    rules = "".join(f".k{i}{{animation:k{i} {whole}ms step-end infinite}}@keyframes k{i}{{{_keys(spans)}}}" for i, spans in shows.items())
    return f"[class^=k]{{visibility:hidden}}{rules}"


def _keys(spans: Iterable[tuple[float, float]]) -> str:
    keys = {0.0: "hidden"}
    for begin, end in spans:
        keys |= {begin: "visible", end: "hidden"}
    return "".join(f"{round(at, 2):g}%{{visibility:{state}}}" for at, state in sorted(keys.items()) if at < 100)


def build_all() -> list[str]:
    return build(read_pictures())
