"""The messages of templates, as text that is escaped already. Templates look up those with nothing to fill in where they stand
(`direct_calls`): a plan page has 280 of them."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from planner.languages import translate
from planner.languages.translate import language


class Said(dict[str, Markup]):
    """Message -> its words in a language, each when it is first asked for. A percent sign is written twice in a message."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __missing__(self, message: str) -> Markup:
        with translate.using_language(self.lang):
            self[message] = filled_in(translate.gettext(message), {})
        return self[message]


class Languages(dict[str, Said]):
    """Language -> its messages."""

    def __missing__(self, lang: str) -> Said:
        return self.setdefault(lang, Said(lang))

    def cache_clear(self) -> None:
        self.clear()


MESSAGES = translate.with_catalogues(Languages())


def said_in_language(message: str, /, **variables: Any) -> Markup:
    """A message of a template in the language of the moment. What is filled in is escaped."""
    return filled_in(translate.gettext(message), variables) if variables else MESSAGES[language()][message]


def counted_in_language(one: str, many: str, number: int, /, **variables: Any) -> Markup:
    """The same of a message with a plural form; it may say %(num)s."""
    return filled_in(translate.ngettext(one, many, number), {"num": number, **variables})


def filled_in(message: str, variables: dict[str, Any]) -> Markup:
    """Our own words, and in their places what is filled in. A number needs no escaping, and %(n)d wants a number."""
    safe = {name: value if type(value) is int else escape(value) for name, value in variables.items()}
    return Markup(message % safe)  # noqa: S704  our own words, and what is filled in is escaped above
