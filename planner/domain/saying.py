"""What a person's answers say: each answer's own words, and the facts that rest on them."""

from __future__ import annotations

from collections.abc import Mapping

from planner.domain.answers import Value, words_of_answer
from planner.domain.every_fact import BY_OPTION, BY_QUESTION, FACTS, OF_NOBODY, facts_about
from planner.domain.lookups import Words
from planner.domain.terms import Pairs


class Saying:
    """Answers that come one by one, and their words. A fact is worked out again only where an answer that it rests on has changed."""

    def __init__(self, answers: Mapping[str, Value] | None = None) -> None:
        self.answers: dict[str, Value] = {}
        self._words: dict[str, Mapping[str, Pairs]] = dict(OF_NOBODY)
        self._open: set[str] = set()  # facts that rest on what was answered since they were worked out
        for name, value in (answers or {}).items():
            self.put(name, value)

    def put(self, name: str, value: Value | None) -> None:
        """A new answer, another one, or none any more."""
        if name in self.answers:
            self._open.update(facts_about(name, words_of_answer(self.answers.pop(name))))
        if value is None:
            self._words.pop(name, None)
            return
        self.answers[name] = value
        if isinstance(value, tuple):
            words = value
            self._keep(name, {word: ((name, word),) for word in words})
        else:
            words = (str(value),)
            self._words[name] = {words[0]: ((name, words[0]),)}
        if name in BY_QUESTION:
            self._open.update(BY_QUESTION[name])
        if name in BY_OPTION:
            options = BY_OPTION[name]
            for word in words:
                if word in options:
                    self._open.update(options[word])

    def _keep(self, name: str, said: Mapping[str, Pairs]) -> None:
        if said:
            self._words[name] = said
        else:
            self._words.pop(name, None)

    def but(self, changes: Mapping[str, Value | None]) -> Saying:
        """The same with some answers changed, or taken out."""
        if not changes:
            return self
        other = Saying()
        other.answers, other._words, other._open = dict(self.answers), dict(self._words), set(self._open)
        for name, value in changes.items():
            other.put(name, value)
        return other

    def said(self, key: str) -> Mapping[str, Pairs]:
        """The words of one answer, or of one fact."""
        if key in self._open:
            self._open.remove(key)
            self._keep(key, FACTS[key](self.answers))
        return self._words.get(key, {})

    def telling(self, keys: frozenset[str]) -> Words:
        """The words of some answers and facts, to be looked at before the next answer comes. Other facts may be those of before."""
        for name in self._open & keys:
            self.said(name)
        return self._words

    @property
    def words(self) -> Words:
        """The words of all answers and facts."""
        for name in self._open:
            self._keep(name, FACTS[name](self.answers))
        self._open.clear()
        return dict(self._words)
