"""What is asked, and what answers can set off: questions, pages and flags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import ClassVar, Literal

from planner.domain.terms import STRICT, Level, Lookup, Text


@dataclass(frozen=True)
class Option:
    id: str
    label: Text  # as read on the page
    hint: Text = ""
    said: Text = ""  # as quoted back after "you said"; the label if empty
    show_if: Lookup = field(default_factory=dict)  # offered to those alone; from outside it is accepted from everybody
    severity: int = 0  # of two boxes of one single choice the higher counts: 4 emergency, 3 urgent, 2 a check, 1 a known thing
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Retired:
    """An answer that is no longer shown. Where it is stored or sent, it still sets an answer of today."""

    id: str
    question: str
    option: str
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Question:
    """One question. `kind`: one, many, scale (0-10), number. `default` is a list for `many`."""

    id: str
    kind: Literal["one", "many", "scale", "number", "areas", "select"]
    ask: Text
    short: Text  # its name on the answers page and in "because"
    default: str | int | tuple[str, ...]
    options: tuple[Option, ...] = ()
    ask_if: Lookup = field(default_factory=dict)
    hint: Text = ""
    why: Text = ""  # why we ask; shown beside the question
    tick: Text = ""  # first-person label where the question is a tick on a page of ticks
    tick_hint: Text = ""
    tick_means: str = ""  # the answer that a tick gives at once, where every other one would come to the same
    tick_known: str = ""  # the one that would not: offered under the tick, once it is made
    none: str = ""  # for `many`: the option id that means "none of these"
    ends: tuple[Text, ...] = ()  # words under a scale: at 0, 5, 10
    own_words: str = ""  # id of an optional free-text answer that decides nothing
    own_words_label: Text = ""
    own_words_max: int = 80
    reopens: Lookup = field(default_factory=dict)  # answer id -> questions whose recorded default is asked again
    retired: tuple[Retired, ...] = ()
    impossible: Lookup = field(default_factory=dict)  # where it holds, no other answer than the default can be true
    before_card: tuple[Lookup, ...] = ()  # where one holds, an urgent card waits for this answer, as it can make the level higher
    says_more_than: str = ""  # the question whose answer goes without saying where this one's is quoted
    settles: Lookup = field(default_factory=dict)  # answers that this one can make harmless: a card that rests on them waits for it
    stands_for: str = ""  # asked before an urgent card instead of this question, which comes later on the way
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    @cached_property
    def option(self) -> Mapping[str, Option]:
        """The options by their ids."""
        return {one.id: one for one in self.options}

    @cached_property
    def retired_names(self) -> frozenset[str]:
        return frozenset(one.id for one in self.retired)

    @cached_property
    def options_rest_on(self) -> frozenset[str]:
        """What it depends on which options are offered."""
        return frozenset(key for option in self.options for key in option.show_if)

    def offering(self, options: tuple[Option, ...]) -> Question:
        """The question with some of its options. There are few such choices, and each is made once."""
        names = tuple(one.id for one in options)
        if (known := self._offered.get(names)) is None:
            known = self._offered[names] = replace(self, options=options)
        return known

    @cached_property
    def _offered(self) -> dict[tuple[str, ...], Question]:
        return {}


@dataclass(frozen=True)
class TickGroup:
    """Options of a page of ticks that stand behind one heading, closed until it is opened. `rows`: question id -> its options."""

    id: str
    title: Text
    rows: Lookup
    hint: Text = ""
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Fold:
    """Questions of a form that need no answer: closed until opened. What is left alone counts as the default, or as what is shown."""

    id: str
    title: Text
    questions: tuple[str, ...]
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Page:
    """Questions shown together. `ticks`: each question (or each option of a `many`) is one tick box, and a last
    button says none of them; a ticked `one` question is then asked on a page of its own. On a form a question with a
    tick is one more row of the list before it. `groups`: all the options of a page of ticks, in groups that open."""

    id: str
    kind: Literal["ticks", "form"]
    title: Text
    questions: tuple[str, ...]
    section: Text = ""  # the part of the journey: its name in the progress, and the heading on the answers page
    hint: Text = ""
    why: Text = ""
    none: Text = ""  # words of the last button on a page of ticks
    safety: bool = False
    again: bool = False  # asks questions of earlier pages that have no answer yet, before an urgent card
    go_on: Text = ""  # words of the button that goes on, where it does more than that
    groups: tuple[TickGroup, ...] = ()
    folds: tuple[Fold, ...] = ()
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    @property
    def folded(self) -> tuple[str, ...]:
        """Questions that a fold holds."""
        return tuple(name for fold in self.folds for name in fold.questions)


@dataclass(frozen=True)
class Flag:
    """A red flag or a combination rule. Any of `when` fires it. `hold` stops massage until cleared.
    `lowered_by`: a lookup under which the flag counts as self_care and holds nothing. `at_once`: its card waits for nothing."""

    id: str
    level: Level
    when: tuple[Lookup, ...]
    say: Text  # what to do, with {EMERG} {URGENT} {CRISIS} for the country's numbers
    because: Text  # what it can mean, in plain words
    sources: tuple[str, ...]
    actions: tuple[str, ...] = ()
    hold: bool = False
    hold_as: Literal["check", "bone", "sport"] = "check"  # what the hold is for; conditions look it up
    lowered_by: Lookup = field(default_factory=dict)
    phone: Text = ""  # first-person sentence for the phone slip
    at_once: bool = False
    no_plan: bool = False  # no plan at all, whatever the level (a child)
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
