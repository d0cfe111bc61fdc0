"""Reading: a person's answers as words that content can look up, with the flags that fire and the conditions that limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from planner.domain.active import Active, active_conditions, clearance_of, strictest_first
from planner.domain.answers import Answers, Value, chosen
from planner.domain.asking import Flag
from planner.domain.items import Suit
from planner.domain.lazy import Later, Lazy
from planner.domain.limits import Against, Limits, limits_of
from planner.domain.lines import Because
from planner.domain.lookups import Holding, Joined, Row, Table, Words, match, match_any
from planner.domain.model import Library
from planner.domain.plan_tables import HANDS_ON
from planner.domain.terms import Pairs, Position, Tier
from planner.domain.training import Ladder

__all__ = ["Active", "Reading", "Words", "match", "match_any", "said"]


LIMITED: Mapping[Tier, str] = {"none": "stopped", "breathing": "breathing", "starters": "starters", "all": "no"}
"""The tier of exercises, as content looks it up."""


class Fired(NamedTuple):
    """A flag that fires, and the answers that make it."""

    flag: Flag
    pairs: Pairs


Suited = Mapping[str, Sequence[Suit]]
"""Id of an item -> what of its points a person has."""


def suited_by(rows: Iterable[tuple[str, Suit]]) -> Suited:
    """What speaks for items, by the rows that hold."""
    found: dict[str, list[Suit]] = {}
    for name, suit in rows:
        if name in found:
            found[name].append(suit)
        else:
            found[name] = [suit]
    return found


@dataclass(frozen=True)
class Reading:
    """A person's answers read against the library: answers, facts, flags and conditions as words."""

    library: Library
    answers: Answers
    told: Words  # answers and facts: what flags rest on
    extra_words: Mapping[str, Value] = field(default_factory=dict)  # free text; decides nothing

    @Lazy
    def fired(self) -> tuple[Fired, ...]:
        """Every flag that fires, also those that a clinician's check has lowered, in file order."""
        return tuple([Fired(flag, pairs) for flag, pairs in self.holding(self.library.flag_table, self.told)])

    @Lazy
    def flags(self) -> tuple[Fired, ...]:
        """The flags that count: those that fire, less those that a clinician's check has lowered."""
        return tuple(one for one in self.fired if not lowered(one.flag, self.told))

    @Lazy
    def _with_flags(self) -> dict[str, Mapping[str, Pairs]]:
        holds: dict[str, Pairs] = {}
        for one in self.flags:
            if one.flag.hold:
                holds[one.flag.hold_as] = holds.get(one.flag.hold_as, ()) + one.pairs
        return {**self.told, "flag": {one.flag.id: one.pairs for one in self.flags}, "hold": holds or {"none": ()}}

    @Lazy
    def conditions(self) -> tuple[Active, ...]:
        """Conditions that apply, strictest first."""
        words = self._with_flags
        return strictest_first(active_conditions(self.holding(self.library.condition_table, words), words))

    @Lazy
    def limits(self) -> Limits:
        return limits_of(self.conditions, self._with_flags, self.library.policy.highest_pressure)

    @Lazy
    def clearance(self) -> Mapping[str, Pairs]:
        """What a clinician's yes would open, and the answers that shut it."""
        return clearance_of(self.conditions)

    @Lazy
    def words(self) -> dict[str, Mapping[str, Pairs]]:
        """Everything that a lookup may ask for."""
        shut = self.limits.shut
        return {
            **self._with_flags,
            "condition": {one.condition.id: one.pairs for one in self.conditions},
            "clearance": self.clearance,
            "may": {name: () for name in self.library.demands if name not in shut},
            "limited": {LIMITED[self.limits.tier]: ()},
        }

    @Lazy
    def holds(self) -> Holding:
        """What of all that is looked up by these words holds."""
        return self.held(self.library.tables.of_person, self.words)

    @Lazy
    def early(self) -> int:
        """What the answers and facts say of every lookup."""
        return self.library.early.told(self.told)

    def held(self, joined: Joined, words: Words) -> Holding:
        """What of these tables holds. `words`: the answers and facts of this reading, and what was made of them."""
        return Holding(joined.spans, words, self.library.early.signs(joined.whole, self.early, words))

    def holding(self, table: Table[Row], words: Words) -> Iterator[tuple[Row, Pairs]]:
        """Every row of a table that holds, with the answers of its first lookup that does. `words`: as for `held`."""
        return table.signed(self.library.early.signs(table, self.early, words), words)

    def first(self, table: Table[Row], words: Words) -> Row | None:
        """The first row that holds."""
        return table.first_picked(self.library.early.signs(table, self.early, words))

    def meant(self, section: str) -> list[Any]:
        """The items of a section that are meant for such a person, whatever limits say."""
        return self.holds.rows(self.library.tables.items[section])

    def suited(self, section: str) -> Suited:
        """What speaks for items of a section with this person."""
        return suited_by(self.holds.rows(self.library.tables.suits[section]))

    @Lazy
    def regions_off(self) -> list[frozenset[str]]:
        """Regions that a condition rests: no exercise is for these alone."""
        return [frozenset(one.condition.regions_off) for one in self.conditions if one.condition.regions_off]

    @Lazy
    def positions_only(self) -> list[tuple[Position, ...]]:
        """The only positions for a massage, of each condition that names some; those of whoever needs a seat first."""
        held = sorted((one.condition for one in self.conditions), key=lambda one: not one.positions_needed)
        return [one.positions_only for one in held if one.positions_only]

    @Lazy
    def positions_first(self) -> list[Position]:
        """The positions that conditions prefer."""
        return [place for one in self.conditions for place in one.condition.positions_first]

    @Lazy
    def ladders(self) -> list[Ladder]:
        """The ladders of exercises that count for this person."""
        return self.holds.rows(self.library.training.ladder_table)

    @Lazy
    def regions(self) -> frozenset[str]:
        """Where an exercise serves this person: the regions that hurt, and the whole body."""
        return frozenset(self.words.get("regions", ())) | {"whole"}

    def barred(self, section: str) -> set[str]:
        """The ids of the items of a section that a limit leaves out. A clinic's own items are not among them: nobody is proposed those."""
        found: set[str] = set()
        limits = self.limits
        for shut, table in zip((limits.shut, limits.shut_to_massage), self.library.tables.demanding[section], strict=True):
            found.update(*[table[name] for name in shut if name in table])
        return found

    def why_barred(self, demands: tuple[str, ...]) -> tuple[Because, ...]:
        """Why a limit leaves out what makes these demands: the strictest demand's reason and the person's answer; empty if none does."""
        if self.limits.shut_at_all.isdisjoint(demands):
            return ()
        massage = HANDS_ON in demands
        if not (first := self.limits.strictest(demands, massage=massage)):
            return ()
        if (known := self._why.get((first, massage))) is None:
            limits = self.limits
            known = self._why[first, massage] = self.because_of((limits.shut_to_massage if massage else limits.shut)[first])
        return known

    @Lazy
    def _why(self) -> dict[tuple[str, bool], tuple[Because, ...]]:
        return {}

    def because_of(self, against: Against) -> tuple[Because, ...]:
        """The demand's own reason, with the answers behind the condition."""
        reason, until = self.library.demands[against.demand].reason, against.active.condition.soft_until
        return self.because(f"{reason}: {until}" if until and against.force == "soft" else reason, against.active.pairs)

    def because(self, say: str, pairs: Pairs) -> tuple[Because, ...]:
        """One Because for each question among `pairs` (at most three), or a plain one where there are none."""
        key = (say, pairs)
        if (known := self._reasons.get(key)) is None:
            known = self._reasons[key] = self._because(say, pairs)
        return known

    def because_later(self, say: str, pairs: Pairs) -> Later[Because]:
        """The same, put into words when somebody reads it."""
        return Later(lambda: self.because(say, pairs))

    @Lazy
    def _reasons(self) -> dict[tuple[str, Pairs], tuple[Because, ...]]:
        """Reasons that were put into words: one condition often speaks against many items."""
        return {}

    def _because(self, say: str, pairs: Pairs) -> tuple[Because, ...]:
        if (quoted := self._quoted.get(pairs)) is None:
            quoted = self._quoted[pairs] = self._answers(pairs)
        return tuple([Because(say, *one) for one in quoted]) or (Because(say),)

    @Lazy
    def _quoted(self) -> dict[Pairs, tuple[tuple[str, str, str], ...]]:
        """Answers that were put into words: there are many reasons, and few answers behind them."""
        return {}

    def _answers(self, pairs: Pairs) -> tuple[tuple[str, str, str], ...]:
        """Of each question (at most three) its short name, the answer in words, and its id."""
        questions, named = self.library.questions, dict.fromkeys(question for question, _ in pairs)
        plain = {questions[question].says_more_than for question in named}
        asked = [question for question in named if question not in plain][:3]
        once = dict.fromkeys(pairs)
        return tuple(
            (questions[question].short, ", ".join(said(self.library, *pair) for pair in once if pair[0] == question), question)
            for question in asked
        )


def said_words(answers: Answers, names: Iterable[str]) -> dict[str, Mapping[str, Pairs]]:
    """The answers to these questions as words."""
    return {name: {word: ((name, word),) for word in chosen(answers, name)} for name in names if name in answers}


def lowered(flag: Flag, words: Words) -> bool:
    """True when a clinician has already checked what this flag asks a clinician to check."""
    return bool(flag.lowered_by) and match(flag.lowered_by, words) is not None


def said(library: Library, question: str, word: str) -> str:
    """An answer as it is quoted back to the person."""
    found = library.questions[question]
    if found.kind == "scale":
        return f"{word}/10"
    option = found.option.get(word)
    return word if option is None else option.said or option.label
