"""What holds for every plan: sources, facts in words, schedule, policy, countries, myths and advice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import ClassVar, Literal

from planner.domain.lookups import Table
from planner.domain.terms import STRICT, Lookup, Text, Verbatim
from planner.domain.waiting import Waiting


@dataclass(frozen=True)
class Source:
    id: str
    title: Verbatim  # of a published work, in its own language
    publisher: Verbatim  # a name
    year: int  # 0 where a page carries no year
    url: str
    checked: date
    found: Text
    certainty: Verbatim  # one of `Certainty` is printed in our words; anything else is for those who read the file
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class FactWords:
    """A fact in words. `words`: every word it can give -> how to say it."""

    id: str
    means: Text
    words: Mapping[str, Text]
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Sentence:
    """Words for those whom `when` names (any of its lookups; none = everybody)."""

    id: str
    say: Text
    when: tuple[Lookup, ...] = ()
    instead: tuple[str, ...] = ()  # ids of sentences that this one takes the place of
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


MedicinePart = Literal["tablets", "paracetamol", "gel", "visit", "driving", "always"]
MEDICINE_PARTS: tuple[MedicinePart, ...] = ("tablets", "paracetamol", "gel", "visit", "driving", "always")
"""In the order in which they are printed."""


@dataclass(frozen=True)
class MedicineRow:
    """What a plan says about medicines. Of each part the first row that matches is printed. Source: clinical safety, section 5."""

    id: str
    part: MedicinePart
    say: Text
    when: tuple[Lookup, ...] = ()
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class StopBox:
    """When to get help: at once, and today. Personal sentences stand first. Source: clinical safety 4.1."""

    now: tuple[Sentence, ...]
    ring: tuple[Sentence, ...]  # whom these people ring themselves
    today: tuple[Sentence, ...]
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    @cached_property
    def tables(self) -> tuple[Table[Sentence], Table[Sentence], Table[Sentence]]:
        """Now; ring; ring or today."""
        return Table.of(self.now), Table.of(self.ring), Table.of((*self.ring, *self.today))


@dataclass(frozen=True)
class Pack:
    """A named set of answers a therapist starts from. Questions it does not name take their default."""

    id: str
    title: Text
    answers: Mapping[str, str | int | tuple[str, ...]]
    key: Literal[0, 1, 2, 3, 4, 5, 6, 7, 8, 9] = 0  # the digit that chooses it, unless a clinic gives that to a pack of its own
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Country:
    id: str
    name: Text
    emergency: Text
    urgent: Text = ""  # number or service for "today"
    crisis: str = ""  # only a line that is confirmed to answer day and night
    crisis_name: Text = ""
    urgent_name: Text = ""
    urgent_more: Text = ""  # a sentence of its own: another number for today, in parts of the country
    crisis_more: Text = ""  # and another one to talk to
    child_more: Text = ""
    hospital: Text = ""  # what the emergency department is called there
    gp: Text = "doctor"  # who looks after people near home
    physio: Text = "physio"
    midwife: Text = "midwife"
    maternity: Text = "maternity unit"
    paracetamol: Text = "paracetamol"
    service: Text = ""  # how one gets a falls, pelvic health or pain service
    child: Text = ""  # a line for children and young people
    paper: Literal["A4", "Letter"] = "A4"
    pounds: bool = False  # weights are said in pounds too
    words: tuple[tuple[Verbatim, Verbatim], ...] = ()  # what British words are called there: ("tummy", "belly")
    finder: tuple[Text, ...] = ()  # how to check a therapist there
    languages: tuple[str, ...] = ()  # browser language tags that suggest it, e.g. en-GB
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Action:
    """What triage asks for. `heading` stands on the card that says so, `say` in lists. `beats`: what it takes the place of.
    `beside`: what it says instead where another is asked for too, by that other's id; nothing, where that one says it all."""

    id: str
    heading: Text
    say: Text
    beats: tuple[str, ...] = ()
    beside: dict[str, Text] = field(default_factory=dict)
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Myth:
    id: str
    claim: Text
    truth: Text
    sources: tuple[str, ...]
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Advice:
    """Short lists: preparing for a massage, finding a therapist, what to expect, work, a flare."""

    before: tuple[Sentence, ...]
    during: tuple[Sentence, ...]
    after: tuple[Sentence, ...]
    seek_help: tuple[Sentence, ...]
    trained: tuple[Sentence, ...]  # in what a therapist is trained; the first is for everybody
    questions: tuple[Sentence, ...]  # for a therapist
    walk_away: tuple[Text, ...]
    words_used: tuple[Sentence, ...]  # words that a therapist may use; `id` is no more than a name
    flare: tuple[Sentence, ...]
    expect: tuple[Sentence, ...]
    work: tuple[Sentence, ...]
    move_on: tuple[Sentence, ...]  # when to stop, and when to do more or less
    review: tuple[Sentence, ...]  # what to look at in the four weeks, and what follows
    while_you_wait: tuple[Waiting, ...]
    crisis_thanks: Text
    crisis_steps: tuple[Text, ...]  # the second comes first in danger; the first needs a line that answers day and night
    crisis_no_line: Text  # in place of the first two
    crisis_after: Text
    sources: tuple[str, ...]
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    @cached_property
    def tables(self) -> Mapping[str, Table[Sentence]]:
        """The lists that a plan holds, by their names."""
        here = ("expect", "move_on", "review", "work", "flare")
        around = ("before", "during", "after", "seek_help", "trained", "questions")
        return {name: Table.of(getattr(self, name)) for name in (*here, *around)}
