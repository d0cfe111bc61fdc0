"""Forms where people type: WTForms reads and checks what was sent, our own cleaners clean it, the templates draw it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Self

from flask import request
from wtforms import Field, Form, StringField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError
from wtforms.widgets import EmailInput, HiddenInput, PasswordInput

SHOWN_AGAIN = 200  # characters, or as many as the field takes: what came too long can be mended, and is no page of it


class TypedForm(Form):
    """What one form of a page sends. Its token is looked at before any view, for all forms alike."""

    @classmethod
    def sent(cls) -> Self:
        """As this request sends it, from a form and nothing else."""
        return cls(request.form)

    @property
    def wrong(self) -> dict[str, str]:
        return wrong_in(self)

    def refuse(self, field: Field, words: str) -> None:
        """For what only rows can tell. After `validate`, which begins with no errors."""
        field.errors = [*field.errors, words]


def wrong_in(form: BaseForm) -> dict[str, str]:
    """The first thing that is wrong with each field, by its id on the page."""
    return {field.id: str(field.errors[0]) for field in form if field.errors}


def wanted(field: TypedLine, words: str) -> None:
    """Refuses a field that came to nothing."""
    if not field.data:
        raise ValidationError(words)


def one_of(known: Collection[str]) -> Callable[[str], str]:
    """A cleaner that takes these words alone."""
    return lambda text: text if text in known else ""


class TypedLine(StringField):
    """`typed`: as it was sent. `data`: what the cleaner makes of it, empty if it can't be used. What was not sent is empty."""

    data: str
    verbatim = False
    """True where a keyboard must not put anything right."""

    def __init__(self, longest: int = 0, clean: Callable[[str], str] = str, required: bool = True, **more: Any) -> None:
        super().__init__(**more)
        self.longest, self.clean, self.required = longest, clean, required

    def process_data(self, value: object) -> None:
        """What the form begins with."""
        self.typed = self.data = "" if value is None else str(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.typed = next(iter(valuelist), "")
        self.data = self.clean(self.typed)

    @property
    def wrong(self) -> dict[str, str]:
        """As a form says it of all its fields."""
        return {self.id: str(self.errors[0])} if self.errors else {}

    @property
    def shown(self) -> str:
        """What stands in the field when the page comes again."""
        return self.typed[: max(self.longest, SHOWN_AGAIN)]


class EmailLine(TypedLine):
    """An e-mail address."""

    widget = EmailInput()
    verbatim = True


class OnceLine(TypedLine):
    """A code that is good once: it is never shown again."""

    verbatim = True

    @property
    def shown(self) -> str:
        return ""


class PasswordLine(OnceLine):
    """A password, to the letter."""

    widget = PasswordInput()


class CarriedLine(TypedLine):
    """What nobody types: the page, or its script, put it into the form. It goes on as it was cleaned."""

    widget = HiddenInput()

    @property
    def shown(self) -> str:
        return self.data
