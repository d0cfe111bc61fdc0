"""The massage of a plan: the strictest of every condition, which styles are left, how firm, how long and how often."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.lines import LeftOut, MassagePart
from planner.domain.massage import NO_MORE, less_often, massage_part
from planner.domain.model import Caveat, FrequencyRow, Library, Suit
from tests.made import condition, massage, reading_of, row, suited, with_items, with_policy, with_schedule

POOR = {"balance": ("poor",)}
SWEDISH = massage("swedish", suits=(Suit({}, 5, "first"),))


def part(library: Library, *styles: Any, **more: Any) -> MassagePart:
    return made(library, *styles, **more)[0]


def made(
    library: Library, *styles: Any, conditions: Any = (), rows: tuple[FrequencyRow, ...] = (), hold: bool = False, **answers: Any
) -> tuple[MassagePart, list[LeftOut]]:
    held = with_schedule(with_items(library, massages=styles or (SWEDISH,), conditions=conditions), frequency=rows or (row("any"),))
    part, left_out = massage_part(reading_of(held, **answers), hold)
    return part, list(left_out)


@pytest.mark.parametrize(("wish", "cap"), [("light", 2), ("medium", 3), ("firm", 4)])
def test_the_cap_is_the_lowest_of_wish_and_conditions(library: Library, wish: str, cap: int) -> None:
    for low in (2, 3, 4):
        conditions = (condition("a", cap=low), condition("b", cap=4))
        assert part(library, conditions=conditions, pressure_pref=wish).pressure_max == min(cap, low)
    assert part(library, pressure_pref=wish).pressure_max == cap
    assert part(library).pressure_max == 4, "nobody goes above 4"
    assert part(with_policy(library, highest_pressure=3)).pressure_max == 3


def test_what_to_ask_for_at_first(library: Library) -> None:
    deep = massage("deep", pressure=(1, 4))
    assert part(library, deep).pressure_ask == 4
    assert part(library, SWEDISH).pressure_ask == 3, "no firmer than the style"
    assert part(library, deep, conditions=(condition("a", begin=1), condition("b", begin=2, cap=3))).pressure_ask == 1
    assert part(library, deep, conditions=(condition("a", begin=3, cap=2),)).pressure_ask == 2, "never above the cap"
    assert part(library, deep, conditions=(condition("a", cap=3),)).pressure_ask == 3


@pytest.mark.parametrize(
    ("level", "answers", "held"),
    [
        ("modify", {}, False),
        ("local", {}, False),
        ("absolute", {}, True),
        ("absolute", {"massage_cleared": "yes"}, True),
        ("clinician", {}, True),
        ("clinician", {"massage_cleared": "no", "exercise_cleared": "yes"}, True),
        ("clinician", {"massage_cleared": "yes"}, False),
    ],
)
def test_held(library: Library, level: str, answers: dict[str, Any], held: bool) -> None:
    other = massage("other", demands=("kneeling",))
    found, left_out = made(library, SWEDISH, other, conditions=(condition("a", level=level, bars=("kneeling",)),), **answers)
    assert found.held is held and found.recommended is not held
    if held:
        nothing_about_massage(found)
    assert [note.held for note in found.notes] == [held]
    assert [one.id for one in left_out] == ([] if held else ["massage:other"])


def nothing_about_massage(found: MassagePart) -> None:
    """Clinical plan 4.1: no style, no pressure, no position, nothing to say to a therapist."""
    assert not found.recommended
    assert (found.styles, found.pressure_max, found.pressure_ask, found.positions) == ((), 0, 0, ())
    assert (found.minutes, found.freq, found.tell, found.areas_off, found.position_notes) == (0, "none", (), (), ())


def test_a_flag_holds_it_and_so_does_having_no_style_left(library: Library) -> None:
    assert part(library, hold=True).held and not part(library, hold=False).held
    nothing_about_massage(found := part(library, massage("rub", demands=("touch",)), conditions=(condition("a", bars=("touch",)),)))
    assert found.held


@pytest.mark.parametrize("tier", ["breathing", "starters"])
def test_massage_waits_while_exercise_is_limited_and_a_yes_to_exercise_opens_none(library: Library, tier: str) -> None:
    """Clinical plan 4.1: nothing about massage at T1 and T2. Clinical safety 9.4: exercise_cleared alone changes no massage field."""
    limit = condition("a", tier=tier)
    found = part(library, conditions=(limit,))
    assert found.held
    nothing_about_massage(found)
    assert part(library, conditions=(limit,), exercise_cleared="yes") == found
    assert not part(library, conditions=(condition("a"),)).held


def test_a_condition_leaves_out_styles_by_demand_by_name_or_all_but_some(library: Library) -> None:
    styles = [
        massage("a", demands=("touch", "heat"), character="table"),
        massage("b", demands=("touch",), character="clothed", suits=suited(2)),
        massage("c", demands=("touch", "floor"), character="firm", suits=suited(2)),
    ]

    def left(*limits: dict[str, Any], **answers: Any) -> set[str]:
        made_up = [condition(f"x{number}", **limit) for number, limit in enumerate(limits)]
        return {one.item_id for one in part(library, *styles, conditions=made_up, **answers).styles}

    assert left() == {"b", "c"}, "a has no point that would make it another choice"
    assert left({"soft_styles": ("b", "c")}) == {"a"}
    assert left({"only": ("a",)}) == {"a"}
    assert left({"only": ("a", "b")}, {"only": ("a", "c")}) == {"a"}, "of two conditions, what both allow"
    assert left({"only": ("b", "c"), "soft_styles": ("b",)}) == {"c"}
    assert left({"bars": ("floor",)}) == left({"soft": ("floor",)}) == {"b"}
    assert left({"ask": ("floor",)}) == left({"ask": ("floor",)}, exercise_cleared="yes") == {"b"}
    assert left({"ask": ("floor",)}, massage_cleared="yes") == {"b", "c"}
    assert left({"bars": ("floor",)}, {"only": ("c",)}) == set()


def test_a_style_left_out_says_why(library: Library) -> None:
    styles = [SWEDISH, massage("deep", pressure=(3, 4)), massage("mat", positions=("prone",)), massage("named")]
    styles.append(massage("stones", demands=("touch", "heat_whole")))
    conditions = [
        condition("side", positions_off=("prone", "semi_reclined"), when=({"sleep": ("poor",)},)),
        condition("not", soft_styles=("named",), bars=("heat_whole",), when=({"stress": ("high",)},)),
        condition("low", cap=2, when=(POOR,)),
    ]
    _, left_out = made(library, *styles, conditions=conditions, balance="poor", sleep="poor", stress="high")
    told = {one.id: [(why.say, why.question_id) for why in one.because] for one in left_out}
    assert told == {
        "massage:named": [("say not", "stress")],
        "massage:stones": [(library.demands["heat_whole"].reason, "stress")],
        "massage:deep": [(library.policy.pressure_because, "balance")],
        "massage:mat": [(library.policy.position_because, "sleep")],
    }
    assert {one.title for one in left_out} == {f"title of {name}" for name in ("named", "stones", "deep", "mat")}


def test_the_persons_own_wish_is_named_where_it_leaves_a_style_out(library: Library) -> None:
    _, (deep,) = made(library, SWEDISH, massage("deep", pressure=(3, 4)), conditions=(condition("other", cap=3),), pressure_pref="light")
    assert [(why.say, why.question_id) for why in deep.because] == [(library.policy.pressure_wish, "pressure_pref")]


def test_a_cap_at_a_styles_lowest_pressure_keeps_it(library: Library) -> None:
    styles = [massage("two", pressure=(2, 3)), massage("three", pressure=(3, 4), character="firm", suits=suited(2))]
    assert [one.id for one in part(library, *styles, pressure_pref="light").styles] == ["massage:two"]
    assert {one.id for one in part(library, *styles, pressure_pref="medium").styles} == {"massage:three"}
    styles[0] = massage("two", pressure=(2, 3), suits=suited(3))
    assert [one.id for one in part(library, *styles, pressure_pref="medium").styles] == ["massage:two", "massage:three"]


def test_the_first_row_says_how_often_and_the_least_minutes_hold(library: Library) -> None:
    rows = (
        row("not", when={"balance": ("good",)}, minutes=15),
        row("first", freq="monthly", minutes=60, when=POOR),
        row("later", minutes=45),
    )
    found = part(library, massage("one", minutes=(30, 45)), rows=rows, balance="poor")
    assert found.row is rows[1] and (found.freq, found.minutes) == ("monthly", 45)
    assert [(why.say, why.question_id) for why in found.row_because] == [("because first", "balance")]


@pytest.mark.parametrize("most", ["", "fortnightly", "monthly"])
def test_the_least_often_of_row_and_conditions(library: Library, most: Any) -> None:
    conditions = (condition("a", at_most=most), condition("b"))
    for usual in ("weekly", "fortnightly", "monthly"):
        freq = max(usual, most or usual, key=["weekly", "fortnightly", "monthly"].index)
        assert part(library, rows=(row("any", freq=usual),), conditions=conditions).freq == freq
    assert part(library, rows=(row("any", freq="as_wanted"),), conditions=conditions).freq == "as_wanted"


def test_a_row_of_none_prints_nothing_and_holds_nothing(library: Library) -> None:
    """Clinical plan 4.1 and 4.3: without a budget for it there is no massage, and no reason of safety stands against one."""
    found = part(library, rows=(row("none", freq="none"),), conditions=(condition("a", tell="my bones", areas_off=("scar",)),))
    assert not found.held and not found.declined
    nothing_about_massage(found)


@pytest.mark.parametrize(
    ("style", "lengths"),  # limit -> whole lengths that a practice sells: 60, 45, 30, 20, 15
    [(60, {60: 60, 59: 45, 45: 45, 44: 30, 29: 20, 19: 15, 15: 15}), (45, {60: 45}), (30, {60: 30}), (20, {30: 20})],
)
def test_minutes_are_the_least_of_row_style_and_conditions(library: Library, style: int, lengths: dict[int, int]) -> None:
    one = massage("one", minutes=(10, style))
    for limit, minutes in lengths.items():
        assert part(library, one, rows=(row("any", minutes=limit),)).minutes == minutes
        assert part(library, one, conditions=(condition("a", minutes_max=limit), condition("b"))).minutes == minutes


def test_an_hour_is_the_most(library: Library) -> None:
    assert reading_of(with_items(library, conditions=())).limits.minutes == 60
    assert part(library, massage("one", minutes=(60, 120)), rows=(row("any", minutes=120),)).minutes == 60


def test_the_best_style_comes_first_with_two_others_of_another_character(library: Library) -> None:
    """Clinical plan 4.2: at most 2 alternatives, each with 2 points or more of the person's own and another character."""
    kinds: list[Any] = ["short", "clothed", "firm", "table", "table"]
    rail = (Caveat(POOR, "hold the rail"),)
    styles = [massage(f"s{n}", suits=suited(n + 2), caveats=rail, character=kind) for n, kind in enumerate(kinds)]
    found = part(library, *styles, balance="poor")
    assert [one.id for one in found.styles] == ["massage:s4", "massage:s2", "massage:s1"]
    first = found.styles[0]
    assert (first.section, first.title, first.item) == ("massage", "title of s4", styles[4])
    assert (first.advice, first.certainty, first.sources) == (("hold the rail",), "low", ("product_rule",))
    assert [why.say for why in first.because] == ["because"]
    alone = [massage("first", suits=suited(1)), massage("other", suits=suited(1), character="firm", order=200)]
    assert [one.id for one in part(library, *alone).styles] == ["massage:first"], "one point is too few for another choice"


def test_who_declines_touch_and_what_to_tell(library: Library) -> None:
    declined = part(library, pressure_pref="none", conditions=(condition("a", tell="my bones"),))
    assert declined.declined and not declined.held and not part(library, pressure_pref="light").declined
    nothing_about_massage(declined)
    conditions = [
        condition("a", tell="my bones", level="local", areas_off=("the scar",)),
        condition("b", areas_off=("the belly", "the scar")),
        condition("c", tell="my bones"),
        condition("d", tell="my skin"),
    ]
    found = part(library, conditions=conditions)
    assert found.tell == ("my bones", "my skin") and not found.home
    assert [note.condition.id for note in found.notes] == ["a", "b", "c", "d"]
    assert [why.say for why in found.notes[0].because] == ["say a"]
    assert found.areas_off == (*library.policy.areas_off, "the scar", "the belly"), "each once, those of everybody first"


@pytest.mark.parametrize(
    "after",  # so many steps down; the reference (d): weekly, fortnightly, monthly, as wanted, and none
    [
        "weekly fortnightly monthly as_wanted as_wanted",
        "fortnightly monthly as_wanted",
        "monthly as_wanted",
        "as_wanted as_wanted",
        "none none",
    ],
)
def test_less_often(after: str) -> None:
    frequencies: list[Any] = after.split()
    assert [less_often(frequencies[0], steps) for steps in range(len(frequencies))] == frequencies
    assert less_often(frequencies[0], NO_MORE - 1) == frequencies[-1]
    assert less_often(frequencies[0], NO_MORE) == less_often(frequencies[0], NO_MORE + 1) == "none"
