"""The content as Booleans: which answers there can be, which flags and conditions they set off, and what may then be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import z3

from planner.domain.conditions import NOT_BY_EXERCISE, Condition
from planner.domain.items import Exercise, Item, Massage
from planner.domain.journey import ask_order
from planner.domain.limits import dose_cap
from planner.domain.model import LEVELS, Flag, Library
from planner.domain.ranking import of_its_people
from planner.domain.terms import TIERS, Lookup
from planner.library.proof.tracing import ANSWERED, Atom, Tree, in_order, trees_of_fact, words

Formula = Any
"""z3's BoolRef; the solver carries no types."""


class SolverModel:
    """One person, unknown. Every question's options are Booleans; all else follows from them. `tag` keeps two people apart."""

    def __init__(self, library: Library, tag: str = "") -> None:
        self.library = library
        self.tag = tag
        self.answer: dict[Atom, Formula] = {
            (question.id, word): z3.Bool(f"{tag}{question.id}={word}")
            for question in library.questions.values()
            for word in words(question)
        }
        self.said: dict[Atom, Formula] = {}
        self.applies: dict[str, Formula] = {}  # condition -> a variable that says whether it applies
        self.definitions: list[Formula] = []  # of these two
        for name in in_order(library):
            self._add_fact(name)
        for one in library.conditions.values():
            self.applies[one.id] = z3.Bool(f"{tag}condition:{one.id}")
            self.definitions.append(self.applies[one.id] == self.any_of(one.when))

    def _add_fact(self, name: str) -> None:
        """A fact's words as variables, each defined by the decisions that lead to it."""
        for word, tree in self.trees(name).items():
            self.said[(name, word)] = z3.Bool(f"{self.tag}{name}:{word}")
            self.definitions.append(self.said[(name, word)] == self._tree(tree))

    def trees(self, name: str) -> Mapping[str, Tree]:
        key = (self.library.version, name)
        if key not in TREES:
            TREES[key] = trees_of_fact(self.library, name)
        return TREES[key]

    def _tree(self, tree: Tree) -> Formula:
        if isinstance(tree, bool):
            return z3.BoolVal(tree)
        atom, yes, no = tree
        return z3.If(self.atom(atom), self._tree(yes), self._tree(no))

    def atom(self, atom: Atom) -> Formula:
        name, word = atom
        if word == ANSWERED:
            return z3.Or([formula for (question, _), formula in self.answer.items() if question == name])
        return self.answer.get(atom, self.said.get(atom, z3.BoolVal(False)))

    def word(self, key: str, word: str) -> Formula:
        """Whether a lookup's key says a word."""
        if key == "flag":
            return self.counts(self.library.flags[word])
        if key == "hold":
            holds = [flag for flag in self.library.flags.values() if flag.hold and word in (flag.hold_as, "none")]
            some = z3.Or([self.counts(flag) for flag in holds])
            return z3.Not(some) if word == "none" else some
        if key == "condition":
            return self.applies[word]
        if key == "checkable":
            return z3.Or([self.fires(flag) for flag in self.library.flags.values() if flag.lowered_by])
        if key == "clearance":
            return z3.Or([self.applies[one.id] for one in self.library.conditions.values() if opens_by_yes(one, word)])
        if key == "limited":
            return self.limited(word)
        if key == "may":
            return z3.Not(self.shut(word))
        return self.atom((key, word))

    def limited(self, word: str) -> Formula:
        """Which tier this person is in, as content looks it up."""
        if word == "no":
            return z3.Not(self.tier_at_most("starters"))
        if word == "stopped":
            return self.tier_at_most("none")
        lower = TIERS[TIERS.index(word) - 1]
        return z3.And(self.tier_at_most(word), z3.Not(self.tier_at_most(lower)))

    def lookup(self, when: Lookup) -> Formula:
        return z3.And([z3.Or([self.word(key, word) for word in wanted]) for key, wanted in when.items()])

    def any_of(self, lookups: Iterable[Lookup]) -> Formula:
        found = [self.lookup(one) for one in lookups]
        return z3.Or(found) if found else z3.BoolVal(True)

    def fires(self, flag: Flag) -> Formula:
        return self.any_of(flag.when)

    def counts(self, flag: Flag) -> Formula:
        """It fires, and no earlier check has lowered it."""
        if not flag.lowered_by:
            return self.fires(flag)
        return z3.And(self.fires(flag), z3.Not(self.lookup(flag.lowered_by)))

    @cached_property
    def journey(self) -> list[Formula]:
        """What answers there can be: an asked question has one answer (or some, of "select all"), another has none."""
        rules = []
        for question in ask_order(self.library):
            options = [self.answer[(question.id, word)] for word in words(question)]
            asked = self.lookup(question.ask_if)
            many = question.kind in ("many", "areas")
            rules.append(z3.If(asked, z3.Or(options) if many else z3.PbEq([(one, 1) for one in options], 1), z3.Not(z3.Or(options))))
            if many and question.none:
                others = [formula for (name, word), formula in self.answer.items() if name == question.id and word != question.none]
                rules.append(z3.Implies(self.answer[(question.id, question.none)], z3.Not(z3.Or(others))))
        return rules

    def level_at_least(self, level: str) -> Formula:
        least = LEVELS.index(level)
        flags = [self.counts(flag) for flag in self.library.flags.values() if LEVELS.index(flag.level) >= least]
        refer = [self.applies[one.id] for one in self.library.conditions.values() if one.refer] if least <= 1 else []
        return z3.Or([*flags, *refer])

    @cached_property
    def no_plan(self) -> Formula:
        return z3.Or([self.level_at_least("urgent"), *(self.counts(flag) for flag in self.library.flags.values() if flag.no_plan)])

    def cleared(self, what: str) -> Formula:
        return self.atom((f"{what}_cleared", "yes"))

    def shut(self, demand: str, *, massage: bool = False) -> Formula:
        """A demand that this person's conditions bar, leave to a clinician's yes that is not given, or leave out by default."""
        held = self.library.conditions.values()
        bars = [self.applies[one.id] for one in held if demand in one.bars or demand in one.soft]
        asks = [self.applies[one.id] for one in held if demand in one.ask]
        if demand in NOT_BY_EXERCISE and not massage:
            return z3.Or([*bars, *asks])
        return z3.Or([*bars, z3.And(z3.Or(asks), z3.Not(self.cleared("massage" if massage else "exercise")))])

    def barred(self, demand: str) -> Formula:
        return z3.Or([self.applies[one.id] for one in self.library.conditions.values() if demand in one.bars])

    def tier_at_most(self, tier: str, conditions: Iterable[Condition] | None = None) -> Formula:
        """True when some condition lets in no more than this tier. `conditions`: only these are looked at."""
        most = TIERS.index(tier)
        cleared = self.cleared("exercise")
        rows = [
            z3.And(
                self.applies[one.id], z3.Or(TIERS.index(one.tier_cleared) <= most, z3.And(TIERS.index(one.tier) <= most, z3.Not(cleared)))
            )
            for one in (self.library.conditions.values() if conditions is None else conditions)
            if TIERS.index(one.tier) <= most or TIERS.index(one.tier_cleared) <= most
        ]
        return z3.Or(rows)

    def capped_at_start(self) -> Formula:
        cleared = self.cleared("exercise")
        rows = [
            z3.And(self.applies[one.id], z3.If(cleared, dose_cap(one, cleared=True) == "start", dose_cap(one, cleared=False) == "start"))
            for one in self.library.conditions.values()
        ]
        return z3.Or(rows)

    def may_be_shown(self, item: Item) -> Formula:
        """Whether an item may be on this person's plan."""
        massage = "touch" in item.demands
        open_ = [z3.Not(self.shut(demand, massage=massage)) for demand in item.demands]
        parts = [z3.Not(self.no_plan), self.any_of(item.when), *open_]
        if isinstance(item, Exercise):
            parts += [self.serves(item), self.in_tier(item)]
            if item.needs == "band":
                parts.append(self.atom(("equipment", "band")))
        if isinstance(item, Massage):
            parts += [z3.Not(self.massage_held), self.style_fits(item)]
        return z3.And(parts)

    def serves(self, item: Exercise) -> Formula:
        return z3.BoolVal(True) if "whole" in item.regions else z3.Or([self.atom(("regions", region)) for region in item.regions])

    def in_tier(self, item: Exercise) -> Formula:
        breathing, starters = self.tier_at_most("breathing"), self.tier_at_most("starters")
        only = item.id == self.library.policy.only_breathing
        tier = z3.If(breathing, z3.And(z3.Not(self.tier_at_most("none")), only), z3.Or(z3.Not(starters), self.is_starter(item)))
        resting = [one for one in self.library.conditions.values() if one.regions_off and set(item.regions) <= set(one.regions_off)]
        rests = [self.applies[one.id] for one in resting]
        return z3.And(tier, z3.Not(z3.Or(rests)))

    def is_starter(self, item: Exercise) -> Formula:
        if not item.starter_for:
            return z3.BoolVal(item.starter)
        others = [one for one in self.library.conditions.values() if not of_its_people(item, one)]
        return z3.Or(item.starter, z3.And(self.any_of(item.starter_for), z3.Not(self.tier_at_most("starters", others))))

    @cached_property
    def massage_held(self) -> Formula:
        """A flag's hold, a condition that stops massage or lets in gentle moves alone, or a wish not to be touched."""
        holds = [self.counts(flag) for flag in self.library.flags.values() if flag.hold]
        rows = []
        for one in self.library.conditions.values():
            rises = {rise.level: self.lookup(rise.when) for rise in one.level_if}
            absolute = z3.Or(one.level == "absolute", rises.get("absolute", z3.BoolVal(False)))
            clinician = z3.Or(one.level == "clinician", rises.get("clinician", z3.BoolVal(False)))
            rows.append(z3.And(self.applies[one.id], z3.Or(absolute, z3.And(clinician, z3.Not(self.cleared("massage"))))))
        gentle = [self.applies[one.id] for one in self.library.conditions.values() if one.tier != "all"]
        return z3.Or([*holds, *rows, *gentle, self.atom(("touch_declined", "yes"))])

    def style_fits(self, item: Massage) -> Formula:
        """No condition leaves it out by name, its lightest pressure is allowed, and a position is left."""
        held = self.library.conditions.values()
        named = [self.applies[one.id] for one in held if (one.only and item.id not in one.only) or item.id in one.soft_styles]
        capped = [self.applies[one.id] for one in held if one.cap < item.pressure[0]]
        wish = [self.atom(("pressure_pref", word)) for word, most in {"light": 2, "medium": 3}.items() if most < item.pressure[0]]
        place = [z3.Not(z3.Or([self.applies[one.id] for one in held if place in one.positions_off])) for place in item.positions]
        return z3.And(z3.Not(z3.Or([*named, *capped, *wish])), z3.Or(place))


TREES: dict[tuple[str, str], Mapping[str, Tree]] = {}
"""Content version and fact -> its decisions: worked out once, used for every person of the model."""


def opens_by_yes(one: Condition, what: str) -> bool:
    """True when a clinician's yes to this (massage or exercise) opens something that the condition shuts."""
    if what == "massage":
        return one.level == "clinician" or any(rise.level == "clinician" for rise in one.level_if)
    return one.opened_by_yes
