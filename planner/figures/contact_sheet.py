"""The contact sheet: every picture on one page, for people to look at, as HTML and as PNG."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from html import escape
from pathlib import Path

from planner.figures.build import files_of
from planner.figures.ink import on_paper
from planner.figures.mannequin import mannequins
from planner.figures.poses import PosedPicture

STYLE = """
body { margin: 1rem; font: 14px/1.35 sans-serif; background: #f0ebdf; color: #12343a }
body.paper { background: #fff; color: #000 }
section { display: inline-block; vertical-align: top; margin: 0 1.5rem 1.5rem 0 }
h2 { font-size: 15px; margin: 0 0 .3rem } figure { display: inline-block; margin: 0 .6rem 0 0; vertical-align: bottom }
svg { display: block; width: 100%; height: auto; max-height: 22rem } figcaption { max-width: 100%; margin-top: .3rem }
"""


def write_html(pictures: Mapping[str, PosedPicture], path: Path, *, paper: bool, width: int) -> None:
    sections = "".join(_section(picture, paper, width) for picture in pictures.values())
    path.parent.mkdir(parents=True, exist_ok=True)
    title = f"{len(pictures)} pictures"
    page = f"<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title><style>{STYLE}</style>"
    path.write_text(f"{page}<body{' class=paper' if paper else ''}><h1>{title}</h1>{sections}\n", encoding="utf-8")


def _section(picture: PosedPicture, paper: bool, width: int) -> str:
    _, files = files_of(picture)
    frames = "".join(_frame(picture, when, files[f"{picture.name}-{when}.svg"], paper, width) for when in picture.frames)
    felt = f"<p>Felt in {escape(picture.felt)}</p>" if picture.felt else ""
    return f"<section><h2>{escape(picture.name)} · {picture.who} · {picture.shows}</h2>{frames}{felt}</section>"


def _frame(picture: PosedPicture, when: str, svg: str, paper: bool, width: int) -> str:
    scoped = on_paper(svg, mannequins()[picture.who].pale_hair) if paper else _scoped(svg, f"{picture.name}-{when}")
    return f'<figure style="width:{width}px">{scoped}<figcaption>{escape(picture.frames[when].alt)}</figcaption></figure>'


def _scoped(svg: str, name: str) -> str:
    """A style sheet inside the page would reach every other drawing, so it is kept to its own."""
    svg = svg.replace("<svg ", f'<svg id="{name}" ', 1)
    head, _, rest = svg.partition("<style>")
    style, _, tail = rest.partition("</style>")
    light = style.partition("@media")[0]
    scoped = "".join(f"#{name} {rule}}}" for rule in light.split("}") if rule)
    return f"{head}<style>{scoped}</style>{tail}"


def write_png(page: Path, path: Path) -> None:
    """A picture of the page, taken by Chromium."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found)
        tab = browser.new_page(viewport={"width": 1600, "height": 1000})
        tab.goto(page.resolve().as_uri())
        tab.screenshot(path=str(path), full_page=True)
        browser.close()
