"""The clinic's profile: what may stand on a sheet, colours that can be read, the logo sent from a browser, and the letterhead."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from planner.clinic.colours import darker
from planner.clinic.lengths import MOST_WEEKS
from planner.clinic.profile import Profile, change_profile, profile_of, read_profile
from planner.clinic.sheets.sheet_form import read_edits
from planner.clinic.tables import Clinic
from planner.database.sessions import reading, writing
from planner.domain.model import Library
from planner.kept.plans import Gone
from planner.outputs.words import date_text
from tests.clinics import events, now, person, send, signed_in
from tests.pictures import picture
from tests.rooms import Room, errors
from tests.sheet_forms import FakeRenderer, a_handout
from tests.test_logo_web import logo, upload

MARK = "\u202e<script>alert(1)</script> & {{7*7}} %(n)s גב 🌱"
FULL = {
    "name": "Harbour Lane Clinic",
    "address": "12 Harbour Lane, Bristol BS1 4XX",
    "phone": "0117 496 0182",
    "web": "https://Harbourlane.example/",
    "paper": "Letter",
    "lang": "en",
    "review_weeks": "3",
    "sentence": "Ring us before 6 pm if you are unsure.",
    "ink": "#0D5358",
}


@pytest.fixture(autouse=True)
def renderer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.web.clinic.printing.pool", FakeRenderer)


@pytest.fixture
def room(app: Flask) -> Room:
    """`client` is its owner's browser here."""
    made = Room(app)
    made.client = signed_in(app, made.home.owner)
    return made


def kept(room: Room) -> Profile:
    with reading(room.engine) as rows:
        return profile_of(rows.get_one(Clinic, room.home.clinic))


def save(room: Room, **typed: str) -> TestResponse:
    return send(room.client, "/clinic/profile", **{**FULL, **typed})


def test_what_an_owner_types_stands_on_the_next_sheet(room: Room) -> None:
    assert save(room).status_code == 303
    assert kept(room) == Profile(**{**FULL, "web": "Harbourlane.example", "review_weeks": 3, "ink": "#0d5358"})  # type: ignore[arg-type]
    sheet = room.sheet(a_handout(room.engine, room.home))
    for words in (
        "Harbour Lane Clinic",
        "0117 496 0182",
        "12 Harbour Lane",
        "Harbourlane.example",
        FULL["sentence"],
        "size: Letter",
        "#0d5358",
    ):
        assert words in sheet, words
    slip = room.client.get("/clinic/slip.pdf").text
    assert "Harbour Lane Clinic" in slip and "size: Letter" in slip and FULL["sentence"] in slip
    assert room.client.get("/clinic/ink.css").text == ":root { --clinic: #0d5358 }\n"
    assert events(room.engine, room.home.clinic)[-2:] == ["profile", "handout"]
    assert room.form().one("next_weeks") == "3"


@pytest.mark.parametrize("weeks", [1, 2, 12, 13, 20, MOST_WEEKS])
def test_the_usual_next_visit_is_chosen_on_the_form_and_its_day_is_printed(room: Room, weeks: int) -> None:
    """Once the form knew 12 weeks only: a clinic's 20 came out as "no date", and the paper bore the plan's own day in 4 weeks."""
    assert save(room, review_weeks=str(weeks)).status_code == 303
    form = room.begun()
    assert form.one("next_weeks") == str(weeks)
    name = room.prints(form)
    day = date_text(room.body(name).made + timedelta(weeks=weeks))
    assert room.body(name).edits.next_weeks == weeks
    assert re.findall(r"Review on ([^<]+)<", room.sheet(name)) == [day]
    for page in ("", "/made"):
        assert re.findall(r"Next review: (.+)\.\n", room.client.get(f"/clinic/sheets/{name}{page}").text) == [day]
    assert room.form(f"?again={name}").one("next_weeks") == str(weeks)


def test_the_form_offers_every_number_of_weeks_that_a_profile_may_have(room: Room, library: Library) -> None:
    offered = re.search(r'<select id="next_weeks".*?</select>', room.client.get("/clinic/new").text, re.S)
    assert offered and re.findall(r'value="(\d+)"', offered[0]) == [str(number) for number in range(MOST_WEEKS + 1)]
    assert f'type="number" min="1" max="{MOST_WEEKS}"' in room.client.get("/clinic/profile").text
    most = str(MOST_WEEKS)
    assert read_profile({**FULL, "review_weeks": most}, ("en",))[1] == () and read_edits(library, {"next_weeks": [most]}).next_weeks
    more = str(MOST_WEEKS + 1)
    assert read_profile({**FULL, "review_weeks": more}, ("en",))[1] == ("review_weeks",)
    assert not read_edits(library, {"next_weeks": [more]}).next_weeks


def test_saving_the_same_again_is_no_change(room: Room) -> None:
    save(room)
    before = room.everything()
    assert save(room).status_code == 303 and room.everything() == before


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", " \u200b\u2060 "),
        ("name", "\u3164"),
        ("name", "x" * 81),
        ("address", "x" * 201),
        ("phone", "ring us"),
        ("phone", "0" * 41),
        ("web", "javascript:alert(1)"),
        ("web", "no address"),
        ("web", "user@example.org"),
        ("web", "x" * 10_000 + "."),
        ("paper", "A3"),
        ("paper", ""),
        ("lang", "xx"),
        ("review_weeks", "0"),
        ("review_weeks", "27"),
        ("review_weeks", "²"),
        ("review_weeks", "two"),
        ("sentence", "x" * 161),
        ("ink", "red"),
        ("ink", "#12345"),
        ("ink", "#000}@import url(http://x)"),
    ],
)
def test_what_cannot_be_used_is_told_and_nothing_typed_is_lost(room: Room, field: str, typed: str) -> None:
    before = kept(room)
    page = save(room, **{field: typed})
    assert page.status_code == 422 and list(errors(page)) == [field] and kept(room) == before
    for name in {"name", "address", "phone", "sentence"} - {field}:
        assert FULL[name] in page.text, name


def test_the_first_form_of_all_fields_wrong_names_each(room: Room) -> None:
    page = send(room.client, "/clinic/profile")
    assert page.status_code == 422 and list(errors(page)) == ["name", "paper", "lang", "review_weeks", "ink"]


def test_markup_in_a_profile_is_words_everywhere(room: Room) -> None:
    fields = dict.fromkeys(("name", "address", "sentence"), MARK)
    assert save(room, **fields, phone=f"0117 {MARK}"[:40]).status_code == 303
    assert kept(room).name == MARK.replace("\u202e", "")
    pages = [room.client.get(url).text for url in ("/clinic/profile", "/clinic/delete", "/clinic/sheets", "/clinic/slip.pdf")]
    for text in (*pages, room.sheet(a_handout(room.engine, room.home)), room.preview(room.begun()).text):
        assert "<script>alert" not in text and "& 49" not in text and "&amp; 49" not in text and "\u202e" not in text and "{{7*7}}" in text


def test_a_name_that_turns_text_round_is_stored_without_it() -> None:
    read, wrong = read_profile({**FULL, "name": "  Clinic\u202e \n of\tthe  Lane "}, ("en",))
    assert read.name == "Clinic of the Lane" and not wrong


def test_a_profile_of_a_clinic_that_is_gone_is_not_made(engine: Engine) -> None:
    ghost = type("Ghost", (), {"clinic_id": "f" * 32})()
    with pytest.raises(Gone), writing(engine) as session:
        change_profile(session, ghost, Profile("x"), now())


def test_a_colour_too_light_is_refused_with_its_contrast_and_a_darker_one(room: Room) -> None:
    before = kept(room)
    page = save(room, ink="#ff8c00")
    better = darker("#ff8c00")
    assert page.status_code == 422 and kept(room) == before
    assert errors(page)["ink"] == f"This colour is too light: 2.3 to 1 on white paper, and 4.5 to 1 is the least. {better} will do"
    assert f'name="instead" value="{better}"' in page.text and 'value="#ff8c00"' in page.text
    assert save(room, ink="#ff8c00", instead=better).status_code == 303 and kept(room).ink == better
    assert "4.4 to 1" in errors(save(room, ink="#777777"))["ink"], "rounded down: 4.48 is not 4.5"
    assert save(room, instead="#ffffff").status_code == 422, "what the button says is not believed"


def test_an_ink_that_somebody_wrote_into_the_table_leads_nowhere(room: Room) -> None:
    with writing(room.engine) as rows:
        rows.get_one(Clinic, room.home.clinic).ink = "}</style"[:7]
    assert "--clinic: #12343a }</style>" in room.sheet(a_handout(room.engine, room.home))
    assert room.client.get("/clinic/ink.css").text == ":root { --clinic: #12343a }\n"


def test_another_clinics_profile_and_logo_are_its_own(room: Room) -> None:
    upload(room, picture())
    save(room)
    other = Room(room.app)
    other.client = signed_in(room.app, other.home.owner)
    assert other.client.get("/clinic/logo").status_code == 204 and "Harbour" not in other.client.get("/clinic/profile").text
    before, mine = kept(room), logo(room)
    save(other, name="Other", clinic_id=room.home.clinic, id=room.home.clinic)
    upload(other, picture("cmyk"))
    send(other.client, "/clinic/profile/logo/remove", "/clinic/profile", clinic_id=room.home.clinic)
    assert (kept(room), logo(room), kept(other).name, logo(other)) == (before, mine, "Other", None)
    assert "data:image" not in other.sheet(a_handout(other.engine, other.home))


def test_a_therapist_sees_the_logo_and_changes_nothing(room: Room) -> None:
    upload(room, picture())
    other = signed_in(room.app, room.home.therapist)
    assert other.get("/clinic/logo").status_code == other.get("/clinic/ink.css").status_code == 200
    assert "/clinic/profile" not in other.get("/clinic/sheets").text
    assert not person(room.engine, room.home.therapist).owns and other.get("/clinic/profile").status_code == 403
