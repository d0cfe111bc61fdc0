"""A document as a tree, read by the parser of XML that is written in C: the one for HTML takes a twentieth of a render."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

VOID = re.compile(r"<((?:meta|br|hr|img|input|col|wbr)\b[^<>]*?)/?>")
"""Elements that HTML never closes and XML always does."""
BARE_SVG = re.compile(r"<svg\b(?![^>]*\bxmlns=)")
NAMED_SVG = '<svg xmlns="http://www.w3.org/2000/svg"'


def parsed(html: str) -> Any:
    """The root element. Our templates close what they open, so they are XML but for void elements; what is not is read as HTML. Whatever
    stands before <html> is left out, so no document brings entities of its own."""
    text = "".join(html.partition("<html")[1:])
    text = BARE_SVG.sub(NAMED_SVG, VOID.sub(r"<\1/>", text))
    try:
        return ElementTree.fromstring(text)  # noqa: S314  no DTD can stand in it
    except ElementTree.ParseError:
        return parsed_as_html(html)


def parsed_as_html(html: str) -> Any:
    """The same tree from the parser that browsers' rules were written for; for signs that XML has none of."""
    import tinyhtml5  # type: ignore[import-untyped]

    return tinyhtml5.parse(BytesIO(html.encode("utf-8", "replace")), namespace_html_elements=False)
