"""A reader of SMART Health Links, written from the specification alone: it knows a link, or its picture, and a way to fetch an address."""

from __future__ import annotations

import json
import re
import zlib
from base64 import urlsafe_b64decode
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from joserfc import jwe
from joserfc.jwk import OctKey
from PIL import Image

from tests.conftest import only

READER = jwe.JWERegistry()
READER.max_ciphertext_length = 10_000_000  # its usual limit is for tokens: a bundle with a PDF in it is larger
Fetch = Callable[[str], bytes]


def unpadded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def payload(link: str) -> dict[str, Any]:
    """What is in the link. It must be minified, and the address and the label not too long."""
    viewer, scheme, encoded = link.rpartition("shlink:/")
    assert scheme and not viewer and "=" not in encoded
    raw = unpadded(encoded).decode()
    found: dict[str, Any] = json.loads(raw)
    assert raw == json.dumps(found, separators=(",", ":"), ensure_ascii=False)
    assert len(found["url"]) <= 128 and len(found["label"]) <= 80 and len(found["key"]) == 43
    assert len(unpadded(found["url"].rpartition("/")[2])) == 32, "256 bits nobody can guess"
    assert found["flag"] == "U"
    return found


def by_hand(link: str, fetch: Fetch) -> dict[str, Any]:
    """The file, opened with nothing but AES-GCM and inflate."""
    about = payload(link)
    header, no_key, nonce, text, tag = fetch(about["url"]).decode("ascii").split(".")
    says = json.loads(unpadded(header))
    assert (says["alg"], says["enc"], says["cty"], no_key) == ("dir", "A256GCM", "application/fhir+json", "")
    plain = AESGCM(unpadded(about["key"])).decrypt(unpadded(nonce), unpadded(text) + unpadded(tag), header.encode("ascii"))
    found: dict[str, Any] = json.loads(zlib.decompress(plain, -zlib.MAX_WBITS) if says.get("zip") == "DEF" else plain)
    return found


def by_jose(link: str, fetch: Fetch) -> dict[str, Any]:
    """The file, opened by a JOSE library that we do not use ourselves."""
    about = payload(link)
    opened = jwe.decrypt_compact(fetch(about["url"]), OctKey.import_key({"kty": "oct", "k": about["key"]}), registry=READER)
    found: dict[str, Any] = json.loads(opened.plaintext or b"")
    return found


def drawing(svg: str) -> Any:
    """segno's SVG as a picture: its path is runs of dark modules, a row after another."""
    size = int(float(only(r'viewBox="0 0 (\d+)', svg)))
    path = re.findall(r'd="([^"]+)"', svg)[-1]
    image = Image.new("L", (size, size), 255)
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmhv])([^Mmhv]*)", path):
        values = [float(one) for one in re.findall(r"-?\d*\.?\d+", numbers)]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        elif command == "h":
            for column in range(int(values[0])):
                image.putpixel((int(x) + column, int(y)), 0)
            x += values[0]
    return image.resize((size * 8, size * 8), Image.Resampling.NEAREST)
