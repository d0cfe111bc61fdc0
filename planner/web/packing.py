"""Pages are sent packed. Static files are packed before the start; what is made for one request is packed here."""

from __future__ import annotations

import gzip
from functools import lru_cache

import brotli
from flask import Flask, Response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

SMALLEST = 600
"""Bytes below which packing gains nothing."""
QUALITY = 5
"""Of brotli. From 10 on it is a tenth less, and packing a page costs three times what the page itself does (decision 37)."""
PACKED_KINDS = ("text/html", "text/plain", "text/calendar", "application/json")


def pack_pages(app: Flask) -> None:
    app.after_request(packed)


def packed(response: Response) -> Response:
    """A page as br or gzip, whichever the browser takes. A guess at a secret from the length needs a page that repeats what another
    site sends beside that secret: ours repeat nothing from an address, and other sites' requests come without our cookies."""
    if (
        response.mimetype not in PACKED_KINDS
        or response.direct_passthrough
        or response.is_streamed
        or "Content-Encoding" in response.headers
    ):
        return response
    varies = response.headers.get("Vary", "")
    if "accept-encoding" not in varies.lower():
        response.headers["Vary"] = f"{varies}, Accept-Encoding" if varies else "Accept-Encoding"
    body = response.get_data()
    best = best_of(request.headers.get("Accept-Encoding", ""))
    if best and len(body) >= SMALLEST:
        response.set_data(brotli.compress(body, quality=QUALITY) if best == "br" else gzip.compress(body, 6, mtime=0))
        response.headers["Content-Encoding"] = best
    return response


@lru_cache(200)
def best_of(accepted: str) -> str | None:
    """What a browser takes that says this; browsers say one of a few lines."""
    return parse_accept_header(accepted, Accept).best_match(("br", "gzip"))
