"""A clinic's logo: what was sent is looked at, never believed, and drawn anew as a small PNG with nothing else in it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageChops, ImageOps

MOST_BYTES = 1 << 20
MOST_PIXELS = 4_000_000
SIZE = (600, 200)  # at most, in pixels
LIGHT = 100_000  # bytes; a heavier PNG gets 256 colours
SIGNATURES = {"PNG": b"\x89PNG\r\n\x1a\n", "JPEG": b"\xff\xd8\xff", "WEBP": b"RIFF"}
OTHERS = {"gif": (b"gif87a", b"gif89a"), "pdf": (b"%pdf",), "html": (b"<!doctype", b"<html", b"<script", b"<head", b"<body")}
PADDING = b"\0\r\n "


class BadLogo(ValueError):
    """It can't be a logo; `reason` is one of: none, large, svg, gif, html, pdf, other, pixels, moving, broken, more, white."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Allowed:
    """The most that a picture may be when it is sent."""

    bytes: int
    pixels: int


FOR_LOGO = Allowed(MOST_BYTES, MOST_PIXELS)


def clean_logo(sent: bytes) -> bytes:
    """The picture as a PNG of at most 600 x 200 pixels, on white, without its metadata. BadLogo says why it was refused."""
    return redrawn(checked(sent, FOR_LOGO))


def checked(sent: bytes, most: Allowed) -> Image.Image:
    """What was sent, decoded: a picture that stands still, with nothing behind it. BadLogo says why it was refused."""
    if not sent:
        raise BadLogo("none")
    if len(sent) > most.bytes:
        raise BadLogo("large")
    kind = kind_of(sent)
    if kind not in SIGNATURES:
        raise BadLogo(kind)
    picture = decoded(sent, kind, most.pixels)
    if not ends(sent, kind):
        raise BadLogo("more")
    return picture


def kind_of(sent: bytes) -> str:
    """What a file is, by its first bytes: a key of KINDS, or the reason to refuse it. Its name says nothing."""
    for kind, start in SIGNATURES.items():
        if sent.startswith(start) and (kind != "WEBP" or sent[8:12] == b"WEBP"):
            return kind
    head = sent[:4096].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip().lower()
    if b"<svg" in head or sent.startswith(b"\x1f\x8b"):  # svgz
        return "svg"
    return next((reason for reason, starts in OTHERS.items() if head.startswith(starts)), "other")


def decoded(sent: bytes, kind: str, most_pixels: int = MOST_PIXELS) -> Image.Image:
    """The picture, decoded to its last row. A decoder may raise anything over a file that was made to break it."""
    try:
        with Image.open(BytesIO(sent), formats=[kind]) as declared:
            if declared.width * declared.height > most_pixels:  # asked before anything is decoded
                raise BadLogo("pixels")
            if getattr(declared, "is_animated", False) and declared.format == kind:
                raise BadLogo("moving")
            declared.verify()
        picture = Image.open(BytesIO(sent), formats=[kind])
        picture.load()
    except BadLogo:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise BadLogo("pixels") from fault
    except Exception as fault:
        raise BadLogo("broken") from fault
    return picture


def ends(sent: bytes, kind: str) -> bool:
    """True if the file ends where its picture does. Another file behind it is of no use to a logo."""
    if kind == "WEBP":
        length = int.from_bytes(sent[4:8], "little")
        return not sent[8 + length + length % 2 :].strip(PADDING)
    end = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}[kind]
    return sent.rstrip(PADDING).endswith(end.rstrip(PADDING))


def redrawn(picture: Image.Image) -> bytes:
    """Flattened, and as small as it prints."""
    flat = flattened(picture)
    flat.thumbnail(SIZE, Image.Resampling.LANCZOS)
    made = as_png(flat)
    return made if len(made) <= LIGHT else as_png(flat.quantize(256))


def flattened(picture: Image.Image) -> Image.Image:
    """Upright, on white, without the empty rim, in red, green and blue."""
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I"):  # 16 bits of grey
        upright = upright.convert("I").point(lambda value: value / 257).convert("L")
    over = upright.convert("RGBA")
    flat = Image.new("RGB", over.size, "white")
    flat.paste(over, mask=over.getchannel("A"))
    seen = ImageChops.difference(flat, Image.new("RGB", flat.size, "white")).point(lambda value: 255 if value > 8 else 0).getbbox()
    if seen is None:
        raise BadLogo("white")
    return flat.crop(seen)


def as_png(picture: Image.Image) -> bytes:
    plain = picture.copy()
    plain.info = {}
    out = BytesIO()
    plain.save(out, format="PNG", optimize=True)
    return out.getvalue()
