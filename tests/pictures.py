"""Pictures as somebody may send them: for tests of logos. Good ones by name, and ones made to do harm."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw


def draw(mode: str = "RGB", size: tuple[int, int] = (300, 120)) -> Image.Image:
    """A dark ring and a bar on white, or on nothing where `mode` has transparency."""
    made = Image.new("RGBA", size, (255, 255, 255, 0) if mode in ("RGBA", "LA") else "white")
    pen = ImageDraw.Draw(made)
    width, height = size
    pen.ellipse((4, 4, height - 5, height - 5), outline=(13, 83, 88, 255), width=max(2, height // 8))
    pen.rectangle((height + 4, height // 3, width - 5, height // 2), fill=(163, 32, 27, 255))
    return made.convert(mode)


def saved(made: Image.Image, kind: str = "PNG", **how: Any) -> bytes:
    out = BytesIO()
    made.save(out, format=kind, **how)
    return out.getvalue()


PICTURES: dict[str, Callable[[], bytes]] = {
    "png": lambda: saved(draw()),
    "jpeg": lambda: saved(draw(), "JPEG", quality=90),
    "webp": lambda: saved(draw("RGBA"), "WEBP", lossless=True),
    "clear": lambda: saved(draw("RGBA")),
    "palette": lambda: saved(draw().quantize(8), transparency=0),
    "grey": lambda: saved(draw("LA")),
    "grey16": lambda: saved(draw("L").convert("I").point(lambda value: value * 257).convert("I;16")),
    "cmyk": lambda: saved(draw("CMYK"), "JPEG"),
    "bits": lambda: saved(draw("1")),
    "large": lambda: saved(draw(size=(2000, 1900))),
}


def picture(name: str = "png") -> bytes:
    """One of PICTURES, as a file."""
    return PICTURES[name]()


def noise(size: tuple[int, int] = (600, 200)) -> bytes:
    """The heaviest logo there is."""
    return saved(Image.frombytes("RGB", size, random.Random(7).randbytes(size[0] * size[1] * 3)))


def moving(kind: str) -> bytes:
    return saved(draw(), kind, save_all=True, append_images=[draw(size=(300, 120)).rotate(90)], duration=100, loop=0)


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def flood(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is as large as this."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def with_words(words: bytes) -> bytes:
    """A good PNG with words between its parts."""
    good = picture()
    return good[:33] + chunk(b"tEXt", b"Comment\0" + words) + chunk(b"eXIf", b"MM\0*\0\0\0\x08\0\0" + words) + good[33:]


def from_a_phone() -> bytes:
    """A JPEG that lies on its side, with the place where it was taken."""
    made = draw().rotate(90, expand=True)
    notes = Image.Exif()
    notes[0x0112] = 6  # turn it to the right
    notes[0x010F] = "PhoneMaker"
    notes.get_ifd(0x8825).update({1: "N", 2: (51.0, 27.0, 11.0), 3: "W", 4: (2.0, 35.0, 51.0)})
    return saved(made, "JPEG", exif=notes, comment=b"taken at home", quality=95)


def chunks(png: bytes) -> list[bytes]:
    """The names of the parts of a PNG, in order."""
    found, place = [], 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        found.append(png[place + 4 : place + 8])
        place += length + 12
    return found


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script><image href="file:///etc/passwd"/></svg>'
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>'
HTML = b"<!DOCTYPE html><html><script>alert(document.cookie)</script></html>"
GIF_AND_SCRIPT = b"GIF89a/*" + bytes(8) + b"*/=1;alert(1)//"
