"""The vocabulary of the domain: nothing in it can be changed once made, and what content may leave out limits nobody."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil

import pytest

from planner import domain
from planner.domain.model import Caution, Country, Dose, Flag, Library, Option, Page, Question
from tests.made import caution, exercise, massage, selfcare

MODULES = [importlib.import_module(f"planner.domain.{one.name}") for one in pkgutil.iter_modules(domain.__path__)]
KINDS: set[type] = {kind for module in MODULES for _, kind in inspect.getmembers(module, inspect.isclass) if dataclasses.is_dataclass(kind)}


@pytest.mark.parametrize("kind", sorted(KINDS, key=str), ids=lambda kind: kind.__name__)
def test_everything_is_frozen(kind: type) -> None:
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]


def test_a_caution_that_says_no_more_limits_nothing() -> None:
    one = caution("one")
    assert (one.cap, one.begin, one.minutes_max, one.order) == (4, 0, 60, 100)
    assert (one.tier, one.medical) == ("self_care", True)
    rest = [getattr(one, field.name) for field in dataclasses.fields(Caution) if field.default == ()]
    assert len(rest) == 9 and not any(rest)
    assert (one.position_note, one.tell) == ("", "")


def test_a_flag_that_says_no_more_holds_nothing() -> None:
    one = Flag(id="one", level="urgent", when=(), say="", because="", sources=())
    assert (one.hold, one.no_plan, one.actions, one.lowered_by, one.phone) == (False, False, (), {}, "")


def test_a_dose_that_says_no_more_is_once_a_day_every_day() -> None:
    assert dataclasses.asdict(Dose()) == {
        **{"sets": 1, "repeats": 0, "hold_seconds": 0, "seconds": 0},
        **{"sides": 1, "times_a_day": 1, "days_a_week": 7, "note": ""},
    }


def test_an_item_that_says_no_more_is_for_everybody() -> None:
    item = selfcare("one")
    assert (item.when, item.avoid, item.suits, item.adapt, item.tags, item.because, item.order) == ((), (), (), (), (), "", 100)
    assert (exercise("one").starter, exercise("one").progress, massage("one").mind) == (False, "", "")


def test_a_question_that_says_no_more_is_always_asked() -> None:
    one = Question(id="one", kind="one", ask="", short="", default="")
    rest = ("options", "ask_if", "hint", "why", "tick", "tick_hint", "none", "ends", "own_words", "own_words_label", "reopens")
    assert not any(getattr(one, name) for name in rest) and one.own_words_max == 80
    held = Page(id="one", kind="form", title="", questions=())
    assert (held.safety, held.none, held.hint, held.why, held.section) == (False, "", "", "", "")
    assert (Option("one", "One").hint, Option("one", "One").said) == ("", "")


def test_a_country_that_says_no_more_prints_on_a4() -> None:
    one = Country(id="one", name="One", emergency="1")
    rest = [getattr(one, field.name) for field in dataclasses.fields(Country) if field.name not in ("id", "name", "emergency", "paper")]
    assert one.paper == "A4" and not any(rest)


def test_the_library_holds_every_kind_of_content(library: Library) -> None:
    assert all(getattr(library, field.name) for field in dataclasses.fields(Library))
