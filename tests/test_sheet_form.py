"""The sheet form without its page: fields there and back, what buttons do, and the limits that no button passes."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planner.clinic.sheets.changes import CHANGES, candidates, changed_form
from planner.clinic.sheets.proposal import ADVISED_PURPOSES, Proposal
from planner.clinic.sheets.sheet_form import SheetForm, Signer, answers_of, filled, hidden, options, read_sheet_form, tickable, with_pack
from planner.domain.answers import Value
from planner.domain.edits import Edits
from planner.domain.journey import Journey
from planner.domain.model import Library
from planner.outputs.glyphs import unprintable
from tests.people import anybody

ON = date(2026, 11, 21)
LONG = "x" * 70_000
JT = Signer("0" * 32, "JT")


def at(library: Library, form: SheetForm) -> Proposal:
    return Proposal(library, form, "GB", ON)


def of(library: Library, pack: str = "low_desk", **changes: Any) -> Proposal:
    found = library.packs[pack]
    return at(library, replace(with_pack(SheetForm(checked="yes"), library, found.title, found.answers), **changes))


def state(now: Proposal, line: str) -> str:
    found = now.choice(line)
    assert found, line
    return found.state


def as_tuple(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def press(now: Proposal, do: str) -> Proposal:
    return at(now.library, changed_form(do, now))


def test_every_pack_makes_a_plan_that_can_be_printed(library: Library) -> None:
    for pack in library.packs:
        now = of(library, pack)
        assert now.problems == () and now.rows and not now.stops, pack
        for name, value in library.packs[pack].answers.items():
            held = answers_of(now.form, library, "GB")[name]
            assert held == value or sorted(as_tuple(held)) == sorted(as_tuple(value)), (pack, name)


def test_any_answers_there_and_back(library: Library) -> None:
    rng = random.Random(7)
    for _ in range(60):
        answers = dict(Journey(library, anybody(library, rng)).reachable)
        form = filled(library, answers)
        fields = {
            "areas": form.areas,
            "minutes": [form.minutes],
            "tick": form.ticks,
            **{name: [value] for name, value in form.choices.items()},
        }
        for name, value in hidden(form):
            fields[name] = [*fields.get(name, []), value]
        again = read_sheet_form(library, fields, JT)
        assert answers_of(again, library, "GB") == answers_of(form, library, "GB")
        assert Journey(library, answers_of(again, library, "GB")).reachable == answers


def test_a_form_of_nonsense_is_an_empty_bench(library: Library) -> None:
    odd = [
        "",
        "\x00",
        LONG,
        "\ud800",
        "<b>",
        "{{7*7}}",
        "-1",
        "1e3",
        "٣",
        "99999999999",
        "[" * 50_000,
        '{"areas":1}',
        '{"a":NaN}',
        "null",
        "bridge:build:x",
    ]
    for value in odd:
        names = ["base", "pack", "areas", "minutes", "tick", "age_band", "goal_words", "exercise", "dose", "style", "pressure", "insisted"]
        names += [
            "initials",
            "insisted_by",
            "given",
            "next_weeks",
            "checked",
            "note",
            "reference",
            "previous",
            "handout",
            "version",
            "once",
            "offered_style",
        ]
        form = read_sheet_form(library, {name: [value, value] for name in names}, JT)
        assert form.areas == () and form.ticks == () and form.choices == {} and form.base == {} and form.checked == ""
        assert form.edits == Edits()
        assert "\x00" not in form.note and "\ud800" not in form.note + form.pack + form.reference
        assert at(library, form).plan is not None


def test_of_a_single_choice_the_stricter_box_counts(library: Library) -> None:
    form = SheetForm(areas=("low_back",), ticks=("pregnancy:t1", "pregnancy:t3", "mobility:chair_only", "mobility:no_floor"))
    answers = answers_of(form, library, "GB")
    assert answers["pregnancy"] == "t3" or answers["pregnancy"] == "postpartum_12w"
    assert answers["mobility"] == "chair_only"


def test_every_red_flag_has_a_box_and_stops_what_it_must(library: Library) -> None:
    boxes = {question.id: options(question) for question in tickable(library)}
    for name in (one for page in library.pages if page.safety for one in page.questions):
        assert boxes[name], name
    now = of(library, ticks=("rf_saddle:yes",))
    assert now.stops and now.rows == () and now.exercises == () and now.massages == () and now.problems == ()
    assert changed_form("add:bridge", now) == now.form


def test_swap_takes_the_next_best_and_comes_round(library: Library) -> None:
    now = of(library)
    seen = set()
    name = now.wanted[0]
    for _ in range(60):
        others = [one for one in now.wanted if one != name]
        after = press(now, f"swap:{name}")
        (new,) = [one for one in after.wanted if one not in others]
        assert state(after, f"exercise:{new}") == "free"
        assert after.problems == () and len(after.wanted) == len(now.wanted)
        seen.add(new)
        now, name = after, new
    assert len(seen) > 3 and of(library).wanted[0] in seen
    assert list(candidates(now, "nothing")) == [] and changed_form("swap:nothing", now) == now.form


def test_remove_add_and_back_to_what_was_proposed(library: Library) -> None:
    now = of(library)
    first = now.wanted[0]
    fewer = press(now, f"remove:{first}")
    assert first not in fewer.wanted and len(fewer.wanted) == len(now.wanted) - 1
    assert set(press(fewer, f"add:{first}").wanted) == set(now.wanted)
    assert press(fewer, "reset").wanted == now.wanted
    last = at(library, replace(now.form, edits=Edits(exercises=("bridge",))))
    assert changed_form("remove:bridge", last) == last.form


def test_at_most_ten_and_one_of_each_kind_is_advised(library: Library) -> None:
    free = [one.id.partition(":")[2] for one in of(library).exercises if one.state == "free"]
    many = of(library, minutes="30", edits=Edits(exercises=tuple(free[:12]), doses=dict.fromkeys(free, "half"), minutes=60))
    assert len(many.plan.section("exercises")) == 10 and [one.what for one in many.problems] == ["many"]
    for purpose in ADVISED_PURPOSES:
        others = tuple(name for name in free if library.exercises[name].purpose != purpose)[:3]
        missing = of(library, minutes="20", edits=Edits(exercises=others, doses=dict.fromkeys(free, "half")))
        assert missing.problems == () and missing.advised == (purpose,)


def test_what_may_be_insisted_on_bears_initials_and_the_rest_is_never_added(library: Library) -> None:
    now = of(library, ticks=("mobility:no_floor",), signer=JT)
    assert state(now, "exercise:bridge") == "free", "a bed will do"
    assert state(now, "exercise:bird_dog") == "ask"
    assert changed_form("add:bird_dog", now) == now.form
    room = press(now, f"remove:{now.wanted[0]}")
    signed = press(room, "insist:exercise:bird_dog")
    assert (
        "bird_dog" in {row.id for row in signed.rows if row.fits}
        and signed.problems == ()
        and [row.initials for row in signed.rows if row.id == "bird_dog"] == ["JT"]
    )
    assert signed.frozen.insisted == ("exercise:bird_dog",)
    gone = press(signed, "remove:bird_dog")
    assert gone.form.edits.insisted == ()
    bones = of(library, ticks=("risk_bone:osteoporosis",))
    assert state(bones, "exercise:seated_flexion") == "never"
    forged = replace(bones.form.edits, exercises=(*bones.wanted, "seated_flexion"), insisted=("exercise:seated_flexion",), initials="JT")
    assert changed_form("insist:exercise:seated_flexion", bones) == bones.form
    assert "exercise:seated_flexion" not in {line.id for line in at(library, replace(bones.form, edits=forged)).plan.lines}


@pytest.mark.parametrize("tick", ["risk_bone:osteoporosis", "rf_cancer:current"])
def test_what_another_limit_bars_stays_barred_beside_a_soft_one(library: Library, tick: str) -> None:
    soft = of(library, ticks=("mobility:no_floor",))
    both = of(library, ticks=("mobility:no_floor", tick))
    rank = ["never", "ask", "free"].index
    before = {one.id: one.state for one in (*soft.exercises, *soft.massages)}
    assert all(rank(one.state) <= rank(before[one.id]) for one in (*both.exercises, *both.massages))
    assert state(soft, "exercise:cat_cow") == "ask" and state(both, "exercise:cat_cow") == "never"


@pytest.mark.parametrize("seed", range(40))
def test_any_buttons_in_any_order_keep_the_promises(library: Library, seed: int) -> None:
    rng = random.Random(seed)
    now = at(library, replace(filled(library, Journey(library, anybody(library, rng)).reachable), checked="yes"))
    names = list(library.exercises)
    for _ in range(12):
        do = rng.choice([*CHANGES, "less", "more"])
        line = rng.choice(["exercise:", "massage:"]) if do == "insist" else ""
        now = press(now, do if rng.random() < 0.2 else f"{do}:{line}{rng.choice([*now.wanted, *names])}")
    plan = now.plan
    assert plan.minutes_used <= plan.minutes_offered and len(plan.section("exercises")) <= 10
    states = {one.id: one.state for one in now.exercises}
    assert all(states[line.id] != "never" for line in plan.section("exercises"))
    if any(one.field == "items" for one in now.problems):  # it can't be printed as it is
        return
    again = now.plan_with(now.frozen)
    assert again.lines == plan.lines, "in all four weeks"
    assert {row.id for row in now.rows if row.fits} >= {row.id for row in now.rows if row.state == "free"}, "what is missing is said"


def test_letters_that_our_fonts_lack_are_named(library: Library) -> None:
    assert unprintable("Grüße, Łódź, שלום \u202e مرحبا Привет 👩‍🦽 🌱 2 × 30 s <b>½</b>") == ""
    assert unprintable("漢字 and हि, 漢") == "漢字हि"
    note = of(library, note="x" * 301 + "漢")
    assert [(one.what, one.number, one.words) for one in note.problems] == [("note", 2, ""), ("letters", 0, "漢")]
