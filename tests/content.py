"""The content, read once for all tests of a run. A plugin, so that tests of the domain can run without the web (`make mutants`)."""

from __future__ import annotations

import pytest

from planner.domain.model import Library
from planner.library.reader import load


@pytest.fixture(scope="session")
def library() -> Library:
    return load()
