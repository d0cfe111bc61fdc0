"""What the person answered, as a FHIR QuestionnaireResponse."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.answers import Value
from planner.domain.lines import Plan
from planner.domain.model import Country, Library, Question
from planner.outputs.arrange import country_of
from planner.outputs.fhir.naming import ANSWER_CODES, Naming, Resource, coded
from planner.outputs.local_words import kept

ANSWERS = "answers"
"""What the response is called in the bundle."""


def response(plan: Plan, library: Library, names: Naming) -> Resource:
    """Every answer that counts, in asking order, under the question's id and in the words of its page."""
    return {
        "resourceType": "QuestionnaireResponse",
        "id": names.id(ANSWERS),
        "language": plan.lang,
        "status": "completed",
        "subject": names.to("person", "Patient"),
        "authored": plan.made_on.isoformat(),
        "source": names.to("person", "Patient"),
        "item": list(items(plan, library)),
    }


def items(plan: Plan, library: Library) -> Iterator[Resource]:
    country = country_of(plan, library)
    for question in library.in_asking_order:
        if question.id in plan.answers:
            yield {"linkId": question.id, "text": question.ask, "answer": list(values(question, plan.answers[question.id]))}
        if words := plan.answers.get(question.own_words):
            yield own_words(question, str(words), country)


def values(question: Question, answer: Value) -> Iterator[Resource]:
    """An answer of a list for each choice; nothing chosen is the question's "none of these"."""
    if isinstance(answer, int) or question.kind in ("scale", "number"):
        yield {"valueInteger": int(str(answer))}
        return
    for code in (answer or (question.none,)) if isinstance(answer, tuple) else (answer,):
        option = question.option.get(code)
        yield {"valueCoding": coded(f"{ANSWER_CODES}{question.id}", code, option.label if option else code)}


def own_words(question: Question, words: str, country: Country) -> Resource:
    """What the person typed, as they typed it."""
    return {"linkId": question.own_words, "text": question.own_words_label, "answer": [{"valueString": kept(country, words)}]}
