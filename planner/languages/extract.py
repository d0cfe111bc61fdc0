"""The extractor: every string there is to translate, from code, templates and content.

`python -m planner.languages.extract` writes locale/messages.pot; with `--check` it fails if that file is out of date.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from planner.folders import LOCALE, ROOT
from planner.languages.translate import is_text, key_of
from planner.library.reader import load

METHODS = [("planner/**.py", "python"), ("templates/**.html", "jinja2.ext.babel_extract")]
OPTIONS = {"templates/**.html": {"extensions": "jinja2.ext.i18n", "trimmed": "true", "silent": "false"}}


def content_strings(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """(place, sentence) for every sentence of the content."""
    for field in dataclasses.fields(value):
        held = getattr(value, field.name)
        yield from _strings(held, f"{place}.{field.name}".strip("."), is_text(value, field.name))


def _strings(held: Any, place: str, text: bool) -> Iterator[tuple[str, str]]:
    if isinstance(held, str):
        if text and held:
            yield place, held
    elif isinstance(held, tuple):
        for index, one in enumerate(held):
            yield from _strings(one, f"{place}[{key_of(one, index)}]", text)
    elif isinstance(held, Mapping):
        for key, one in held.items():
            yield from _strings(one, f"{place}.{key}", text)
    elif dataclasses.is_dataclass(held):
        yield from content_strings(held, place)


def template() -> Catalog:
    """Every string there is to translate: interface strings from code and templates, sentences from content."""
    catalogue = Catalog(project="Backplan", fuzzy=False)
    keywords: dict[str, Any] = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
    found = extract_from_dir(ROOT, METHODS, OPTIONS, keywords=keywords, directory_filter=_wanted)
    for file, _line, message, _comments, context in found:
        catalogue.add(message, None, locations=[(file, 0)], context=context)
    for place, sentence in content_strings(load()):
        catalogue.add(sentence, None, context=place)
    return catalogue


def _wanted(folder: str | Any) -> bool:
    name = Path(str(folder)).name
    return not name.startswith(".") and name not in ("tests", "content", "static", "benchmarks", "node_modules", "locale", "instance")


def write(to: Callable[[bytes], Any]) -> None:
    out = BytesIO()
    write_po(out, template(), omit_header=True, sort_output=True, width=120, include_lineno=False)
    to(out.getvalue())


def extract(arguments: list[str]) -> int:
    path = LOCALE / "messages.pot"
    if arguments == ["--check"]:
        wanted: list[bytes] = []
        write(wanted.append)
        if not path.exists() or path.read_bytes() != wanted[0]:
            print("locale/messages.pot is out of date: run `make messages`", file=sys.stderr)
            return 1
        return 0
    LOCALE.mkdir(exist_ok=True)
    write(path.write_bytes)
    return 0


if __name__ == "__main__":
    raise SystemExit(extract(sys.argv[1:]))
