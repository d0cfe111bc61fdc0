"""Fields where people type: what is kept, what is shown again, and limits that stand in one place alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from secrets import token_hex
from urllib.parse import parse_qs

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from planner.clinic import lengths
from planner.clinic.people.names import clean_initials, clean_name
from planner.domain.model import Library
from planner.folders import STATIC, TEMPLATES
from planner.kept.codes import LONGEST_TYPED
from planner.web.clinic.account_forms import NameForm, PasskeyForm, PasswordForm, SignInForm
from planner.web.clinic.clinic_forms import ProfileForm
from planner.web.clinic.finding_forms import SearchForm
from planner.web.clinic.people_forms import InviteForm
from planner.web.typed_fields import SHOWN_AGAIN, TypedForm, TypedLine, one_of
from tests.clinics import house, signed_in
from tests.conftest import token
from tests.test_bad_input import at

PAGES = [*sorted((TEMPLATES / "clinic").glob("*.html")), TEMPLATES / "kept_form.html", STATIC / "js" / "new-sheet.js"]
TYPED_LIMIT = re.compile(r'maxlength="?\d|at most \d|\b(?:80|160|254|300|1024) (?:letters|characters)|\b300\b')


class OneLine(TypedForm):
    """A form of one field."""

    line = TypedLine(5, clean_initials)


def test_a_line_is_kept_clean_and_shown_as_it_was_typed() -> None:
    form = OneLine(MultiDict({"line": " j t\x00"}))
    assert (form.line.data, form.line.typed, form.line.shown) == ("", " j t\x00", " j t\x00")
    assert OneLine(MultiDict({"line": " jt "})).line.data == "JT"
    long = OneLine(MultiDict({"line": "x" * 60_000}))
    assert len(long.line.shown) == SHOWN_AGAIN and long.line.typed == "x" * 60_000


@pytest.mark.parametrize("sent", [MultiDict(), MultiDict({"other": "x"}), MultiDict({"line": ""})])
def test_what_was_not_sent_is_empty_whatever_the_form_began_with(sent: MultiDict[str, str]) -> None:
    form = OneLine(sent, line="kept")
    assert form.line.data == form.line.typed == ""
    assert OneLine(line="kept").line.shown == "kept" and OneLine().line.shown == ""


def test_of_several_values_the_first_counts() -> None:
    assert OneLine(MultiDict([("line", "ab"), ("line", "cd")])).line.data == "AB"


def test_passwords_and_codes_stay_to_the_letter_and_are_never_shown_again() -> None:
    form = PasswordForm(MultiDict({"password": " a\x00b ", "new_password": "Zoe\u0308 "}))
    assert (form.password.data, form.new_password.data) == (" a\x00b ", "Zoe\u0308 ")
    assert form.password.shown == form.new_password.shown == ""


def test_what_a_form_carries_goes_on_as_it_was_cleaned(app: Flask) -> None:
    form = SignInForm(MultiDict({"next": "https://evil.example/clinic/x", "email": " A@B.example "}))
    assert form.next.shown == form.next.data == "/clinic" and (form.email.data, form.email.shown) == ("a@b.example", " A@B.example ")
    assert SignInForm(next="/clinic/sheets").next.shown == "/clinic/sheets"
    assert PasskeyForm(MultiDict({"credential": "{}"})).credential.data == "{}"


def test_only_known_words_are_chosen() -> None:
    clean: Callable[[str], str] = one_of(("owner", "therapist"))
    assert (clean("owner"), clean("Owner"), clean(""), clean("owner ")) == ("owner", "", "", "")


def test_the_first_fault_of_each_field_is_told_by_its_id(app: Flask) -> None:
    form = NameForm(MultiDict({"name": "\u200b", "initials": "ABCDE"}))
    assert not form.validate() and list(form.wrong) == ["name", "initials"]
    form.refuse(form.name, "another")
    assert form.wrong["name"] != "another" and len(form.name.errors) == 2
    fine = NameForm(MultiDict({"name": "Zoe\u0308 B", "initials": "zb"}))
    assert fine.validate() and fine.wrong == {} and (fine.name.data, fine.initials.data) == (clean_name("Zoë B"), "ZB")
    fine.refuse(fine.name, "taken")
    assert fine.wrong == {"name": "taken"}


@pytest.mark.parametrize(
    ("text", "good"), [("2026-11-21", True), ("1999-12-31", False), ("2200-01-01", False), ("21.11.2026", False), ("٢٠٢٦-١١-٢١", False)]
)
def test_days_to_look_for(text: str, good: bool) -> None:
    form = SearchForm(MultiDict({"since": f"  {text} and more", "reference": "R " * 40}))
    assert form.validate() is good and (form.since.day is not None) is good
    assert form.since.shown == text and len(form.reference.shown) <= 40
    assert parse_qs(form.query) == {"reference": [form.reference.data], "since": [text]}


@pytest.mark.parametrize("body", ["[1]", '"x"', "5", "null", "{", '{"severity": "7"}', '{"code": "x"}'])
def test_only_a_form_is_a_form(app: Flask, library: Library, body: str) -> None:
    """Forms of Flask-WTF read JSON too, and fail on three of these."""
    walker = at(app, library, "/ask/pain")
    headers = {"X-CSRFToken": token(walker.client, "/ask/pain")}
    for url in ("/ask/pain", "/kept"):
        assert walker.client.post(url, data=body, content_type="application/json", headers=headers).status_code == 422


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_no_limit_is_typed_into_a_page_or_a_script(file: Path) -> None:
    assert not TYPED_LIMIT.findall(file.read_text("utf-8"))


def test_pages_and_script_bear_the_limits_of_the_forms(app: Flask) -> None:
    owner = signed_in(app, house(app.extensions["database"], token_hex(4)).owner)
    limits = {"/clinic/account": NameForm, "/clinic/profile": ProfileForm, "/clinic/people": InviteForm, "/clinic/sign-in": SignInForm}
    for url, kind in limits.items():
        text = (app.test_client() if url == "/clinic/sign-in" else owner).get(url).text
        found = {name: int(most) for name, most in re.findall(r'name="(\w+)" maxlength="(\d+)"', text)}
        asked = {field.name: field.longest for field in kind() if isinstance(field, TypedLine) and field.longest}
        assert asked and asked.items() <= found.items(), url
    new = owner.get("/clinic/new").text
    for part in (f'data-most="{lengths.NOTE}"', f"at most {lengths.NOTE} characters", f'name="start" value="" maxlength="{lengths.START}"'):
        assert part in new, part
    assert f'maxlength="{lengths.REFERENCE_TAKEN}"' in new and f'maxlength="{lengths.TITLE_TAKEN}"' in new
    assert f'maxlength="{LONGEST_TYPED}"' in owner.get("/kept").text
