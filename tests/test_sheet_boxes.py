"""Two boxes of one question on a therapist's sheet: the one that weighs more counts, as on the patient's pages."""

from __future__ import annotations

import itertools

from planner.clinic.sheets.sheet_form import SheetForm, answers_of, options, tickable
from planner.domain.model import Library
from planner.domain.renewed import most_severe


def test_of_two_boxes_of_one_question_the_more_severe_counts(library: Library) -> None:
    tried = 0
    for question in tickable(library):
        weight = {one.id: one.severity for one in question.options}
        if question.kind == "many":
            continue
        for both in itertools.permutations(options(question), 2):
            form = SheetForm(areas=("low_back",), ticks=tuple(f"{question.id}:{name}" for name in both))
            said = str(answers_of(form, library, "GB")[question.id])
            assert weight[said] == max(weight[name] for name in both), (question.id, both, said)
            if weight[both[0]] != weight[both[1]]:
                assert said == most_severe(question, both)
                tried += 1
            else:
                assert said == max(both, key=options(question).index)
    assert tried > 20
