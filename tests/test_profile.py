"""The clinic's profile: what may stand on a sheet, colours that can be read, the logo sent from a browser, and the letterhead."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from planner.clinic.colours import as_hex, can_be_read, contrast, darker, parts, shade
from planner.clinic.logo import clean_logo
from planner.clinic.profile import Letterhead, Profile, change_profile, profile_of, read_profile
from planner.clinic.tables import Clinic
from planner.database import reading, writing
from planner.domain.model import Library
from planner.domain.plan import build
from planner.kept import Gone
from planner.outputs import documents, pdf
from tests import pictures
from tests.bench_forms import FakeRenderer, a_handout
from tests.clinics import events, now, person, send, signed_in
from tests.conftest import TOKEN
from tests.people import well
from tests.pictures import picture
from tests.rooms import Room, errors

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


def upload(room: Room, body: bytes, name: str = "logo.png", kind: str = "image/png") -> TestResponse:
    """As a browser sends it. Written here, since the client of the tests would leave a large one lying about."""
    found = TOKEN.search(room.client.get("/clinic/profile").text)
    assert found
    shown = name.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")
    form = f'--limit\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{found[1]}\r\n--limit\r\n'
    form += f'Content-Disposition: form-data; name="logo"; filename="{shown}"\r\nContent-Type: {kind}\r\n\r\n'
    sent = BytesIO(form.encode() + body + b"\r\n--limit--\r\n")
    return room.client.post("/clinic/profile/logo", data=sent, content_type="multipart/form-data; boundary=limit")


def logo(room: Room) -> bytes | None:
    with reading(room.engine) as rows:
        return rows.scalar(select(Clinic.logo).where(Clinic.id == room.home.clinic))


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
    assert room.bench().one("next_weeks") == "3"


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


def test_every_colour_has_a_shade_that_can_be_read_and_no_lighter_one() -> None:
    for red in range(0, 256, 51):
        for green in range(0, 256, 51):
            for blue in range(0, 256, 51):
                ink = f"#{red:02x}{green:02x}{blue:02x}"
                better = darker(ink)
                assert contrast(better) >= 4.5 and (better == ink) == can_be_read(ink)
                lighter = [shade(ink, share) for share in range(256)]
                assert [one for one in lighter if can_be_read(one) and max(parts(one)) > max(parts(better))] == []


@pytest.mark.parametrize(("ink", "ratio"), [("#ffffff", 1.0), ("#000000", 21.0), ("#767676", 4.54), ("#777777", 4.48), ("#0d5358", 8.77)])
def test_contrast_is_what_wcag_counts(ink: str, ratio: float) -> None:
    assert round(contrast(ink), 2) == ratio and can_be_read(ink) == (ratio >= 4.5)


@pytest.mark.parametrize(("typed", "found"), [("#ABC", "#aabbcc"), (" 12343A ", "#12343a"), ("#1234", ""), ("", ""), ("url(x)", "")])
def test_colours_as_people_type_them(typed: str, found: str) -> None:
    assert as_hex(typed) == found


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


def test_a_logo_stands_on_sheets_and_can_be_taken_away(room: Room) -> None:
    assert room.client.get("/clinic/logo").status_code == 204
    assert upload(room, picture("clear")).status_code == 303
    ours = clean_logo(picture("clear"))
    sent = room.client.get("/clinic/logo")
    assert sent.data == ours == logo(room) and sent.mimetype == "image/png"
    assert sent.headers["X-Content-Type-Options"] == "nosniff" and sent.headers["Content-Disposition"] == 'inline; filename="logo.png"'
    assert sent.headers["Cache-Control"] == "no-store" and "default-src 'none'" in sent.headers["Content-Security-Policy"]
    inside = f'src="data:image/png;base64,{b64encode(ours).decode()}"'
    name = a_handout(room.engine, room.home)
    assert inside in room.sheet(name) and inside in room.client.get("/clinic/slip.pdf").text
    preview = room.preview(room.begun()).text
    assert 'src="/clinic/logo?v=' in preview and "data:" not in preview
    assert send(room.client, "/clinic/profile/logo/remove", "/clinic/profile").status_code == 303
    assert logo(room) is None and "data:image" not in room.sheet(name)
    assert events(room.engine, room.home.clinic).count("logo") == 2


@pytest.mark.parametrize(
    "name", ["../../x.png", "C:\\x.png", "a\0b.png", "x" * 300, "a\r\nSet-Cookie: x=1.png", "logo.svg", "", "<b>.html"]
)
def test_the_name_and_type_of_a_file_are_never_looked_at(room: Room, name: str) -> None:
    answer = upload(room, picture(), name, "text/html")
    # a part without a file name is no file, as browsers send when nothing was chosen
    assert answer.status_code == (303 if name else 422)
    assert logo(room) == (clean_logo(picture()) if name else None)


@pytest.mark.parametrize(
    ("body", "name", "words"),
    [
        (pictures.SVG, "logo.svg", "SVG"),
        (pictures.SVG, "logo.png", "SVG"),
        (pictures.HTML, "logo.png", "web page"),
        (pictures.GIF_AND_SCRIPT, "logo.jpg", "GIF"),
        (pictures.flood(40_000, 40_000), "logo.png", "4 million pixels"),
        (picture()[:200], "logo.png", "cut short"),
        (picture() + b"PK\x03\x04", "logo.png", "something else in this file"),
        (b"MZ\x90\0", "logo.png", "whatever its name says"),
        (b"", "", "Choose a picture first"),
    ],
)
def test_what_is_no_logo_is_refused_beside_its_field(room: Room, body: bytes, name: str, words: str) -> None:
    upload(room, picture())
    page = upload(room, body, name)
    assert page.status_code == 422 and words in errors(page)["logo"] and logo(room) == clean_logo(picture())


@pytest.mark.parametrize("size", [1_048_577, 1_200_000, 50_000_000])
def test_a_file_that_is_too_large_is_told_so_on_the_page(room: Room, size: int) -> None:
    page = upload(room, picture() + bytes(size - len(picture())))
    assert page.status_code in (413, 422) and "larger than 1 MB" in errors(page)["logo"] and logo(room) is None


def test_only_the_logo_may_be_that_large(room: Room) -> None:
    for url in ("/clinic/profile", "/clinic/new", "/clinic/people", "/clinic/delete"):
        page = room.client.post(url, data={"name": "x" * 100_000})
        assert page.status_code == 413 and "too much to send" in page.text
    assert upload(room, saved_big()).status_code == 303
    stranger = room.app.test_client().post("/clinic/profile/logo", data={"logo": "x" * 2_000_000})
    assert stranger.status_code == 413 and "larger than 1 MB" not in stranger.text
    therapist = signed_in(room.app, room.home.therapist).post("/clinic/profile/logo", data={"logo": "x" * 2_000_000})
    assert therapist.status_code == 413 and "larger than 1 MB" not in therapist.text


def saved_big() -> bytes:
    """A good picture of some 900 kB."""
    made = pictures.noise((600, 480))
    assert 500_000 < len(made) < 1_000_000
    return made


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


HEAVY = Letterhead(
    name="The Harbour Lane and Old Town Physiotherapy and Massage Clinic of Bristol and Bath",
    address="Unit 12, The Old Granary, " * 7 + "Bristol BS1",
    phone="+44 (0)117 496 0182 ext. 12",
    web="www." + "harbour-lane-" * 8 + ".example",
    sentence="Ring us before 6 pm if you are unsure. " * 4,
)


@pytest.mark.parametrize(("paper", "size"), [("A4", [794, 1123]), ("Letter", [816, 1056])])
def test_a_sheet_with_the_longest_letterhead_and_the_heaviest_logo_is_one_side(library: Library, paper: Any, size: list[int]) -> None:
    uri = f"data:image/png;base64,{b64encode(clean_logo(pictures.noise())).decode()}"
    plan = build(library, well(library, minutes="20", areas=("low_back", "neck_shoulders")), on=date(2026, 11, 21))
    more: dict[str, Any] = {"clinic": replace(HEAVY, logo_uri=uri, paper=paper), "code": "7K3M-Q9XT-2BVH-4RNE-8", "note": "Slowly. " * 20}
    html = documents.sheet_html(plan, library, country=replace(library.countries["GB"], paper=paper), **more)
    made = pdf.laid_out(html.replace('class="fit-0"', f'class="fit-{pdf.FITS}"', 1), "sheet")  # the step it ends at: others cost seconds
    assert [[round(page.width), round(page.height)] for page in made.pages] == [size]


def test_the_whole_plan_has_the_letterhead_too(library: Library) -> None:
    plan = build(library, well(library), on=date(2026, 11, 21))
    html = documents.plan_html(plan, library, clinic=replace(HEAVY, logo_uri="data:image/png;base64,x"))
    assert 'src="data:image/png;base64,x"' in html and HEAVY.address in html and HEAVY.sentence in html
    assert 'class="logo"' not in documents.plan_html(plan, library)


@pytest.mark.parametrize(
    "url",
    [
        "data:text/html,<b>",
        "data:image/svg+xml;base64,PHN2Zy8+",
        "data:image/png,x",
        "DATA:image/gif;base64,R0",
        "file:///etc/passwd",
        "http://127.0.0.1/",
    ],
)
def test_a_document_opens_no_address_but_the_png_inside_it(url: str) -> None:
    from weasyprint.urls import FatalURLFetchingError

    inside = f"data:image/png;base64,{b64encode(picture()).decode()}"
    assert pdf.fetcher("none").fetch(inside).read() == picture()
    with pytest.raises(FatalURLFetchingError):
        pdf.fetcher("none").fetch(url)
