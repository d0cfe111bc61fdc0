"""The small words of content: levels, certainties, positions, and the shape of a condition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

Lookup = Mapping[str, tuple[str, ...]]
"""A condition: every key must have any one of its words. Keys are question ids, fact names, `caution` or `caution_level`."""

Pairs = tuple[tuple[str, str], ...]
"""(question id, answer word) pairs: which answers something rests on."""

Text = Annotated[str, "text"]
"""Words that people read: translated, and held to the house rules for words."""
Verbatim = Annotated[str, "verbatim"]
"""Words that stay as they are in every language. The field says why."""

Certainty = Literal["high", "moderate", "low", "very_low"]
Level = Literal["self_care", "see_clinician", "urgent", "emergency"]
CautionLevel = Literal["modify", "local", "clinician", "absolute"]
Position = Literal["prone", "supine", "side_lying", "seated", "semi_reclined"]
Region = Literal["neck", "upper", "mid", "low", "hip", "tailbone", "leg_nerve", "whole"]
"""Where an exercise works; `whole` serves every place."""
Purpose = Literal["ease", "movement", "strength", "balance", "nerve", "breathing", "walking"]
DoseStep = Literal["half", "start", "build", "strong"]
"""How much, from least to most. `start`: weeks 1 and 2; `build`: weeks 3 and 4; `strong`: later."""
Tier = Literal["none", "breathing", "starters", "all"]
"""Which exercises there may be at all, strictest first: T0 to T3 of the clinical reference."""
Start = Literal["supine", "prone", "side", "kneeling", "chair", "standing", "any"]
Frequency = Literal["none", "as_wanted", "weekly", "fortnightly", "monthly"]

STARTS: tuple[Start, ...] = ("supine", "prone", "side", "any", "kneeling", "chair", "standing")
"""The order in which exercises are done, listed and numbered: as one gets up from the floor."""

DOSE_STEPS: tuple[DoseStep, ...] = ("half", "start", "build", "strong")
TIERS: tuple[Tier, ...] = ("none", "breathing", "starters", "all")
LEVELS: tuple[Level, ...] = ("self_care", "see_clinician", "urgent", "emergency")
STRICT = {"extra": "forbid"}
"""How content is read: an unknown key is refused."""
