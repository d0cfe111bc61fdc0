"""What each answer does to a plan, row by row: typed from clinical safety, section 2, not from the content.

A row holds for whoever gave all its answers, "question:option ..."; those that nobody gave are the defaults.
Demands of the massage styles are those of section 1."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from tests.reference import GROUPS

MACROS = GROUPS | {
    "BONES": "bend_far bend_loaded twist_far HANDS",
    "PREGNANT": "HANDS heat_whole scent feet_worked NSAID needles",
    "LATER": "lying_back lying_front belly_load arch_far twist_far strain head_down PREGNANT",
    "OPERATION": "touch HANDS HOT water head_down HEAVY exertion lying_front",
    "BIRTH": "impact belly_load load_heavy thrust stretch_by_hand",
    "CHECK": "FAR HEAVY HANDS exertion",
    "BROKEN": "FAR HEAVY HANDS neck_far lying_front",
    "NUMB": "HOT cold feet_worked pressure_firm needles",
}
STYLES = {
    "swedish": "touch back_worked",
    "deep_tissue": "touch back_worked pressure_firm",
    "trigger_point": "touch back_worked pressure_firm",
    "myofascial_release": "touch back_worked",
    "sports": "touch back_worked pressure_firm stretch_by_hand",
    "thai": "touch back_worked pressure_firm stretch_by_hand floor",
    "hot_stone": "touch back_worked heat heat_whole",
    "shiatsu": "touch back_worked",
    "reflexology": "touch feet_worked",
    "prenatal": "touch back_worked",
    "aromatherapy": "touch back_worked scent",
    "chair": "touch back_worked",
}


class Row(NamedTuple):
    """Columns of the table: `massage` "C cap2 30m 2w -prone", `exercise` "T2->T3 start 2w"; `only`: styles that alone are left.

    `out`: styles that the row, or the earlier table whose exclusions stay, leaves out by name."""

    bars: str = ""
    ask: str = ""
    soft: str = ""
    massage: str = "M"
    exercise: str = "T3"
    only: str = ""
    out: str = ""


class Wanted:
    """The strictest of some rows: union of bars, asks and softs; lowest cap, minutes, frequency, dose and tier."""

    def __init__(self, rows: list[Row], *, massage_cleared: bool, exercise_cleared: bool) -> None:
        self.rows, self.massage_cleared, self.exercise_cleared = rows, massage_cleared, exercise_cleared
        self.words = [word for row in rows for word in row.massage.split()[1:]]
        self.bars = opened(*(row.bars for row in rows))
        self.ask = opened(*(row.ask for row in rows))
        self.soft = opened(*(row.soft for row in rows))
        self.cap = min([4, *(int(word[3:]) for word in self.words if word.startswith("cap"))])
        self.minutes = 30 if "30m" in self.words else 60
        self.seldom = "2w" in self.words
        self.positions_off = {word[1:] for word in self.words if word[0] == "-"}

    @cached_property
    def tier(self) -> int:
        """0 to 3: nothing, breathing, starters, all. Before and after a yes to exercise stand around the arrow."""
        return min([3, *(self._tier(row, after=self.exercise_cleared) for row in self.rows)])

    @staticmethod
    def _tier(row: Row, *, after: bool) -> int:
        first, _, last = row.exercise.split()[0].partition("->")
        return int((last or first)[1] if after else first[1])

    @property
    def waits(self) -> bool:
        """Level A whatever was said, or level C without a yes."""
        levels = {row.massage[0] for row in self.rows}
        return "A" in levels or ("C" in levels and not self.massage_cleared)

    @property
    def held(self) -> bool:
        """There is no massage: it waits, or exercises are limited without a yes to them (clinical plan 4.1, clinical safety 9.4)."""
        return self.waits or any(self._tier(row, after=False) < 3 for row in self.rows)

    @cached_property
    def styles_out(self) -> set[str]:
        shut = self.bars | self.soft | (set() if self.massage_cleared else self.ask)
        named = {style for row in self.rows for style in row.out.split()}
        others = {style for row in self.rows if row.only for style in set(STYLES) - set(row.only.split())}
        light = {style for style, demands in STYLES.items() if self.cap < 3 and "pressure_firm" in demands}
        return named | others | light | {style for style, demands in STYLES.items() if shut & set(demands.split())}

    @property
    def shut(self) -> set[str]:
        """Demands that nothing but massage may have."""
        return self.bars | self.soft | (set() if self.exercise_cleared else self.ask)

    @cached_property
    def steps(self) -> set[str]:
        """Doses that may stand in the plan. `start` rises to `build` where a yes is asked for and given, or after 2 weeks."""
        return set(["half", "start", "build", "strong"][: 2 + min([2, *(self._dose(row) for row in self.rows)])])

    def _dose(self, row: Row) -> int:
        words = row.exercise.split()[1:]
        if self._tier(row, after=self.exercise_cleared) < 3:
            return 0
        rises = "2w" in words or (self.exercise_cleared and bool(row.ask))
        return 2 if not words else 1 if "build" in words or rises else 0


def opened(*words: str) -> set[str]:
    """Words of the table as demands."""
    found = {one for some in words for one in some.split()}
    while macros := found & set(MACROS):
        found = (found - macros) | {one for macro in macros for one in MACROS[macro].split()}
    return found


# fmt: off
MATRIX = {
    "duration:lt4w": Row("", "", "load_heavy impact", "M cap3 30m", "T3 start 2w", out="deep_tissue thai"),
    "age_band:16_17": Row("thrust arch_far", "", "load_heavy", "M cap3", out="deep_tissue thai"),
    "age_band:16_17 duration:gt12w pain_checked:no": Row("arch_far HEAVY exertion", "", "", "A", "T3 start"),
    "activity:athlete rf_load_bone:yes": Row("arch_far HEAVY exertion", "", "", "A", "T3 start"),
    "rf_infection_risk:immune_suppressed": Row("", "water"),
    "rf_infection_risk:immune_suppressed pain_checked:no": Row("CHECK NSAID", "", "", "A", "T2"),
    "duration:lt4w risk_bone:steroids_long pain_checked:no": Row("BROKEN", "", "", "A", "T1"),
    "duration:lt4w risk_bone:fragility_fracture pain_checked:no": Row("BROKEN", "", "", "A", "T1"),
    "age_band:75plus": Row("thrust stretch_by_hand impact", "", "floor", "M cap3 30m 2w"),
    "risk_blood:anticoagulant": Row("HANDS heat_whole NSAID", "needles impact", "", "M cap2 2w"),
    "risk_blood:bleeding_disorder": Row("HANDS needles impact heat_whole NSAID", "load_heavy strain", "", "C cap2 2w", "T3 start"),
    "risk_blood:sickle_cell": Row("cold heat_whole nsaid_tablet", "exertion load_heavy", "", "M cap2", "T3 start 2w"),
    "health:clot_now": Row("touch HANDS needles HOT HEAVY exertion NSAID", "", "", "A", "T2->T3 build"),
    "health:clot_past": Row("", "", "heat_whole stretch_by_hand", "C cap3 2w", out="deep_tissue sports thai"),
    "risk_bone:osteoporosis": Row("BONES", "impact", "", "M cap2 2w", "T3 build"),
    "risk_bone:height_loss": Row("BONES", "impact", "", "M cap2 2w", "T3 build"),
    "risk_bone:steroids_long": Row("BONES heat_whole nsaid_tablet", "impact", "", "M cap2 2w", "T3 build"),
    "risk_bone:fragility_fracture": Row("FAR bend_loaded impact HANDS lying_front neck_far", "load_heavy strain", "", "C cap2 30m 2w",
        "T3 start", only="swedish chair aromatherapy reflexology"),
    "health:fracture_healing fracture_site:unsure": Row(
        "touch FAR HEAVY HANDS lying_front neck_far water exertion", "", "", "A", "T1->T3 start"),
    "health:fracture_healing fracture_site:leg": Row("one_leg standing_free kneeling floor knee_deep hip_deep HEAVY",
        "walking standing leg_power", "", "C cap2", "T3 start"),
    "health:fracture_healing fracture_site:arm": Row(
        "wrist_load shoulder_overhead kneeling floor load_light HEAVY lying_front lying_side", "", "", "L cap3 -prone"),
    "risk_bone:axspa": Row("thrust stretch_by_hand neck_far bend_loaded", "impact load_heavy", "", "M cap3"),
    "rf_cancer:current": Row("HANDS HOT impact nsaid_tablet", "load_heavy strain bend_loaded FAR needles nsaid_gel", "",
        "C cap2 30m 2w", "T2->T3 build"),
    "rf_cancer:past": Row("thrust", "", "", "M cap3 2w"),
    "rf_cancer:current pain_checked:no": Row("CHECK NSAID", "", "", "A", "T2"),
    "rf_cancer:past pain_checked:no": Row("CHECK NSAID", "", "", "A", "T2"),
    "rf_cancer:past cancer_more:lymph": Row("HOT", "load_heavy"),
    "health:surgery_lt6w surgery_place:unsure": Row("OPERATION", "", "", "A", "T1->T2"),
    "health:surgery_lt6w surgery_place:other_small": Row("OPERATION", "", "", "A", "T2->T3 start"),
    "health:surgery_6to12w surgery_place:unsure": Row("heat_whole HANDS FAR HEAVY lying_front neck_far one_side_push", "", "",
        "C cap2 2w -prone", "T1->T3 start"),
    "health:surgery_6to12w surgery_place:chest_heart": Row("heat_whole HANDS shoulder_overhead wrist_load HEAVY lying_front exertion",
        "", "", "C cap2 2w -prone", "T2->T3 start"),
    "health:surgery_6to12w surgery_place:tummy": Row("heat_whole HANDS belly_load HEAVY lying_front twist_far", "", "",
        "C cap2 2w -prone", "T2->T3 start"),
    "health:surgery_6to12w surgery_place:hip": Row(
        "heat_whole HANDS hip_deep legs_apart twist_far one_leg kneeling floor lying_side impact load_heavy", "", "",
        "C cap2 2w -prone", "T2->T3 start"),
    "health:surgery_6to12w surgery_place:knee": Row("heat_whole HANDS knee_deep kneeling one_leg impact load_heavy", "", "",
        "C cap2 2w", "T2->T3 start"),
    "health:surgery_6to12w surgery_place:arm_shoulder": Row(
        "heat_whole HANDS shoulder_overhead wrist_load kneeling load_light load_heavy lying_side lying_front", "", "",
        "C cap2 2w -prone", "T2->T3 start"),
    "health:surgery_6to12w surgery_place:other_small": Row("heat_whole HANDS head_down strain", "", "", "C cap2 2w"),
    "known:spinal_surgery_past spine_metal:no": Row("thrust stretch_by_hand arch_far", "", "bend_far twist_far", "M cap3"),
    "known:spinal_surgery_past spine_metal:unsure": Row(
        "thrust stretch_by_hand arch_far", "load_heavy impact bend_loaded", "bend_far twist_far", "M cap3"),
    "health:heart_or_stroke_recent": Row("head_down HEAVY exertion heat_whole water NSAID HANDS", "", "", "C cap2 30m 2w",
        "T2->T3 start"),
    "health:bp_uncontrolled": Row("head_down HEAVY exertion heat_whole water nsaid_tablet HANDS", "", "", "C cap2 2w", "T2->T3 start"),
    "health:bp_controlled": Row("", "", "heat_whole"),
    "health:heart_stable": Row("nsaid_tablet", "exertion load_heavy strain", "heat_whole", "M", "T3 build"),
    "rf_chest:usual": Row("head_down", "exertion", "lying_back lying_front", "M", "T3 start 2w"),
    "health:kidney_liver": Row("NSAID"),
    "health:ulcer_bowel": Row("nsaid_tablet", "nsaid_gel"),
    "health:nsaid_asthma": Row("NSAID"),
    "health:diabetes": Row("heat_whole", "", "feet_worked"),
    "health:numb_skin_neuropathy numb_where:unsure": Row("NUMB", "", "", "M cap2"),
    "health:numb_skin_neuropathy numb_where:back": Row("NUMB", "", "", "M cap2"),
    "health:numb_skin_neuropathy numb_where:feet": Row("feet_worked cold heat_whole standing_free", "", "", "M cap3", out="deep_tissue"),
    "health:numb_skin_neuropathy numb_where:hands": Row("feet_worked cold heat_whole", "", "", "M cap3", out="deep_tissue"),
    "rf_leg_weakness:long_standing": Row("standing_free", "leg_power walking standing", "", "M cap2", "T3 start 2w"),
    "rf_saddle:long_standing": Row("standing_free NUMB", "", "", "M cap2", "T3 start 2w"),
    "health:skin_infection": Row("touch water HOT nsaid_gel", "", "", "A"),
    "health:open_wound": Row("back_worked pressure_firm HOT cold water nsaid_gel lying_back", "", "", "L", only="reflexology"),
    "health:eczema_psoriasis": Row("scent heat_whole nsaid_gel", "", "water", "M cap3"),
    "health:fever_or_contagious": Row("touch water HOT HEAVY exertion", "", "", "A", "T3 start"),
    "health:ra_flare": Row("neck_far stretch_by_hand thrust HOT HEAVY kneeling wrist_load knee_deep hip_deep shoulder_overhead", "", "",
        "L", "T3 start"),
    "health:varicose_veins": Row("heat_whole", "", "", "L"),
    "health:epilepsy": Row("scent heat_whole water"),
    "health:asthma_scent": Row("scent"),
    "health:oil_allergy": Row("scent", "nsaid_gel"),
    "health:implant_device": Row("heat_whole", "needles", "lying_front", "M cap3 -prone"),
    "health:medicine_patch": Row("HOT exertion water", "", "", "M", "T3 start"),
    "health:glaucoma": Row("head_down strain", "", "lying_front", "M cap3"),
    "health:hernia_stoma": Row("belly_load strain load_heavy lying_front", "", "", "M -prone"),
    "leg_symptoms:below_knee_one": Row("nerve_pull thrust bend_loaded pressure_firm", "", "bend_far load_heavy impact", "M cap3",
        "T3 start 2w"),
    "known:disc_sciatica": Row("thrust", "", "bend_loaded pressure_firm stretch_by_hand", "M cap3"),
    "known:stenosis": Row("thrust", "", "arch_far lying_front stretch_by_hand", "M cap3 -prone -supine"),
    "known:spondylolisthesis": Row("arch_far thrust stretch_by_hand", "", "impact bend_loaded", "M cap3"),
    "known:hypermobility": Row("thrust stretch_by_hand", "", "stretch_hold neck_far", "M cap3"),
    "known:widespread_pain": Row("thrust", "", "HANDS HEAVY exertion", "M cap3 30m", "T3 start 2w"),
    "pregnancy:t1": Row("PREGNANT", "load_heavy strain", "lying_front belly_load impact", "M cap2 30m", "T3 build", only="prenatal"),
    "pregnancy:maybe": Row("PREGNANT", "load_heavy strain", "lying_front belly_load impact", "M cap2 30m", "T3 build", only="prenatal"),
    "pregnancy:t2": Row("LATER", "load_heavy impact", "bend_far", "M cap3 30m -prone -supine", "T3 build", only="prenatal"),
    "pregnancy:t3": Row("LATER impact load_heavy", "", "bend_far", "M cap3 30m -prone -supine", "T3 build", only="prenatal"),
    "pregnancy:t2 preg_complications:yes": Row("touch HANDS HEAVY exertion head_down HOT NSAID water", "walking", "", "A", "T1->T2"),
    "pregnancy:t2 pgp:yes": Row("one_leg legs_apart one_side_push impact", "", "", "M", "T3 start"),
    "pregnancy:postpartum_12w birth_when:lt6w": Row("BIRTH strain exertion", "", "lying_front", "M cap3", "T2->T3 start"),
    "pregnancy:postpartum_12w birth_when:6to12w": Row("BIRTH", "", "", "M cap3", "T3 start"),
    "pregnancy:postpartum_12w birth_when:lt6w birth_more:caesarean": Row("lying_front water HOT", "", "", "M -prone", "T1->T2"),
    "pregnancy:postpartum_12w birth_when:6to12w birth_more:caesarean": Row("lying_front", "", "", "M -prone", "T2->T3 start"),
    "mobility:chair_only": Row("STAND floor kneeling lying_front", "", "lying_back lying_side", "M -prone"),
    "mobility:no_floor": Row("", "", "floor"),
    "kneel_ok:no": Row("", "", "kneeling"),
    "balance:poor": Row("standing_free", "", "one_leg"),
    "sore_joints:wrist": Row("wrist_load"),
    "sore_joints:shoulder": Row("shoulder_overhead"),
    "sore_joints:knee": Row("knee_deep", "", "kneeling"),
    "sore_joints:hip": Row("hip_deep", "", "legs_apart"),
    "areas:neck_shoulders": Row("thrust"),
    "heat_ok:no": Row("HOT"),
    "scent_ok:no": Row("scent"),
    "pressure_pref:none": Row("touch"),
    "pressure_pref:light": Row("", "", "", "M cap2"),
}
# fmt: on


def rows_of(answers: Mapping[str, Any]) -> list[Row]:
    """The rows that hold for these answers."""
    said = {f"{name}:{one}" for name, value in answers.items() for one in (value if isinstance(value, tuple) else (value,))}
    return [row for key, row in MATRIX.items() if set(key.split()) <= said]
