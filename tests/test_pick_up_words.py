"""Words of the waiting room: which letters, which never, and what the odds of a guess are."""

from __future__ import annotations

from itertools import product

import pytest

from planner.clinic.waiting_room import guesses
from planner.clinic.waiting_room.pick_up_words import WORD_ALPHABET, may_be_given, new_word, read_word, spelled

MISTAKEN = "AEIOUYLQ0123456789"
OFFENSIVE = ["FCKR", "SHTX", "CNTR", "DCKS", "TWTS", "WNKR", "NGRX", "SXBT", "BTCH", "STDX", "DNRS", "BKKK"]
IN_THE_DECISION = 82_000
"""Words at least, on which the odds in the decision rest."""


def every_word() -> list[str]:
    return [word for one in product(WORD_ALPHABET, repeat=4) if may_be_given(word := "".join(one))]


def test_no_letter_is_taken_for_another_and_each_has_its_name() -> None:
    assert not set(WORD_ALPHABET) & set(MISTAKEN) and len(set(WORD_ALPHABET)) == len(WORD_ALPHABET)
    assert spelled("".join(WORD_ALPHABET)).count(", ") == len(WORD_ALPHABET) - 1


@pytest.mark.parametrize("word", OFFENSIVE)
def test_rude_words_are_never_given(word: str) -> None:
    assert not may_be_given(word)


def test_what_is_given_is_what_may_be_given_and_what_is_read() -> None:
    for word in {new_word() for _ in range(2000)}:
        assert may_be_given(word) and read_word(word.lower()) == read_word(" ".join(word)) == read_word(f"{word[:2]}-{word[2:]}") == word
    for typed in ("", "B", "BRT", "BRTXB", "BRTA", "B RT", "БРТХ", "1234", "B" * 100):
        assert read_word(typed) is None, typed


def test_the_odds_that_the_decision_states() -> None:
    count = len(every_word())
    assert count >= IN_THE_DECISION
    one_waiting = guesses.MOST_WRONG / count
    assert one_waiting < 1 / 4000 and 20 * one_waiting < 1 / 200


def test_chance_is_not_seeded(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def choice(some: str) -> str:
        asked.append(some)
        return "BCDF"[len(asked) % 4]

    monkeypatch.setattr("secrets.choice", choice)
    assert may_be_given(new_word()) and set(asked) == {WORD_ALPHABET}
