"""Made-up content for tests of the domain: exercises, styles, cautions and rows that say only what a test needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from planner.domain import journey
from planner.domain.days import Day
from planner.domain.lines import Line, MassagePart
from planner.domain.model import Caution, Dose, Doses, Exercise, Flag, FrequencyRow, Habit, Library, Massage, SelfCare, Suit, Therapy
from planner.domain.rules import Reading

EVERY = {"sources": ("product_rule",), "certainty": "low", "evidence": "evidence"}

EVERYBODY = (Suit({}, 1, "for everybody"),)


def suited(points: int) -> tuple[Suit, ...]:
    return (Suit({}, points, "because"),)


def exercise(name: str, kind: Any = "movement", start: Any = "standing", *, minutes: int = 1, beginner: int = 0, **more: Any) -> Exercise:
    """An exercise of whole minutes a day; the beginner's dose is the same unless it has minutes of its own."""
    normal = Dose(seconds=60 * minutes - 15)
    doses = Doses(beginner=Dose(seconds=60 * beginner - 15) if beginner else normal, normal=normal)
    usual = {"steps": (), "dose": doses, "easier": "", "easier_say": "", "stop_if": ""}
    return Exercise(id=name, title=f"title of {name}", kind=kind, start=start, **{**EVERY, **usual, **more})


def massage(name: str, **more: Any) -> Massage:
    usual = {"what": "", "pressure": (2, 3), "positions": ("prone", "supine"), "minutes": (30, 60), "clothes": "", "ask": ""}
    return Massage(id=name, title=f"title of {name}", **{**EVERY, **usual, **more})


def habit(name: str, **more: Any) -> Habit:
    return Habit(id=name, title=f"title of {name}", tip="", short=f"short of {name}", **{**EVERY, **more})


def selfcare(name: str, **more: Any) -> SelfCare:
    return SelfCare(id=name, title=f"title of {name}", say="", short=f"short of {name}", **{**EVERY, **more})


def therapy(name: str, kind: Any, **more: Any) -> Therapy:
    return Therapy(id=name, title=f"title of {name}", what="", dose_words="", kind=kind, **{**EVERY, **more})


def caution(name: str, **more: Any) -> Caution:
    """A caution that everybody has, unless it says otherwise."""
    usual = {"title": name, "when": ({},), "level": "modify", "say": f"say {name}", "sources": ("product_rule",)}
    return Caution(id=name, **{**usual, **more})


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
    return replace(library, **changes)


def with_policy(library: Library, **changes: Any) -> Library:
    return replace(library, policy=replace(library.policy, **changes))


def with_schedule(library: Library, **changes: Any) -> Library:
    return replace(library, schedule=replace(library.schedule, **changes))


def a_few_items(library: Library) -> Library:
    """A few items of each kind; nothing is a flag or a caution, and the policy has no words or tags of its own."""
    thrice = Dose(seconds=45, days_a_week=3)
    held = with_items(
        library,
        flags=(),
        cautions=(),
        massages=[massage("rub", tags=("fragrance_free",))],
        exercises=[exercise("stand"), exercise("lie", "strength", "supine", dose=Doses(thrice, thrice), suits=suited(5), short="lie down")],
        habits=[habit("sit", suits=EVERYBODY), habit("lift", suits=suited(2)), habit("nobody")],
        selfcare=[selfcare("walk"), selfcare("ball", suits=EVERYBODY), selfcare("heat", suits=suited(3))],
        therapies=[therapy("yoga", "movement", suits=EVERYBODY), therapy("calm", "mind_body", suits=EVERYBODY)],
    )
    rules: dict[str, Any] = {"always_selfcare": ("walk",), "home_massage": "ball", "tag": (), "headline": (), "lead": (), "note": ()}
    return with_schedule(with_policy(held, **rules), frequency=(row("any"),))


def reading_of(library: Library, **answers: Any) -> Reading:
    """A Reading of these answers alone."""
    return journey.reading_of(library, answers)


def line_of(item: Exercise, dose: Dose | None = None, **more: Any) -> Line:
    return Line(f"exercise:{item.id}", "exercises", item.title, item, (), "low", (), dose=dose or item.dose.normal, **more)


def part_of(freq: str, block: int) -> MassagePart:
    """A massage section so often, with a row of so many sessions."""
    held = row("row", freq=freq, block=block)
    return MassagePart(False, False, (), 3, 2, (), (), 30, held.freq, held, (), (), (), home=False)


def walked(week: tuple[Day, ...]) -> list[int]:
    """Minutes of walking from Monday to Sunday."""
    return [day.walk for day in week]
