"""Pictures of a clinic's own exercises: looked at as a logo is, never believed, and drawn anew, small, with nothing else in them."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from planner.clinic.logo import Allowed, BadLogo, as_png, checked, flattened

FOR_PHOTO = Allowed(bytes=6 << 20, pixels=16_000_000)
"""What a telephone takes, of which no more is kept than paper shows."""
PHOTO_SIZE = (480, 480)  # at most, in pixels
DRAWING = 40_000  # bytes; a PNG that is heavier is a photo, and becomes a JPEG
MOST_KEPT = 200_000  # bytes
QUALITIES = (80, 65, 50, 35)
SHRUNK = ("RGB", "RGBA", "L", "CMYK")


@dataclass(frozen=True)
class CleanPicture:
    """A PNG or a JPEG, and its size in pixels."""

    image: bytes
    size: tuple[int, int]

    @property
    def type(self) -> str:
        return type_of(self.image)


def type_of(image: bytes) -> str:
    return "image/png" if image.startswith(b"\x89PNG") else "image/jpeg"


def clean_picture(sent: bytes) -> CleanPicture:
    """The picture upright, on white, of at most 480 x 480 pixels and 200 KB, without its metadata: place and time of a photo go.

    BadLogo says why it was refused."""
    picture = checked(sent, FOR_PHOTO)
    if picture.mode in SHRUNK:  # a large photo is made small before anything else: turning it would need as much memory again
        picture.thumbnail((PHOTO_SIZE[0] * 2, PHOTO_SIZE[1] * 2), Image.Resampling.BOX)
    flat = flattened(picture)
    flat.thumbnail(PHOTO_SIZE, Image.Resampling.LANCZOS)
    drawing = as_png(flat)
    if len(drawing) <= DRAWING:
        return CleanPicture(drawing, flat.size)
    image = next((made for quality in QUALITIES if len(made := as_jpeg(flat, quality)) <= MOST_KEPT), b"")
    if not image:
        raise BadLogo("large")
    return CleanPicture(image, flat.size)


def as_jpeg(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, format="JPEG", quality=quality, optimize=True)
    return out.getvalue()
