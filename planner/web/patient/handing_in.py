"""Handing in: the answers of a person at a clinic are put where their word opens them. A card that stops does it by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256

from planner.clinic.waiting_room.answered_ahead import Agreed, AnsweredAhead
from planner.clinic.waiting_room.intakes import hand_in
from planner.database.engines import Unavailable
from planner.domain.answers import Value
from planner.domain.journey import Journey
from planner.kept.plans import Gone
from planner.web import storage as database
from planner.web.at_clinic import AtClinic, at_clinic, handed_in


def print_of(answers: Mapping[str, Value]) -> str:
    """What tells one set of answers from another."""
    return sha256(repr(sorted(answers.items())).encode()).hexdigest()[:16]


def hand_over(here: AtClinic, answers: Mapping[str, Value], agreed: Agreed | None = None) -> None:
    """Keeps the answers; the browser has the word from now on. Gone if the link is over or was used by somebody else."""
    at = datetime.now(UTC)
    ahead = AnsweredAhead(answers, at.isoformat(), here.tablet, agreed)
    with database.writing() as rows:
        word = hand_in(rows, database.safe(), here.clinic_id, here.code, ahead, at, here.word)
    handed_in(here, word, print_of(answers))


def hand_over_if_stopped(after: Journey) -> None:
    """A sign that stops the questions reaches the clinic with the word, too. The card itself waits for nothing: where the answers
    can't be kept now, it is shown without a word."""
    here = at_clinic()
    if here is None or not after.stopped:
        return
    try:
        hand_over(here, after.answers)
    except Unavailable as fault:
        database.noted(fault)
    except Gone:
        return


def is_handed_in(here: AtClinic, answers: Mapping[str, Value]) -> bool:
    """True while the word opens these very answers."""
    return bool(here.word) and here.given == print_of(answers)
