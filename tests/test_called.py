"""What clinicians call an exercise, and how they type it: which ones they find. The names are those a physiotherapist would use."""

from __future__ import annotations

import pytest

from planner.domain.called import called, nearly_called, spelled
from planner.domain.model import Library

FIRST = {
    "child's pose": "Bottom to heels",
    "McKenzie press-up": "Prone press-up",
    "extension in lying": "Prone press-up",
    "glute bridge": "Bridge",
    "bird dog": "Bird dog",
    "clamshell": "Clam",
    "dead bug": "Dead bug",
    "figure four": "Figure-four",
    "piriformis stretch": "Knee to opposite shoulder",
    "cat-camel": "Cat-cow",
    "sciatic slider": "Nerve slider",
    "nerve floss": "Nerve slider",
    "DNF nod": "Small nod, lying",
    "craniocervical flexion": "Small nod, lying",
    "thoracic extension": "Arch over chair",
    "open book": "Open book",
    "scapular retraction": "Shoulder-blade squeeze",
    "wall slides": "Wall slide",
    "Y-T-W": "Arm lifts, lying on front",
    "deadlift": "Lift from the floor",
    "goblet squat": "Squat with a bag",
    "farmer's carry": "Carry one bag",
    "tandem stance": "Heel-to-toe stand",
    "single leg stance": "Stand on one leg",
    "calf raise": "Heel raise",
    "step-up": "Step up",
    "TrA": "Draw in gently",
    "abdominal hollowing": "Draw in gently",
    "pelvic floor": "Pelvic floor squeeze",
    "Kegel": "Pelvic floor squeeze",
    "hip hinge": "Hip hinge",
    "sit-to-stand": "Sit to stand",
    "cat cow": "Cat-cow",
    "chin tuck": "Chin tuck",
    "sciatic nerve glide": "Nerve slider",
    "wall angel": "Wall angel",
    "SKTC": "One knee to chest",
    "REIS": "Standing back bend",
    "prone on elbows": "Lie on elbows",
    "bridging": "Bridge",
    "levator scapulae stretch": "Nose to armpit",
    "pec stretch": "Doorway chest stretch",
    "RDL": "Hinge with a bag",
    "McGill curl-up": "Curl-up",
    "side bridge": "Side plank",
    "Pallof press": "Press out against a band",
    "mini squat": "Squat at a counter",
    "monster walk": "Side steps at a counter",
    "lower trunk rotation": "Knee rolls",
    "T-spine rotation": "Open book",
}
SLIPS = {
    "chld's pose": "Bottom to heels",
    "mckenize press up": "Prone press-up",
    "glute brige": "Bridge",
    "cat caw": "Cat-cow",
    "bidr dog": "Bird dog",
    "dead bugg": "Dead bug",
    "clamhsell": "Clam",
    "chin tuk": "Chin tuck",
    "sciatic nerve gilde": "Nerve slider",
    "wall angle": "Wall angel",
    "thoracic extention": "Arch over chair",
    "hamstrng stretch": "Chair hamstring stretch",
    "hip flexer stretch": "Standing hip stretch",
    "pelvic tlit": "Pelvic tilt",
}
"""As they are typed in a hurry."""
SAME = [
    ("child's pose", "CHILDS POSE", "Child’s pose", "child pose", "pose child", "Chíld’s  Póse"),
    ("press-up", "press up", "pressup", "PRESS UP"),
    ("manoeuvre", "manoeu"),
    ("clamshell", "clam shell"),
]


def titles(library: Library, typed: str) -> list[str]:
    return [one.title for one in called(typed, library.exercises.values(), lambda one: one.names)]


@pytest.mark.parametrize("name", FIRST)
def test_a_clinical_name_finds_its_exercise_first(library: Library, name: str) -> None:
    assert titles(library, name)[0] == FIRST[name]


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_of_the_fingers_finds_it_too_where_nothing_else_is_called_that(library: Library, name: str) -> None:
    assert titles(library, name) == []
    assert SLIPS[name] in [one.title for one in nearly_called(name, library.exercises.values(), lambda one: one.names)][:2]


@pytest.mark.parametrize("name", ["", "…", "qqqq", "zumba", "glute McKenzie", "tuc", "rdge"])
def test_what_is_more_than_a_slip_finds_nothing(library: Library, name: str) -> None:
    assert [one.title for one in nearly_called(name, library.exercises.values(), lambda one: one.names) if one.title == "Bridge"] == []


@pytest.mark.parametrize("ways", SAME)
def test_however_it_is_typed(library: Library, ways: tuple[str, ...]) -> None:
    first, *others = ways
    assert titles(library, first) and all(set(titles(library, first)) <= set(titles(library, other)) for other in others)


def test_every_word_that_was_typed_must_match(library: Library) -> None:
    assert "Cat-cow" in titles(library, "four-point kneeling") and "Bird dog" in titles(library, "4 point kneeling")
    assert titles(library, "McKenzie bicycle") == [] and titles(library, "glute McKenzie") == []


def test_every_exercise_has_a_clinical_name(library: Library) -> None:
    assert [one.id for one in library.exercises.values() if not one.also_called] == []


def test_names_have_no_case_accents_apostrophes_or_hyphens() -> None:
    assert spelled("McKenzie’s Préss-Up (90/90)") == ("mckenzies", "press", "up", "90", "90")
    assert spelled(" …' ") == ()
