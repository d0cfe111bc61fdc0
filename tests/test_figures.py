"""The drawn people: every pose stands, reaches and bends as a person can, and every file is what its pose says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zlib
from dataclasses import fields, replace
from datetime import date
from html import unescape
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pytest
from markupsafe import escape

from planner.domain.edits import Edits
from planner.domain.model import Exercise
from planner.domain.plan import build
from planner.figures import bodymap
from planner.figures.build import FIGURES, files_of, read_index, stale
from planner.figures.checks import faults
from planner.figures.furniture import kinds
from planner.figures.mannequin import mannequins
from planner.figures.poses import BrokenPoses, Contact, Pose, PosedPicture, read_pictures
from planner.figures.posing import posed
from planner.library.reader import load
from planner.outputs import documents
from planner.outputs.as_json import to_json
from planner.outputs.pictures import line_art, picture
from planner.outputs.text import to_text
from tests.people import well

PICTURES = read_pictures()
STILLS = sorted(path for path in FIGURES.glob("*.svg") if not path.name.endswith("-move.svg"))


def test_every_file_is_what_its_pose_and_the_drawing_code_say() -> None:
    assert stale(PICTURES) == []
    wanted = {f"{name}-{frame}.svg" for name, entry in read_index().items() for frame in (*entry["frames"], *entry["moves"])}
    assert {path.name for path in FIGURES.glob("*.svg")} == wanted


def test_the_body_that_is_tapped_is_what_its_drawing_code_says() -> None:
    assert tuple(file.read_text("utf-8") for file in bodymap.FILES) == bodymap.texts()


@pytest.mark.slow
@pytest.mark.parametrize("name", PICTURES)
def test_reach_lengths_ranges_floor_frame_words_and_weight(name: str) -> None:
    assert faults({name: PICTURES[name]}) == []


def test_every_exercise_has_a_start_an_end_an_arrow_and_a_mark() -> None:
    for name, item in load().exercises.items():
        if item.purpose == "ease":  # a position to rest in: one picture, nothing moves
            assert set(PICTURES[name].frames) == {"start"} and PICTURES[name].shows == "rest", name
            continue
        assert {"start", "end"} <= set(PICTURES[name].frames), name
        end = (FIGURES / f"{name}-end.svg").read_text("utf-8")
        assert 'class="a"' in end, f"{name}: no arrow"
        assert 'class="H"' in end, f"{name}: no hatch where it is felt"
        assert PICTURES[name].felt, name


def test_every_massage_position_has_a_picture() -> None:
    positions = {position for massage in load().massages.values() for position in massage.positions}
    assert {f"massage_{position}" for position in positions} <= set(PICTURES)


def test_pictures_belong_to_something() -> None:
    library = load()
    owners = {*library.exercises, *library.habits, *library.selfcare, *(name for name in PICTURES if name.startswith("massage_"))}
    assert set(PICTURES) <= owners


def test_everybody_is_seen_and_nobody_most_of_the_time() -> None:
    shown = [picture.who for picture in PICTURES.values()]
    assert set(shown) == set(mannequins())
    assert max(shown.count(who) for who in set(shown)) <= len(shown) / 3


def test_pregnant_people_are_not_drawn_on_back_or_front() -> None:
    for one in PICTURES.values():
        if one.who == "pregnant" and one.name in load().exercises:
            assert load().exercises[one.name].start not in ("supine", "prone"), one.name


def test_bytes_of_the_stills() -> None:
    sizes = [path.read_bytes() for path in STILLS]
    assert median(map(len, sizes)) <= 6_000
    assert median(len(zlib.compress(data, 9)) for data in sizes) <= 2_500


def test_paper_is_black_white_and_grey_and_needs_no_style() -> None:
    for path in STILLS:
        text = (FIGURES / "paper" / path.name).read_text("utf-8")
        assert "class=" not in text
        assert "<style" not in text
        for colour in set(re.findall(r'(?:fill|stroke)="(#\w+)"', text)):
            digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
            red, green, blue = (int(digits[i : i + 2], 16) for i in (0, 2, 4))
            assert max(red, green, blue) - min(red, green, blue) < 12, f"{path.name}: {colour}"


def test_on_paper_every_picture_has_its_words_and_size() -> None:
    library = load()
    for name in PICTURES:
        shown = picture(library, name)
        assert shown is not None
        for frame in shown.frames:
            opening, _, rest = line_art(frame).partition(">")
            assert f'width="{frame.width}" height="{frame.height}"' in opening, frame.file
            assert rest.startswith(f"<title>{escape(frame.alt)}</title><") and frame.alt, frame.file


@pytest.mark.slow
def test_the_same_pose_gives_the_same_bytes() -> None:
    picture = PICTURES["bridge"]
    assert files_of(picture) == files_of(picture)


def mirrored(pose: Pose) -> Pose:
    """The same pose on the other side."""

    def other(name: str) -> str:
        return re.sub(r"_([rl])\b", lambda side: "_l" if side[1] == "r" else "_r", name)

    def turned(contact: Contact | None) -> Contact | None:
        return replace(contact, near=other(contact.near)) if contact else None

    values = {field.name: getattr(pose, field.name) for field in fields(pose)}
    swapped: dict[str, Any] = {other(name): turned(value) if isinstance(value, Contact) else value for name, value in values.items()}
    joint, x = pose.rest.pin
    rest = replace(pose.rest, parts=tuple(map(other, pose.rest.parts)), pin=(other(joint), x), aside=-pose.rest.aside)
    solve = pose.solve
    if solve:
        meet: Any = tuple(
            (other(first), *(other(x) if isinstance(x, str) and x not in "xyz" else x for x in rest_)) for first, *rest_ in solve.meet
        )
        solve = replace(solve, free=tuple(map(other, solve.free)), meet=meet)
    swapped |= {
        "bend": tuple(-angle for angle in pose.bend),
        "twist": tuple(-angle for angle in pose.twist),
        "roll": -pose.roll,
        "rest": rest,
        "solve": solve,
    }
    return Pose(**swapped)


PAIRED = [
    name
    for name, item in load().exercises.items()
    if name in PICTURES and load().doses[item.dose].start.sides == 2 and PICTURES[name].frames["end"].roll == 0
]


@pytest.mark.parametrize("name", PAIRED)
def test_the_other_side_is_the_mirror_image(name: str) -> None:
    """So a page may turn the picture over for the other side: it is what that pose would look like."""
    for pose in PICTURES[name].frames.values():
        one, other = posed(pose, mannequins()["base"]), posed(mirrored(pose), mannequins()["base"])
        for joint, place in one.at.items():
            twin = re.sub(r"_([rl])$", lambda side: "_l" if side[1] == "r" else "_r", joint)
            assert np.allclose(place * (1, 1, -1), other.at[twin], atol=0.2), joint


BROKEN: dict[str, dict[str, Any]] = {
    "short": {"hand_r": Contact(at=(150, 150, 0))},
    "knee": {"leg_r": (0, -179, 0), "foot_r": None},
    "hip": {"leg_r": (-170, -170, 0), "leg_l": (-90, -90, 0), "foot_r": None, "foot_l": None},
    "from the ground": {"rest": replace(PICTURES["bridge"].start.rest, on=6)},
    "one sentence": {"alt": "word " * 21},
    "neck": {"trunk": (90, 90, 90, 90, 90, 10), "solve": None},
}


@pytest.mark.parametrize("says", BROKEN)
def test_the_checks_find_what_is_wrong(says: str) -> None:
    standing = PICTURES["hip_hinge"]
    broken = replace(standing, start=replace(standing.start, **BROKEN[says]), end=None)
    assert any(says in fault for fault in faults({"hip_hinge": broken})), faults({"hip_hinge": broken})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[x]\nwho = "nobody"\nstart = { like = "stand", alt = "A." }', "nobody called 'nobody'"),
        ('[x]\nstart = { like = "fly", alt = "A." }', "no stock pose 'fly'"),
        ('[x]\nstart = { like = "stand", alt = "A.", wings = 2 }', "x.start.wings"),
        ('[x]\nstart = { like = "stand" }', "x.start.alt"),
    ],
)
def test_broken_poses_are_named(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "drafts.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BrokenPoses, match=re.escape(says)):
        read_pictures(more=tmp_path / "drafts.toml")


def test_a_picture_may_be_added_by_content_alone(tmp_path: Path) -> None:
    (tmp_path / "drafts.toml").write_text(
        '[new]\nprops = [{ is = "floor" }]\nstart = { like = "stand", alt = "Standing tall." }', encoding="utf-8"
    )
    drawn = read_pictures(more=tmp_path / "drafts.toml")["new"]
    assert isinstance(drawn, PosedPicture)
    assert "<svg" in files_of(drawn)[1]["new-start.svg"]


@pytest.mark.slow
def test_the_app_runs_without_the_drawing_libraries() -> None:
    code = "import sys, wsgi; sys.exit(bool({'numpy', 'shapely'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_no_furniture_stands_about_unused() -> None:
    used = {item["is"] for picture in PICTURES.values() for item in picture.props}
    assert set(kinds()) <= used


def test_nobody_is_shown_what_is_left_out_for_them() -> None:
    """An exercise that a limit bars is drawn and told nowhere, and a therapist's wish for it does not change that."""
    library = load()
    plan = build(library, well(library, pregnancy="t2"), on=date(2026, 11, 21), edits=Edits(exercises=("double_knee_chest", "cat_to_flat")))
    gone = [one.id.partition(":")[2] for one in plan.left_out if one.id.startswith("exercise:")]
    shown = {line.item.id for line in plan.lines if isinstance(line.item, Exercise)}
    assert "double_knee_chest" in gone and not shown & set(gone)
    pages = [documents.plan_html(plan, library), documents.sheet_html(plan, library)]
    for name in gone:
        assert not any(frame.startswith(f"{name}-") for page in pages for frame in page_html_frames(page)), name
    texts = [unescape(" ".join(text.split())) for text in (*pages, to_text(plan, library), json.dumps(to_json(plan, library)))]
    steps = {step for name in shown for step in library.exercises[name].steps}
    for name in gone:
        own = [words for words in library.exercises[name].steps if words not in steps]
        assert [words for words in own for text in texts if words in text] == [], name


def page_html_frames(html: str) -> set[str]:
    """Names of the frames whose words stand in a document."""
    return {f"{name}-{when}" for name, one in PICTURES.items() for when, pose in one.frames.items() if f"<title>{pose.alt}</title>" in html}
