"""Secrets: made once, for their owner alone, and found again; and what is sealed with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.kept.seal import BLOCK, Secret, make_secret, stored_secret
from planner.web import settings
from planner.web.settings import from_environment
from tests.conftest import SECRET
from tests.keeping import together


def test_a_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "secret_key"
    assert stored_secret(file) == ""
    together(8, lambda _: make_secret(file))
    made = stored_secret(file)
    make_secret(file)
    assert stored_secret(file) == made and len(made) >= 60 and file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.iterdir()) == [file]
    file.write_text("")
    make_secret(file)
    assert stored_secret(file) not in ("", made) and list(file.parent.iterdir()) == [file]


def test_on_this_computer_the_stored_secret_seals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SECRET_FILE", tmp_path / "secret_key")
    make_secret(tmp_path / "secret_key")
    stored, other = stored_secret(tmp_path / "secret_key"), "an older secret of the tests that is long enough"
    assert from_environment({})["KEEP_SECRET"] == stored, "one of the moment would close every plan at the next start"
    assert from_environment({"SECRET_KEY": SECRET})["KEEP_SECRET"] == SECRET
    assert from_environment({"SECRET_KEY": SECRET, "KEEP_SECRET": other})["KEEP_SECRET"] == other
    assert from_environment({"KEEP_SECRET_FALLBACKS": f"{other}, {stored}"})["KEEP_SECRET_FALLBACKS"] == [other, stored]
    assert from_environment({"TRUSTED_HOSTS": "a.example", "SECRET_KEY": SECRET})["KEEP_SECRET"] == SECRET


def test_the_same_is_never_sealed_twice_alike() -> None:
    secret = Secret(SECRET)
    one, two = (secret.seal(b"body", "CODE", 1) for _ in range(2))
    assert one != two and one[1:13] != two[1:13] and len(one) == len(two) == 1 + 12 + BLOCK + 16


@pytest.mark.parametrize(("code", "version", "text"), [("CODE", 2, SECRET), ("CODF", 1, SECRET), ("CODE", 1, SECRET + "x")])
def test_what_is_sealed_opens_in_its_own_place_alone(code: str, version: int, text: str) -> None:
    sealed = Secret(SECRET).seal(b"body", "CODE", 1)
    assert Secret(text).unseal(sealed, code, version) is None
    opened = Secret(SECRET).unseal(sealed, "CODE", 1)
    assert opened is not None and opened.rstrip() == b"body"


def test_each_of_secret_and_place_would_be_enough_to_keep_it_shut(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = Secret(SECRET).seal(b"body", "CODE", 1)
    with monkeypatch.context() as same:
        cipher = Secret(SECRET)._cipher("CODE")
        same.setattr(Secret, "_cipher", lambda *_: cipher)
        assert Secret(SECRET).unseal(sealed, "CODE", 1) and Secret(SECRET).unseal(sealed, "CODF", 1) is None
    with monkeypatch.context() as same:
        bound = Secret(SECRET)._bound("CODE", 1)
        same.setattr(Secret, "_bound", lambda *_: bound)
        assert Secret(SECRET).unseal(sealed, "CODE", 1) and Secret(SECRET + "x").unseal(sealed, "CODE", 1) is None


def test_keys_for_different_purposes_differ() -> None:
    secret = Secret(SECRET)
    assert len({secret.rows, secret.once, secret.row_key("CODE"), secret.bits(b"CODE", length=32)}) == 4
    assert secret.bits(b"a", b"bc", length=10) != secret.bits(b"ab", b"c", length=10)
