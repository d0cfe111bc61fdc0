"""No field of the content is without a reader: by name in the whole code, and class by class while plans and pages are made."""

from __future__ import annotations

import itertools
import random
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from planner.cli.main import main
from planner.domain.answers import read_answers
from planner.domain.course import Courses
from planner.domain.edits import Edits
from planner.domain.journey import Journey, reading_of
from planner.domain.model import Library
from planner.domain.moving_on import Asked, recorded
from planner.domain.plan import build
from planner.domain.review import Before, ReadBack, review, verdict_of
from planner.domain.signed import Clinician, Signed
from planner.domain.staleness import Answered, changes_for, gone_stale, pages_again
from planner.domain.thread import CheckIn, Diary, week_due
from planner.folders import CONTENT, PLANNER
from planner.library import expand, unread
from planner.library.reader import load
from planner.library.unread import content_classes, own_fields, unread_fields
from planner.outputs import documents
from planner.outputs.chart import ChartEntry, to_chart
from planner.outputs.forms import make
from planner.outputs.local_words import places
from planner.outputs.renewal import dated
from tests.aged import kept
from tests.own_exercises import wrote
from tests.people import anybody, well
from tests.rooms import Room
from tests.sheet_forms import Form, a_body, a_handout
from tests.waiting import a_word
from tests.walker import Walker

ON = date(2026, 11, 21)
LOOKS_AT_ALL = tuple(str(PLANNER / name) for name in ("library", "languages"))
"""The reader, which checks every field, and the translator, which copies every field."""
PAGES = "/ /rules /myths /sources /exercises /find /prepare /answers /plan".split()


@dataclass(frozen=True)
class Poultice:
    title: str
    never_read_by_anything: str


@dataclass(frozen=True)
class Bag:
    poultices: Mapping[str, tuple[Poultice, ...]]


def test_every_field_is_read_somewhere() -> None:
    assert unread_fields() == []


def test_a_field_that_nothing_reads_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert unread_fields(Bag) == ["Bag.poultices", "Poultice.never_read_by_anything"]
    monkeypatch.setattr(unread.unread_fields, "__defaults__", (Bag,))
    assert main(["check"]) == 1
    assert "Poultice.never_read_by_anything" in capsys.readouterr().err


def test_what_counts_as_reading(tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text(
        'one.read; getattr(one, "by_name", ""); one.written = 1\nclass Item:\n    declared: str\nsay("quoted")\n'
    )
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "check.py").write_text("one.checked")
    assert set(unread.read_in_code(tmp_path, tmp_path / "own")) == {"read", "by_name"}
    (tmp_path / "page.html").write_text(
        '{% trans %}plain.words{% endtrans %}{{ one.shown }}{{ one["item"] }}{{ many|map(attribute="deep.down")|join(", ") }}'
        '{{ many|selectattr("picked", "equalto", "compared")|list }}{# one.remark #}'
    )
    assert set(unread.read_in_templates(tmp_path)) == {"shown", "item", "deep", "down", "picked"}


def watch(kind: type, seen: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on `seen` gets `Class.field` for each field of `kind` that the application reads."""
    owners = {name: one.__name__ for one in reversed(kind.__mro__) if one in content_classes(Library) for name in own_fields(one)}

    def look(self: object, name: str) -> object:
        field = f"{owners[name]}.{name}" if name in owners else ""
        if field and field not in seen and acts(sys._getframe(1).f_code.co_filename):
            seen.add(field)
        return object.__getattribute__(self, name)

    monkeypatch.setattr(kind, "__getattribute__", look, raising=False)


def acts(file: str) -> bool:
    """True for code of ours that does something with content, and for Jinja, which reads for our templates."""
    return (file.startswith(str(PLANNER)) and not file.startswith(LOOKS_AT_ALL)) or "jinja2" in file or file == expand.__file__


def test_every_field_is_read_while_plans_and_pages_are_made(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sees what the check by name can't: a field whose name something else has too. An `id` is the reader's own. The library is
    read anew: what is made ready once, of one that was in use, is read no more."""
    seen: set[str] = set()
    library = load.__wrapped__(CONTENT)
    places.cache_clear()  # a country that says the same has the same words ready
    for kind in content_classes(Library):
        watch(kind, seen, monkeypatch)
    make_all_forms(library)
    come_back(library)
    at_the_edges(library)
    look_at_pages(app, library)
    fields = {f"{kind.__name__}.{name}" for kind in content_classes(Library) for name in own_fields(kind) if name != "id"}
    assert not fields - seen, ", ".join(sorted(fields - seen))


def make_all_forms(library: Library) -> None:
    rng = random.Random(5)
    known: tuple[dict[str, Any], ...] = (
        {"risk_bone": ("fragility_fracture",)},
        {"mobility": "chair_only"},
        {"activity": "athlete", "goal": "sport", "minutes": "30"},
        {"duration": "lt4w", "peg_p": 9},
        {"areas": ("neck_shoulders",), "duration": "gt12w", "activity": "regular", "minutes": "30"},
        {"stress": "high", "rf_crisis": "immediate"},
    )
    plans = [build(library, well(library, **one), on=ON) for one in known]
    plans += [build(library, anybody(library, rng), on=ON) for _ in range(100)]
    for plan in plans[: len(known)] + plans[len(known) :: 10]:
        for form in ("json", "text", "html"):
            make(plan, library, form)
        documents.sheet_html(plan, library)
        to_chart(plan, library, ChartEntry())


def come_back(library: Library) -> None:
    """What a therapist changes, and what the next sheet makes of a few days and more pain."""
    everything = Edits(exercises=tuple(library.exercises), style="deep_tissue")
    for answers in ({"pressure_pref": "light"}, {"health": ("surgery_lt6w",), "massage_cleared": "yes"}):
        build(library, well(library, **answers), on=ON, edits=everything)
    plan, rules = build(library, well(library), on=ON), library.schedule.review_rules
    for pain, weeks in itertools.product((0, 5, 9), (1, 9)):
        back = ReadBack(1, pain, 1, 2)
        review(rules, plan, back, Edits(), verdict_of(rules, back, Before(5, 5, 5, weeks)), weeks=weeks)
    check_ins, course = library.schedule.check_ins, Courses(Journey(library, well(library))).of
    asked, week = Asked(rules, check_ins, course, 5, Edits(), ON), week_due(check_ins, Diary(ON), ON + timedelta(days=14))
    easy = tuple(line.item_id for line in course(Edits()).exercises)
    recorded(asked, Diary(ON), CheckIn(5, 5, easy=easy), week or 0, ON + timedelta(days=14))


def at_the_edges(library: Library) -> None:
    """What today's content reaches seldom or not at all: demands written out, a push in one go, answers grown old."""
    expand.expanded(vars(library))
    rows = tuple(replace(row, bouts=(1,) * len(row.minutes)) for row in library.schedule.walking)
    one_go = replace(library, training=replace(library.training), schedule=replace(library.schedule, walking=rows))
    build(one_go, well(one_go, mobility="chair_only"), on=ON)
    words, answered = reading_of(library, well(library)).words, Answered(date(2020, 1, 1))
    old = gone_stale(library.stale, words, answered, ON)
    assert old.must_answer and pages_again(old, changes_for(library, words)) and dated(library, answered, ON) != library
    silent = {name: replace(one, because="") for name, one in library.exercises.items()}
    build(replace(library, exercises=silent), well(library), on=ON)
    signed = replace(library, signed=Signed(library.signed.wrote, (Clinician("A clinician", "physiotherapist", ON),)))
    documents.plan_html(build(signed, well(signed), on=ON), signed)
    make(build(library, well(library, age_band="under16"), on=ON, country="US"), library, "text")
    birth = {"pregnancy": "postpartum_12w", "birth_when": "6to12w", "birth_more": ("caesarean",)}
    make(build(library, well(library, **birth), on=ON), library, "text")


def look_at_pages(app: Flask, library: Library) -> None:
    walker = Walker(app.test_client(), library, well(library))
    walker.walk()
    for url in PAGES:
        walker.get(url)
    app.test_client().get("/find", headers={"Accept-Language": "en-IE"})
    app.test_client().get(kept(app, library, 15), expects=200)
    stopped = Walker(app.test_client(), library, well(library, rf_saddle="yes"))
    assert stopped.walk() == "/stop"
    stopped.get("/ask/rf_saddle")
    stopped.post("/ask/rf_saddle", {"rf_saddle": ["no", "yes"]})
    urgent = Walker(app.test_client(), library, well(library, rf_dvt="yes", risk_blood=("sickle_cell",)))
    assert urgent.walk() == "/stop"
    assert read_answers(library, {"health": ["anticoagulant"]}) == ({"health": ("none",), "risk_blood": ("anticoagulant",)}, [])
    room = Room(app)
    wrote(room)
    room.press(room.begun(), "look", query="cauda equina")
    room.press(room.form(), "find", start=a_word(room, library, well(library, rf_weight_loss="unsure")))
    again = f"/clinic/repeat/{a_handout(room.engine, room.home, a_body(library))}"
    room.client.post(again, data=Form(room.client.get(again).text, "", again).with_(digits=ReadBack(1, 9, 1, 2).digits))
