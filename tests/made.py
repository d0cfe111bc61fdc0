"""Made-up content for tests of the domain: exercises, styles, conditions and rows that say only what a test needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from planner.domain import journey
from planner.domain.days import Day, Walking
from planner.domain.lines import Line, MassagePart
from planner.domain.model import (
    Condition,
    Dose,
    DoseClass,
    Exercise,
    Flag,
    FrequencyRow,
    Habit,
    Library,
    Massage,
    SelfCare,
    Suit,
    Therapy,
)
from planner.domain.rules import Reading

EVERY = {"sources": ("product_rule",), "certainty": "low", "evidence": "evidence", "because": "plain"}

EVERYBODY = (Suit({}, 1, "for everybody"),)


def suited(points: int) -> tuple[Suit, ...]:
    return (Suit({}, points, "because"),)


def exercise(name: str, purpose: Any = "movement", start: Any = "standing", *, minutes: int = 1, begin: int = 0, **more: Any) -> Exercise:
    """An exercise for the low back, of whole minutes a day; the dose to begin with is the same unless it has minutes of its own."""
    usual = {"sources": ("product_rule",), "because": "plain", "demands": (), "regions": ("low",), "steps": ()}
    dose = f"made_{begin or minutes}_{minutes}"
    return Exercise(id=name, title=f"title of {name}", purpose=purpose, start=start, **{**usual, "dose": dose, **more})


def lasting(minutes: int, **more: Any) -> Dose:
    """A dose that takes so many minutes each time."""
    return Dose(seconds=60 * minutes - 15, **more)


MADE_DOSES = {
    f"made_{begin}_{minutes}": DoseClass(f"made_{begin}_{minutes}", lasting(begin), lasting(minutes), lasting(minutes + 1))
    for minutes in range(1, 21)
    for begin in range(1, minutes + 1)
}
"""Minutes at `start` and `build`; `strong` takes one more."""


def massage(name: str, **more: Any) -> Massage:
    usual = {
        "what": "",
        "pressure": (2, 3),
        "positions": ("prone", "supine"),
        "minutes": (30, 60),
        "clothes": "",
        "ask": "",
        "character": "table",
    }
    return Massage(id=name, title=f"title of {name}", **{**EVERY, **usual, **more})


def habit(name: str, **more: Any) -> Habit:
    return Habit(id=name, title=f"title of {name}", tip="", short=f"short of {name}", **{**EVERY, **more})


def selfcare(name: str, **more: Any) -> SelfCare:
    return SelfCare(id=name, title=f"title of {name}", say="", short=f"short of {name}", **{**EVERY, **more})


def therapy(name: str, slot: Any, **more: Any) -> Therapy:
    return Therapy(id=name, title=f"title of {name}", what="", dose_words="", slot=slot, **{**EVERY, **more})


def condition(name: str, **more: Any) -> Condition:
    """A condition that everybody has, unless it says otherwise."""
    usual = {"title": name, "when": ({},), "say": f"say {name}", "sources": ("product_rule",)}
    return Condition(id=name, **{**usual, **more})


def flag(name: str, level: Any = "see_clinician", **more: Any) -> Flag:
    """A flag that fires for everybody, unless it says otherwise."""
    usual = {"when": ({},), "say": "", "because": f"because {name}", "sources": ("product_rule",)}
    return Flag(id=name, level=level, **{**usual, **more})


def row(name: str, **more: Any) -> FrequencyRow:
    usual = {
        "when": {},
        "freq": "weekly",
        "minutes": 60,
        "block": 4,
        "then": "",
        "because": f"because {name}",
        "sources": ("product_rule",),
    }
    return FrequencyRow(id=name, **{**usual, **more})


def among(items: Iterable[Any]) -> dict[str, Any]:
    return {one.id: one for one in items}


def with_items(library: Library, **kinds: Iterable[Any]) -> Library:
    """The library with these items alone, as in exercises=[...]; kinds that are not named stay."""
    changes: dict[str, Any] = {kind: among(items) for kind, items in kinds.items()}
    return replace(library, **{"doses": {**library.doses, **MADE_DOSES}, **changes})


def with_policy(library: Library, **changes: Any) -> Library:
    return replace(library, policy=replace(library.policy, **changes))


def with_training(library: Library, **changes: Any) -> Library:
    return replace(library, training=replace(library.training, **changes))


def with_schedule(library: Library, **changes: Any) -> Library:
    return replace(library, schedule=replace(library.schedule, **changes))


def a_few_items(library: Library) -> Library:
    """A few items of each kind; nothing is a flag or a condition, and the policy has no words or tags of its own."""
    thrice = Dose(seconds=45, days_a_week=3)
    held = with_items(
        library,
        flags=(),
        conditions=(),
        massages=[massage("rub", tags=("fragrance_free",))],
        exercises=[
            exercise("stand", order=10),
            exercise("lie", "strength", "supine", dose="thrice", regions=("low", "hip"), short="lie down"),
        ],
        doses=[*MADE_DOSES.values(), DoseClass("thrice", thrice, thrice, thrice)],
        habits=[habit("sit", suits=suited(4)), habit("lift", suits=suited(5)), habit("nobody")],
        selfcare=[selfcare("walk"), selfcare("ball", suits=EVERYBODY), selfcare("heat", suits=suited(3))],
        therapies=[therapy("yoga", "first", suits=EVERYBODY), therapy("calm", "mind", suits=EVERYBODY)],
    )
    rules: dict[str, Any] = {"always_selfcare": ("walk",), "home_massage": "ball", "tag": (), "headline": (), "lead": (), "note": ()}
    return with_schedule(with_policy(held, **rules), frequency=(row("any"),))


def reading_of(library: Library, **answers: Any) -> Reading:
    """A Reading of these answers alone."""
    return journey.reading_of(library, answers)


def line_of(item: Exercise, *weeks: Dose, **more: Any) -> Line:
    """An exercise as a line. `weeks`: its dose of each week; one alone holds for all four, none is a minute a day."""
    found = weeks or (lasting(1),)
    doses = found * 4 if len(found) == 1 else found
    return Line(f"exercise:{item.id}", "exercises", item.title, item, (), "low", (), doses=doses, **{"dose_steps": ("start",) * 4, **more})


def part_of(freq: str, block: int) -> MassagePart:
    """A massage section with one style, so often, with a row of so many sessions."""
    held = row("row", freq=freq, block=block)
    style = massage("rub")
    line = Line("massage:rub", "massage", style.title, style, (), "low", ())
    return MassagePart(False, False, (line,), 3, 2, (), (), 30, held.freq, held, (), (), (), (), home=False)


NO_WALK = Walking("", (), (), (), "", pushing=False)
"""Words alone, and none of them."""


def walked(week: tuple[Day, ...]) -> list[int]:
    """Minutes of walking from Monday to Sunday."""
    return [day.walk for day in week]
