"""Languages: gettext for the interface, a Library in another language, and the extractor that makes the template.

English is the source. `locale/<lang>/LC_MESSAGES/messages.po` holds the others; a content string's msgctxt is its
place in the content. A language is offered only when its catalogue is complete.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache, lru_cache
from io import BytesIO
from types import MappingProxyType
from typing import Any, Literal, TypeVar, get_args, get_type_hints

from babel import Locale
from babel.dates import format_date, get_day_names
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from planner.domain.model import Library
from planner.domain.terms import Text
from planner.folders import LOCALE
from planner.library.reader import load

ENGLISH = "en_GB"
"""The English that dates and lists are written in: 28 November 2026; a, b and c."""

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


def locale() -> Locale:
    """How dates and lists are written in the language of the moment."""
    return _locale(ENGLISH if language() == "en" else language())


_locale = cache(Locale.parse)


@lru_cache(maxsize=2000)
def long_date(day: date, where: Locale) -> str:
    """28 November 2026, as it is written there."""
    return format_date(day, "long", where)


@cache
def day_names(width: Literal["wide", "abbreviated", "narrow"], where: Locale) -> tuple[str, ...]:
    """The days of a week from Monday, as they stand alone there."""
    return tuple(str(name) for _day, name in sorted(get_day_names(width, "stand-alone", where).items()))


def gettext(message: str) -> str:
    """Empty for an empty message, which in a catalogue means its header."""
    return _message(language(), message) if message else ""


_rest_on_catalogues: list[Any] = []
Cached = TypeVar("Cached")


def with_catalogues(function: Cached) -> Cached:
    """Marks a cached function whose results rest on the catalogues: it forgets them where a language comes or goes."""
    _rest_on_catalogues.append(function)
    return function


@with_catalogues
@lru_cache(maxsize=20_000)
def _message(lang: str, message: str) -> str:
    known = translations_for(lang)
    found = known.gettext(message)
    return found if found != message else known.ngettext(message, message, 1)  # Python 3.11.2 misses the singular of a plural


def ngettext(singular: str, plural: str, number: int) -> str:
    """The plural form for `number`, by the language's own rule."""
    return translations_for(language()).ngettext(singular, plural, number)


@with_catalogues
@cache
def translations_for(lang: str) -> NullTranslations:
    """What a language says; the messages themselves for English and for languages that are not there."""
    catalogue = catalogue_for(lang)
    if catalogue is None:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def catalogue_for(lang: str) -> Catalog | None:
    """The catalogue of a language, or None for English and languages that are not there."""
    if lang == "en":
        return None
    if lang not in _catalogues and (path := LOCALE / lang / "LC_MESSAGES" / "messages.po").exists():
        _catalogues[lang] = read_po(BytesIO(path.read_bytes()), locale=lang)
    return _catalogues.get(lang)


@contextmanager
def installed(lang: str, catalogue: Catalog) -> Iterator[None]:
    """Inside the block there is a language from memory; tests build a pseudo-language with it."""
    _catalogues[lang] = catalogue
    try:
        yield
    finally:
        del _catalogues[lang]
        for function in _rest_on_catalogues:
            function.cache_clear()


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


@with_catalogues
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
        return str(translations_for(language()).pgettext(place, held)) if text else held
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
