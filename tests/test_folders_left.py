"""Folders for temporary files: none is left by what ends, and what was killed leaves none that the next start does not clear."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.util import get_temp_dir
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from planner.outputs.render_pool import RenderPool
from planner.outputs.renderer import Renderer
from tests.abuse import ROOT
from tests.scripted_renderer import comes
from tests.served import Served, served

pytestmark = pytest.mark.slow
PAPER = '<html lang="en" class="fit-0"><title>-</title><h1>Ready</h1>'


@pytest.fixture
def place() -> Iterator[Path]:
    """Where all that a test starts has its temporary files. Short: a socket's path has 107 bytes at most."""
    with TemporaryDirectory(prefix="left-") as folder:
        yield Path(folder)


@contextmanager
def site_in(place: Path, url: str) -> Iterator[Served]:
    with served(url, ROOT, TMPDIR=str(place)) as site:
        assert site.comes_to("/readyz", 200) and any(place.rglob("weasyprint-*")), "a renderer is warm, and has fonts there"
        yield site


def test_a_renderer_that_ends_takes_its_fonts_with_it(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    get_temp_dir()  # this process's own, for as long as it lives
    monkeypatch.setattr("tempfile.tempdir", str(place))
    found = Renderer()
    assert found.warm() and any(place.rglob("weasyprint-*"))
    found.process.kill()
    found.end()
    assert not any(place.rglob("weasyprint-*"))
    pool = RenderPool(1)
    assert pool.submit(PAPER, "sheet").result(60)
    pool.close()
    assert comes(lambda: not any(place.rglob("weasyprint-*")))


def test_a_command_that_draws_by_itself_leaves_nothing(place: Path) -> None:
    words = "from planner.outputs import pdf; pdf.warm(); import os; print(len(os.listdir(os.environ['TMPDIR'])))"
    done = subprocess.run(
        [sys.executable, "-c", words], cwd=ROOT, env={**os.environ, "TMPDIR": str(place)}, capture_output=True, check=True
    )
    assert done.stdout.split() == [b"1"] and list(place.iterdir()) == [] and done.stderr == b""


def test_a_server_that_is_told_to_end_leaves_nothing(place: Path, sqlite_url: str) -> None:
    with site_in(place, sqlite_url):
        pass
    assert [one.name for one in place.rglob("*")] == []


def test_what_a_killed_server_left_belongs_to_nobody_and_goes_at_the_next_start(place: Path, sqlite_url: str) -> None:
    ours = place / f"backplan-renderers-{os.getpid()}-lives"
    ours.mkdir()
    with site_in(place, sqlite_url) as site:
        (left,) = place.glob(f"backplan-renderers-{site.process.pid}-*")
        site.process.send_signal(signal.SIGKILL)
        site.process.wait()
        assert left.is_dir()
    with site_in(place, sqlite_url):
        assert not left.exists() and ours.is_dir()
