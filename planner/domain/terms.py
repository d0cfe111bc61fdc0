"""The small words of content: levels, certainties, positions, and the shape of a condition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

Lookup = Mapping[str, tuple[str, ...]]
"""A condition: every key must have any one of its words. Keys are question ids, fact names, `caution` or `caution_level`."""

Text = Annotated[str, "text"]
"""Words that people read: translated, and held to the house rules for words."""
Verbatim = Annotated[str, "verbatim"]
"""Words that stay as they are in every language. The field says why."""

Certainty = Literal["high", "moderate", "low", "very_low"]
Level = Literal["self_care", "see_clinician", "urgent", "emergency"]
CautionLevel = Literal["modify", "local", "clinician", "absolute"]
Position = Literal["prone", "supine", "side_lying", "seated", "semi_reclined"]
Start = Literal["supine", "prone", "side", "kneeling", "chair", "standing", "any"]
Frequency = Literal["none", "as_wanted", "weekly", "fortnightly", "monthly"]

STARTS: tuple[Start, ...] = ("supine", "prone", "side", "any", "kneeling", "chair", "standing")
"""The order in which exercises are done, listed and numbered: as one gets up from the floor."""

LEVELS: tuple[Level, ...] = ("self_care", "see_clinician", "urgent", "emergency")
STRICT = {"extra": "forbid"}
"""How content is read: an unknown key is refused."""
