"""QR codes as inline SVG, always black on white: a camera reads nothing else reliably."""

from __future__ import annotations

from io import BytesIO

import segno
from markupsafe import Markup, escape

QUIET = 4  # modules of white around it; fewer and some phones miss it


def qr(address: str, label: str, error: str = "l") -> Markup:
    """A QR code of `address`. `label` is its text for people who do not see it. Scales to its box.

    Big squares matter more than repair (`error`): a coarse photocopy blurs small ones, and the code stands beside it to be typed."""
    made = segno.make(address, error=error, micro=False)
    out = BytesIO()
    made.save(out, kind="svg", border=QUIET, xmldecl=False, nl=False, omitsize=True, light="#fff", dark="#000")
    words = f' role="img"><title>{escape(label)}</title><path'
    return Markup(out.getvalue().decode().replace("><path", words, 1))  # noqa: S704  segno's own drawing, the label escaped
