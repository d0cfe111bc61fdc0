"""What a plan says once: reasons that exercises share, findings about tips, what was left out, and what to ask about one massage."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.domain.plan import build
from planner.library.plausible import people
from planner.outputs.as_json import to_json
from planner.outputs.documents import page_html, plan_html
from planner.outputs.text import to_text
from tests.people import well

ON = date(2026, 11, 28)
LONG = 8  # words; a shorter sentence may come again: "Common advice."
REPEATED = 3  # exercises, from which on a reason stands above them
NAMED = 3  # things of one reason
AGAIN = (  # what stands beside each exercise or tip that it is about
    *(r"Weeks 3 and 4: ", r"After week 4: ", r"Stop if ", r"Because you said ", r"This was (not )?tested "),
    *(
        r"Nobody should press on the front",
        r"If lying on your front arches",
        r"Strength work for neck and",
        r"(Every day|(Mon|Tue|Wed|Thu)\b.*): ",
        r"For back pain it has not been tested",
        r"Nobody has tested this tip on its own",
        r"For a sore tailbone",
    ),
)
BENT: dict[str, Any] = {
    **{"age_band": "18_39", "areas": ("low_back",), "duration": "recurrent", "worse_with": ("sitting", "bending", "lifting")},
    **{"minutes": "30", "day": ("athlete", "desk"), "activity": "athlete", "goal": "lifting", "peg_p": 4},
}
PREGNANT: dict[str, Any] = {
    **{"age_band": "18_39", "areas": ("low_back", "buttock_hip"), "pregnancy": "t3", "budget": "some", "scent_ok": "no"},
}


def plan_for(library: Library, **answers: Any) -> Plan:
    return build(library, well(library) | answers, on=ON)


def plans(library: Library, many: int, seed: int) -> Iterator[Plan]:
    found = [build(library, answers, on=ON) for answers in people(library, many, seed)]
    kept = [plan for plan in found if not plan.triage.no_plan]
    assert len(kept) > many // 2
    yield from kept


def parts(text: str) -> dict[str, str]:
    """The text of each heading."""
    found = re.split(r"\n([A-Z][^\n]+)\n-{4,}\n", text)
    return dict(zip(found[1::2], found[2::2], strict=True))


def flat(text: str) -> str:
    return " ".join(text.split())


def sentences(part: str) -> Iterator[str]:
    """Whole sentences of a part, without the steps of exercises and the short words for an easier one."""
    steps = r"\n  \d+\. [^\n]+(\n     [^\n]+)*"
    for line in re.sub(r"\n  (?=\S)", " ", re.sub(steps, "", part)).split("\n\n"):
        for one in re.split(r"\n- |\n(?=[A-Z])", line):
            yield from re.split(r"(?<=[.?]) (?=[A-Z\"\[])", flat(one))


def test_no_long_sentence_stands_twice_in_a_plan(library: Library) -> None:
    for plan in plans(library, 80, 11):
        said: Counter[str] = Counter()
        for name, part in parts(to_text(plan, library)).items():
            if name not in ("Do this today", "Stop, and get help", "Sources"):
                said.update(
                    one
                    for one in sentences(part)
                    if len(one.split()) >= LONG and one.endswith((".", "?")) and not re.match("|".join(AGAIN), one)
                )
        why = {one.say for line in plan.lines for one in line.because}  # of these the next test speaks
        assert [one for one, times in said.items() if times > 1 and one not in why] == []


def test_a_reason_of_many_exercises_stands_above_them(library: Library) -> None:
    several = library.training.of_several
    above = 0
    for plan in plans(library, 150, 12):
        lines = plan.section("exercises")
        counted = Counter(say for line in lines for say in {one.say for one in line.because if one.answer} if say in several)
        shared = {say for say, times in counted.items() if times >= REPEATED}
        above += len(shared)
        paper, page = (flat(re.sub(r"<[^>]+>", "", html)) for html in (plan_html(plan, library), page_html(plan, library)))
        part = flat(parts(to_text(plan, library)).get("Exercises", ""))
        for say in shared:
            assert part.count(several[say]) == 1 and (say == several[say] or say not in part), say
            assert f" {several[say]}" in paper.partition("minutes a day")[2] and several[say] in page
    assert above > 5


def test_what_all_exercises_are_for_is_quoted_once_above_them(library: Library) -> None:
    part = flat(parts(to_text(plan_for(library, **BENT), library))["Exercises"])
    assert part.startswith('All of these are here because you said "low back".')
    assert part.count('"low back"') == 1
    assert part.count("does not like bending or sitting") == 1
    assert 'because you said "worse with sitting, worse with bending". They suit' in part


def test_a_part_of_an_answer_above_is_not_quoted_below(library: Library) -> None:
    part = flat(parts(to_text(plan_for(library, **PREGNANT, worse_with=("standing", "arching")), library))["Exercises"])
    assert 'here because you said "low back, buttock or hip"' in part
    assert '"low back"' not in part


def test_json_has_every_reason_of_every_exercise(library: Library) -> None:
    plan = plan_for(library, **BENT)
    told = {one["id"]: one["because"] for one in to_json(plan, library)["lines"]}
    for line in plan.section("exercises"):
        assert [one["say"] for one in told[line.id]] == [one.say for one in line.because]


def test_every_rule_for_exercises_can_be_said_of_several(library: Library) -> None:
    training = library.training
    rules = {row.because for row in training.goal} | {row.because for row in training.worse} | {row.because for row in training.group}
    assert rules - {""} == set(training.of_several)
    assert not [they for they in training.of_several.values() if they.startswith("It ")]


@pytest.mark.parametrize("html", [False, True])
def test_what_is_left_out_names_three_things_at_most_and_counts_the_rest(library: Library, html: bool) -> None:
    named = 0
    for plan in plans(library, 60, 13):
        if html:
            rows = re.findall(r"<li><b>[^<]+:</b>\s*<span>([^<]+)\.</span></li>", page_html(plan, library).partition('id="left"')[2])
        else:
            rows = re.findall(r"(?:Left out: |\n- )((?:(?!\n\n|\n- )[\s\S])+)", parts(to_text(plan, library)).get("Left out, and why", ""))
        for row in map(flat, rows):
            things = [title for title in {one.title for one in plan.left_out} if title.lower() in row.lower()]
            alone = [one for one in things if not any(one != other and one.lower() in other.lower() for other in things)]
            assert len(alone) <= NAMED, row
            assert "more like these" not in row
            named += len(alone)
    assert named > 100


def test_every_other_style_is_said_only_where_it_is_true_and_then_no_style_is_listed(library: Library) -> None:
    """A reason for some styles alone names these: "every other style" was said of three of twelve."""
    whole = 0
    for plan in plans(library, 300, 14):
        left = flat(parts(to_text(plan, library)).get("Left out, and why", ""))
        shown = {line.item_id for line in plan.massage.styles} if plan.massage else set()
        reasons: dict[str, set[str]] = {}
        for one in plan.left_out:
            if one.id.startswith("massage:"):
                reasons.setdefault(one.because[0].say, set()).add(one.id.removeprefix("massage:"))
        all_others = set(library.massages) - shown
        true = any(names == all_others for names in reasons.values())
        assert ("very other style of massage" in left) == true
        if true:
            whole += 1
            assert not [style.title for style in library.massages.values() if f"{style.title}," in left or f"{style.title} (" in left]
    pregnant = flat(parts(to_text(plan_for(library, **PREGNANT), library))["Left out, and why"])
    assert "- Every other style of massage (" in pregnant and "Aromatherapy" not in pregnant
    assert whole


def test_each_thing_left_out_has_a_line_for_its_reason(library: Library) -> None:
    part = parts(to_text(plan_for(library, **PREGNANT), library))["Left out, and why"]
    assert part.startswith("Left out, because you said pregnant")
    assert len(re.findall(r"^- .", part, re.MULTILINE)) >= 5


def test_one_massage_for_calm_needs_fewer_questions_than_a_course(library: Library) -> None:
    calm, course = plan_for(library, **PREGNANT), plan_for(library, duration="gt12w", peg_p=5, peg_e=5, peg_g=5, budget="flexible")
    assert calm.massage and course.massage
    assert calm.massage.freq == "as_wanted" and course.massage.freq in ("weekly", "fortnightly", "monthly")
    assert len(course.massage_day.questions) == 10 and len(calm.massage_day.questions) == 6
    assert "When would you stop?" not in " ".join(calm.massage_day.questions)
    assert "How will you check that it is safe for me?" in calm.massage_day.questions


def test_before_a_massage_only_what_fits_the_style_is_said(library: Library) -> None:
    """Clinical plan 4.5: time, light meal, loose clothes, list of medicines, what one fears, to stop at any time; who is to be asked
    stands under finding a therapist."""
    plan = plan_for(library, duration="gt12w", peg_p=5, peg_e=5, peg_g=5, clothed="either")
    before = " ".join(plan.massage_day.before)
    assert len(plan.massage_day.before) <= 7
    for said in ("15 quiet minutes", "light meal", "loose clothes", "list of your medicines", "what worries you", "stop at any time"):
        assert said in before
    assert "Leggings" not in before and "Leggings" in " ".join(plan_for(library, clothed="yes").massage_day.before)
    assert "whom they would see" in " ".join(plan.massage_day.trained)


def test_how_often_stands_once_with_its_reasons(library: Library) -> None:
    part = parts(to_text(plan_for(library, duration="gt12w", peg_p=5, peg_e=5, peg_g=5), library))["The massage to ask for"]
    assert flat(part).count("sessions at first") == 1
    assert flat(part.partition("Or:")[0]).count("Because you said") <= 1


def test_what_to_do_has_a_line_a_sentence_where_it_fills_more_than_two(library: Library) -> None:
    part = parts(to_text(plan_for(library, duration="lt4w", peg_p=5), library))["Looking after yourself"]
    assert "\nKeep a cloth between it and your skin.\n" in part
    assert "\nA quiet timer helps.\n" not in to_text(plan_for(library, day=("desk",)), library)


@pytest.mark.parametrize(("age", "said"), [("16_17", True), ("18_39", False)])
def test_sitting_at_school_is_sitting(library: Library, age: str, said: bool) -> None:
    text = flat(to_text(plan_for(library, age_band=age, day=("desk",), worse_with=("sitting",)), library))
    assert "CHANGE POSITION OFTEN" in text
    assert ("That holds for sitting at school and at home." in text) == said


def test_a_plan_says_which_of_its_two_days_is_which(library: Library) -> None:
    """The questions come again before the plan ends: a reader took the two dates for two ends."""
    said = " ".join(to_text(plan_for(library), library).split())
    assert said.endswith(
        "Answer the safety questions again by 12 December 2026, before you go on. The plan itself runs to 26 December 2026."
    )


def test_what_is_known_stands_together_near_the_end(library: Library) -> None:
    """Under each exercise and tip it buried what to do. Every one of them is named there, with how sure we are."""
    for plan in plans(library, 30, 17):
        found = parts(to_text(plan, library))
        known = " ".join(found["How sure we are"].split())
        weighed = [line for section in ("exercises", "habits", "selfcare") for line in plan.section(section)]
        for section in ("Exercises", "Your day", "Looking after yourself"):
            assert "certainty." not in found.get(section, "")
        groups = {(line.section, line.certainty, line.evidence, line.not_tested) for line in weighed}
        assert known.count(" certainty.") >= len(groups)
        for line in weighed:
            assert line.title.split(",")[0].split(" (")[0] in known, line.title
