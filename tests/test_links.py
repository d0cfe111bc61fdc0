"""One-time links, one-time codes, what is noted, and the `clinic` commands. On SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import Engine, func, select, update

from planner.cli.main import main
from planner.clinic.people import accounts, audit, invitations, one_time_codes, sign_ins
from planner.clinic.people.accounts import EmailTaken
from planner.clinic.people.invitations import OneOfUs, SpentLink
from planner.clinic.sealing import seal, unseal
from planner.clinic.tables import OWNER, THERAPIST, Audit, Recovery, Therapist
from planner.database.engines import open_database
from planner.database.sessions import reading, writing
from planner.kept.codes import without_code
from planner.kept.plans import Safe
from planner.upkeep.upgrading import upgrade
from tests.clinics import NEW, House, events, hashed, house, now, person, second_owner
from tests.conftest import SECRET
from tests.keeping import SAFE, together

AT = datetime(2026, 11, 21, 9, 0, 10, tzinfo=UTC)


def invite(engine: Engine, home: House, email: str = "new@a.example", role: str = THERAPIST) -> str:
    with writing(engine) as session:
        return invitations.invite(session, now(), session.get_one(Therapist, home.owner), email, role)


def use(engine: Engine, token: str, *, at: datetime | None = None) -> str | None:
    with writing(engine) as session:
        return invitations.use(session, at or now(), token, "New Colleague", hashed(NEW))


def test_an_invitation_is_good_once(engine: Engine) -> None:
    home = house(engine, "a")
    token = invite(engine, home)
    signed = use(engine, token)
    with reading(engine) as session:
        found = sign_ins.find_sign_in(session, signed or "", now())
        assert found and (found.therapist.clinic_id, found.therapist.role) == (home.clinic, THERAPIST)
        assert invitations.open_ones(session, home.clinic, now()) == []
    with pytest.raises(SpentLink):
        use(engine, token)
    assert events(engine, home.clinic) == ["clinic", "invited", "joined"]


def test_of_two_who_use_it_at_once_exactly_one_joins(engine: Engine) -> None:
    home = house(engine, "a")
    token = invite(engine, home)
    found = together(4, lambda place: use(engine, token))
    assert sorted(type(one).__name__ for one in found) == ["SpentLink"] * 3 + ["str"]
    with reading(engine) as session:
        assert len(accounts.people(session, home.clinic)) == 3


def test_an_invitation_ends_after_7_days_when_withdrawn_and_with_the_next_one(engine: Engine) -> None:
    home, other = house(engine, "a"), house(engine, "b")
    with pytest.raises(SpentLink):
        use(engine, invite(engine, home), at=now() + invitations.TO_JOIN + timedelta(seconds=1))
    first, second = invite(engine, home), invite(engine, home)
    with pytest.raises(SpentLink):
        use(engine, first)
    name = sign_ins.token_hash(second).hex()
    with writing(engine) as session:
        assert not invitations.revoke(session, now(), session.get_one(Therapist, other.owner), name)  # not theirs
        assert not invitations.revoke(session, now(), session.get_one(Therapist, home.owner), "zz")
        assert invitations.revoke(session, now(), session.get_one(Therapist, home.owner), name)
    for token in (second, "", "x", new := invitations.new_token(), f"{new}\x00\ud800"):
        with pytest.raises(SpentLink):
            use(engine, token)


def test_an_owner_learns_of_their_own_people_only(engine: Engine) -> None:
    home = house(engine, "a")
    house(engine, "b")
    with pytest.raises(OneOfUs):
        invite(engine, home, "therapist@a.example")
    token = invite(engine, home, "therapist@b.example")  # as if it were new
    with pytest.raises(EmailTaken):
        use(engine, token)
    with pytest.raises(EmailTaken):  # the first try used nothing up
        use(engine, token)


def password_link(engine: Engine, therapist_id: str, by: str | None) -> str:
    with writing(engine) as session:
        owner = session.get_one(Therapist, by) if by else None
        return invitations.password_link(session, now(), session.get_one(Therapist, therapist_id), owner)


def test_a_link_for_a_password_lasts_an_hour_ends_sign_ins_and_is_good_once(engine: Engine) -> None:
    home = house(engine, "a")
    first, second = (password_link(engine, home.therapist, home.owner) for _ in range(2))
    with writing(engine) as session:
        before = sign_ins.begin(session, home.therapist, now())
    for token, at in ((first, now()), (second, now() + timedelta(minutes=60, seconds=1))):
        with pytest.raises(SpentLink):
            use(engine, token, at=at)
    signed = use(engine, second)
    with reading(engine) as session:
        assert signed and sign_ins.find_sign_in(session, signed, now()) and sign_ins.find_sign_in(session, before, now()) is None
    assert accounts.is_right(person(engine, home.therapist), NEW)
    with pytest.raises(SpentLink):
        use(engine, second)
    gone = password_link(engine, home.therapist, home.owner)
    with writing(engine) as session:
        accounts.set_active(session, now(), session.get_one(Therapist, home.owner), home.therapist, active=False)
    with pytest.raises(SpentLink):
        use(engine, gone)


def turn_on(engine: Engine, therapist_id: str, secret: str, *, at: datetime = AT) -> list[str] | None:
    with writing(engine) as session:
        return one_time_codes.turn_on(session, at, SAFE, session.get_one(Therapist, therapist_id), secret, pyotp.TOTP(secret).at(AT))


def accept(engine: Engine, therapist_id: str, code: str, at: datetime) -> bool:
    with writing(engine) as session:
        return one_time_codes.accept(session, at, SAFE, therapist_id, code)


def test_a_code_is_good_once_and_only_now(engine: Engine) -> None:
    home, secret = house(engine, "a"), one_time_codes.new_secret()
    assert turn_on(engine, home.owner, secret, at=AT + timedelta(minutes=5)) is None and person(engine, home.owner).totp is None
    assert turn_on(engine, home.owner, secret)
    made, step = pyotp.TOTP(secret), timedelta(seconds=30)
    assert not accept(engine, home.owner, made.at(AT), AT)  # the one that turned it on
    later = AT + 4 * step
    for wrong in (made.at(later - 2 * step), made.at(later + 2 * step), "", "0", "x" * 10_000, "\ud800"):
        assert not accept(engine, home.owner, wrong, later)
    code = made.at(later)
    assert accept(engine, home.owner, f" {code[:3]} {code[3:]} ", later) and not accept(engine, home.owner, code, later)
    assert not accept(engine, home.owner, made.at(later - step), later)  # older than one that was used
    assert not accept(engine, home.therapist, made.at(later + step), later + step)
    assert together(4, lambda place: accept(engine, home.owner, made.at(later + step), later + step)).count(True) == 1
    in_arabic = made.at(later + 3 * step).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert accept(engine, home.owner, in_arabic, later + 3 * step)


def test_each_recovery_code_is_good_once(engine: Engine) -> None:
    home, secret = house(engine, "a"), one_time_codes.new_secret()
    codes = turn_on(engine, home.owner, secret) or []
    assert len(set(codes)) == 8
    assert accept(engine, home.owner, codes[0].lower(), AT) and not accept(engine, home.owner, codes[0], AT)
    assert together(3, lambda place: accept(engine, home.owner, codes[1], AT)).count(True) == 1
    assert not accept(engine, home.owner, codes[2][:-1] + ("0" if codes[2][-1] != "0" else "1"), AT)
    with writing(engine) as session:
        one_time_codes.turn_off(session, now(), session.get_one(Therapist, home.owner), session.get_one(Therapist, home.owner))
    assert not accept(engine, home.owner, codes[3], AT)
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(Recovery)) == 0


def test_a_stolen_database_alone_tries_no_recovery_code(engine: Engine) -> None:
    """Rows had the SHA-256 of a code alone: whoever had them tried codes at their own speed, all people's at once."""
    home, secret = house(engine, "a"), one_time_codes.new_secret()
    codes = turn_on(engine, home.owner, secret) or []
    newer, other = Safe("a newer secret of the tests, long enough too", (SAFE.secret,)), Safe("x" * 40)
    with writing(engine) as session:
        rows = set(session.scalars(select(Recovery.code_hash)))
        assert len(rows) == 8 and not rows & {sign_ins.token_hash(code) for code in codes}
        assert one_time_codes.recovery_keys(SAFE, home.owner, codes[0]) != one_time_codes.recovery_keys(SAFE, home.therapist, codes[0])
        session.add(Recovery(therapist_id=home.owner, code_hash=sign_ins.token_hash("0" * 17)))  # as a code of before was written
    for safe, code, right in ((other, codes[0], False), (newer, codes[0], True), (SAFE, codes[1], True), (SAFE, "0" * 17, True)):
        with writing(engine) as session:
            assert one_time_codes.accept(session, AT, safe, home.owner, code) == right


def test_what_is_sealed_opens_for_its_clinic_and_place_alone() -> None:
    sealed = seal(SAFE, "a", "note:1", "ends without a space ✓".encode())
    assert unseal(SAFE, "a", "note:1", sealed) == "ends without a space ✓".encode()
    newer = Safe("a newer secret of the tests, long enough too", (SAFE.secret,))
    assert unseal(newer, "a", "note:1", sealed) is not None
    for safe, clinic, place in ((SAFE, "b", "note:1"), (SAFE, "a", "note:2"), (Safe("x" * 40), "a", "note:1")):
        assert unseal(safe, clinic, place, sealed) is None
    assert unseal(SAFE, "a", "note:1", b"") is None


def test_what_happened_is_told_to_its_own_clinic_newest_first(engine: Engine) -> None:
    ours, theirs = house(engine, "a"), house(engine, "b")
    with writing(engine) as session:
        for number in range(audit.EVENTS_A_PAGE):
            audit.record(session, AT + timedelta(minutes=number), "profile", by=session.get_one(Therapist, ours.owner))
        session.execute(update(Audit).where(Audit.what == "clinic").values(at=AT - timedelta(days=1)))
        first, second = (audit.events(session, ours.clinic, page) for page in (1, 2))
        assert [event.at for event, _ in first.rows] == sorted((event.at for event, _ in first.rows), reverse=True)
        assert (len(first.rows), len(second.rows)) == (audit.EVENTS_A_PAGE, 1) and (first.number, second.number) == (1, 2)
        assert first.last == second.last == 2 and first.count == audit.EVENTS_A_PAGE + 1
        assert first.rows[0][1] == "Olive Owner" and not {event.id for event, _ in first.rows} & {event.id for event, _ in second.rows}
        assert [event.what for event, _ in audit.events(session, theirs.clinic, 2).rows] == ["clinic"]


def test_failures_of_nobody_go_after_a_month(engine: Engine) -> None:
    home = house(engine, "a")
    for days in (40, 0):
        with writing(engine) as session:
            audit.record_failure(session, now() - timedelta(days=days), None)
            audit.record_failure(session, now() - timedelta(days=days), session.get_one(Therapist, home.owner))
    assert events(engine, None) == ["sign_in_failed"] and events(engine, home.clinic).count("sign_in_failed") == 2


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    url = f"sqlite:///{tmp_path / 'clinics.sqlite3'}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("BASE_URL", "https://plan.example.org/")
    monkeypatch.setenv("TRUSTED_HOSTS", "plan.example.org")
    monkeypatch.setenv("SECRET_KEY", SECRET)
    upgrade(open_database(url))
    return open_database(url)


def test_the_command_line_makes_a_clinic_and_lets_its_owner_in(here: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clinic", "add", "--name", " Harbour  Lane ", "--email", "Ann@Example.org", "--owner", "Ann Bee"]) == 0
    link = capsys.readouterr().out.strip()
    assert link.startswith("https://plan.example.org/clinic/join/") and link.rpartition("/")[2] not in without_code(link)
    main(["clinic", "list"])
    name, owner_name, email, role, state = capsys.readouterr().out.rstrip("\n").split("\t")
    assert (name, owner_name, email, role) == ("Harbour Lane", "Ann Bee", "ann@example.org", "owner") and state, "she has no password yet"
    assert use(here, link.rpartition("/")[2], at=now() + timedelta(days=6))
    main(["clinic", "link", "ANN@example.org"])
    assert use(here, capsys.readouterr().out.strip().rpartition("/")[2])
    with reading(here) as session:
        owner = accounts.by_email(session, "ann@example.org")
        assert owner and (owner.role, owner.name, owner.initials) == (OWNER, "New Colleague", "NC")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["add", "--name", "\u200b", "--email", "a@b.cd"], "--name"),
        (["add", "--name", "A", "--email", "nobody"], "--email"),
        (["add", "--name", "A", "--email", "owner@a.example"], "--email owner@a.example"),
        (["link", "therapist@a.example"], "therapist@a.example"),
        (["link", "a\nb"], "no owner"),
    ],
)
def test_bad_input_is_one_line(here: Engine, capsys: pytest.CaptureFixture[str], arguments: list[str], named: str) -> None:
    second_owner(here, house(here, "a"))
    assert main(["clinic", *arguments]) == 2
    found = capsys.readouterr()
    assert found.err.count("\n") == 1 and named in found.err and not found.out
