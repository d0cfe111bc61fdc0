"""A clinic's packs over HTTP: the whole programme comes back, less what a patient's limits forbid, and nothing of others gets in."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from planner.clinic.tables import ClinicPack
from planner.database.sessions import reading
from planner.domain.model import Library
from tests.conftest import only
from tests.keeping_web import kept_with
from tests.rooms import Room, errors, exercises
from tests.sheet_forms import Form, a_pack

NOTE = "Slowly, and breathe out as you lift."
TOLD = "Heels under the knees."
NUMBERS = {"sets": "3", "repeats": "12", "hold_seconds": "2", "sides": "1", "times_a_day": "1", "days_a_week": "4"}
OUT = re.compile(r'id="dropped"(.*?)</div>', re.S)
SAID = re.compile(r'<p class="done" role="status">([^<]+)<')
STRUCK = re.compile(r'<li class="off" data-row>(.*?)</li>', re.S)
THIN_BONES, BLOOD = "risk_bone:osteoporosis", "risk_blood:anticoagulant"


def left_out(page: TestResponse) -> list[str]:
    found = OUT.search(page.text)
    return [unescape(one) for one in re.findall("<li>([^<]*)</li>", found[1])] if found else []


def saved(room: Room, form: Form, title: str, **typed: Any) -> str:
    """The button of the pack that was saved."""
    page = room.press(form, "save", title=title, **typed)
    assert f"Saved as the pack “{title}”" in SAID.findall(page.text)[0] and not errors(page)
    with reading(room.engine) as rows:
        wanted = select(ClinicPack.id).where(ClinicPack.title == title, ClinicPack.clinic_id == room.home.clinic)
        return f"pack:{rows.scalars(wanted).one()}"


def with_exercise(room: Room, name: str, pack: str = "low_desk", **typed: Any) -> Form:
    """A sheet with 30 minutes that holds this exercise and one less of those proposed."""
    form = room.begun(pack, minutes="30")
    if name not in exercises(form):
        form = Form(room.press(form, f"remove:{exercises(form)[-1]}").text)
        form = Form(room.press(form, f"add:{name}").text)
    assert name in exercises(form)
    return Form(room.press(form, "update", **typed).text)


def programme_form(room: Room) -> Form:
    """A sheet on which a therapist changed everything that can be changed."""
    form = with_exercise(room, "bridge")
    form = Form(room.press(form, f"swap:{next(one for one in exercises(form) if one != 'bridge')}").text)
    form = Form(room.press(form, f"less:{next(one for one in exercises(form) if one != 'bridge')}").text)
    numbers: dict[str, Any] = {f"dose-{name}-bridge": value for name, value in NUMBERS.items()} | {"dose-told-bridge": TOLD}
    form = Form(room.press(form, "typed:bridge", **numbers).text)
    return Form(room.press(form, "update", style="shiatsu", pressure="2", note=NOTE).text)


def shown(form: Form) -> dict[str, Any]:
    """The programme as the page shows it."""
    doses = {name: value for name, value in form.data if name.startswith("dose-")}
    return {"rows": exercises(form), "doses": doses, **{name: form.one(name) for name in ("style", "pressure", "minutes", "note")}}


def test_a_pack_gives_back_the_whole_programme(fresh: Room) -> None:
    made = programme_form(fresh)
    pack = saved(fresh, made, "HL desk starter")
    assert made.one("style") == "shiatsu" and made.one("note") == NOTE and made.one("minutes") == "30"
    for page in (fresh.press(fresh.form(), pack), fresh.press(fresh.form(), "find", start="hl desk")):
        form = Form(page.text)
        assert shown(form) == shown(made) and form.one("pack") == "HL desk starter"
        assert left_out(page) == [] and not errors(page)
    again, first = fresh.body(fresh.prints(form, checked="yes")), fresh.body(fresh.prints(made, checked="yes"))
    assert again.edits == first.edits and again.note == NOTE
    assert dict(again.edits.typed["bridge"]) == {name: int(value) for name, value in NUMBERS.items()}


def test_a_sheet_that_was_left_alone_makes_a_pack_that_proposes_doses_anew(fresh: Room) -> None:
    """Only the therapist's own doses and pressure are laid on the next person: somebody of 75 begins with half."""
    form = fresh.begun()
    pack = saved(fresh, form, "As proposed")
    older = Form(fresh.press(fresh.form(), pack, age_band="75plus").text)
    assert exercises(older) and set(exercises(older)) <= set(exercises(form)) | set(older.all("exercise"))
    body = fresh.body(fresh.prints(older, checked="yes"))
    assert set(body.edits.doses.values()) == {"half"} and older.one("age_band") == "75plus"


def test_what_a_limit_forbids_is_dropped_and_listed(fresh: Room, library: Library) -> None:
    made = with_exercise(fresh, "seated_flexion", "athlete", style="trigger_point", pressure="3")
    pack = saved(fresh, made, "Strong")
    page = fresh.press(fresh.form(), pack, tick=[THIN_BONES, BLOOD])
    form, listed = Form(page.text), left_out(page)
    assert {THIN_BONES, BLOOD} <= set(form.all("tick")), "what was ticked for this patient stays"
    (flexion,) = [one for one in listed if one.startswith(library.exercises["seated_flexion"].title)]
    assert library.demands["bend_far"].reason.rstrip(".") in flexion and "thin bones" in flexion.lower()
    assert any(one.startswith(library.massages["trigger_point"].title) and len(one) > 30 for one in listed)
    assert any(one.startswith("Pressure 3: ") for one in listed), listed
    handout = fresh.prints(form, checked="yes")
    body, sheet = fresh.body(handout), fresh.sheet(handout)
    assert "seated_flexion" not in body.edits.exercises and "exercise:seated_flexion" not in sheet
    assert library.massages["trigger_point"].title not in sheet


def test_a_caution_that_is_ticked_after_the_pack_strikes_the_row_and_says_why(fresh: Room, library: Library) -> None:
    pack = saved(fresh, with_exercise(fresh, "seated_flexion", "athlete", style="trigger_point", pressure="3"), "Strong")
    form = Form(fresh.press(fresh.form(), pack).text)
    assert form.one("style") == "trigger_point" and form.one("pressure") == "3"
    page = fresh.press(form, "update", tick=[*form.all("tick"), THIN_BONES])
    (row,) = [one for one in STRUCK.findall(page.text) if library.exercises["seated_flexion"].title in one]
    assert unescape(library.demands["bend_far"].reason) in unescape(row)
    massage = page.text.partition('id="massage"')[2].partition("</section>")[0]
    assert f'<p class="hint">{library.massages["trigger_point"].title}: ' in massage and '<p class="hint">Pressure 3: ' in massage
    back = Form(fresh.press(Form(page.text), "update", tick=form.all("tick")).text)
    assert "seated_flexion" in exercises(back), "ticked by mistake: it comes back"


def test_a_dose_above_the_cap_comes_down_and_is_listed(fresh: Room, library: Library) -> None:
    form = with_exercise(fresh, "bridge")
    much: dict[str, Any] = {
        f"dose-{name}-bridge": value for name, value in {**NUMBERS, "sets": "5", "repeats": "20", "days_a_week": "7"}.items()
    }
    pack = saved(fresh, Form(fresh.press(form, "typed:bridge", **much).text), "Much")
    page = fresh.press(fresh.form(), pack, tick=["risk_blood:bleeding_disorder"])
    most = library.doses[library.exercises["bridge"].dose].start
    assert any(one.startswith(f"{library.exercises['bridge'].title}: a lower dose.") for one in left_out(page)), left_out(page)
    body = fresh.body(fresh.prints(Form(page.text), checked="yes"))
    assert body.edits.typed["bridge"]["sets"] <= most.sets and body.edits.typed["bridge"]["repeats"] <= most.repeats


def test_a_word_of_a_therapist_is_for_one_visit(fresh: Room, library: Library) -> None:
    """What was added with initials for one person is not on the next one's sheet. Source: clinical safety 7.4."""
    form = fresh.begun(tick=["mobility:no_floor"], minutes="30")
    form = Form(fresh.press(form, f"remove:{exercises(form)[0]}").text)
    page = fresh.press(form, "insist:exercise:bird_dog")
    assert Form(page.text).all("insisted") and 'class="initials">TT<' in page.text
    pack = saved(fresh, Form(page.text), "Floor")
    for ticks in (["mobility:no_floor"], None):
        loaded = fresh.press(fresh.form(), pack, tick=ticks)
        assert Form(loaded.text).all("insisted") == [] and 'class="initials"' not in loaded.text
        assert any(one.startswith(library.exercises["bird_dog"].title) for one in left_out(loaded))
        assert "ask:exercise:bird_dog" in Form(loaded.text).buttons, "it can be added again, with initials"
        assert "bird_dog" not in fresh.body(fresh.prints(Form(loaded.text), checked="yes")).edits.exercises


def test_a_patients_own_answers_stay_and_the_programme_comes(fresh: Room, app: Flask, library: Library) -> None:
    """Their plan opened by its code, then a pack, then another: the limits of the first page of theirs still hold."""
    packs = [saved(fresh, with_exercise(fresh, "seated_flexion", "low_lasting"), title) for title in ("One", "Two")]
    url = kept_with(app, library, risk_bone=("osteoporosis",), areas=("neck_shoulders",), age_band="60_74", peg_p=6)
    form = Form(fresh.press(fresh.form(), "find", start=url.removeprefix("/kept/")).text)
    for pack in packs:
        page = fresh.press(form, pack)
        form = Form(page.text)
        assert form.all("areas") == ["neck_shoulders"] and THIN_BONES in form.all("tick") and form.one("minutes") == "30"
        assert form.one("age_band") == "60_74" and form.one("peg_p") == "6"
        assert any(one.startswith(library.exercises["seated_flexion"].title) for one in left_out(page))
    assert "seated_flexion" not in fresh.body(fresh.prints(form, checked="yes")).edits.exercises


def test_a_pack_of_answers_alone_goes_on_as_before(fresh: Room) -> None:
    pack = f"pack:{a_pack(fresh.engine, fresh.home, 'Old one')}"
    page = fresh.press(fresh.form(), pack, tick=[BLOOD], note="mine")
    form = Form(page.text)
    assert form.all("areas") == ["low_back"] and BLOOD not in form.all("tick") and form.one("note") == "mine"
    assert form.all("exercise") == [] and left_out(page) == [] and not SAID.findall(page.text)


def test_the_note_of_a_pack_and_a_note_of_ones_own(fresh: Room) -> None:
    one, two = (saved(fresh, fresh.begun(), title, note=f"note of {title}") for title in ("One", "Two"))
    bare = saved(fresh, fresh.begun(), "Bare")
    form = Form(fresh.press(fresh.form(), one).text)
    assert form.one("note") == "note of One"
    assert Form(fresh.press(form, two).text).one("note") == "note of Two", "a pack takes back what another pack wrote"
    for other in (bare, "pack:neck_desk"):
        assert Form(fresh.press(form, other).text).one("note") == ""
    page = fresh.press(form, two, note="my own words")
    assert Form(page.text).one("note") == "my own words" and any("note of the pack" in line for line in left_out(page))


def test_without_script_only_packs_that_move_no_note_are_swapped_in_place(fresh: Room) -> None:
    """The field of the note is outside the parts that are swapped: what is being typed stays."""
    pack = saved(fresh, fresh.begun(), "With a note", note=NOTE)
    page = fresh.get("/clinic/new").text
    assert "hx-post" not in button(page, pack) and "hx-post" in button(page, "pack:neck_desk")
    assert "hx-post" not in button(fresh.press(fresh.form(), pack).text, "pack:neck_desk")


def button(page: str, value: str) -> str:
    return only(rf'<button class="chip" name="do" value="{value}"([^>]*)>', page)
