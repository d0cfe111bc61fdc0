"""Logos: good pictures come out small and clean, everything else is refused with its own reason, whatever its name says."""

from __future__ import annotations

import gzip
import random
from io import BytesIO
from zipfile import ZipFile

import numpy as np
import pytest
from PIL import Image

from planner.clinic.logo import MOST_BYTES, MOST_PIXELS, SIZE, BadLogo, clean_logo
from tests import pictures
from tests.pictures import chunks, draw, flood, moving, picture, saved, with_words

PARTS = {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


def opened(png: bytes) -> Image.Image:
    found = Image.open(BytesIO(png))
    found.load()
    return found


def reason(sent: bytes) -> str:
    with pytest.raises(BadLogo) as fault:
        clean_logo(sent)
    return fault.value.reason


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_every_good_picture_comes_out_small_and_plain(name: str) -> None:
    made = clean_logo(picture(name))
    found = opened(made)
    assert found.format == "PNG" and found.mode in ("RGB", "P") and set(chunks(made)) <= PARTS and not found.info
    assert found.width <= SIZE[0] and found.height <= SIZE[1] and len(made) < 200_000
    darkest = np.asarray(found.convert("RGB")).min(axis=2)
    dark = float((darkest < 100).mean())
    assert 0.05 < dark < 0.9, "it still shows something"
    assert clean_logo(made) == made or opened(clean_logo(made)).size == found.size


def test_what_is_clear_becomes_white_and_the_empty_rim_goes() -> None:
    made = opened(clean_logo(picture("clear"))).convert("RGB")
    assert made.getpixel((0, 0)) == (255, 255, 255) and made.size == (292, 112)  # the ring and the bar, without 4 pixels of air
    wide = Image.new("RGB", (1000, 900), "white")
    wide.paste(draw(), (300, 400))
    assert opened(clean_logo(saved(wide))).size == (292, 112)


def test_grey_of_16_bits_keeps_its_shades() -> None:
    plain, deep = (opened(clean_logo(picture(name))).convert("L") for name in ("png", "grey16"))
    assert np.abs(np.asarray(plain, int) - np.asarray(deep, int)).max() < 4


def test_a_photo_of_a_phone_stands_upright_and_tells_no_place() -> None:
    sent = pictures.from_a_phone()
    assert Image.open(BytesIO(sent)).getexif().get_ifd(0x8825)
    made = clean_logo(sent)
    found = opened(made)
    assert found.width > found.height and not found.getexif() and set(chunks(made)) <= PARTS
    for word in (b"PhoneMaker", b"GPS", b"taken at home", b"Exif"):
        assert word not in made


@pytest.mark.parametrize("words", [b"<script>alert(1)</script>", b"<?php system($_GET[0]) ?>", b"secret" * 2000])
def test_what_hides_between_the_parts_of_a_picture_is_gone(words: bytes) -> None:
    sent = with_words(words)
    made = clean_logo(sent)
    assert words in sent and words[:12] not in made and set(chunks(made)) <= PARTS


def zipped() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as made:
        made.writestr("index.html", "<script>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (b"", "none"),
        (b" " * 50, "other"),
        (pictures.SVG, "svg"),
        (b"\xef\xbb\xbf  " + pictures.LAUGHS, "svg"),
        (pictures.SVG.decode().encode("utf-16"), "svg"),
        (gzip.compress(pictures.SVG, mtime=0), "svg"),
        (b"<svg/>", "svg"),
        (saved(draw(), "GIF"), "gif"),
        (pictures.GIF_AND_SCRIPT, "gif"),
        (pictures.HTML, "html"),
        (b"\n<script>alert(1)</script>", "html"),
        (b"%PDF-1.7\n", "pdf"),
        (saved(draw(), "BMP"), "other"),
        (saved(draw(), "TIFF"), "other"),
        (b"MZ" + bytes(500), "other"),
        (zipped(), "other"),
        (b"RIFF\x24\0\0\0WAVEfmt " + bytes(30), "other"),
        (moving("PNG"), "moving"),
        (moving("WEBP"), "moving"),
        (picture() + zipped(), "more"),
        (picture() + pictures.HTML, "more"),
        (picture("jpeg") + b"<script>alert(1)</script>", "more"),
        (picture("webp") + zipped(), "more"),
        (saved(Image.new("RGB", (50, 50), "white")), "white"),
        (saved(Image.new("RGBA", (50, 50), (255, 255, 255, 255))), "white"),
        (saved(Image.new("RGBA", (50, 50), (0, 0, 0, 0))), "white"),
        (b"\x89PNG\r\n\x1a\n" + pictures.HTML, "broken"),
        (b"\xff\xd8\xff" + pictures.HTML, "broken"),
        (b"RIFF\x24\0\0\0WEBPVP8 " + pictures.HTML, "broken"),
        (picture()[:-12], "broken"),
        (picture() + bytes(MOST_BYTES), "large"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[:8].hex() or "-",
)
def test_everything_else_is_refused_with_its_own_reason(sent: bytes, why: str) -> None:
    assert reason(sent) == why


def test_some_air_behind_a_picture_is_no_second_file() -> None:
    for name in ("png", "jpeg", "webp"):
        assert clean_logo(picture(name) + b"\r\n\0\0")


@pytest.mark.parametrize("size", [(2001, 2000), (40_000, 40_000), (100_000, 100_000), (40_000, 101), (2**31 - 1, 2**31 - 1)])
def test_a_flood_of_pixels_is_refused_before_any_is_drawn(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image.Image, "load", lambda *_: pytest.fail("it was drawn"))
    monkeypatch.setattr("PIL.PngImagePlugin.PngImageFile.load", lambda *_: pytest.fail("it was drawn"), raising=False)
    assert reason(flood(*size)) in (("pixels", "broken") if max(size) > 2**30 else ("pixels",))


def test_four_million_pixels_are_no_flood() -> None:
    assert MOST_PIXELS == 4_000_000 and clean_logo(saved(draw(size=(2500, 1600))))


@pytest.mark.parametrize("name", ["png", "jpeg", "webp", "cmyk"])
def test_a_picture_that_was_cut_short_is_refused_wherever_it_was_cut(name: str) -> None:
    whole = picture(name)
    for place in (9, 13, 30, *range(40, len(whole) - 2, max(7, len(whole) // 90)), len(whole) - 3):
        assert reason(whole[:place]) in ("broken", "other", "more"), place


def test_no_file_however_twisted_brings_the_decoder_down() -> None:
    chance = random.Random(20261121)
    for name in ("png", "jpeg", "webp", "grey", "palette"):
        good = picture(name)
        for _ in range(40):
            twisted = bytearray(good)
            for _ in range(chance.choice((1, 1, 3, 30))):
                twisted[chance.randrange(len(twisted))] = chance.randrange(256)
            try:
                made = clean_logo(bytes(twisted))
            except BadLogo:
                continue
            assert opened(made).size <= SIZE and set(chunks(made)) <= PARTS


def test_the_heaviest_logo_fits_into_a_document() -> None:
    made = clean_logo(pictures.noise())
    assert len(made) < 130_000 and opened(made).size == SIZE
