"""The clinic's profile: what may stand on a sheet, colours that can be read, the logo sent from a browser, and the letterhead."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
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
from planner.library.reader import load
from planner.outputs.words import date_text
from tests.clinics import events, now, person, send, signed_in
from tests.pictures import picture
from tests.rooms import Room, errors
from tests.sheet_forms import a_body, a_handout
from tests.test_logo_web import logo, upload

MARK = "\u202e<script>alert(1)</script> & {{7*7}} %(n)s גב 🌱"
FULL = {
    "name": "Harbour Lane Clinic",
    "address": "12 Harbour Lane, Bristol BS1 4XX",
    "phone": "0117 496 0182",
    "web": "https://Harbourlane.example/",
    "country": "IE",
    "paper": "Letter",
    "lang": "en",
    "review_weeks": "3",
    "sentence": "Ring us before 6 pm if you are unsure.",
    "consent": "Massage can leave you sore.\nYou may stop at any time.",
    "ink": "#0D5358",
    "top": "both",
    "gives": "",
}


def kept(room: Room) -> Profile:
    with reading(room.engine) as rows:
        return profile_of(rows.get_one(Clinic, room.home.clinic))


def save(room: Room, *, expects: int = 303, **typed: Any) -> TestResponse:
    form: dict[str, Any] = FULL | typed
    return send(room.client, "/clinic/profile", expects=expects, **form)


def test_what_an_owner_types_stands_on_the_next_sheet(owned: Room) -> None:
    save(owned)
    assert vars(kept(owned)) == {**FULL, "web": "Harbourlane.example", "review_weeks": 3, "keep_years": 8, "ink": "#0d5358"}
    sheet = owned.sheet(a_handout(owned.engine, owned.home))
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
    slip = owned.get("/clinic/slip.pdf").text
    assert "Harbour Lane Clinic" in slip and "size: Letter" in slip and "12 Harbour Lane" in slip
    assert FULL["sentence"] not in slip, "nothing of the clinic's own stands beside where to get help"
    assert "112 or 999" in slip, "the profile says Ireland"
    assert owned.get("/clinic/ink.css").text == ":root { --clinic: #0d5358 }\n"
    assert events(owned.engine, owned.home.clinic)[-3:] == ["profile", "handout", "opened"]
    assert owned.form().one("next_weeks") == "3"


@pytest.mark.parametrize("weeks", [1, 2, 12, 13, 20, MOST_WEEKS])
def test_the_usual_next_visit_is_chosen_on_the_form_and_its_day_is_printed(owned: Room, weeks: int) -> None:
    """Once the form knew 12 weeks only: a clinic's 20 came out as "no date", and the paper bore the plan's own day in 4 weeks."""
    save(owned, review_weeks=str(weeks))
    form = owned.begun()
    assert form.one("next_weeks") == str(weeks)
    name = owned.prints(form)
    day = date_text(owned.body(name).made + timedelta(weeks=weeks))
    assert owned.body(name).edits.next_weeks == weeks
    assert re.findall(r"Review on ([^<]+)<", owned.sheet(name)) == [day]
    for page in ("", "/made"):
        assert re.findall(r"Next review: (.+)\.\n", owned.client.get(f"/clinic/sheets/{name}{page}").text) == [day]
    assert owned.form(f"?again={name}").one("next_weeks") == str(weeks)


def test_the_form_offers_every_number_of_weeks_that_a_profile_may_have(owned: Room, library: Library) -> None:
    offered = re.search(r'<select id="next_weeks".*?</select>', owned.client.get("/clinic/new").text, re.S)
    assert offered and re.findall(r'value="(\d+)"', offered[0]) == [str(number) for number in range(MOST_WEEKS + 1)]
    assert f'type="number" min="1" max="{MOST_WEEKS}"' in owned.client.get("/clinic/profile").text
    most = str(MOST_WEEKS)
    assert read_profile({**FULL, "review_weeks": most}, ("en",), ("IE",))[1] == ()
    assert read_edits(library, {"next_weeks": [most]}).next_weeks
    more = str(MOST_WEEKS + 1)
    assert read_profile({**FULL, "review_weeks": more}, ("en",), ("IE",))[1] == ("review_weeks",)
    assert not read_edits(library, {"next_weeks": [more]}).next_weeks


def test_what_a_clinic_gives_itself_is_no_other_help_on_its_sheets(owned: Room) -> None:
    """A physiotherapist's sheet told people to see a physiotherapist. What else may help stays; a clinic can change its mind."""
    name = a_handout(owned.engine, owned.home, a_body(load(), duration="recurrent"))
    other_help = re.compile(r"Other help</h2>.*?</ul>", re.S)
    before = other_help.search(owned.sheet(name))
    assert before and "Physiotherapy" in before[0]
    save(owned, gives="physio")
    after = other_help.search(owned.sheet(name))
    assert "Physiotherapy" not in (after[0] if after else "") and before[0].count("<li") == (after[0] if after else "").count("<li") + 1
    assert re.search(r'<option value="physio" selected', owned.client.get("/clinic/profile").text)
    save(owned, gives="")
    assert other_help.search(owned.sheet(name))[0] == before[0]  # type: ignore[index]  # it was there before


def test_saving_the_same_again_is_no_change(owned: Room) -> None:
    save(owned)
    before = owned.everything()
    save(owned)
    assert owned.everything() == before


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
        ("country", "XX"),
        ("country", ""),
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
        ("top", "none"),
        ("gives", "magnets"),
        ("ink", "#000}@import url(http://x)"),
    ],
)
def test_what_cannot_be_used_is_told_and_nothing_typed_is_lost(owned: Room, field: str, typed: str) -> None:
    before = kept(owned)
    wrong: dict[str, Any] = {field: typed}
    page = save(owned, **wrong, expects=422)
    assert list(errors(page)) == [field] and kept(owned) == before
    for name in {"name", "address", "phone", "sentence"} - {field}:
        assert FULL[name] in page.text, name


def test_the_first_form_of_all_fields_wrong_names_each(owned: Room) -> None:
    page = send(owned.client, "/clinic/profile", expects=422)
    assert list(errors(page)) == ["name", "country", "paper", "lang", "review_weeks", "ink"]


def test_markup_in_a_profile_is_words_everywhere(owned: Room) -> None:
    fields: dict[str, Any] = dict.fromkeys(("name", "address", "sentence"), MARK)
    save(owned, **fields, phone=f"0117 {MARK}"[:40])
    assert kept(owned).name == MARK.replace("\u202e", "")
    pages = [owned.get(url).text for url in ("/clinic/profile", "/clinic/delete", "/clinic/sheets", "/clinic/slip.pdf")]
    for text in (*pages, owned.sheet(a_handout(owned.engine, owned.home)), owned.preview(owned.begun()).text):
        assert "<script>alert" not in text and "& 49" not in text and "&amp; 49" not in text and "\u202e" not in text and "{{7*7}}" in text


def test_a_name_that_turns_text_round_is_stored_without_it() -> None:
    read, wrong = read_profile({**FULL, "name": "  Clinic\u202e \n of\tthe  Lane "}, ("en",), ("IE",))
    assert read.name == "Clinic of the Lane" and not wrong


def test_a_profile_of_a_clinic_that_is_gone_is_not_made(engine: Engine) -> None:
    ghost = type("Ghost", (), {"clinic_id": "f" * 32})()
    with pytest.raises(Gone), writing(engine) as session:
        change_profile(session, ghost, Profile("x"), now())


def test_a_colour_too_light_is_refused_with_its_contrast_and_a_darker_one(owned: Room) -> None:
    before = kept(owned)
    page = save(owned, ink="#ff8c00", expects=422)
    better = darker("#ff8c00")
    assert kept(owned) == before
    assert "2.3 " in errors(page)["ink"] and better in errors(page)["ink"]
    assert f'name="instead" value="{better}"' in page.text and 'value="#ff8c00"' in page.text
    save(owned, ink="#ff8c00", instead=better)
    assert kept(owned).ink == better
    assert "4.4 " in errors(save(owned, ink="#777777", expects=422))["ink"], "rounded down: 4.48 is not 4.5"
    save(owned, instead="#ffffff", expects=422)  # what the button says is not believed


def test_an_ink_that_somebody_wrote_into_the_table_leads_nowhere(owned: Room) -> None:
    with writing(owned.engine) as rows:
        rows.get_one(Clinic, owned.home.clinic).ink = "}</style"[:7]
    assert "--clinic: #12343a }</style>" in owned.sheet(a_handout(owned.engine, owned.home))
    assert owned.get("/clinic/ink.css").text == ":root { --clinic: #12343a }\n"


def test_another_clinics_profile_and_logo_are_its_own(owned: Room) -> None:
    upload(owned, picture())
    save(owned)
    other = Room(owned.app)
    other.client = other.owner()
    other.get("/clinic/logo", expects=204)
    assert "Harbour" not in other.get("/clinic/profile").text
    before, mine = kept(owned), logo(owned)
    save(other, name="Other", clinic_id=owned.home.clinic, id=owned.home.clinic)
    upload(other, picture("cmyk"))
    send(other.client, "/clinic/profile/logo/remove", "/clinic/profile", clinic_id=owned.home.clinic)
    assert (kept(owned), logo(owned), kept(other).name, logo(other)) == (before, mine, "Other", None)
    assert "data:image" not in other.sheet(a_handout(other.engine, other.home))


def test_a_therapist_sees_the_logo_and_changes_nothing(owned: Room) -> None:
    upload(owned, picture())
    other = signed_in(owned.app, owned.home.therapist)
    assert other.get("/clinic/logo").status_code == other.get("/clinic/ink.css").status_code == 200
    assert "/clinic/profile" not in other.get("/clinic/sheets").text
    assert not person(owned.engine, owned.home.therapist).owns
    other.get("/clinic/profile", expects=403)
