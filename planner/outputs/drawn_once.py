"""Parts of a page that rest on the content alone: drawn once for each language, and the same for everybody from then on."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from planner.domain.model import Library
from planner.languages.translate import language, with_catalogues


def drawn_once(library: Library, *about: str | tuple[str, ...], caller: Callable[[], str]) -> Markup:
    """What stands inside {% call drawn_once(library, ...) %}. `about` names the part and every id of the content that it rests on. No
    answer, nothing typed and no country may be in it: whoever comes next gets the same."""
    parts = drawn_parts(language(), id(library))
    if about not in parts:
        parts[()] = library  # as long as it is held, no other has its id
        parts[about] = Markup(caller())  # noqa: S704  a template has escaped it
    part: Markup = parts[about]
    return part


@with_catalogues
@lru_cache(maxsize=8)
def drawn_parts(_lang: str, _library: int) -> dict[tuple[str | tuple[str, ...], ...], Any]:
    """What has been drawn of a library in a language."""
    return {}
