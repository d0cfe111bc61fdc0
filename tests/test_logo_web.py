"""A logo sent from a browser: on which pages it stands, who may change it, and what is refused beside its field."""

from __future__ import annotations

import re
from base64 import b64encode
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from planner.clinic.logo import clean_logo
from planner.clinic.tables import Clinic
from planner.database.sessions import reading
from planner.web.clinic.profile_pages import logo_fault
from tests import pictures
from tests.clinics import events, send, signed_in
from tests.conftest import token
from tests.pictures import picture
from tests.rooms import Room, errors
from tests.sheet_forms import a_handout


def upload(room: Room, body: bytes, name: str = "logo.png", kind: str = "image/png", *, expects: int = 303) -> TestResponse:
    """As a browser sends it. Written here, since the client of the tests would leave a large one lying about."""
    found = token(room.client, "/clinic/profile")
    shown = name.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")
    form = f'--limit\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{found}\r\n--limit\r\n'
    form += f'Content-Disposition: form-data; name="logo"; filename="{shown}"\r\nContent-Type: {kind}\r\n\r\n'
    sent = BytesIO(form.encode() + body + b"\r\n--limit--\r\n")
    return room.post("/clinic/profile/logo", sent, expects, content_type="multipart/form-data; boundary=limit")


def logo(room: Room) -> bytes | None:
    with reading(room.engine) as rows:
        return rows.scalar(select(Clinic.logo).where(Clinic.id == room.home.clinic))


def test_a_logo_stands_on_sheets_and_can_be_taken_away(owned: Room) -> None:
    owned.get("/clinic/logo", expects=204)
    upload(owned, picture("clear"))
    ours = clean_logo(picture("clear"))
    sent = owned.get("/clinic/logo")
    assert sent.data == ours == logo(owned) and sent.mimetype == "image/png"
    assert sent.headers["X-Content-Type-Options"] == "nosniff" and sent.headers["Content-Disposition"] == 'inline; filename="logo.png"'
    assert sent.headers["Cache-Control"] == "no-store" and "default-src 'none'" in sent.headers["Content-Security-Policy"]
    inside = f'src="data:image/png;base64,{b64encode(ours).decode()}"'
    name = a_handout(owned.engine, owned.home)
    assert inside in owned.sheet(name) and inside in owned.get("/clinic/slip.pdf").text
    preview = owned.preview(owned.begun()).text
    assert 'src="/clinic/logo?v=' in preview and "data:" not in preview
    send(owned.client, "/clinic/profile/logo/remove", "/clinic/profile")
    assert logo(owned) is None and "data:image" not in owned.sheet(name)
    assert events(owned.engine, owned.home.clinic).count("logo") == 2


def test_a_logo_that_has_the_name_in_it_stands_alone(owned: Room) -> None:
    """With logo and name the top said the same twice. Without a logo the name stands, whatever was chosen."""
    clinic: dict[str, Any] = {
        "name": "Harbour Lane",
        "phone": "0117 496 0123",
        "country": "GB",
        "paper": "A4",
        "lang": "en",
        "review_weeks": "2",
    }
    send(owned.client, "/clinic/profile", **clinic, sentence="", address="", web="", ink="#0d5358", top="logo", gives="")
    name = a_handout(owned.engine, owned.home)
    named = "<bdi>Harbour Lane</bdi>"
    assert named in owned.sheet(name)
    upload(owned, picture("clear"))
    alone = owned.sheet(name)
    assert named not in alone and 'alt="Logo of Harbour Lane"' in alone and "0117 496 0123" in alone
    assert named not in owned.get("/clinic/slip.pdf").text and named not in owned.preview(owned.begun()).text
    assert re.search(r'<option value="logo" selected', owned.get("/clinic/profile").text)


@pytest.mark.parametrize(
    "name", ["../../x.png", "C:\\x.png", "a\0b.png", "x" * 300, "a\r\nSet-Cookie: x=1.png", "logo.svg", "", "<b>.html"]
)
def test_the_name_and_type_of_a_file_are_never_looked_at(owned: Room, name: str) -> None:
    # a part without a file name is no file, as browsers send when nothing was chosen
    upload(owned, picture(), name, "text/html", expects=303 if name else 422)
    assert logo(owned) == (clean_logo(picture()) if name else None)


@pytest.mark.parametrize(
    ("body", "name", "reason"),
    [
        (pictures.SVG, "logo.svg", "svg"),
        (pictures.SVG, "logo.png", "svg"),
        (pictures.HTML, "logo.png", "html"),
        (pictures.GIF_AND_SCRIPT, "logo.jpg", "gif"),
        (pictures.flood(40_000, 40_000), "logo.png", "pixels"),
        (picture()[:200], "logo.png", "broken"),
        (picture() + b"PK\x03\x04", "logo.png", "more"),
        (b"MZ\x90\0", "logo.png", "other"),
        (b"", "", "none"),
    ],
)
def test_what_is_no_logo_is_refused_beside_its_field(owned: Room, body: bytes, name: str, reason: str) -> None:
    upload(owned, picture())
    page = upload(owned, body, name, expects=422)
    assert errors(page) == {"logo": logo_fault(reason)} and logo(owned) == clean_logo(picture())


@pytest.mark.parametrize(("size", "status"), [(1_048_577, 422), (1_200_000, 413), (50_000_000, 413)])
def test_a_file_that_is_too_large_is_told_so_on_the_page(owned: Room, size: int, status: int) -> None:
    page = upload(owned, picture() + bytes(size - len(picture())), expects=status)
    assert errors(page) == {"logo": logo_fault("large")} and logo(owned) is None


def test_only_the_logo_may_be_that_large(owned: Room) -> None:
    for url in ("/clinic/profile", "/clinic/new", "/clinic/people", "/clinic/delete"):
        assert not errors(owned.post(url, {"name": "x" * 100_000}, expects=413))
    upload(owned, saved_big())
    for client in (owned.app.test_client(), signed_in(owned.app, owned.home.therapist)):
        assert not errors(client.post("/clinic/profile/logo", data={"logo": "x" * 2_000_000}, expects=413))


def saved_big() -> bytes:
    """A good picture of some 900 kB."""
    made = pictures.noise((600, 480))
    assert 500_000 < len(made) < 1_000_000
    return made
