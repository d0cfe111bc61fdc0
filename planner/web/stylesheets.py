"""The stylesheets of a page as one file, if `make install` has built it; else, and while somebody works on them, one by one."""

from __future__ import annotations

import re
from functools import cache
from hashlib import blake2b

from planner.folders import STATIC
from planner.web.render import static_url

BUNDLES: dict[str, tuple[str, ...]] = {
    "first": ("tokens", "base", "parts", "kept", "public", "lasting"),
    "more": ("ask", "body", "plan", "pictures", "thread"),
    "clinic": ("tokens", "base", "parts", "clinic"),
}
BUNDLES_OF = {"start": ("first",), "page": ("first", "more"), "clinic": ("clinic",)}
"""Which bundles each kind of page needs, in order. Whoever goes on from the start page fetches only what is new."""
BUILT = STATIC / "built"


@cache
def stylesheets(kind: str) -> tuple[str, ...]:
    """Addresses for a kind of page."""
    return tuple(url for bundle in BUNDLES_OF[kind] for url in of_bundle(bundle))


def of_bundle(bundle: str) -> tuple[str, ...]:
    """A bundle that was built of other sources has another name, so an old one is never sent."""
    name = bundle_name(bundle)
    return (f"/static/built/{name}",) if (BUILT / name).exists() else tuple(static_url(f"css/{one}.css") for one in BUNDLES[bundle])


def bundle_name(bundle: str) -> str:
    return f"{bundle}-{blake2b(bundled_css(bundle).encode(), digest_size=6).hexdigest()}.css"


@cache
def bundled_css(bundle: str) -> str:
    """All of it, without comments and the spaces that only people need. It lies beside css/, so ../fonts leads to the same place."""
    text = "\n".join((STATIC / "css" / f"{name}.css").read_text("utf-8") for name in BUNDLES[bundle])
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r" ?([{};,>]) ?|(:) ", r"\1\2", text).replace(";}", "}").strip()
