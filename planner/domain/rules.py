"""Matching: which lookups hold for a person, and which of their answers made them hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from planner.domain.answers import Answers, Pairs, Value, chosen
from planner.domain.facts import all_facts
from planner.domain.lines import Because
from planner.domain.model import Caution, CautionLevel, Library, Lookup

ORDER: tuple[CautionLevel, ...] = ("modify", "local", "clinician", "absolute")
Words = Mapping[str, Mapping[str, Pairs]]


def match(lookup: Lookup, words: Words) -> Pairs | None:
    """The answers that make `lookup` hold, or None. An empty lookup always holds, on no answers."""
    pairs: Pairs = ()
    for key, wanted in lookup.items():
        said = words.get(key)
        if not said:
            return None
        hit = False
        for word in wanted:
            if word in said:
                pairs += said[word]
                hit = True
        if not hit:
            return None
    return tuple(dict.fromkeys(pairs))


def match_any(lookups: Sequence[Lookup], words: Words) -> Pairs | None:
    """The answers of the first lookup that holds; no lookups at all hold for everybody."""
    if not lookups:
        return ()
    return next((pairs for lookup in lookups if (pairs := match(lookup, words)) is not None), None)


@dataclass(frozen=True)
class Active:
    """A caution that applies. `held`: it stops massage until it is over or cleared."""

    caution: Caution
    level: CautionLevel
    pairs: Pairs
    held: bool


@dataclass(frozen=True)
class Reading:
    """A person's answers read against the library: answers, facts and cautions as words."""

    library: Library
    answers: Answers
    extra: Mapping[str, Mapping[str, Pairs]] = field(default_factory=dict)
    extra_words: Mapping[str, Value] = field(default_factory=dict)  # free text; decides nothing

    @cached_property
    def words(self) -> dict[str, Mapping[str, Pairs]]:
        words: dict[str, Mapping[str, Pairs]] = {
            name: {word: ((name, word),) for word in chosen(self.answers, name)} for name in self.answers
        }
        words.update(all_facts(self.answers))
        words.update(self.extra)
        active = list(active_cautions(self.library, words))
        words["caution"] = {one.caution.id: one.pairs for one in active}
        levels: dict[str, Pairs] = {}
        for one in active:
            levels[one.level] = levels.get(one.level, ()) + one.pairs
        words["caution_level"] = levels
        return words

    @cached_property
    def cautions(self) -> tuple[Active, ...]:
        """Cautions that apply, strictest first."""
        found = active_cautions(self.library, self.words)
        return tuple(sorted(found, key=lambda one: (-ORDER.index(one.level), one.caution.order)))

    def because(self, say: str, pairs: Pairs) -> tuple[Because, ...]:
        """One Because for each question among `pairs` (at most three), or a plain one where there are none."""
        asked = list(dict.fromkeys(question for question, _ in pairs))[:3]
        if not asked:
            return (Because(say),)
        return tuple(
            Because(
                say=say,
                question=self.library.questions[question].short,
                answer=", ".join(said(self.library, *pair) for pair in pairs if pair[0] == question),
                question_id=question,
            )
            for question in asked
        )


def active_cautions(library: Library, words: Words) -> Iterable[Active]:
    """Every caution that applies, with its level for this person and whether it stops massage for now."""
    cleared = "yes" in words.get("massage_cleared", {})
    for caution in library.cautions.values():
        pairs = match_any(caution.when, words)
        if pairs is None:
            continue
        level = caution.level
        for rise in caution.level_if:
            if (more := match(rise.when, words)) is not None:
                level, pairs = max(level, rise.level, key=ORDER.index), pairs + more
        yield Active(caution, level, pairs, level == "absolute" or (level == "clinician" and not cleared))


def said(library: Library, question: str, word: str) -> str:
    """An answer as it is quoted back to the person."""
    found = library.questions[question]
    if found.kind == "scale":
        return f"{word}/10"
    option = next((option for option in found.options if option.id == word), None)
    return word if option is None else option.said or option.label
