"""The diary of a kept plan: what was done on which day, the check-ins and the massages. Sealed beside the plan, under the same code."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from planner.database.rows import written
from planner.domain.edits import Edits
from planner.domain.massage_worth import MassageTold
from planner.domain.review import Verdict
from planner.domain.thread import CheckIn, Diary, WeekTold
from planner.kept.health_links import HealthLink
from planner.kept.plans import ChangedMeanwhile, Gone, Kept, KeptPlan, Safe
from planner.kept.written_days import tuples

DIARY = 1 << 40
"""Added to the version that a seal is bound to: no plan opens in the place of a diary, nor a diary in that of a plan."""
TRIES = 50
"""How often a change is made again because another phone was quicker."""


def diary_of(session: Session, safe: Safe, code: str) -> Diary | None:
    """The diary under a code; None if nothing was written in it yet, or the secret that it was sealed with is gone."""
    return _read(session, safe, code)[0]


def _read(session: Session, safe: Safe, code: str) -> tuple[Diary | None, int | None]:
    """The diary and its version; None in the place of the version if there is no plan."""
    row = session.execute(select(KeptPlan.diary, KeptPlan.diary_version).where(KeptPlan.key.in_(safe.row_keys(code)))).first()
    if row is None:
        return None, None
    tries = (secret.unseal(row.diary, code, DIARY + row.diary_version) for secret in safe.secrets) if row.diary else ()
    opened = next((text for text in tries if text), None)
    return (from_text(opened) if opened else None), row.diary_version


def write_diary(session: Session, safe: Safe, code: str, change: Callable[[Diary | None], Diary]) -> Diary:
    """Changes the diary; of several at once none is lost, since `change` is done anew on what the others wrote. Gone without a plan.
    A health link has the plan as it was: it ends when the plan moves."""
    version: int | None = 0
    for _try in range(TRIES):
        before, version = _read(session, safe, code)
        if version is None:
            raise Gone
        after = change(before)
        if after == before:
            return after
        sealed = safe.secrets[0].seal(to_text(after), code, DIARY + version + 1)
        here = (KeptPlan.key.in_(safe.row_keys(code)), KeptPlan.diary_version == version)
        if written(session.execute(update(KeptPlan).where(*here).values(diary=sealed, diary_version=version + 1))):
            if moved_to(before) != moved_to(after):
                session.execute(delete(HealthLink).where(HealthLink.key.in_(safe.row_keys(code))))
            return after
    raise ChangedMeanwhile(version or 0)


def moved_to(diary: Diary | None) -> Edits | None:
    """What the check-ins made of the plan; None before one."""
    return diary.edits if diary else None


def as_opened(session: Session, safe: Safe, kept: Kept) -> bool:
    """True while a plan is what was opened, to the end of the transaction: the same answers, and moved by nothing since. A tick moves
    nothing."""
    version = session.scalar(select(KeptPlan.version).where(KeptPlan.key.in_(safe.row_keys(kept.code))).with_for_update())
    return version == kept.version and moved_to(diary_of(session, safe, kept.code)) == moved_to(kept.diary)


def to_text(diary: Diary) -> bytes:
    data = {
        "begun": diary.begun.isoformat(),
        "done": {day.isoformat(): names for day, names in diary.done.items()},
        "entries": [asdict(entry) | {"on": entry.on.isoformat()} for entry in diary.entries],
        "edits": asdict(diary.edits) if diary.edits else None,
        "massages": [asdict(one) | {"on": one.on.isoformat()} for one in diary.massages],
    }
    return json.dumps(data, separators=(",", ":"), sort_keys=True).encode()


def from_text(text: bytes) -> Diary:
    data = json.loads(text)
    return Diary(
        begun=date.fromisoformat(data["begun"]),
        done={date.fromisoformat(day): tuple(names) for day, names in data["done"].items()},
        entries=tuple(map(_entry, data["entries"])),
        edits=_edits(data["edits"]) if data["edits"] else None,
        massages=tuple(MassageTold(**one | {"on": date.fromisoformat(one["on"])}) for one in data.get("massages", ())),
    )


def _entry(data: Mapping[str, Any]) -> WeekTold:
    verdict: Verdict = data["verdict"]
    return WeekTold(
        week=data["week"],
        on=date.fromisoformat(data["on"]),
        said=CheckIn(**tuples(data["said"])),
        verdict=verdict,
        moved=data["moved"],
        before=_edits(data["before"]),
        after=_edits(data["after"]),
        shown=tuple(map(tuple, data["shown"])),
        also=tuple(CheckIn(**tuples(one)) for one in data["also"]),
    )


def _edits(data: Mapping[str, Any]) -> Edits:
    """What an older Backplan wrote, too: names that are no more are left out."""
    known = {one.name for one in fields(Edits)}
    return Edits(**{name: value for name, value in tuples(data).items() if name in known})
