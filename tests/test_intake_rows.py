"""Intakes in the database, on SQLite and on PostgreSQL: nothing to be read, nothing to be guessed, and nothing left after the visit."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, update

from planner.clinic.closing import delete_clinic
from planner.clinic.tables import Clinic, Handout, Therapist
from planner.clinic.waiting_room import intakes
from planner.clinic.waiting_room.answered_ahead import AnsweredAhead, agreed_to
from planner.clinic.waiting_room.consents import consent_of, visit_printed
from planner.clinic.waiting_room.guesses import MOST_WRONG, may_guess, note_wrong
from planner.clinic.waiting_room.intake_tables import Consent, Intake, PickUpWord, Tablet
from planner.clinic.waiting_room.intakes import find_intake, hand_in, leads_to, new_link
from planner.clinic.waiting_room.tablets import set_up
from planner.database.sessions import reading, writing
from planner.kept.codes import new_code
from planner.kept.plans import Gone, Safe, later
from planner.kept.seal import Secret
from planner.upkeep.backup import back_up, restore
from planner.upkeep.purge import purge
from tests.clinics import House, house, now
from tests.conftest import SECRET
from tests.keeping import together
from tests.rooms import SAFE, everything
from tests.sheet_forms import a_handout

OTHER = Safe("another secret, of more than 32 characters too")
SAID: dict[str, Any] = {"areas": ("low_back",), "goal_words": "my own cello"}


def ahead(**more: Any) -> AnsweredAhead:
    return AnsweredAhead(SAID, now().isoformat(), **more)


def waits(engine: Engine, home: House, safe: Safe = SAFE, **more: Any) -> tuple[str, str]:
    """The code and the word of answers that wait."""
    with writing(engine) as rows:
        code = new_link(rows, safe, rows.get_one(Therapist, home.therapist), now())
        return code, hand_in(rows, safe, home.clinic, code, ahead(**more), now())


def left(engine: Engine) -> dict[str, int]:
    with reading(engine) as rows:
        return {
            table.__tablename__: rows.scalar(select(func.count()).select_from(table)) or 0
            for table in (Intake, PickUpWord, Tablet, Consent)
        }


def test_the_raw_database_tells_nothing_and_no_word_can_be_tried_on_it(engine: Engine, home: House) -> None:
    code, word = waits(engine, home, agreed=agreed_to("May be sore", now(), "Ann Other", "1,2 3,4"))
    raw = repr(everything(engine))
    for known in (code, word, "cello", "low_back", "Ann Other", "sore", "1,2 3,4"):
        assert known not in raw, known
    with reading(engine) as rows:
        found = rows.scalars(select(PickUpWord)).one()
        assert leads_to(rows, OTHER, home.clinic, word, now()) is None
    tried = Secret(OTHER.secret)  # the right word and clinic, but not the server's secret
    name = intakes.under(home.clinic, word)
    assert tried.row_key(name) != found.key and tried.unseal(found.sealed, name, 0) is None
    assert Secret(SECRET).unseal(found.sealed, name, 0)


def test_another_clinic_has_other_words_also_for_the_same_letters(engine: Engine, home: House) -> None:
    other = house(engine, "b")
    code, word = waits(engine, home)
    with reading(engine) as rows:
        assert leads_to(rows, SAFE, home.clinic, word, now()) == code and leads_to(rows, SAFE, other.clinic, word, now()) is None
        assert find_intake(rows, SAFE, code, now(), other.clinic) is None and find_intake(rows, SAFE, code, now(), home.clinic)
    with writing(engine) as rows:
        rows.execute(update(Intake).values(clinic_id=other.clinic))
    with reading(engine) as rows:
        assert find_intake(rows, SAFE, code, now(), other.clinic) is None, "a row that was moved does not open"


def test_a_miss_does_the_work_of_a_hit(engine: Engine, home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    code, word = waits(engine, home)
    opened: list[int] = []
    whole = Secret.unseal

    def counting(self: Secret, sealed: bytes, name: str, version: int) -> bytes | None:
        opened.append(1)
        return whole(self, sealed, name, version)

    monkeypatch.setattr(Secret, "unseal", counting)
    counted = []
    for tried in (word, "BRTX" if word != "BRTX" else "BRTW"):
        with reading(engine) as rows:
            leads_to(rows, SAFE, home.clinic, tried, now())
        counted.append(len(opened))
    for tried in (code, new_code()):
        with reading(engine) as rows:
            find_intake(rows, SAFE, tried, now(), home.clinic)
        counted.append(len(opened))
    assert counted == [1, 2, 3, 4]


def test_a_secret_that_was_changed_still_opens(engine: Engine, home: House) -> None:
    code, word = waits(engine, home)
    newer = Safe(OTHER.secret, (SECRET,))
    with writing(engine) as rows:
        assert leads_to(rows, newer, home.clinic, word, now()) == code and find_intake(rows, newer, code, now(), home.clinic)
        assert hand_in(rows, newer, home.clinic, code, ahead(), now(), word) == word
        assert find_intake(rows, newer, code, now(), home.clinic)


def test_two_links_at_once_never_share_a_word(engine: Engine, home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["BRTX"] * 4 + ["BRTW", "BRTV", "BRTH", "BRTJ", "BRTK"])
    monkeypatch.setattr(intakes, "new_word", lambda: next(drawn))
    found = together(4, lambda _: waits(engine, home))
    assert len({word for _, word in found}) == 4
    with reading(engine) as rows:
        assert all(leads_to(rows, SAFE, home.clinic, word, now()) == code for code, word in found)


def test_a_link_is_answered_once(engine: Engine, home: House) -> None:
    code, word = waits(engine, home)
    for other in ("", "BRTX" if word != "BRTX" else "BRTW"):
        with pytest.raises(Gone), writing(engine) as rows:
            hand_in(rows, SAFE, home.clinic, code, ahead(), now(), other)
    with writing(engine) as rows:
        assert hand_in(rows, SAFE, home.clinic, code, ahead(), now(), word) == word, "by the same person again"


def test_wrong_words_of_two_at_once_are_two(engine: Engine, home: House) -> None:
    def one(_: int) -> None:
        with writing(engine) as rows:
            note_wrong(rows, home.clinic, now())

    together(4, one)
    for _ in range(MOST_WRONG - 5):
        one(0)
    with reading(engine) as rows:
        assert may_guess(rows, home.clinic, now())
    one(0)
    with reading(engine) as rows:
        assert not may_guess(rows, home.clinic, now()) and may_guess(rows, home.clinic, now() + timedelta(days=1))


def test_what_was_not_printed_is_purged_and_what_was_agreed_lives_as_long_as_the_record(engine: Engine, home: House) -> None:
    agreed = agreed_to("May be sore", now(), "Ann Other", "")
    waits(engine, home)
    code, _ = waits(engine, home, agreed=agreed)
    sheet = a_handout(engine, home)
    with writing(engine) as rows:
        set_up(rows, rows.get_one(Therapist, home.owner), now())
        row = rows.get_one(Handout, sheet)
        visit_printed(rows, SAFE, row, code, now())
        visit_printed(rows, SAFE, row, code, now())
        assert consent_of(rows, SAFE, row) == agreed
    assert left(engine) == {"intake": 1, "pick_up_word": 1, "tablet": 1, "consent": 1}
    today = date.today()
    purge(engine, today, SAFE.months)
    assert left(engine)["intake"] == 1
    purge(engine, today + timedelta(days=8), SAFE.months, force=True)
    assert left(engine) == {"intake": 0, "pick_up_word": 0, "tablet": 1, "consent": 1}
    purge(engine, later(today, 12 * 8) - timedelta(days=1), SAFE.months, force=True)
    assert left(engine)["consent"] == 1
    purge(engine, later(today, 12 * 8) + timedelta(days=2), SAFE.months, force=True)
    assert left(engine) == {"intake": 0, "pick_up_word": 0, "tablet": 0, "consent": 0}


def test_handing_in_sweeps_away_what_is_over(engine: Engine, home: House) -> None:
    waits(engine, home)
    with writing(engine) as rows:
        rows.execute(update(Intake).values(expires=now()))
    waits(engine, home)
    assert left(engine)["intake"] == left(engine)["pick_up_word"] == 1, "it need not wait for the night"


def test_a_backup_takes_no_answers_along(engine: Engine, home: House, tmp_path: Path) -> None:
    waits(engine, home)
    with writing(engine) as rows:
        set_up(rows, rows.get_one(Therapist, home.owner), now())
    back_up(engine, tmp_path / "all.zip")
    restore(engine, tmp_path / "all.zip", force=True)
    assert left(engine) == {"intake": 0, "pick_up_word": 0, "tablet": 1, "consent": 0}
    with reading(engine) as rows:
        assert rows.scalars(select(Clinic.id)).all() == [home.clinic]


def test_a_deleted_clinic_leaves_nothing_and_takes_nothing(engine: Engine, home: House) -> None:
    code, word = waits(engine, home)
    with writing(engine) as rows:
        set_up(rows, rows.get_one(Therapist, home.owner), now())
        delete_clinic(rows, SAFE, home.clinic, now())
    assert set(left(engine).values()) == {0}
    for tablet in (False, True):
        with pytest.raises(Gone), writing(engine) as rows:
            hand_in(rows, SAFE, home.clinic, code, ahead(tablet=tablet), now(), word)
