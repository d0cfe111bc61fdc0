"""The promises as theorems: each is a search for a person who breaks it. Nobody found, over every set of answers, is a proof."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import z3

from planner.domain.model import Library
from planner.library.proof.least import asking, least_shut
from planner.library.proof.solver_model import Formula, SolverModel

SECONDS_A_SEARCH = 60


@dataclass(frozen=True)
class Proved:
    """One theorem: whether it holds, in how many seconds, and a person who breaks it if it does not."""

    name: str
    holds: bool
    seconds: float
    searches: int
    person: dict[str, Any] | None = None
    about: str = ""  # what could not fire or be reached, or what the person has


class Prover:
    """A solver that knows what answers there can be. `second`: another person, for theorems about two."""

    def __init__(self, library: Library, *, pair: bool = False) -> None:
        self.library = library
        self.one = SolverModel(library)
        self.two = SolverModel(library, "other ") if pair else None
        self.solver = z3.Solver()
        self.solver.set("timeout", SECONDS_A_SEARCH * 1000)
        for model in filter(None, (self.one, self.two)):
            self.solver.add(*model.journey, *model.definitions)
        self.searches = 0

    @property
    def pair(self) -> tuple[SolverModel, SolverModel]:
        """The two people. ValueError for a prover of one."""
        if self.two is None:
            raise ValueError("a theorem about two needs a prover of two")
        return self.one, self.two

    def person(self, *parts: Formula) -> dict[str, Any] | None:
        """Somebody for whom all of it holds; None if there can be nobody. RuntimeError if the time did not suffice."""
        self.searches += 1
        self.solver.push()
        self.solver.add(*parts)
        found = self.solver.check()
        answers = self._answers(self.solver.model()) if found == z3.sat else None
        self.solver.pop()
        if found == z3.unknown:
            raise RuntimeError("the solver ran out of time")
        return answers

    def _answers(self, model: Any) -> dict[str, Any]:
        held: dict[str, list[str]] = {}
        for (question, word), formula in self.one.answer.items():
            if z3.is_true(model.eval(formula)):
                held.setdefault(question, []).append(word)
        kinds = {name: question.kind for name, question in self.library.questions.items()}
        return {
            name: found if kinds[name] in ("many", "areas") else int(found[0]) if kinds[name] == "scale" else found[0]
            for name, found in held.items()
        }


Found = tuple[dict[str, Any] | None, str]


def no_barred_demand(prover: Prover) -> Found:
    """No item with a demand that somebody's conditions bar may be shown to them."""
    model = prover.one
    for kind in ("exercises", "massages", "habits", "selfcare", "therapies"):
        for item in getattr(prover.library, kind).values():
            barred = z3.Or([model.barred(demand) for demand in item.demands])
            if person := prover.person(model.may_be_shown(item), barred):
                return person, f"{kind}: {item.id}"
    return None, ""


def least_is_shut(prover: Prover) -> Found:
    """What the reference shuts for certain answers is shut, whatever limits the content holds."""
    model = prover.one
    for question, answer, demands in least_shut():
        shown = z3.Or([model.may_be_shown(item) for item in asking(prover.library, demands)])
        if person := prover.person(model.atom((question, answer)), shown):
            return person, f"{question}: {answer}"
    return None, ""


def stop_gives_nothing(prover: Prover) -> Found:
    """At urgent and emergency nothing may be shown."""
    model = prover.one
    items = [item for kind in ("exercises", "massages") for item in getattr(prover.library, kind).values()]
    return prover.person(model.level_at_least("urgent"), z3.Or([model.may_be_shown(item) for item in items])), ""


def unlimited(prover: Prover) -> list[Formula]:
    """People to whom every tier is open, who can get more than half a dose, and who are not held down to starters."""
    model = prover.one
    return [z3.Not(model.no_plan), z3.Not(model.tier_at_most("starters"))]


def something_remains(purpose: str) -> Callable[[Prover], Found]:
    def search(prover: Prover) -> Found:
        model = prover.one
        items = [item for item in prover.library.exercises.values() if item.purpose == purpose and item.level == 1]
        for region in ("neck", "upper", "mid", "low", "hip", "leg_nerve"):
            shown = z3.Or([model.may_be_shown(item) for item in items])
            if person := prover.person(*unlimited(prover), model.atom(("regions", region)), z3.Not(shown)):
                return person, f"{purpose} for {region}"
        return None, ""

    search.__doc__ = f"Everybody to whom exercises are open has one for {purpose} at the lowest level, wherever it hurts."
    return search


def starters_remain(prover: Prover) -> Found:
    """Whoever waits for a check has a starter, and whoever may only breathe has that."""
    model = prover.one
    starters = [item for item in prover.library.exercises.values() if item.starter]
    limited = z3.And(model.tier_at_most("starters"), z3.Not(model.tier_at_most("none")))
    return prover.person(z3.Not(model.no_plan), limited, z3.Not(z3.Or([model.may_be_shown(item) for item in starters]))), ""


def everything_fires(prover: Prover) -> Found:
    """Every flag, condition, fact and medicine row can come true for somebody."""
    model = prover.one
    parts = [(f"flag {flag.id}", model.fires(flag)) for flag in prover.library.flags.values()]
    parts += [(f"condition {name}", formula) for name, formula in model.applies.items()]
    parts += [(f"fact {name}: {word}", formula) for (name, word), formula in model.said.items()]
    dead = [name for name, formula in parts if prover.person(formula) is None]
    return ({}, ", ".join(dead)) if dead else (None, "")


def everything_reached(prover: Prover) -> Found:
    """Every exercise, style, habit, self-care and therapy may be shown to somebody."""
    kinds = ("exercises", "massages", "habits", "selfcare", "therapies")
    items = [(kind, item) for kind in kinds for item in getattr(prover.library, kind).values()]
    dead = [f"{kind}: {item.id}" for kind, item in items if prover.person(prover.one.may_be_shown(item)) is None]
    return ({}, ", ".join(dead)) if dead else (None, "")


def massage_or_reason(prover: Prover) -> Found:
    """For every two conditions there is either a style, or a condition, a wish or a flag that says why there is none."""
    model = prover.one
    styles = z3.Or([model.may_be_shown(item) for item in prover.library.massages.values()])
    reasons = [one for name, one in model.applies.items() if explains(prover.library, name)]
    wish = z3.Or([model.atom(("pressure_pref", word)) for word in ("none", "light", "medium")])
    return prover.person(z3.Not(model.no_plan), z3.Not(styles), z3.Not(model.massage_held), z3.Not(z3.Or([*reasons, wish]))), ""


def explains(library: Library, name: str) -> bool:
    """True for a condition that takes styles away and has words for it."""
    one = library.conditions[name]
    limits = one.bars or one.soft or one.ask or one.only or one.positions_off or one.cap < library.policy.highest_pressure
    return bool(one.say and limits)


def more_conditions_open_nothing(prover: Prover) -> Found:
    """Of two people with the same wishes and clearances, the one with more conditions has no demand open that the other has not."""
    one, two = prover.pair
    more = [z3.Implies(one.applies[name], two.applies[name]) for name in one.applies]
    same = [one.cleared(what) == two.cleared(what) for what in ("massage", "exercise")]
    for demand in prover.library.demands:
        for massage in (False, True):
            opened = z3.And(one.shut(demand, massage=massage), z3.Not(two.shut(demand, massage=massage)))
            if person := prover.person(*more, *same, opened):
                return person, demand
    for tier in ("none", "breathing", "starters"):
        if person := prover.person(*more, *same, one.tier_at_most(tier), z3.Not(two.tier_at_most(tier))):
            return person, f"tier {tier}"
    return prover.person(*more, *same, one.capped_at_start(), z3.Not(two.capped_at_start())), "dose"


SINGLE: dict[str, Callable[[Prover], Found]] = {
    "no item with a barred demand": no_barred_demand,
    "the least is shut, limits or not": least_is_shut,
    "urgent and emergency give no plan": stop_gives_nothing,
    "a movement for everybody": something_remains("movement"),
    "a strength exercise for everybody": something_remains("strength"),
    "a starter for everybody who waits": starters_remain,
    "every flag, condition and fact can fire": everything_fires,
    "every item can be reached": everything_reached,
    "a massage or a reason": massage_or_reason,
}
PAIRS: dict[str, Callable[[Prover], Found]] = {"adding a condition opens nothing": more_conditions_open_nothing}


def prove(library: Library) -> Iterator[Proved]:
    """Every theorem, proved or broken, one after the other."""
    for pair, theorems in ((False, SINGLE), (True, PAIRS)):
        prover = Prover(library, pair=pair)
        for name, search in theorems.items():
            began, before = perf_counter(), prover.searches
            person, about = search(prover)
            yield Proved(name, person is None, perf_counter() - began, prover.searches - before, person, about)
