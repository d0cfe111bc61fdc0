"""What can be measured of a PDF: how much of each page is used, how large its type is, which headings stand alone."""

from __future__ import annotations

import re
import subprocess
from html import unescape
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageOps

FINE = 3
"""pdftohtml rounds sizes to whole numbers: at its largest zoom they are thirds of a point."""
FOOT_MM, HEAD_MM, DOTS = 15, 10, 30
MM = 25.4


class Words(NamedTuple):
    """A run of text: page from 1, place in points from the top left, size in points."""

    page: int
    left: float
    top: float
    size: float
    family: str
    text: str


def words_of(pdf: Path) -> list[Words]:
    """Every run of text that is printed, in the order of the file."""
    command = ("pdftohtml", "-xml", "-zoom", str(FINE), "-i", "-stdout", "-hidden", str(pdf))
    xml = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    fonts: dict[str, tuple[float, str]] = {}
    found: list[Words] = []
    page = 0
    for line in xml.splitlines():
        if line.lstrip().startswith("<page"):
            page += 1
        elif font := re.search(r'<fontspec id="(\d+)" size="(-?\d+)" family="([^"]*)"', line):
            fonts[font[1]] = (int(font[2]) / FINE, font[3])
        elif run := re.match(r'<text top="(-?\d+)" left="(-?\d+)" width="\d+" height="\d+" font="(\d+)">(.*)</text>', line):
            text = unescape(re.sub(r"<[^>]+>", "", run[4])).strip()
            if text:
                found.append(Words(page, int(run[2]) / FINE, int(run[1]) / FINE, *fonts[run[3]], text))
    return found


def smallest(pdf: Path) -> float:
    """The smallest type, in points."""
    return min(run.size for run in words_of(pdf))


def used(pdf: Path, folder: Path) -> list[float]:
    """The share of each page's height, between its margins, down to the last ink above the running foot."""
    subprocess.run(["pdftoppm", "-r", str(DOTS), "-gray", pdf, folder / "used"], check=True)
    shares = []
    for file in sorted(folder.glob("used-*.pgm")):
        with Image.open(file) as image:
            head, foot = HEAD_MM * DOTS / MM, image.height - FOOT_MM * DOTS / MM
            ink = ImageOps.invert(image.crop((0, 0, image.width, int(foot)))).point(lambda grey: 255 * (grey > 40)).getbbox()
            shares.append((ink[3] - head) / (foot - head) if ink else 0.0)
        file.unlink()
    return shares


def alone(pdf: Path, html: str) -> list[str]:
    """Headings that end a page, or a column of it."""
    plain = (re.sub(r"<[^>]+>", " ", inner) for _, inner in re.findall(r"<h([23])\b[^>]*>(.*?)</h\1>", html, re.DOTALL))
    headings = {" ".join(unescape(one).split()) for one in plain}
    runs = words_of(pdf)
    found = []
    for page in range(1, max(run.page for run in runs) + 1):
        here = [run for run in runs if run.page == page and run.top < 842 - FOOT_MM / MM * 72]
        middle = max(run.left for run in here) / 2 if here else 0
        for column in ([run for run in here if run.left < middle], [run for run in here if run.left >= middle]):
            if column and (last := max(column, key=lambda run: run.top)).text in headings:
                found.append(f"{page}: {last.text}")
    return found
