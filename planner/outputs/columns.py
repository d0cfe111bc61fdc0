"""Text in 78 columns: titles, headings, paragraphs and bullets. They are cut into lines last, when every word is as it is said there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from textwrap import fill

WIDTH = 78
MARK = re.compile(r"\s*(?:- |\d+\. )?")
"""What stands before the words of a line: they go on under each other, after it."""


def in_columns(text: str) -> str:
    """Each line cut into lines of at most `WIDTH`, at its spaces alone."""
    return "\n".join(cut(line) for line in text.split("\n"))


def cut(line: str) -> str:
    mark = MARK.match(line)
    indent = " " * (mark.end() if mark and line.startswith(("- ", "  ")) else 0)
    return fill(line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def title(text: str) -> Iterator[str]:
    yield text
    yield "=" * min(WIDTH, len(text))


def heading(text: str) -> Iterator[str]:
    yield ""
    yield text
    yield "-" * len(text)


def titled(name: str, words: tuple[str, ...]) -> Iterator[str]:
    """A heading and its bullets; nothing without them."""
    if words:
        yield from heading(name)
        yield from bullets(words)


def para(*texts: str) -> Iterator[str]:
    if text := " ".join(text for text in texts if text).strip():
        yield " ".join(text.split())


def bullets(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield f"- {' '.join(text.split())}"
