"""Handouts, notes and packs of a clinic: kept once, opened by their own clinic alone, changed by one at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text

from planner.clinic.sheets import notes, packs
from planner.clinic.sheets.handouts import (
    Sheet,
    change_handout,
    find_by_code,
    make_handout,
    note_read_back,
    open_handout,
    revoke_handout,
    todays,
)
from planner.clinic.sheets.packs import BadPack, NewPack
from planner.clinic.tables import Handout, Note, Therapist
from planner.database.sessions import reading, writing
from planner.domain.model import Library
from planner.kept import plans
from planner.kept.plans import Body, ChangedMeanwhile, Gone, KeptPlan
from tests.clinics import House, events, house, now, person
from tests.keeping import together
from tests.rooms import SAFE, opened
from tests.sheet_forms import a_body, a_handout


@pytest.fixture
def body(library: Library) -> Body:
    return a_body(library, goal="sport", goal_words="play the cello")


def count(engine: Engine, table: Any) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_what_was_printed_opens_again(engine: Engine, home: House, body: Body) -> None:
    found = opened(engine, home, a_handout(engine, home, body, pack="Low back, desk", reference="R 12"))
    assert found.kept and found.kept.body == body and found.handout.pack == "Low back, desk" and found.handout.reference == "R 12"
    with reading(engine) as session:
        plan = plans.find_kept(session, SAFE, found.code, now().date())
        assert plan and plan.body == body
        assert getattr(find_by_code(session, SAFE, home.clinic, found.code), "id", "") == found.handout.id
    assert events(engine, home.clinic)[-1] == "handout"


def test_another_clinic_finds_nothing(engine: Engine, home: House, body: Body) -> None:
    name, other = a_handout(engine, home, body), house(engine, "b")
    code = opened(engine, home, name).code
    with reading(engine) as session:
        assert open_handout(session, SAFE, other.clinic, name, now().date()) is None
        assert find_by_code(session, SAFE, other.clinic, code) is None
        assert todays(session, other.clinic, now() - timedelta(days=1)) == []
    with writing(engine) as session:
        made = make_handout(session, SAFE, person(engine, other.therapist), Sheet(body, previous=name), now())
        assert made.previous is None


def test_a_code_sealed_for_one_clinic_does_not_open_in_the_row_of_another(engine: Engine, home: House, body: Body) -> None:
    mine, other = a_handout(engine, home, body), house(engine, "b")
    theirs = a_handout(engine, other, replace(body, note="theirs"))
    with writing(engine) as session:
        session.get_one(Handout, theirs).sealed_code = session.get_one(Handout, mine).sealed_code
    found = opened(engine, other, theirs)
    assert found.code == "" and found.kept is None


@pytest.mark.parametrize("clicks", [2, 8])
def test_clicks_on_one_form_make_one_handout(engine: Engine, home: House, body: Body, clicks: int) -> None:
    def click(_: int) -> str:
        with writing(engine) as session:
            return make_handout(session, SAFE, session.get_one(Therapist, home.therapist), Sheet(body), now(), once="form 1").id

    assert len(set(together(clicks, click))) == 1
    assert count(engine, Handout) == count(engine, KeptPlan) == 1
    with writing(engine) as session:
        make_handout(session, SAFE, session.get_one(Therapist, home.therapist), Sheet(replace(body, note="b")), now(), once="form 1")
        make_handout(session, SAFE, session.get_one(Therapist, home.owner), Sheet(body), now(), once="form 1")
    assert count(engine, Handout) == 3


def test_a_handout_that_cannot_be_noted_keeps_no_plan(engine: Engine, home: House, body: Body) -> None:
    by = person(engine, home.therapist)
    with pytest.raises(Exception, match=r"(?i)constraint|foreign key"), writing(engine) as session:
        make_handout(session, SAFE, Therapist(id="f" * 32, clinic_id=by.clinic_id), Sheet(body), now())
    assert count(engine, KeptPlan) == 0


def test_the_second_of_two_changes_is_told(engine: Engine, home: House, body: Body) -> None:
    found = opened(engine, home, a_handout(engine, home, body))
    by = person(engine, home.therapist)
    with writing(engine) as session:
        change_handout(session, SAFE, by, found, Sheet(replace(body, note="first")), 1, now())
    with pytest.raises(ChangedMeanwhile) as told, writing(engine) as session:
        change_handout(session, SAFE, by, found, Sheet(replace(body, note="second"), reference="late"), 1, now())
    assert told.value.version == 2
    again = opened(engine, home, found.handout.id)
    assert again.kept and again.kept.body.note == "first" and again.handout.version == 2 and again.handout.reference == ""
    assert again.code == found.code and count(engine, KeptPlan) == 1


def test_revoked_means_nothing_opens_any_more(engine: Engine, home: House, body: Body) -> None:
    found = opened(engine, home, a_handout(engine, home, body, reference="R 12"))
    by = person(engine, home.therapist)
    with writing(engine) as session:
        assert revoke_handout(session, SAFE, by, found, now())
        assert not revoke_handout(session, SAFE, by, found, now())
    after = opened(engine, home, found.handout.id)
    assert after.kept is None and after.handout.reference == "" and count(engine, KeptPlan) == 0
    with reading(engine) as session:
        assert plans.find_kept(session, SAFE, found.code, now().date()) is None
        assert todays(session, home.clinic, now() - timedelta(days=1)) == []
    for late in (found, after):
        with pytest.raises(Gone), writing(engine) as session:
            change_handout(session, SAFE, by, late, Sheet(body), 1, now())
        with pytest.raises(Gone), writing(engine) as session:
            note_read_back(session, SAFE, late, replace(body, readbacks=("2026-12-05 5312 same",)), now().date())


def test_todays_sheets_newest_first(engine: Engine, home: House, body: Body) -> None:
    names = [a_handout(engine, home, replace(body, note=str(number))) for number in range(3)]
    with writing(engine) as session:
        session.get_one(Handout, names[0]).made = now() - timedelta(days=2)
    with reading(engine) as session:
        assert [row.id for row in todays(session, home.clinic, now() - timedelta(hours=1))] == [names[2], names[1]]


def test_the_last_five_notes_are_offered_to_their_writer(engine: Engine, home: House) -> None:
    mine, theirs = person(engine, home.therapist), person(engine, home.owner)
    for number, words in enumerate(["a", "b", "c", "d", "e", "f", "b", "", "\u202eגב 🌱"]):
        with writing(engine) as session:
            notes.remember(session, SAFE, mine, words, now() + timedelta(seconds=number))
    with reading(engine) as session:
        assert notes.recent(session, SAFE, mine) == ["\u202eגב 🌱", "b", "f", "e", "d"]
        assert notes.recent(session, SAFE, theirs) == []
    assert count(engine, Note) == 5


def test_no_note_and_no_code_can_be_read_in_the_tables(engine: Engine, home: House, body: Body) -> None:
    code = opened(engine, home, a_handout(engine, home, replace(body, note="knows the piano"))).code
    with writing(engine) as session:
        notes.remember(session, SAFE, person(engine, home.therapist), "knows the piano", now())
    with engine.connect() as connection:
        rows = [connection.execute(text(f"select * from {table}")).all() for table in ("handout", "note", "kept_plan")]
    dump = repr([[bytes(one) if isinstance(one, memoryview) else one for row in found for one in row] for found in rows])
    for word in (code, "piano", "cello", "low_back"):
        assert word not in dump


def test_packs_hold_nothing_of_one_person(engine: Engine, home: House, library: Library, body: Body) -> None:
    by = person(engine, home.therapist)
    with writing(engine) as session:
        asked = {**body.answers, "rf_saddle": "yes"}
        made = packs.save_pack(session, SAFE, library, by, NewPack("  Our \u202edesk ", {**asked, "rf_crisis": "no"}), now())
        assert packs.save_pack(session, SAFE, library, by, NewPack("Our desk", asked), now()).id == made.id
    with reading(engine) as session:
        (found,) = packs.own_packs(session, SAFE, library, home.clinic)
        assert packs.own_packs(session, SAFE, library, house(engine, "b").clinic) == []
    assert found.title == "Our desk" and found.answers["areas"] == ("low_back",)
    assert not [name for name in found.answers if name.startswith("rf_") or name in ("goal_words", "country")]


def test_pack_titles(engine: Engine, home: House, library: Library) -> None:
    by = person(engine, home.therapist)
    with writing(engine) as session:
        one = packs.save_pack(session, SAFE, library, by, NewPack("Desk", {"minutes": "5"}), now()).id
        two = packs.save_pack(session, SAFE, library, by, NewPack("Work", {"minutes": "5"}), now()).id
        for title, reason in (("desk", "taken"), (" \u200b ", "title"), ("x" * 41, "title")):
            with pytest.raises(BadPack) as fault:
                packs.save_pack(session, SAFE, library, by, NewPack(title, {"minutes": "10"}), now())
            assert fault.value.reason == reason
            with pytest.raises(BadPack):
                packs.change_pack(session, by, packs.own_packs(session, SAFE, library, home.clinic), two, title, 0, now())
        own = packs.own_packs(session, SAFE, library, home.clinic)
        assert packs.change_pack(session, by, own, one, "DESK", 0, now()) and not packs.change_pack(
            session, by, own, "nothing", "Z", 0, now()
        )
        assert packs.delete_pack(session, by, one, now()) and not packs.delete_pack(session, by, one, now())


def test_packs_have_an_end(engine: Engine, home: House, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "MOST_PACKS", 2)
    by = person(engine, home.therapist)
    with writing(engine) as session:
        for title in ("a", "b"):
            packs.save_pack(session, SAFE, library, by, NewPack(title, {"minutes": "5"}), now())
        with pytest.raises(BadPack) as fault:
            packs.save_pack(session, SAFE, library, by, NewPack("c", {"minutes": "5"}), now())
    assert fault.value.reason == "many"
