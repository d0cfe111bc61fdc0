"""People as the clinical reference tells of them: their answers, and the level and rules that must come of them.

Written from the reference's table, not from the content. What is not said is the default of each question."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from planner.domain.journey import ask_order
from planner.domain.model import Library

E, U, C, S = "emergency", "urgent", "see_clinician", "self_care"


@dataclass(frozen=True)
class Narrative:
    """One person. `rules`: flags that must be among the reasons. `hold`: a flag holds massage though there may be a plan."""

    number: int
    title: str
    level: str
    answers: dict[str, Any]
    rules: tuple[str, ...] = ()
    hold: bool = False
    first: str = field(default="")  # the action that must stand first


def told(number: int, title: str, level: str, rules: str = "", *, hold: bool = False, first: str = "", **answers: Any) -> Narrative:
    return Narrative(number, title, level, answers, tuple(rules.split()), hold, first)


OLD: dict[str, Any] = {"age_band": "60_74"}
OLDEST: dict[str, Any] = {"age_band": "75plus"}
NEW: dict[str, Any] = {"duration": "lt4w"}
LONG: dict[str, Any] = {"duration": "gt12w"}
BORN: dict[str, Any] = {"pregnancy": "postpartum_12w", "birth_when": "lt6w"}
SIGNS = ("second_half_night", "better_moving", "buttock_pain", "before35")

NARRATIVES = (
    told(1, "numb between legs, weak stream", E, rf_saddle="yes", rf_bladder_bowel="yes"),
    told(2, "new sciatica in both legs", E, rf_both_legs="new_or_worse"),
    told(
        4, "foot drop, new erection problem", E, "R7", rf_leg_weakness="worse_or_foot_drop", rf_sexual="yes", leg_symptoms="below_knee_one"
    ),
    told(6, "new left flank pain at 70", U, **OLD, rf_kidney=("side_pain",), peg_p=6),
    told(
        8,
        "sudden severe, leg weak, thinner",
        E,
        rf_aaa="sudden_severe",
        rf_leg_weakness="worse_or_foot_drop",
        risk_blood=("anticoagulant",),
    ),
    told(15, "diabetes, constant at night, 60", U, **OLD, health=("diabetes",), rf_night_constant="yes"),
    told(16, "near TB, night sweats", U, "R2b_worse", **LONG, rf_infection_risk=("tb_contact",), rf_fever="night_sweats"),
    told(17, "injects drugs, 4 months", C, "R2b", hold=True, **LONG, rf_infection_risk=("iv_drugs",)),
    told(19, "10 days after an epidural, pain 8", U, "R15", first="maternity_unit_now", **BORN, birth_more=("epidural",), peg_p=8),
    told(20, "the same, the epidural not named", U, "R15", first="maternity_unit_now", **BORN, peg_p=8),
    told(21, "chemotherapy last week, fever", E, "R2_chemo", rf_fever="fever", rf_cancer="current", cancer_more=("chemo_now",)),
    told(24, "breast cancer 8 years ago, new mid back", U, "R3_unchecked", **NEW, rf_cancer="past", areas=("mid_back",)),
    told(25, "small skin cancer 12 years ago", S, rf_cancer="past", cancer_more=("skin_only",)),
    told(
        26,
        "small skin cancer, old stenosis, checked",
        S,
        rf_cancer="past",
        cancer_more=("skin_only",),
        rf_both_legs="long_standing_same",
        known=("stenosis",),
        pain_checked="yes",
    ),
    told(27, "cancer now, legs getting weak", E, "R4", rf_cancer="current", rf_leg_weakness="worse_or_foot_drop"),
    told(28, "cancer now, unsteady, heavy legs", E, "R4", rf_cancer="current", rf_leg_weakness="heavy_tired", rf_myelopathy="yes"),
    told(30, "wakes late at night, better moving", C, "rf_inflam", **LONG, rf_inflam=SIGNS),
    told(31, "the same, it comes and goes", C, "rf_inflam", duration="recurrent", rf_inflam=SIGNS),
    told(32, "inflamed spine, small fall, neck", E, "R1_axspa", risk_bone=("axspa",), rf_trauma="minor_fall", areas=("neck_shoulders",)),
    told(
        34,
        "68, thin bones, a sneeze, mid back 8",
        C,
        "R1b",
        hold=True,
        **OLD,
        **NEW,
        risk_bone=("osteoporosis",),
        areas=("mid_back",),
        peg_p=8,
    ),
    told(35, "78, lifted a bag, mid back 8", C, "R1b_unknown", hold=True, **OLDEST, **NEW, areas=("mid_back",), peg_p=8),
    told(36, "steroids for a year, new pain", C, "R1b", hold=True, **NEW, risk_bone=("steroids_long",)),
    told(38, "thinner, slipped on stairs", U, "R1", risk_blood=("anticoagulant",), rf_trauma="minor_fall"),
    told(39, "haemophilia, 2 days of pain", U, "R16b", **NEW, risk_blood=("bleeding_disorder",)),
    told(
        40,
        "gymnast of 17, arching",
        C,
        "R9",
        hold=True,
        age_band="16_17",
        **NEW,
        activity="athlete",
        worse_with=("arching",),
    ),
    told(42, "runner of 20, no periods", C, "R18", hold=True, activity="athlete", areas=("buttock_hip",), rf_load_bone="yes"),
    told(43, "a band of burning pain, blisters", U, rf_lump_shape="blisters"),
    told(44, "spreading hot skin", U, rf_lump_shape="hot_skin"),
    told(45, "7 weeks, spotting, shoulder tip", U, first="early_pregnancy_unit", pregnancy="t1", rf_preg_warning="yes"),
    told(47, "33 weeks, pain in waves", U, first="maternity_unit_now", pregnancy="t3", rf_preg_warning="yes"),
    told(48, "30 weeks, small fall", U, "R1_pregnant", first="maternity_unit_now", pregnancy="t3", rf_trauma="minor_fall"),
    told(49, "30 weeks, thighs ache for 5 weeks", C, pregnancy="t3", rf_both_legs="aching"),
    told(51, "shoulder blade after meals", C, rf_kidney=("after_meals",), areas=("upper_back",)),
    told(52, "black stools on ibuprofen", U, rf_kidney=("black_poo",)),
    told(53, "low back pain with periods", C, **LONG, rf_kidney=("with_periods",)),
    told(54, "statin, legs ache and tire", C, **NEW, rf_both_legs="aching", rf_leg_weakness="heavy_tired"),
    told(
        55,
        "72, shoulders, hips, thighs stiff",
        C,
        "R20",
        **OLD,
        **NEW,
        rf_both_legs="aching",
        rf_pmr="yes",
        areas=("neck_shoulders", "buttock_hip"),
    ),
    told(60, "pregnant, swollen thigh", U, first="maternity_unit_now", pregnancy="t3", rf_dvt="yes"),
    told(62, "35, tied a shoe, sudden bad pain", S, **NEW, rf_aaa="strain", peg_p=8),
    told(64, "stenosis, legs slowly worse", C, **OLD, **LONG, rf_both_legs="slow"),
    told(66, "legs ache after a half marathon", S, **NEW, rf_both_legs="aching"),
    told(
        67,
        "paraplegic for 10 years, shoulder ache",
        S,
        rf_saddle="long_standing",
        rf_bladder_bowel="long_standing",
        rf_leg_weakness="long_standing",
        mobility="chair_only",
        areas=("neck_shoulders",),
    ),
    told(68, "weak legs for years, known", S, rf_leg_weakness="long_standing"),
    told(69, "usual breathlessness, low back", S, rf_chest="usual"),
    told(71, "leaks since a birth 8 weeks ago", C, rf_bladder_bowel="long_standing", pregnancy="postpartum_12w", birth_when="6to12w"),
    told(72, "prostate for 5 years, back 3 weeks", S, **NEW, rf_bladder_bowel="long_standing"),
    told(73, "plain low back", S, age_band="40_59"),
    told(74, "desk neck", S, areas=("neck_shoulders",)),
    told(75, "sickle crisis, pain 10", E, "R16", **NEW, risk_blood=("sickle_cell",), peg_p=10, peg_e=9, peg_g=9),
    told(77, "66, stiff, slow, falls", C, "R14 R10", **OLD, **LONG, falls="two_or_more"),
    told(78, "low mood, thoughts", U, stress="some", rf_crisis="yes", first="crisis_line"),
    told(80, "in danger now", E, stress="high", rf_crisis="immediate"),
    told(81, "14, fever", U, age_band="under16", rf_fever="fever"),
    told(82, "12, night pain, limps", U, age_band="under16", rf_night_constant="yes"),
    told(84, "heart attack 5 weeks ago", C, health=("heart_or_stroke_recent",)),
    told(85, "wrist in plaster", S, health=("fracture_healing",), fracture_site="arm"),
    told(87, "fusion 8 weeks ago", C, health=("surgery_6to12w",), surgery_place="spine"),
    told(88, "caesarean 3 weeks ago", C, **BORN, birth_more=("caesarean",)),
    told(89, "chest pain, leg unsure", E, rf_chest="yes", rf_leg_weakness="unsure"),
    told(90, "clumsy hands, only the low back hurts", U, rf_myelopathy="yes"),
)


def answers_of(library: Library, one: Narrative) -> dict[str, Any]:
    """The whole answer set of this person; pain now is their pain of the week."""
    usual = {question.id: question.default for question in ask_order(library)}
    answers = usual | {"minutes": "10"} | one.answers
    return answers | {"pain_now": answers["peg_p"]}
