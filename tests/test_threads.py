"""Finding a sheet again by its code, and the sheets of one reference as one thread with the pain drawn."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape

from tests.clinics import now
from tests.rooms import Room, deleted, errors
from tests.sheet_forms import Form, changed_row
from tests.test_records import NOTE, came_back, printed
from tests.test_takeout import rows_of, take


def test_a_sheet_is_found_by_its_code(fresh: Room) -> None:
    name, other = printed(fresh), Room(fresh.app)
    code = fresh.code(name)
    for typed in (code, code.lower().replace("-", " "), f"https://example.org/kept/{code}"):
        form = Form(fresh.get("/clinic/sheets").text, "", "/clinic/find")
        assert form.send(fresh.client, code=typed).location == f"/clinic/sheets/{name}"
    for typed in (code, "R 12", "", code[:-1] + ("0" if code[-1] != "0" else "1"), "x" * 500):
        form = Form(other.get("/clinic/sheets").text, "", "/clinic/find")
        page = form.send(other.client, code=typed, expects=422)
        assert list(errors(page)) == ["code"] and Form(page.text, "", "/clinic/find").one("code") == typed[:200]


def test_one_reference_is_one_thread_with_its_pain(fresh: Room) -> None:
    first = printed(fresh)
    changed_row(fresh.engine, first, made=now() - timedelta(days=21))
    second = fresh.prints(Form(came_back(fresh, first, "5300")), checked="yes", reference="r 12")
    elsewhere = fresh.prints(fresh.begun(), reference="R 13", peg_p="9")
    deleted(fresh, first)
    page = fresh.get(f"/clinic/sheets/{second}/thread").text
    rows = re.findall(r'href="/clinic/sheets/([0-9a-f]{32})"', page.partition('id="thread"')[2])
    assert rows == [first, second] and elsewhere not in page
    read = re.findall(r'<td class="num"><span class="in-card">Pain out of 10:</span> (\d+)</td>', page)
    assert read == ["5", "3"], "pain of a sheet that its patient deleted stays in the text"
    spoken = re.search(r'<svg class="painline"[^>]* role="img"[^>]*>\s*<title[^>]*>([^<]+)</title>', page)
    assert spoken and [part.rsplit(",")[-1].strip() for part in unescape(spoken[1]).partition(":")[2].split(";")] == read
    assert len(re.findall(r"<circle", page)) == 2
    Room(fresh.app).get(f"/clinic/sheets/{second}/thread", expects=404)


def test_the_text_is_in_the_copy_of_everything_also_after_the_patient_deletes(fresh: Room) -> None:
    name = printed(fresh)
    deleted(fresh, name)
    zipped = take(fresh.engine, fresh.home.clinic)
    (row,) = json.loads(zipped.read("handouts.json"))
    assert row["content"] is row["patients_own"] is None and NOTE in row["chart"] and NOTE in rows_of(zipped, "handouts.csv")[0]["chart"]
