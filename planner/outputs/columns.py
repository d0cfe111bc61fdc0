"""Text in 78 columns: titles, headings, paragraphs and bullets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import fill

WIDTH = 78


def title(text: str) -> Iterator[str]:
    yield fill(text, WIDTH)
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
        yield fill(text, WIDTH, break_long_words=False)


def bullets(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield fill(text.strip(), WIDTH, initial_indent="- ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
