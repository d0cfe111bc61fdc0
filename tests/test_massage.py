"""The massage of a plan: the strictest of every caution, which styles are left, how firm, how long and how often."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.lines import LeftOut, MassagePart
from planner.domain.massage import NO_MORE, less_often, limits, massage_part
from planner.domain.model import Adapt, FrequencyRow, Library, Suit
from tests.made import caution, massage, reading_of, row, with_items, with_policy, with_schedule

POOR = {"balance": ("poor",)}
SWEDISH = massage("swedish", suits=(Suit({}, 5, "first"),))


def part(
    library: Library, *styles: Any, cautions: Any = (), rows: tuple[FrequencyRow, ...] = (), hold: bool = False, **answers: Any
) -> MassagePart:
    return made(library, *styles, cautions=cautions, rows=rows, hold=hold, **answers)[0]


def made(
    library: Library, *styles: Any, cautions: Any = (), rows: tuple[FrequencyRow, ...] = (), hold: bool = False, **answers: Any
) -> tuple[MassagePart, list[LeftOut]]:
    held = with_schedule(with_items(library, massages=styles or (SWEDISH,), cautions=cautions), frequency=rows or (row("any"),))
    return massage_part(reading_of(held, **answers), hold)


@pytest.mark.parametrize(("wish", "cap"), [("light", 2), ("medium", 3), ("firm", 4)])
def test_the_cap_is_the_lowest_of_wish_and_cautions(library: Library, wish: str, cap: int) -> None:
    for low in (2, 3, 4):
        cautions = (caution("a", cap=low), caution("b", cap=4))
        assert part(library, cautions=cautions, pressure_pref=wish).pressure_max == min(cap, low)
    assert part(library, pressure_pref=wish).pressure_max == cap
    assert part(library).pressure_max == 4, "nobody goes above 4"
    assert part(with_policy(library, highest_pressure=3)).pressure_max == 3


def test_what_to_ask_for_at_first(library: Library) -> None:
    deep = massage("deep", pressure=(1, 4))
    assert part(library, deep).pressure_ask == 4
    assert part(library, SWEDISH).pressure_ask == 3, "no firmer than the style"
    assert part(library, deep, cautions=(caution("a", begin=1), caution("b", begin=2, cap=3))).pressure_ask == 1
    assert part(library, deep, cautions=(caution("a", begin=3, cap=2),)).pressure_ask == 2, "never above the cap"
    assert part(library, deep, cautions=(caution("a", cap=3),)).pressure_ask == 3


@pytest.mark.parametrize(
    ("level", "answers", "held"),
    [("modify", {}, False), ("absolute", {}, True), ("clinician", {}, True), ("clinician", {"massage_cleared": "yes"}, False)],
)
def test_held(library: Library, level: str, answers: dict[str, Any], held: bool) -> None:
    found, left_out = made(
        library, SWEDISH, massage("other", avoid=("poor_balance",)), cautions=(caution("a", level=level),), balance="poor", **answers
    )
    assert found.held is held
    if held:
        assert (found.styles, found.pressure_max, found.pressure_ask, found.positions) == ((), 0, 0, ())
        assert (found.minutes, found.freq, found.row, found.row_because) == (0, "none", None, ())
    assert [note.held for note in found.notes] == [held]
    assert [one.id for one in left_out] == ([] if held else ["massage:other"])


def test_a_flag_holds_it_and_so_does_having_no_style_left(library: Library) -> None:
    assert part(library, hold=True).held and not part(library, hold=False).held
    assert part(library, cautions=(caution("a", exclude=("all",)),)).held


def test_a_caution_excludes_styles_by_name_all_or_all_but_some(library: Library) -> None:
    styles = [massage(name) for name in ("a", "b", "c")]

    def left(**limit: Any) -> list[str]:
        return [one.id for one in part(library, *styles, cautions=(caution("x", **limit),)).styles]

    assert left() == ["massage:a", "massage:b", "massage:c"]
    assert left(exclude=("a", "c")) == ["massage:b"]
    assert left(only=("b",)) == ["massage:b"]
    assert left(only=("a", "b"), exclude=("a",)) == ["massage:b"]
    assert left(exclude=("all",)) == []


def test_a_style_left_out_says_why(library: Library) -> None:
    styles = [SWEDISH, massage("deep", pressure=(3, 4)), massage("mat", positions=("prone",)), massage("named")]
    cautions = [
        caution("low", cap=2, when=(POOR,), level="absolute", order=1),
        caution("side", positions_off=("prone", "semi_reclined"), when=({"sleep": ("poor",)},)),
        caution("not", exclude=("named",), when=({"stress": ("high",)},)),
    ]
    _, left_out = made(
        library, *styles, cautions=[*cautions[1:], caution("low", cap=2, when=(POOR,))], balance="poor", sleep="poor", stress="high"
    )
    told = {one.id: [(why.say, why.question_id) for why in one.because] for one in left_out}
    assert told == {
        "massage:named": [("say not", "stress")],
        "massage:deep": [("say low", "balance")],
        "massage:mat": [("say side", "sleep")],
    }
    assert {one.title for one in left_out} == {"title of named", "title of deep", "title of mat"}


def test_the_persons_own_wish_is_named_where_it_leaves_a_style_out(library: Library) -> None:
    _, (deep,) = made(library, SWEDISH, massage("deep", pressure=(3, 4)), cautions=(caution("other", cap=3),), pressure_pref="light")
    assert [(why.say, why.question_id) for why in deep.because] == [(library.policy.pressure_because, "pressure_pref")]


def test_a_cap_at_a_styles_lowest_pressure_keeps_it(library: Library) -> None:
    styles = [massage("two", pressure=(2, 3)), massage("three", pressure=(3, 4))]
    assert [one.id for one in part(library, *styles, pressure_pref="light").styles] == ["massage:two"]
    assert [one.id for one in part(library, *styles, pressure_pref="medium").styles] == ["massage:two", "massage:three"]


def test_positions_that_a_caution_takes_away_or_puts_first(library: Library) -> None:
    style = massage("one", positions=("prone", "supine", "side_lying", "seated"))
    assert part(library, style).positions == ("prone", "supine", "side_lying", "seated")
    cautions = [
        caution("a", positions_off=("prone",), positions_first=("seated", "semi_reclined", "prone"), position_note="note"),
        caution("b", positions_first=("side_lying", "seated"), position_note="note"),
        caution("c", position_note="other"),
    ]
    found = part(library, style, cautions=cautions)
    assert found.positions == ("seated", "side_lying", "supine")
    assert found.position_notes == ("note", "other")


def test_the_first_row_says_how_often_and_the_least_minutes_hold(library: Library) -> None:
    rows = (
        row("not", when={"balance": ("good",)}, minutes=15),
        row("first", freq="monthly", minutes=60, when=POOR),
        row("later", minutes=45),
    )
    found = part(library, rows=rows, balance="poor")
    assert found.row is rows[1] and (found.freq, found.minutes) == ("monthly", 45)
    assert [(why.say, why.question_id) for why in found.row_because] == [("because first", "balance")]


@pytest.mark.parametrize(
    ("style", "limit", "minutes"),  # whole lengths that a practice sells: 60, 45, 30, 20, 15
    [
        (60, 60, 60),
        (60, 59, 45),
        (60, 45, 45),
        (60, 44, 30),
        (60, 29, 20),
        (60, 19, 15),
        (60, 15, 15),
        (45, 60, 45),
        (30, 60, 30),
        (20, 30, 20),
    ],
)
def test_minutes_are_the_least_of_row_style_and_cautions(library: Library, style: int, limit: int, minutes: int) -> None:
    assert part(library, massage("one", minutes=(10, style)), rows=(row("any", minutes=limit),)).minutes == minutes
    assert part(library, massage("one", minutes=(10, style)), cautions=(caution("a", minutes_max=limit), caution("b"))).minutes == minutes


def test_an_hour_is_the_most(library: Library) -> None:
    assert limits(reading_of(with_items(library, cautions=()))).minutes == 60
    assert part(library, massage("one", minutes=(60, 120)), rows=(row("any", minutes=120),)).minutes == 60


def test_the_best_style_comes_first_with_two_others(library: Library) -> None:
    styles = [massage(f"s{n}", suits=(Suit({}, n, f"suit {n}"),), adapt=(Adapt(POOR, "hold the rail"),)) for n in range(5)]
    found = part(library, *styles, balance="poor")
    assert [one.id for one in found.styles] == ["massage:s4", "massage:s3", "massage:s2"]
    first = found.styles[0]
    assert (first.section, first.title, first.item) == ("massage", "title of s4", styles[4])
    assert (first.advice, first.certainty, first.sources) == (("hold the rail",), "low", ("product_rule",))
    assert [why.say for why in first.because] == ["suit 4"]


def test_who_declines_touch_and_what_to_tell(library: Library) -> None:
    assert part(library, pressure_pref="none").declined and not part(library, pressure_pref="light").declined
    cautions = [caution("a", tell="my bones", level="local"), caution("b"), caution("c", tell="my bones"), caution("d", tell="my skin")]
    found = part(library, cautions=cautions)
    assert found.tell == ("my bones", "my skin") and not found.home
    assert [note.caution.id for note in found.notes] == ["a", "b", "c", "d"]
    assert [why.say for why in found.notes[0].because] == ["say a"]


@pytest.mark.parametrize(
    ("freq", "steps", "after"),  # the reference (d): weekly, fortnightly, monthly, as wanted, and none
    [
        ("weekly", 0, "weekly"),
        ("weekly", 1, "fortnightly"),
        ("weekly", 2, "monthly"),
        ("weekly", 3, "as_wanted"),
        ("weekly", 8, "as_wanted"),
        ("fortnightly", 1, "monthly"),
        ("monthly", 1, "as_wanted"),
        ("as_wanted", 1, "as_wanted"),
        ("none", 0, "none"),
        ("none", 1, "none"),
        ("weekly", NO_MORE, "none"),
        ("as_wanted", NO_MORE + 1, "none"),
    ],
)
def test_less_often(freq: Any, steps: int, after: str) -> None:
    assert less_often(freq, steps) == after
