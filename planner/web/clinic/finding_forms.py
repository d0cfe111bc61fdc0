"""The forms that find a sheet again: the search of the shelf, and the code and digits of "same as last time"."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from wtforms.validators import ValidationError
from wtforms.widgets import DateInput

from planner.clinic.lengths import DIGITS, REFERENCE, START, TITLE
from planner.clinic.sheets.search import Wanted
from planner.kept.codes import MistypedCode
from planner.languages.translate import gettext as _
from planner.web.clinic.start_field import code_in, mistyped
from planner.web.typed_fields import TypedForm, TypedLine


class SoughtLine(TypedLine):
    """Something to look for: it stands in the address, so it is cut and trimmed before anything else."""

    verbatim = True

    def __init__(self, longest: int, **more: Any) -> None:
        super().__init__(longest, required=False, **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.typed = self.data = next(iter(valuelist), "").strip()[: self.longest]


class SoughtDay(SoughtLine):
    """A day on which there may be sheets: the ends of time have no midnight."""

    widget = DateInput()
    verbatim = False

    @property
    def day(self) -> date | None:
        try:
            found = date.fromisoformat(self.data)
        except ValueError:
            return None
        return found if 2000 <= found.year < 2200 else None

    def pre_validate(self, form: object) -> None:
        if self.data and self.day is None:
            raise ValidationError(_("Type a day such as 2026-11-21"))


class SearchForm(TypedForm):
    """What is looked for on the shelf; empty fields take everything."""

    reference = SoughtLine(REFERENCE)
    since = SoughtDay(len("2026-11-21"))
    until = SoughtDay(len("2026-11-21"))
    pack = SoughtLine(TITLE)
    therapist = SoughtLine(32)  # an id

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.reference.data, self.since.day, self.until.day, self.pack.data, self.therapist.data)

    @property
    def query(self) -> str:
        """For links to other pages of what was found."""
        return "".join(f"{urlencode({name: text})}&" for name, text in self.data.items() if text)


class DigitsForm(TypedForm):
    """What stands at the foot of an old sheet."""

    digits = TypedLine(DIGITS, required=False)


class CodeSearchForm(TypedForm):
    """The code of a sheet. What is longer than any address with a code is not looked at."""

    code = TypedLine(START, lambda text: text[:START], required=False)
    read = ""
    """The code, once it is checked."""

    def validate_code(self, field: TypedLine) -> None:
        try:
            self.read = code_in(field.data) or ""
        except MistypedCode as fault:
            raise ValidationError(mistyped()) from fault
        if not self.read:
            raise ValidationError(_("A code has 17 letters and numbers. Check the code on the paper"))


class RepeatForm(CodeSearchForm, DigitsForm):
    """The digits at the foot of an old sheet, and its code."""
