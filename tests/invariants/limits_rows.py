"""Section 2 of the safety reference, row by row: what a condition bars, asks for and leaves out, and how far it goes."""

from __future__ import annotations

from dataclasses import dataclass

from tests.reference import GROUPS

MACROS = GROUPS | {
    "BONES": "bend_far bend_loaded twist_far HANDS",
    "HEART": "head_down HEAVY exertion heat_whole water",
    "LIFTED": "load_heavy strain bend_loaded FAR needles nsaid_gel",
    "BROKEN": "FAR bend_loaded impact HANDS lying_front neck_far",
    "RAISED": "shoulder_overhead wrist_load kneeling load_light load_heavy lying_side lying_front",
    "BENT": "kneeling wrist_load knee_deep hip_deep shoulder_overhead",
    "LATER": "lying_back lying_front belly_load arch_far twist_far strain head_down",
    "T1BARS": "HANDS heat_whole scent feet_worked NSAID needles",
    "T2BARS": "LATER T1BARS",
}
ONLY = {"PREGNANT": "prenatal", "WOUND": "reflexology", "UNBROKEN": "swedish chair aromatherapy reflexology"}
DOSES = ("start", "build", "strong", "")
"""From the least to no cap at all."""


@dataclass(frozen=True)
class Row:
    """One condition. `asks_massage`: level C; `never`: level A. Tier and dose before and after exercise_cleared=yes."""

    bars: frozenset[str]
    ask: frozenset[str]
    soft: frozenset[str]
    level: str = ""
    cap: int = 4
    minutes: int = 60
    fortnightly: bool = False
    off: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    tier: tuple[int, int] = (3, 3)
    dose: tuple[str, str] = ("", "")


# condition | bars | ask | soft | massage | tier before and after, dose
TABLE = """
acute_pain||| load_heavy impact | M cap3 30m | T3 start2w
age_16_17| thrust arch_far || load_heavy | M cap3 | T3
age_75plus| thrust stretch_by_hand impact || floor | M cap3 30m 2w | T3
anticoagulant| HANDS heat_whole NSAID | needles impact || M cap2 2w | T3
bleeding_disorder| HANDS needles impact heat_whole NSAID | load_heavy strain || C cap2 2w | T3 start
sickle_cell| cold heat_whole nsaid_tablet | exertion load_heavy || M cap2 | T3 start2w
clot_now| touch HANDS needles HOT HEAVY exertion NSAID ||| A | T2>T3 build
clot_past||| heat_whole stretch_by_hand | C cap3 2w | T3
osteoporosis| BONES | impact || M cap2 2w | T3 build
height_loss| BONES | impact || M cap2 2w | T3 build
steroids_long| BONES heat_whole nsaid_tablet | impact || M cap2 2w | T3 build
fragility_fracture| BROKEN | load_heavy strain || C cap2 30m 2w only:UNBROKEN | T3 start
fracture_spine| touch FAR HEAVY HANDS lying_front neck_far water exertion ||| A | T1>T3 start
fracture_leg| one_leg standing_free kneeling floor knee_deep hip_deep HEAVY | walking standing leg_power || C cap2 | T3 start
fracture_arm| wrist_load shoulder_overhead kneeling floor load_light HEAVY lying_front lying_side ||| L cap3 -prone | T3
axspa| thrust stretch_by_hand neck_far bend_loaded | impact load_heavy || M cap3 | T3
cancer_now| HANDS HOT impact nsaid_tablet | LIFTED || C cap2 30m 2w | T2>T3 build
cancer_past| thrust ||| M cap3 2w | T3
surgery_lt6w| touch HANDS HOT water head_down HEAVY exertion lying_front ||| A | T1>T2
surgery_lt6w_small| touch HANDS HOT water head_down HEAVY exertion lying_front ||| A | T2>T3 start
surgery_6to12w| heat_whole HANDS ||| C cap2 2w | T3
surgery_6to12w_spine| FAR HEAVY lying_front neck_far one_side_push ||| M -prone | T1>T3 start
surgery_6to12w_chest_heart| shoulder_overhead wrist_load HEAVY lying_front exertion ||| M -prone | T2>T3 start
surgery_6to12w_tummy| belly_load HEAVY lying_front twist_far ||| M -prone | T2>T3 start
surgery_6to12w_hip| hip_deep legs_apart twist_far one_leg kneeling floor lying_side impact load_heavy ||| M -prone | T2>T3 start
surgery_6to12w_knee| knee_deep kneeling one_leg impact load_heavy ||| M | T2>T3 start
surgery_6to12w_arm_shoulder| RAISED ||| M -prone | T2>T3 start
surgery_6to12w_other_small| head_down strain ||| M | T3
spinal_surgery_past| thrust stretch_by_hand arch_far || bend_far twist_far | M cap3 | T3
spine_metal|| load_heavy impact bend_loaded || M | T3
heart_or_stroke_recent| HEART NSAID HANDS ||| C cap2 30m 2w | T2>T3 start
bp_uncontrolled| HEART nsaid_tablet HANDS ||| C cap2 2w | T2>T3 start
bp_controlled||| heat_whole | M | T3
heart_stable| nsaid_tablet | exertion load_heavy strain | heat_whole | M | T3 build
lung_breathless| head_down | exertion | lying_back lying_front | M | T3 start2w
kidney_liver| NSAID ||| M | T3
ulcer_bowel| nsaid_tablet | nsaid_gel || M | T3
nsaid_asthma| NSAID ||| M | T3
immune_suppressed|| water || M | T3
diabetes| heat_whole || feet_worked | M | T3
numb_widely| HOT cold feet_worked pressure_firm needles ||| M cap2 | T3
numb_ends| feet_worked cold heat_whole ||| M cap3 | T3
numb_feet| standing_free ||| M | T3
neuro_known| standing_free ||| M cap2 | T3 start2w
neuro_weak_legs|| leg_power walking standing || M | T3
skin_infection| touch water HOT nsaid_gel ||| A | T3
open_wound| back_worked pressure_firm HOT cold water nsaid_gel lying_back ||| L only:WOUND | T3
eczema_psoriasis| scent heat_whole nsaid_gel || water | M cap3 | T3
fever_or_contagious| touch water HOT HEAVY exertion ||| A | T3 start
ra_flare| neck_far stretch_by_hand thrust HOT HEAVY BENT ||| L | T3 start
varicose_veins| heat_whole ||| L | T3
epilepsy| scent heat_whole water ||| M | T3
asthma_scent| scent ||| M | T3
oil_allergy| scent | nsaid_gel || M | T3
implant_device| heat_whole | needles | lying_front | M cap3 -prone | T3
medicine_patch| HOT exertion water ||| M | T3 start
glaucoma| head_down strain || lying_front | M cap3 | T3
hernia_stoma| belly_load strain load_heavy lying_front ||| M -prone | T3
lymphoedema|| load_heavy || M | T3
disc_below_knee| nerve_pull thrust bend_loaded pressure_firm || bend_far load_heavy impact | M cap3 | T3 start2w
disc_sciatica| thrust || bend_loaded pressure_firm stretch_by_hand | M cap3 | T3
stenosis| thrust || arch_far lying_front stretch_by_hand | M cap3 -prone -supine | T3
spondylolisthesis| arch_far thrust stretch_by_hand || impact bend_loaded | M cap3 | T3
hypermobility| thrust stretch_by_hand || stretch_hold neck_far | M cap3 | T3
widespread_pain| thrust || HANDS HEAVY exertion | M cap3 30m | T3 start2w
pregnancy_t1| T1BARS | load_heavy strain | lying_front belly_load impact | M cap2 30m only:PREGNANT | T3 build
pregnancy_t2| T2BARS | load_heavy impact | bend_far | M cap3 30m only:PREGNANT -prone -supine | T3 build
pregnancy_t3| T2BARS impact load_heavy || bend_far | M cap3 30m only:PREGNANT -prone -supine | T3 build
preg_complications| touch HANDS HEAVY exertion head_down HOT NSAID water | walking || A | T1>T2
pgp| one_leg legs_apart one_side_push impact ||| M | T3 start
birth_lt6w| impact belly_load load_heavy strain exertion thrust stretch_by_hand || lying_front | M cap3 | T2>T3 start
birth_6to12w| impact belly_load load_heavy thrust stretch_by_hand ||| M cap3 | T3 start
caesarean_lt6w| lying_front water ||| M -prone | T1>T2
caesarean_6to12w| lying_front ||| M -prone | T2>T3 start
chair_only| STAND floor kneeling lying_front || lying_back lying_side | M -prone | T3
no_floor| floor ||| M | T3
no_kneel| kneeling ||| M | T3
poor_balance| standing_free || one_leg | M | T3
flexion_sensitive||| bend_far bend_loaded | M | T3
extension_sensitive||| arch_far | M | T3
sore_wrist||| wrist_load | M | T3
sore_shoulder||| shoulder_overhead | M | T3
sore_knee||| knee_deep kneeling | M | T3
sore_hip||| hip_deep legs_apart | M | T3
neck_area| thrust ||| M | T3
no_heat| HOT ||| M | T3
no_scent| scent ||| M | T3
touch_declined| touch ||| D | T3
"""


def expanded(words: str) -> frozenset[str]:
    """Demands, with the macros written out."""
    found: set[str] = set()
    for word in words.split():
        found |= expanded(MACROS[word]) if word in MACROS else {word}
    return frozenset(found)


def row(bars: str, ask: str, soft: str, massage: str, exercise: str) -> Row:
    hands, work = massage.split(), exercise.split()
    tiers = [int(one.strip("T")) for one in work[0].split(">")]
    dose = work[1].removesuffix("2w") if len(work) > 1 else ""
    raised = "build" if dose == "start" and (ask.strip() or work[-1].endswith("2w")) else dose
    return Row(
        bars=expanded(bars),
        ask=expanded(ask),
        soft=expanded(soft),
        level=hands[0],
        cap=min([4, *(int(one.removeprefix("cap")) for one in hands if one.startswith("cap"))]),
        minutes=30 if "30m" in hands else 60,
        fortnightly="2w" in hands,
        off=frozenset(one.removeprefix("-") for one in hands if one.startswith("-")),
        only=frozenset(name for one in hands if one.startswith("only:") for name in ONLY[one.removeprefix("only:")].split()),
        tier=(tiers[0], tiers[-1]),
        dose=("build" if work[-1].endswith("2w") else dose, raised),
    )


ROWS = {name.strip(): row(*rest) for name, *rest in (one.split("|") for one in TABLE.strip().splitlines())}
