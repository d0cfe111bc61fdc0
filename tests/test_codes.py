"""Codes: what is drawn, what is read back, which slips are caught, and what a log may show."""

from __future__ import annotations

import random
import re

import pytest

from planner.kept.codes import ALPHABET, CODE_DIGITS, MistypedCode, code_of, grouped, new_code, read_code, times, without_code


def test_a_code_is_80_random_bits_and_a_check_character() -> None:
    codes = {new_code() for _ in range(2000)}
    assert len(codes) == 2000
    assert all(len(code) == CODE_DIGITS + 1 and set(code) <= set(ALPHABET) for code in codes)
    for place in range(CODE_DIGITS):
        assert {code[place] for code in codes} == set(ALPHABET), place


def test_every_bit_counts() -> None:
    bits = bytes(range(10))
    flipped = {code_of((int.from_bytes(bits, "big") ^ 1 << bit).to_bytes(10, "big"))[:CODE_DIGITS] for bit in range(80)}
    assert len(flipped) == 80 and code_of(bits)[:CODE_DIGITS] not in flipped


def test_it_is_shown_in_groups_of_four() -> None:
    assert re.fullmatch(r"([0-9A-Z]{4}-){4}[0-9A-Z]", grouped(new_code()))


def test_what_is_shown_is_read_back() -> None:
    for _ in range(500):
        code = new_code()
        assert read_code(grouped(code)) == read_code(code) == code


@pytest.mark.parametrize("seed", range(5))
def test_every_single_wrong_character_is_caught(seed: int) -> None:
    code = code_of(random.Random(seed).randbytes(10))
    for place in range(len(code)):
        for other in set(ALPHABET) - {code[place]}:
            with pytest.raises(MistypedCode):
                read_code(code[:place] + other + code[place + 1 :])


@pytest.mark.parametrize("seed", range(20))
def test_every_swap_of_neighbours_is_caught(seed: int) -> None:
    code = code_of(random.Random(seed).randbytes(10))
    for place in range(CODE_DIGITS):
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        if swapped != code:
            with pytest.raises(MistypedCode):
                read_code(swapped)


def test_multiplication_is_that_of_a_field() -> None:
    for one in range(32):
        assert times(one, 1) == one and times(one, 0) == 0
        assert sorted(times(one, other) for other in range(32)) == list(range(32)) or one == 0
    assert all(
        times(one, times(two, three)) == times(times(one, two), three) for one in range(32) for two in range(32) for three in (2, 7, 31)
    )


def typed_otherwise(code: str) -> list[str]:
    full_width = "".join(chr(ord(one) + 0xFEE0) for one in code)
    return [
        code.lower(),
        f"  {grouped(code).replace('-', ' ')}\n",
        grouped(code).replace("-", "\u2013"),
        grouped(code).replace("-", "\u00a0"),
        full_width,
        code.replace("0", "O").replace("1", "I"),
        code.replace("0", "o").replace("1", "l"),
        "\u200e" + grouped(code),
    ]


def test_a_code_is_read_however_it_is_typed() -> None:
    code = code_of(bytes.fromhex("00084210842108421084"))
    assert "0" in code and "1" in code
    for typed in typed_otherwise(code):
        assert read_code(typed) == code, typed


@pytest.mark.parametrize(
    "typed", ["", " ", "ABCD", "x" * 17 + "y", "U" * 17, "A" * 16, "=" * 17, "١" * 17, "é" * 17, "A" * 5000, "/../", "-" * 40]
)
def test_what_can_not_be_a_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


@pytest.mark.parametrize(
    "around",
    [
        "{}.",
        "{},",
        "({})",
        "“{}”",
        "My code: {}",
        "see {}!",
        "https://plan.example.org/kept/{}",
        "http://127.0.0.1:8000/kept/{}-sheet.pdf?large=1",
    ],
)
def test_a_code_is_found_inside_what_was_pasted(around: str) -> None:
    code = new_code()
    for one in (grouped(code), code.lower(), *(grouped(code).replace("-", sign) for sign in "._/")):
        assert read_code(around.format(one)) == code
        assert code[:4] not in without_code(f"/kept/{around.format(one)}".upper())


def test_odd_characters_never_break_the_reader() -> None:
    rng = random.Random(1)
    for _ in range(3000):
        text = "".join(chr(rng.choice((rng.randrange(128), rng.randrange(0x3000), rng.randrange(0xD7FF, 0xE010)))) for _ in range(17))
        assert read_code(text) is None or set(text) & set(ALPHABET)


def test_a_path_is_logged_without_its_code() -> None:
    code = new_code()
    for path in (
        f"/kept/{grouped(code)}",
        f"/kept/{code}",
        f"/kept/{grouped(code).lower()}.pdf",
        f"/kept/{grouped(code)}-sheet.pdf",
        f"/kept/{grouped(code)}/delete",
        f"/kept/{code[:9]}",
        f"/{grouped(code)}",
        f"/KEPT/{code}x",
        f"/x/{code}.html",
    ):
        shown = without_code(path)
        assert code[:9] not in shown.upper() and grouped(code)[:9] not in shown.upper() and "-" in shown, shown
    for path in ("/", "/kept", "/kept/deleted", "/plan.pdf", "/ask/safety1", "/exercises/single_knee_chest", "/static/css/base.css"):
        assert without_code(path) == path
