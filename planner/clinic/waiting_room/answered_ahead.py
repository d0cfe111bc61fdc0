"""What a patient hands in before a visit: their answers, and what they agreed to, with a signature if they drew one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from planner.clinic.lengths import CONSENT, NAME
from planner.domain.answers import Value
from planner.domain.typed_text import one_line
from planner.kept.written_days import tuples

SIGN_WIDTH, SIGN_HEIGHT = 600, 200  # of the field to sign in, in its own units
MOST_DRAWN = 12_000  # characters of a drawn signature that are looked at
POINTS = r"[0-9]{1,3},[0-9]{1,3}(?: [0-9]{1,3},[0-9]{1,3})*"
STROKES = re.compile(f"{POINTS}(?:;{POINTS})*")


@dataclass(frozen=True)
class Agreed:
    """A clinic's text that a patient ticked, on a day, as it stood then. `signed`: a typed name, or empty. `drawn`: the strokes of a
    signature as "x,y x,y;x,y …" in a field of SIGN_WIDTH by SIGN_HEIGHT, or empty."""

    text: str
    at: str  # ISO, UTC
    signed: str = ""
    drawn: str = ""

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), separators=(",", ":"), sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, text: bytes) -> Agreed:
        return cls(**json.loads(text))

    @property
    def path(self) -> str:
        """The signature as an SVG path; empty if none was drawn."""
        strokes = [stroke.replace(" ", " L") for stroke in self.drawn.split(";") if stroke]
        return " ".join(f"M{stroke}" if " " in stroke else f"M{stroke} h1" for stroke in strokes)

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)


def read_drawn(text: str) -> str:
    """The strokes that were drawn; empty if there are none, or it is anything else."""
    if len(text) > MOST_DRAWN or not STROKES.fullmatch(text):
        return ""
    points = (point.split(",") for stroke in text.split(";") for point in stroke.split(" "))
    return text if all(int(x) <= SIGN_WIDTH and int(y) <= SIGN_HEIGHT for x, y in points) else ""


def agreed_to(text: str, at: datetime, typed: str, drawn: str) -> Agreed:
    return Agreed(text[:CONSENT], at.isoformat(), one_line(typed)[:NAME], read_drawn(drawn))


@dataclass(frozen=True)
class AnsweredAhead:
    """`answers`: as the draft has them, so ticks whose exact question is open are among them where an emergency left no time for it."""

    answers: Mapping[str, Value]
    at: str  # ISO, UTC
    tablet: bool = False
    agreed: Agreed | None = None

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self) | {"answers": dict(self.answers)}, separators=(",", ":"), sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, text: bytes) -> AnsweredAhead:
        data = json.loads(text)
        agreed = Agreed(**data["agreed"]) if data["agreed"] else None
        return cls(tuples(data["answers"]), data["at"], data["tablet"], agreed)

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)
