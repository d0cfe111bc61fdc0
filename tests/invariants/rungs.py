"""The rungs of section 1 of the plan reference: what each asks of a body, the rung below, the rung above, its dose class."""

from __future__ import annotations

from dataclasses import dataclass

LONGER = {"ALL4": "kneeling floor wrist_load", "standing": "leg_power", "standing_free": "standing", "one_leg": "standing"}
LONGER |= {"walking": "standing"}
"""A word brings others with it (1.2 b)."""
OLD_STARTERS = "pelvic_tilt wall_pelvic_tilt seated_pelvic_tilt shoulder_rolls diaphragm_breathing"
STARTERS = frozenset(f"{OLD_STARTERS} rest_legs_up rest_side rest_recline glute_squeeze tummy_draw nerve_slider_low".split())
STARTER_DEMANDS = frozenset("floor lying_back lying_side standing walking leg_power".split())

# id | purpose: E ease M movement S strength B balance V nerve R breathing K effort | demands | easier | harder | dose class
TABLE = """
rest_legs_up|E|lying_back||pelvic_tilt|e
rest_side|E|lying_side||tummy_draw|e
rest_front|E|lying_front||prone_on_elbows|e
rest_sit_lean|E|hip_deep||elbows_to_knees|e
rest_recline|E|||diaphragm_breathing|e
pelvic_tilt|M|lying_back|seated_pelvic_tilt|bridge_half|m
wall_pelvic_tilt|M|standing|seated_pelvic_tilt|hinge_wall|m
seated_pelvic_tilt|M|||seated_cat_to_tall|m
knee_chest_half|M|lying_back|pelvic_tilt|single_knee_chest|kc
single_knee_chest|M|lying_back hip_deep|knee_chest_half|double_knee_chest|kc
double_knee_chest|M|lying_back bend_far hip_deep belly_load leg_power|single_knee_chest||kc
knee_rolls_small|M|lying_back leg_power|pelvic_tilt|knee_rolls|ms
knee_rolls|M|lying_back twist_far leg_power|knee_rolls_small||ms
cat_to_flat|M|ALL4 bend_far|seated_cat_to_tall|child_pose|m
cat_cow|M|ALL4 bend_far arch_far|seated_cat_cow|thread_needle|m
child_pose|M|kneeling floor bend_far shoulder_overhead hip_deep knee_deep belly_load|chair_child_pose||m
chair_child_pose|M|standing head_down shoulder_overhead nerve_pull|rest_sit_lean||m
elbows_to_knees|M|hip_deep|seated_pelvic_tilt|seated_flexion|m
seated_flexion|M|head_down bend_far hip_deep belly_load|elbows_to_knees|bend_down|m
bend_down|M|standing_free head_down bend_far nerve_pull|seated_flexion||m
seated_cat_to_tall|M|bend_far|seated_pelvic_tilt|seated_cat_cow|m
seated_cat_cow|M|bend_far arch_far|seated_cat_to_tall|cat_cow|m
prone_on_elbows|M|lying_front arch_far stretch_hold|rest_front|press_up|p
press_up|M|lying_front arch_far wrist_load|prone_on_elbows||m
standing_back_bend|M|standing arch_far|||m
side_glide|M|standing|||ms
seated_turn_small|M|||seated_rotation|ms
seated_rotation|M|twist_far|seated_turn_small|open_book|ms
open_book_half|M|lying_side|seated_turn_small|open_book|ms
open_book|M|lying_side twist_far shoulder_overhead|open_book_half|thread_needle|ms
thread_needle|M|ALL4 head_down twist_far|open_book||kc
seated_chest_lift|M||shoulder_rolls|thoracic_ext_chair|m
thoracic_ext_chair|M|arch_far shoulder_overhead|seated_chest_lift||m
shoulder_rolls|M|||scap_squeeze|m
doorway_pec|M|standing shoulder_overhead stretch_hold|seated_chest_lift||st
stick_overhead|M|lying_back shoulder_overhead|shoulder_rolls|wall_slide|m
neck_rotation|M||rest_recline|upper_trap_stretch|ms
upper_trap_stretch|M|neck_far stretch_hold|neck_rotation|levator_stretch|st
levator_stretch|M|neck_far stretch_hold|upper_trap_stretch||st
neck_nod_lying|S|lying_back|rest_recline|chin_tuck|n
chin_tuck|S|neck_far|neck_nod_lying|neck_iso|n
neck_iso|S|neck_far|chin_tuck||n4
scap_squeeze|S||shoulder_rolls|band_apart|gh
band_apart|S|load_light|scap_squeeze|band_row|g
band_row|S|load_light|band_apart||g
prone_arm_lift|S|lying_front|back_press|back_ext|gh
back_press|S|lying_back|seated_chest_lift|prone_arm_lift|gh
wall_press|S|standing wrist_load|chair_press|counter_press|g
counter_press|S|standing wrist_load|wall_press|plank_knees|g
overhead_press|S|load_light shoulder_overhead|wall_slide||g
wall_slide|S|standing shoulder_overhead|scap_squeeze|wall_angel|g
wall_angel|S|standing shoulder_overhead|wall_slide||g
chair_press|S|wrist_load|scap_squeeze|wall_press|g
diaphragm_breathing|R||rest_recline|tummy_draw|r
tummy_draw|S||diaphragm_breathing|heel_slide|gh
pelvic_floor|S||||pf
heel_slide|S|lying_back leg_power|tummy_draw|heel_tap|gs
heel_tap|S|lying_back belly_load leg_power|heel_slide|dead_bug|gs
dead_bug|S|lying_back shoulder_overhead belly_load leg_power|heel_tap|plank_knees|gs
curl_up|S|lying_back bend_loaded strain belly_load|heel_tap|dead_bug|gh
plank_counter|S|standing|wall_press|plank_knees|h
plank_knees|S|kneeling floor strain belly_load leg_power|plank_counter|plank|h
plank|S|floor strain belly_load leg_power|plank_knees||h
pallof|S|bend_loaded load_light|scap_squeeze||gs
seated_march|K|leg_power|knee_straighten|sit_to_stand_hands|t
standing_side_wall|S|standing|seated_turn_small|side_plank_knees|hs
side_plank_knees|S|lying_side floor strain leg_power|standing_side_wall|side_plank|hs
side_plank|S|lying_side floor strain leg_power|side_plank_knees||hs
carry_one|S|standing_free walking load_light one_side_push|standing_side_wall|carry_heavy|c
carry_heavy|S|standing_free walking load_heavy one_side_push|carry_one||c
bird_dog_leg|S|ALL4 one_side_push leg_power|foot_slide_back|bird_dog|gs
bird_dog|S|ALL4 shoulder_overhead one_side_push leg_power|bird_dog_leg|back_ext|gs
back_ext|S|lying_front arch_far|prone_arm_lift|hinge_backpack|gh
glute_squeeze|S|||bridge_half|gh
bridge_half|S|lying_back leg_power|glute_squeeze|bridge|gh
bridge|S|lying_back leg_power|bridge_half|bridge_single|gh
bridge_single|S|lying_back strain one_side_push leg_power|bridge||gs
adductor_squeeze|S|leg_power|glute_squeeze||gh
clamshell|S|lying_side legs_apart one_side_push leg_power|glute_squeeze|side_leg_stand|gs
side_leg_stand|S|one_leg legs_apart one_side_push|clamshell|step_up|gs
foot_slide_back|S|standing one_side_push|glute_squeeze|standing_hip_extension|gs
standing_hip_extension|S|one_leg one_side_push|foot_slide_back|step_up|gs
hinge_wall|S|standing|wall_pelvic_tilt|hip_hinge|g
hip_hinge|S|standing_free|hinge_wall|hinge_dowel|g
hinge_dowel|S|standing_free|hip_hinge|hinge_backpack|g
hinge_backpack|S|standing_free load_light|hip_hinge|deadlift_light|g
deadlift_light|S|standing_free load_heavy|hinge_backpack|deadlift|xl
deadlift|S|standing_free load_heavy strain|deadlift_light||xl
knee_straighten|S|leg_power||seated_march|gs
sit_to_stand_hands|S|standing|seated_march|sit_to_stand|f
sit_to_stand|S|standing_free hip_deep|sit_to_stand_hands|squat_counter|f
squat_counter|S|standing|sit_to_stand|squat|g
squat|S|standing_free|squat_counter|goblet_squat|g
goblet_squat|S|standing_free load_heavy|squat|split_squat|x
split_squat|S|standing one_side_push|step_up||gs
step_up|S|one_leg one_side_push|squat_counter|split_squat|gs
heel_raise|S|standing|weight_shift|heel_raise_one|g
heel_raise_one|S|one_leg|heel_raise||gs
heel_drop|S|standing impact|heel_raise||g
calf_stretch|M|standing stretch_hold|heel_raise||st
floor_rise_half|S|kneeling one_leg|sit_to_stand|floor_rise|f
floor_rise|S|kneeling floor one_leg knee_deep|floor_rise_half||f
weight_shift|B|standing one_side_push||tandem_hold|bm
tandem_hold|B|standing|weight_shift|one_leg_hold|b
one_leg_hold|B|one_leg|tandem_hold|heel_toe_walk|b
side_step|B|standing legs_apart|weight_shift|heel_toe_walk|bm
heel_toe_walk|B|walking|tandem_hold||bm
nerve_slider_low|V|leg_power||sciatic_slider|v
sciatic_slider|V|leg_power|nerve_slider_low||v
hamstring_seated|M|hip_deep nerve_pull stretch_hold leg_power|elbows_to_knees|hamstring_supine|st
hamstring_supine|M|lying_back nerve_pull stretch_hold leg_power|hamstring_seated||st
figure4_upright|M|hip_deep legs_apart stretch_hold|knee_chest_half|figure4_seated|st
figure4_seated|M|hip_deep legs_apart stretch_hold|figure4_upright|figure4_supine|st
figure4_supine|M|lying_back hip_deep stretch_hold|figure4_seated||st
piriformis_cross|M|lying_back hip_deep nerve_pull stretch_hold|figure4_upright||st
hip_flexor_standing|M|one_leg one_side_push stretch_hold|foot_slide_back|hip_flexor_half_kneel|st
hip_flexor_half_kneel|M|kneeling floor one_side_push stretch_hold leg_power|hip_flexor_standing||st
seated_punch|K||seated_march||t
"""


@dataclass(frozen=True)
class Rung:
    """One exercise: its purpose, its whole demands and its neighbours; `""` where it has none."""

    purpose: str
    demands: frozenset[str]
    easier: str
    harder: str
    dose: str


def whole(words: str) -> frozenset[str]:
    """Demands with all that they bring."""
    found: set[str] = set()
    for word in words.split():
        found |= {word} - {"ALL4"}
        found |= whole(LONGER[word]) if word in LONGER else set()
    return frozenset(found)


def rung(purpose: str, demanded: str, easier: str, harder: str, dose: str) -> Rung:
    return Rung(purpose, whole(demanded), easier, harder, dose)


RUNGS = {name: rung(*rest) for name, *rest in (one.split("|") for one in TABLE.strip().splitlines())}
