"""The shelf: finding a clinic's own sheets, one of them with its papers and history, revoking, and figures that name nobody."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from planner.clinic.sheets import search
from planner.clinic.sheets.search import HANDOUTS_A_PAGE, Wanted, midnight
from planner.clinic.tables import Handout
from planner.database.sessions import reading, writing
from planner.library.reader import load
from tests.clinics import House, house, now
from tests.rooms import Room, errors
from tests.sheet_forms import a_body, a_handout, changed_row

LIST = 'id="sheets"'
LINK = re.compile(r'href="/clinic/sheets/([0-9a-f]{32})"')


def found(engine: Engine, home: House, wanted: Wanted) -> list[str]:
    with reading(engine) as rows:
        return [row.id for row, _ in search.search(rows, home.clinic, wanted).rows]


def listed(room: Room, query: str = "") -> list[str]:
    page = room.get(f"/clinic/sheets{query}")
    return LINK.findall(page.text)


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("R 1", ["R 12", "R 100%"]),
        ("r 12", ["R 12"]),
        ("%", ["R 100%"]),
        ("_", ["a_b"]),
        ("\\", ["c\\d"]),
        ("' OR 1=1 --", []),
        ("'", ["o'r"]),
        ("%%%", []),
        ("", ["R 12", "R 100%", "a_b", "c\\d", "o'r"]),
    ],
)
def test_a_reference_is_found_by_its_letters_and_by_nothing_else(engine: Engine, home: House, typed: str, fits: list[str]) -> None:
    body = a_body(load())
    names = {
        a_handout(engine, home, replace(body, note=words), reference=words): words for words in ("R 12", "R 100%", "a_b", "c\\d", "o'r")
    }
    a_handout(engine, house(engine, "b"), reference="R 12")
    assert sorted(names[name] for name in found(engine, home, Wanted(reference=typed))) == sorted(fits)


def test_days_packs_and_people(engine: Engine, home: House) -> None:
    body, other = a_body(load()), house(engine, "b")
    day = date(2026, 3, 29)  # a day of 23 hours in much of Europe
    first, last = midnight(day), midnight(day + timedelta(days=1)) - timedelta(microseconds=1)
    moments = {"before": first - timedelta(microseconds=1), "first": first, "last": last, "after": last + timedelta(microseconds=1)}
    names = {changed_row(engine, a_handout(engine, home, replace(body, note=word)), made=moment): word for word, moment in moments.items()}
    assert [names[name] for name in found(engine, home, Wanted(since=day, until=day))] == ["last", "first"]
    assert [names[name] for name in found(engine, home, Wanted(until=day))] == ["last", "first", "before"]
    assert [names[name] for name in found(engine, home, Wanted(since=day))] == ["after", "last", "first"]
    packed = a_handout(engine, home, body, pack="Low back, desk")
    theirs = a_handout(engine, other, pack="Low back, desk")
    assert found(engine, home, Wanted(pack="Low back, desk")) == [packed] and found(engine, home, Wanted(pack="Low back")) == []
    changed_row(engine, packed, therapist_id=home.owner)
    assert found(engine, home, Wanted(therapist=home.owner)) == [packed] and len(found(engine, home, Wanted(therapist=home.therapist))) == 4
    assert found(engine, home, Wanted(therapist=other.therapist)) == [] and found(engine, other, Wanted()) == [theirs]
    with reading(engine) as rows:
        assert search.packs_used(rows, home.clinic) == ["Low back, desk"]


def test_pages_hold_every_sheet_once(engine: Engine, home: House) -> None:
    with writing(engine) as rows:
        rows.add_all(
            Handout(clinic_id=home.clinic, therapist_id=home.therapist, made=now(), kept_key=b"k", sealed_code=b"s")
            for _ in range(2 * HANDOUTS_A_PAGE + 3)
        )
    with reading(engine) as rows:
        pages = [search.search(rows, home.clinic, Wanted(), number) for number in (1, 2, 3)]
        every = [row.id for page in pages for row, _ in page.rows]
        assert len(every) == len(set(every)) == 2 * HANDOUTS_A_PAGE + 3 and [len(page.rows) for page in pages] == [
            HANDOUTS_A_PAGE,
            HANDOUTS_A_PAGE,
            3,
        ]
        for number, shown in ((0, 1), (-5, 1), (99, 3), (10**30, 3)):
            assert search.search(rows, home.clinic, Wanted(), number).number == shown


def test_the_list_searches_and_turns_pages(fresh: Room) -> None:
    assert LIST not in fresh.get("/clinic/sheets").text
    body = a_body(load())
    names = [
        a_handout(fresh.engine, fresh.home, replace(body, note=str(number)), reference=f"R&{number}", pack="Desk")
        for number in range(HANDOUTS_A_PAGE + 1)
    ]
    assert listed(fresh, "?reference=R%260") == [names[0]] and listed(fresh) == names[:0:-1]
    page = fresh.get("/clinic/sheets?reference=R%26&pack=Desk").text
    assert 'href="?reference=R%26&amp;pack=Desk&amp;page=2"' in page and f"<caption>{HANDOUTS_A_PAGE + 1} " in page
    assert listed(fresh, "?reference=R%26&pack=Desk&page=2") == [names[0]] == listed(fresh, "?page=77")
    assert LIST in page and LIST not in fresh.get("/clinic/sheets?reference=zzz").text
    for odd in ("?page=x", "?page=-1", "?therapist=" + "x" * 99, "?reference=" + "%00" * 3, "?reference=" + "x" * 5000, "?sort=made;drop"):
        fresh.get(f"/clinic/sheets{odd}")


@pytest.mark.parametrize("typed", ["yesterday", "2026-13-01", "21/11/2026", "0000-00-00"])
def test_a_day_that_is_none_is_told_and_stays_typed(fresh: Room, typed: str) -> None:
    page = fresh.get(f"/clinic/sheets?since={typed}&reference=R1", expects=422)
    assert list(errors(page)) == ["since"] and f'value="{typed}"' in page.text and 'value="R1"' in page.text


@pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_time_are_no_days_of_ours(fresh: Room, typed: str) -> None:
    for name in ("since", "until"):
        assert list(errors(fresh.get(f"/clinic/sheets?{name}={typed}", expects=422))) == [name]
