"""Accounts without a browser: names, passwords, roles, sign-ins, one-time links and codes. On SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pyotp
import pytest
import time_machine
from argon2 import PasswordHasher
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from planner.clinic.people import accounts, invitations, names, one_time_codes, passwords, sign_ins
from planner.clinic.people.accounts import EmailTaken, LastOwner, NoPerson
from planner.clinic.tables import OWNER, THERAPIST, SignedIn, Therapist
from planner.database.rows import Base
from planner.database.sessions import reading, writing
from tests.clinics import PASSWORD, hashed, house, now, person, second_owner
from tests.keeping import SAFE, together

FOREVER = pytest.mark.parametrize(
    "text_in", ["", "   ", "\u200b", "\u200b \ufeff", "\u3164", "\u202e", "\x00", "x" * 81, "\ud800", "\u0301"]
)


@FOREVER
def test_a_name_that_cannot_be_seen_is_no_name(text_in: str) -> None:
    assert names.clean_name(text_in) == ""


def test_names_are_tidied_and_nothing_in_them_turns_text() -> None:
    assert names.clean_name("  Zoe\u0308 \u202egnidaer\u202c \x00 A\tB\n") == "Zoë gnidaer A B"
    assert names.clean_name("\u2067שלום\u2069") == "שלום"
    assert names.clean_name("👩‍⚕️ نرگس") == "👩‍⚕️ نرگس"
    assert names.clean_name("{{7*7}} %(x)s <b>") == "{{7*7}} %(x)s <b>"
    assert (
        names.initials_of("Jo van der Berg-Tan"),
        names.initials_of("👩‍⚕️"),
        names.clean_initials("jt"),
        names.clean_initials("J T"),
    ) == (
        "JVDB",
        "?",
        "JT",
        "",
    )


def test_addresses_have_one_spelling() -> None:
    assert names.clean_email("  Ann@Example.ORG ") == names.clean_email("ａnn@example.org") == "ann@example.org"
    for bad in (
        "",
        "ann",
        "ann@",
        "@example.org",
        "a@b@c.d",
        "a b@c.de",
        "ann@example",
        "a\n@b.cd",
        "a\x00@b.cd",
        "x" * 250 + "@b.cd",
        "\ud800",
    ):
        assert names.clean_email(bad) == "", bad
    assert names.clean_email("x" * 10_000_000) == ""


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("seven77", "short"),
        ("a" * 8, "common"),
        ("12345678", "common"),
        ("87654321", "common"),
        ("abcdefghij", "common"),
        ("backpain1", "common"),
        ("P@ssw0rd!", "common"),
        ("!!Dragon99", "common"),
        ("Harbour2024", "common"),
        ("ann.owner!", "common"),
        ("12345678a", "common"),
        ("abcabcabc", "common"),
        ("november2025", "common"),
        ("harbourlane", "common"),
        ("Harbour-Lane-2026", "common"),
        ("poiuytrewq", "common"),
        ("12.05.1987", "common"),
        ("wanderer1987!", "common"),
        ("password" * 9, "common"),
        ("kvrn3x8q", ""),
        ("Wintertag im Moor", ""),
        ("é" * 600, "long"),
        ("x1y2" * 300, "long"),
        ("six words that nobody else has", ""),
        ("   spaces   count  ", ""),
        ("🌱🌿🍀🌳🌲🎋🪴🌵", ""),
        ("x1Y2-z3!" * 8, ""),
        ("93847a2019385746", ""),  # what is left without the digits at its ends is no word
        ("2019-kz-8851-0042-77", ""),
        ("2468wanderer1357", "common"),
        ("19870512love!2019", "common"),
    ],
)
def test_which_passwords_are_refused(password: str, fault: str) -> None:
    assert passwords.fault(password, "Ann Owner", "ann.owner@example.org", "Harbour Lane") == fault


@pytest.mark.slow
def test_none_of_the_first_three_thousand_passwords_is_taken() -> None:
    """ASVS 5.0, 6.2.4. Of those that are long enough."""
    found = [word for word in FREQUENCY_LISTS["passwords"] if len(word) >= passwords.SHORTEST][:3000]
    assert len(found) == 3000
    assert [word for word in found if passwords.fault(word) != "common"] == []


def test_a_megabyte_is_refused_before_it_is_hashed(monkeypatch: pytest.MonkeyPatch) -> None:
    lengths: list[int] = []
    monkeypatch.setattr(passwords, "HASHER", type("Spy", (), {"verify": lambda self, stored, given: lengths.append(len(given))})())
    passwords.is_right("x" * 1_000_000, passwords.NOBODYS_HASH)
    assert passwords.fault("x" * 1_000_000) == "long" and lengths == [0]


def test_hashes_are_argon2id_of_todays_settings_and_old_ones_are_renewed(engine: Engine) -> None:
    home = house(engine, "a")
    assert hashed(PASSWORD).startswith("$argon2id$v=19$m=19456,t=2,p=1$") and not passwords.is_dated(passwords.NOBODYS_HASH)
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with writing(engine) as session:
        session.execute(update(Therapist).where(Therapist.id == home.owner).values(password=old))
    with writing(engine) as session:
        assert accounts.is_right(accounts.by_email(session, "owner@a.example"), PASSWORD)
        accounts.sign_in(session, now(), home.owner, how="password", dated=PASSWORD)
    renewed = person(engine, home.owner).password
    assert renewed and not passwords.is_dated(renewed) and passwords.is_right(PASSWORD, renewed)


@pytest.mark.parametrize("who", ["nobody", "no password", "known"])
def test_a_miss_takes_the_work_of_a_hit(who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    work: list[Any] = []
    real = passwords.HASHER

    class Spy:
        def verify(self, stored: str, given: str) -> bool:
            work.append(stored)
            return real.verify(stored, given)

    known = {"nobody": None, "no password": Therapist(password=None), "known": Therapist(password=hashed(PASSWORD))}[who]
    monkeypatch.setattr(passwords, "HASHER", Spy())
    assert not accounts.is_right(known, "wrong password") and len(work) == 1
    assert work[0].startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_the_spelling_of_a_letter_does_not_matter() -> None:
    assert passwords.is_right("zoe\u0308 and more", passwords.hashed("zoë and more"))
    assert not passwords.is_right("anything", "not a hash of ours") and not passwords.is_right("\ud800 half", hashed(PASSWORD))


def test_one_address_has_one_account(engine: Engine) -> None:
    home = house(engine, "a")
    with pytest.raises(EmailTaken), writing(engine) as session:
        accounts.add_clinic(session, now(), "Other", "owner@a.example", "Someone")
    with reading(engine) as session:
        assert [clinic.name for clinic, _ in accounts.clinics(session)] == ["Clinic a"]
        assert {one.id for one in accounts.people(session, home.clinic)} == {home.owner, home.therapist}


def test_the_last_owner_stays(engine: Engine) -> None:
    home = house(engine, "a")
    owner = person(engine, home.owner)
    changes: list[Callable[[Session], object]] = [
        lambda session: accounts.set_role(session, now(), owner, home.owner, THERAPIST),
        lambda session: accounts.set_active(session, now(), owner, home.owner, active=False),
    ]
    for do in changes:
        with pytest.raises(LastOwner), writing(engine) as session:
            do(session)
    second = second_owner(engine, home)
    with writing(engine) as session:
        accounts.set_active(session, now(), owner, second, active=False)
    with pytest.raises(LastOwner), writing(engine) as session:  # one without access does not count
        accounts.set_role(session, now(), owner, home.owner, THERAPIST)


def test_two_owners_who_demote_each_other_at_once_leave_one(engine: Engine) -> None:
    home = house(engine, "a")
    both = [home.owner, second_owner(engine, home)]
    rows = [person(engine, one) for one in both]

    def demote(place: int) -> None:
        with writing(engine) as session:
            accounts.set_role(session, now(), rows[place], both[1 - place], THERAPIST)

    found = together(2, demote)
    assert sorted(type(one).__name__ for one in found) == ["LastOwner", "NoneType"]
    assert [person(engine, one).role for one in both].count(OWNER) == 1


def test_people_of_another_clinic_are_nobody(engine: Engine) -> None:
    ours, theirs = house(engine, "a"), house(engine, "b")
    owner = person(engine, ours.owner)
    changes: list[Callable[[Session], object]] = [
        lambda session: accounts.person(session, ours.clinic, theirs.therapist),
        lambda session: accounts.set_role(session, now(), owner, theirs.therapist, OWNER),
        lambda session: accounts.set_active(session, now(), owner, theirs.therapist, active=False),
    ]
    for do in changes:
        with pytest.raises(NoPerson), writing(engine) as session:
            do(session)
    assert person(engine, theirs.therapist).role == THERAPIST and person(engine, theirs.therapist).active


def test_a_sign_in_ends_when_idle_when_old_and_with_the_account(engine: Engine) -> None:
    home = house(engine, "a")
    with time_machine.travel("2026-11-21 09:00Z", tick=False) as clock, writing(engine) as session:
        token = sign_ins.begin(session, home.owner, now())
        clock.shift(sign_ins.IDLE - timedelta(seconds=1))
        found = sign_ins.find_sign_in(session, token, now())
        assert found and found.ends - now() == timedelta(seconds=1) and sign_ins.is_stale(found, now())
        sign_ins.note_seen(session, found, now())
        clock.shift(sign_ins.IDLE - timedelta(seconds=1))
        assert sign_ins.find_sign_in(session, token, now())
        clock.shift(1)
        assert sign_ins.find_sign_in(session, token, now()) is None
        other = sign_ins.begin(session, home.owner, now())
        for _ in range(16):
            clock.shift(sign_ins.IDLE - timedelta(hours=1))
            if found := sign_ins.find_sign_in(session, other, now()):
                sign_ins.note_seen(session, found, now())
        assert sign_ins.find_sign_in(session, other, now()) is None  # 7 days, however busy
        third = sign_ins.begin(session, home.owner, now())
        assert len(list(session.scalars(select(SignedIn)))) == 1  # old rows go
        session.execute(update(Therapist).where(Therapist.id == home.owner).values(active=False))
        assert sign_ins.find_sign_in(session, third, now()) is None


def test_the_database_holds_no_token_and_no_password(engine: Engine) -> None:
    home = house(engine, "a")
    with writing(engine) as session:
        token = sign_ins.begin(session, home.owner, now())
        link = invitations.invite(session, now(), session.get_one(Therapist, home.owner), "new@a.example", THERAPIST)
        codes = one_time_codes.turn_on(
            session, now(), SAFE, session.get_one(Therapist, home.owner), secret := one_time_codes.new_secret(), pyotp.TOTP(secret).now()
        )
    with reading(engine) as session:
        dump = " ".join(str(row) for table in Base.metadata.sorted_tables for row in session.execute(select(table)))
    for hidden in (token, link, *link.split("."), PASSWORD, secret, *(codes or ["?"])):
        assert hidden not in dump
