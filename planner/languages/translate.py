"""Languages: gettext for the interface, a Library in another language, and the extractor that makes the template.

English is the source. `locale/<lang>/LC_MESSAGES/messages.po` holds the others; a content string's msgctxt is its
place in the content. A language is offered only when its catalogue is complete.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import c2py  # the standard library's own parser of plural expressions
from io import BytesIO
from types import MappingProxyType
from typing import Any, get_args, get_type_hints

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from planner.domain.model import Library
from planner.domain.terms import Text
from planner.folders import LOCALE
from planner.library.reader import load

_language: ContextVar[str] = ContextVar("language", default="en")
_catalogues: dict[str, Catalog] = {}


def language() -> str:
    return _language.get()


@contextmanager
def using_language(lang: str) -> Iterator[None]:
    """Interface strings inside the block are in `lang`."""
    token = _language.set(lang)
    try:
        yield
    finally:
        _language.reset(token)


def N_(message: str) -> str:
    """Marks a message for the extractor. Where it is shown it is translated: templates say `_(form.link)`."""
    return message


def gettext(message: str) -> str:
    return _translated(message, None)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The plural form for `number`, by the language's own rule."""
    catalogue = catalogue_for(language())
    if catalogue is None:
        return singular if number == 1 else plural
    found = catalogue.get((singular, plural)) or catalogue.get(singular)
    if found is None or not isinstance(found.string, tuple):
        return singular if number == 1 else plural
    return found.string[plural_rule(catalogue.plural_expr)(number)] or (singular if number == 1 else plural)


@cache
def plural_rule(expression: str) -> Callable[[int], int]:
    """A catalogue's Plural-Forms expression as a function from a number to the index of the form."""
    return c2py(expression)


def _translated(message: str, context: str | None) -> str:
    catalogue = catalogue_for(language())
    if catalogue is None or not message:
        return message
    found = catalogue.get(message, context)
    return str(found.string) if found is not None and found.string else message


def catalogue_for(lang: str) -> Catalog | None:
    """The catalogue of a language, or None for English and languages that are not there."""
    if lang == "en":
        return None
    if lang not in _catalogues and (path := LOCALE / lang / "LC_MESSAGES" / "messages.po").exists():
        _catalogues[lang] = read_po(BytesIO(path.read_bytes()), locale=lang)
    return _catalogues.get(lang)


def install(lang: str, catalogue: Catalog) -> None:
    """Adds a language from memory; tests build a pseudo-language with it."""
    _catalogues[lang] = catalogue
    library_in.cache_clear()


def offered() -> tuple[str, ...]:
    """English, and every language whose catalogue is complete."""
    found = [path.parent.parent.name for path in LOCALE.glob("*/LC_MESSAGES/messages.po")]
    return ("en", *(lang for lang in sorted({*found, *_catalogues}) if _complete(lang)))


def _complete(lang: str) -> bool:
    """True when every sentence of locale/messages.pot has a translation that nobody marked as doubtful."""
    catalogue = catalogue_for(lang)
    if catalogue is None:
        return False
    found = (catalogue.get(*wanted) for wanted in _wanted())
    return all(one is not None and not one.fuzzy and _filled(one.string) for one in found)


def _filled(string: Any) -> bool:
    """A plural has one string for each form; all must be there."""
    return bool(string) and (isinstance(string, str) or all(string))


@cache
def _wanted() -> tuple[tuple[Any, str | None], ...]:
    template = read_po(BytesIO((LOCALE / "messages.pot").read_bytes()))
    return tuple((message.id, message.context) for message in template if message.id)


@cache
def library_in(lang: str) -> Library:
    """The Library with every sentence in `lang`."""
    library = load()
    if lang == "en":
        return library
    with using_language(lang):
        translated: Library = _rebuilt(library, "")
    return translated


def _rebuilt(value: Any, place: str) -> Any:
    """A copy of a content object with its sentences translated; ids, numbers and lookups as they are."""
    changes: dict[str, Any] = {}
    for field in dataclasses.fields(value):
        held = getattr(value, field.name)
        changes[field.name] = _part(held, f"{place}.{field.name}".strip("."), is_text(value, field.name))
    return dataclasses.replace(value, **changes)


def _part(held: Any, place: str, text: bool) -> Any:
    if isinstance(held, str):
        return _translated(held, place) if text else held
    if isinstance(held, tuple):
        return tuple(_part(one, f"{place}[{key_of(one, index)}]", text) for index, one in enumerate(held))
    if isinstance(held, Mapping):
        return MappingProxyType({key: _part(one, f"{place}.{key}", text) for key, one in held.items()})
    return _rebuilt(held, place) if dataclasses.is_dataclass(held) else held


def key_of(one: Any, index: int) -> str | int:
    return getattr(one, "id", index)


def is_text(value: object, name: str) -> bool:
    """True for a field that its class marks as `Text`, also inside a tuple or a mapping."""
    kind: type = type(value)
    return name in _text_fields(kind)


@cache
def _text_fields(kind: type) -> frozenset[str]:
    return frozenset(name for name, hint in get_type_hints(kind, include_extras=True).items() if _marked(hint))


def _marked(hint: Any) -> bool:
    return hint == Text or any(map(_marked, get_args(hint)))
