"""How somebody lies or sits for a massage: what conditions take away, want and say of it."""

from __future__ import annotations

from datetime import date

from planner.domain.model import Library
from planner.domain.plan import build
from tests.made import condition, massage
from tests.people import well
from tests.test_massage import part


def test_positions_that_a_condition_takes_away_or_puts_first(library: Library) -> None:
    style = massage("one", positions=("prone", "supine", "side_lying", "seated"))
    assert part(library, style).positions == ("prone", "supine", "side_lying", "seated")
    conditions = [
        condition("a", positions_off=("prone",), positions_first=("seated", "semi_reclined", "prone"), position_note="note"),
        condition("b", positions_first=("side_lying", "seated"), position_note="note"),
        condition("c", position_note="other"),
    ]
    found = part(library, style, conditions=conditions)
    assert found.positions == ("seated", "side_lying", "supine")
    assert found.position_notes == ("note", "other")


def test_who_needs_a_seat_has_it_before_what_another_condition_wants(library: Library) -> None:
    """A chair user with signs in a leg is massaged sitting; without a chair it is the side alone. Source: clinical plan 4.2."""
    leg = {"leg_symptoms": "below_knee_one", "areas": ("low_back",), "duration": "gt12w"}
    sitting = build(library, well(library, **leg, mobility="chair_only"), on=date(2026, 11, 21)).massage
    lying = build(library, well(library, **leg), on=date(2026, 11, 21)).massage
    assert sitting and sitting.positions and set(sitting.positions) <= {"seated", "semi_reclined"}
    assert lying and lying.positions == ("side_lying",)


def test_a_note_about_a_position_stands_only_where_that_is_offered(library: Library) -> None:
    """Cancer in the past says how to lie on the front; nobody reads it who may not, for a stoma or in pregnancy."""
    after = {"rf_cancer": "past", "pain_checked": "yes", "massage_cleared": "yes", "duration": "gt12w", "pressure_pref": "light"}
    front = build(library, well(library, **after), on=date(2026, 11, 21)).massage
    never = build(library, well(library, **after, health=("hernia_stoma",)), on=date(2026, 11, 21)).massage
    assert front and any("front" in one for one in front.position_notes)
    assert never and never.positions and not any("front" in one for one in never.position_notes)
