"""Forms made from questions: WTForms validates, the templates draw. One line here for each kind of question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import request
from wtforms import Field, RadioField, SelectMultipleField, StringField
from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta
from wtforms.validators import Length, ValidationError

from planner.domain.answers import Value, read_answers
from planner.domain.model import Library, Question
from planner.domain.renewed import most_severe
from planner.domain.typed_text import one_line
from planner.languages.translate import gettext as _
from planner.web.typed_fields import wrong_in

NOTHING: Mapping[str, Value] = {}


class QuestionForm(BaseForm):
    """The questions of one step, as this request sends their answers. Every page has other fields, and no class of its own for them."""

    def __init__(self, library: Library, fields: Mapping[str, Any]) -> None:
        super().__init__(fields, meta=DefaultMeta())
        self.library = library
        self.process(request.form)

    @property
    def wrong(self) -> dict[str, str]:
        return wrong_in(self)


class Several(SelectMultipleField):
    """Any number of options; at least one, and "none of these" alone."""


def single(question: Question) -> Field:
    return RadioField(choices=choices(question), validators=[answered(question)], validate_choice=False)


def many(question: Question) -> Field:
    return Several(choices=choices(question), validators=[answered(question)], validate_choice=False)


def scale(question: Question) -> Field:
    return StringField(validators=[answered(question)])


FIELDS_BY_KIND: dict[str, Callable[[Question], Field]] = {
    "one": single,
    "select": single,
    "many": many,
    "areas": many,
    "scale": scale,
    "number": scale,
}


def choices(question: Question) -> list[Any]:
    """Option ids; the templates draw the labels."""
    return [option.id for option in question.options]


def answered(question: Question) -> Callable[[QuestionForm, Field], None]:
    """A validator: the domain's own check of the answer, with a message that says what to do."""

    def check(form: QuestionForm, field: Field) -> None:
        value = value_of(question, field.data)
        if len(field.raw_data or ()) > 1 and not isinstance(value, tuple):
            value = heavier(question, field.raw_data or ())
        if len(field.raw_data or ()) > 1 and value is None:
            raise ValidationError(_("Choose one answer: %(name)s") % {"name": question.short})
        if value in (None, "", ()):
            raise ValidationError(unanswered(question))
        if question.none and isinstance(value, tuple) and question.none in value and len(value) > 1:
            raise ValidationError(_("Choose either some of these, or none of them"))
        answers, problems = read_answers(form.library, {question.id: value})
        if problems:
            raise ValidationError(_("Choose one of the answers on this page") if question.options else _("Enter a number from 0 to 10"))
        field.data = answers[question.id]

    return check


def heavier(question: Question, sent: Sequence[str]) -> str | None:
    """Of two boxes of one safety question the more severe answer; None where they weigh the same, as they do elsewhere."""
    known = [option for option in question.options if option.id in sent]
    return most_severe(question, (option.id for option in known)) if any(option.severity for option in known) else None


def value_of(question: Question, data: Any) -> Any:
    """What was posted, in the form that answers have."""
    if question.kind in ("many", "areas"):
        return tuple(data or ())
    return data


def unanswered(question: Question) -> str:
    words = {
        "many": _("Choose at least one answer: %(name)s"),
        "areas": _("Choose at least one place, or the last row"),
        "scale": _("Choose a number from 0 to 10: %(name)s"),
    }
    return words.get(question.kind, _("Choose an answer: %(name)s")) % {"name": question.short}


def form_for(library: Library, questions: Sequence[Question], optional: Mapping[str, Value] = NOTHING) -> QuestionForm:
    """A form with a field for each question, and for its own words. `optional`: what counts where a question is left alone."""
    fields: dict[str, Any] = {question.id: FIELDS_BY_KIND[question.kind](question) for question in questions}
    for question in questions:
        if question.own_words:
            fields[question.own_words] = StringField(validators=[Length(max=question.own_words_max, message=too_long(question))])
    form = QuestionForm(library, fields)
    for question in questions:
        if question.id in optional and not form[question.id].raw_data:
            form[question.id].validators, form[question.id].data = (), optional[question.id]
    return form


def too_long(question: Question) -> str:
    return _("Use at most %(n)d characters") % {"n": question.own_words_max}


def answers_of(form: QuestionForm, questions: Sequence[Question]) -> dict[str, Value]:
    """The checked answers of a valid form."""
    found: dict[str, Value] = {question.id: form[question.id].data for question in questions}
    for question in questions:
        if question.own_words:
            found[question.own_words] = one_line(form[question.own_words].data or "")
    return found
