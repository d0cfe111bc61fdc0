"""What we stand on permits the licence we give: every package is permissive, or README says why it is no obstacle."""

from __future__ import annotations

import re
from email.message import Message
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import cast

import pytest

ROOT = Path(__file__).parents[1]
PERMISSIVE = re.compile(r"\b(MIT|MIT-0|0?BSD|BSD-\d-Clause|Apache|PSF|MIT-CMU|ISC)\b")
SHARED_ALIKE = re.compile(r"GPL|MPL|Mozilla|General Public|EUPL|CDDL|EPL|Proprietary|Commercial", re.I)
NOT_FOR_LINUX = {"async-timeout", "brotlicffi", "colorama"}
"""Markers in requirements*.txt leave these out where the tests run: Apache 2.0, MIT, BSD."""


def required(file: str) -> list[str]:
    return re.findall(r"^([a-z0-9._-]+)==", (ROOT / file).read_text("utf-8"), re.M)


def licence_of(package: str) -> str:
    """Every word of its metadata about the licence, on one line."""
    found = cast(Message, metadata(package))
    named = [line.rpartition("::")[2].strip() for line in found.get_all("Classifier") or [] if line.startswith("License")]
    first = [line.split("\n")[0] for name in ("License-Expression", "License") for line in found.get_all(name) or []]
    return " / ".join([*first, *named])


def explained() -> set[str]:
    """The packages that README's section about licences names."""
    section = (ROOT / "README.md").read_text("utf-8").partition("## Licence")[2]
    return set(re.findall(r"`([a-z0-9-]+)`", section))


def test_every_package_is_permissive_or_explained() -> None:
    unclear = {}
    for package in required("requirements-dev.txt"):
        try:
            licence = licence_of(package)
        except PackageNotFoundError:
            assert package in NOT_FOR_LINUX, package
            continue
        if SHARED_ALIKE.search(licence) or not PERMISSIVE.search(licence):
            unclear[package] = licence
    assert set(unclear) == explained(), unclear


@pytest.mark.parametrize(("files", "licences"), [("static/js/htmx*.js", 1), ("static/fonts/*.ttf", 3), ("tests/vendor/*.js", 3)])
def test_a_vendored_file_has_its_licence_beside_it(files: str, licences: int) -> None:
    found = list(ROOT.glob(files))
    assert found
    beside = [path for path in found[0].parent.iterdir() if re.search(r"(LICENSE|OFL)[^.]*\.txt$", path.name)]  # not as packed for serving
    assert len(beside) == licences and all(path.stat().st_size > 500 for path in beside)


def test_our_own_licence_is_the_one_that_the_project_names() -> None:
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("MIT License\n\nCopyright (c) 2026 the Backplan contributors\n")
    assert 'license = "MIT"' in (ROOT / "pyproject.toml").read_text("utf-8")
