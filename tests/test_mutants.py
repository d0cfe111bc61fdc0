"""The report of `make mutants`: the sample, what counts as noticed, and the shares."""

from __future__ import annotations

from pathlib import Path

from poodle.data_types import Mutant, MutantTrial, MutantTrialResult

from tests.mutants import DOMAIN, noticed, sampled, table

RC = MutantTrialResult


def mutant(module: str, line: int) -> Mutant:
    return Mutant("Number", line, 0, line, 1, "2", Path(), Path(f"{DOMAIN}/{module}.py"))


def trial(one: Mutant, code: str) -> MutantTrial:
    return MutantTrial(one, RC(found=code in (RC.RC_FOUND, RC.RC_OTHER), reason_code=code), 1.0)


EVERY = [mutant("facts", line) for line in range(60)] + [mutant("weeks", line) for line in range(40)]


def test_a_sample_is_the_same_for_a_seed_and_spread_over_every_module() -> None:
    found = sampled(EVERY, 10, seed=1)
    assert found == sampled(EVERY[::-1], 10, seed=1) != sampled(EVERY, 10, seed=2)
    assert [Path(str(one.source_file)).stem for one in found] == ["facts"] * 6 + ["weeks"] * 4
    assert len({one.lineno for one in found[:6]}) == 6
    assert sorted(sampled(EVERY, 500, seed=1), key=EVERY.index) == EVERY


def test_a_fault_that_never_ends_or_breaks_the_tests_is_noticed() -> None:
    codes = (RC.RC_FOUND, RC.RC_TIMEOUT, RC.RC_OTHER, RC.RC_NOT_FOUND)
    trials = [trial(one, code) for one, code in zip(EVERY, codes, strict=False)]
    assert [noticed(one) for one in trials] == [True, True, True, False]
    assert "3 of     4    75.0%   1 survived" in table(trials, trials[3:])
