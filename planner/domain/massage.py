"""The massage part of a plan: held or not, which style, how firm, how long and how often."""

from __future__ import annotations

from planner.domain.choose import Ranked, Split, barred, because_of_condition, line_of, ranked, split
from planner.domain.limits import MOST_OFTEN
from planner.domain.lines import Because, ConditionNote, LeftOut, MassagePart
from planner.domain.model import Frequency, FrequencyRow, Massage, Position
from planner.domain.rules import Reading, match

LENGTHS = (60, 45, 30, 20, 15)
FREQUENCIES: tuple[Frequency, ...] = ("weekly", "fortnightly", "monthly", "as_wanted")
"""From most to least often; below them is none."""
NO_MORE = 9  # steps down that mean none


def massage_part(reading: Reading, flag_hold: bool) -> tuple[MassagePart, list[LeftOut]]:
    """The massage section and the styles left out. `flag_hold`: triage stops massage until cleared."""
    limits = reading.limits
    declined = "touch_declined" in reading.words
    parted = styles(reading)
    held = flag_hold or bool(limits.held) or not parted.allowed or limits.tier_before != "all"  # clinical plan 4.1
    shown = [] if held or declined else shortlist(parted.allowed, reading)
    row, minutes = frequency(reading, shown[0].item) if shown else (None, 0)
    if row is not None and row.freq == "none":
        shown = []
    part = MassagePart(
        held=held and not declined,
        declined=declined,
        styles=tuple(line_of(one, "massage", reading) for one in shown),
        pressure_max=limits.cap if shown else 0,
        pressure_ask=min(limits.begin, shown[0].item.pressure[1]) if shown else 0,
        positions=positions(shown[0].item, reading) if shown else (),
        position_notes=_once(one.condition.position_note for one in reading.conditions) if shown else (),
        minutes=minutes if shown else 0,
        freq=often(row, reading) if row else "none",
        row=row,
        row_because=reading.because(row.because, match(row.when, reading.words) or ()) if row else (),
        tell=_once(one.condition.tell for one in reading.conditions) if shown else (),
        areas_off=_once((*reading.library.policy.areas_off, *(place for one in reading.conditions for place in one.condition.areas_off)))
        if shown
        else (),
        notes=tuple(ConditionNote(one.condition, reading.because(one.condition.say, one.pairs), one.held) for one in reading.conditions),
        home=False,
    )
    return part, [] if held or declined else parted.left_out


def _once(words: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))  # type: ignore[attr-defined]


def styles(reading: Reading) -> Split[Massage]:
    """Styles that may be shown, best first: no limit bars them, reachable at the cap, with a position left."""
    parted = split(reading.library.massages, reading, "massage", excluded(reading))
    kept: list[Ranked[Massage]] = []
    for one in parted.allowed:
        if one.item.pressure[0] > reading.limits.cap:
            parted.left_out.append(LeftOut(f"massage:{one.item.id}", one.item.title, pressure_because(reading)))
        elif positions(one.item, reading):
            kept.append(one)
        else:
            parted.left_out.append(LeftOut(f"massage:{one.item.id}", one.item.title, position_because(reading)))
    return Split(ranked((one.item for one in kept), reading), parted.left_out)


def excluded(reading: Reading) -> dict[str, tuple[Because, ...]]:
    """Styles that a condition leaves out by name: all but its `only`, and its `soft_styles`."""
    found: dict[str, tuple[Because, ...]] = {}
    for one in reading.conditions:
        for name in reading.library.massages:
            if (one.condition.only and name not in one.condition.only) or name in one.condition.soft_styles:
                found.setdefault(name, because_of_condition(one, reading))
    return found


def shortlist(allowed: list[Ranked[Massage]], reading: Reading) -> list[Ranked[Massage]]:
    """The best style, then others with points of the person's own and another character. Source: clinical plan 4.2."""
    policy = reading.library.policy
    shown = allowed[:1]
    for one in allowed[1:]:
        other = all(one.item.character != before.item.character for before in shown)
        if len(shown) <= policy.alternatives and other and one.points >= policy.alternative_points:
            shown.append(one)
    return shown


def pressure_because(reading: Reading) -> tuple[Because, ...]:
    """Why the pressure is capped: the strictest condition, or the person's own wish."""
    for one in reading.conditions:
        if one.condition.cap == reading.limits.cap:
            return because_of_condition(one, reading)
    pairs = tuple(pair for found in reading.words.get("pressure_pref", {}).values() for pair in found)
    return reading.because(reading.library.policy.pressure_because, pairs)


def position_because(reading: Reading) -> tuple[Because, ...]:
    one = next(one for one in reading.conditions if one.condition.positions_off)
    return reading.because(reading.library.policy.position_because, one.pairs)


def positions(style: Massage, reading: Reading) -> tuple[Position, ...]:
    """The style's positions that no condition takes away; those that one prefers come first."""
    left = [place for place in style.positions if place not in reading.limits.positions_off]
    first = [place for one in reading.conditions for place in one.condition.positions_first if place in left]
    return tuple(dict.fromkeys((*first, *left)))


def frequency(reading: Reading, style: Massage) -> tuple[FrequencyRow, int]:
    """The row that says how often, and the minutes: the least of the row, every condition and the style."""
    row = next(row for row in reading.library.schedule.frequency if match(row.when, reading.words) is not None)
    most = min(reading.limits.minutes, style.minutes[1], row.minutes)
    return row, next(length for length in LENGTHS if length <= most)


def often(row: FrequencyRow, reading: Reading) -> Frequency:
    """How often: the row's answer, or less where a condition says so."""
    if row.freq not in MOST_OFTEN:
        return row.freq
    return max(row.freq, reading.limits.at_most, key=MOST_OFTEN.index)


def less_often(freq: Frequency, steps: int) -> Frequency:
    """So many levels down: clinical table (d). NO_MORE of them is no massage at all."""
    if freq == "none" or steps >= NO_MORE:
        return "none"
    return FREQUENCIES[min(FREQUENCIES.index(freq) + steps, len(FREQUENCIES) - 1)]


def style_barred(style: Massage, reading: Reading) -> tuple[Because, ...]:
    """Why a style is left out by a demand or by name; empty if it is not."""
    return excluded(reading).get(style.id, ()) or barred(style, reading)
