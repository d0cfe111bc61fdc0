"""`make dev`: what is changed is there on the next reload, in pages, styles, content and PDFs, and a fault is told until it is mended."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
from werkzeug.wrappers import Response

from planner.domain.model import Library
from planner.web.draft import Draft, store
from scripts import dev
from tests.conftest import SECRET, an_app
from tests.people import well

ROOT = Path(__file__).parents[1]
PATIENCE = 90  # seconds for a change to be seen on a busy machine; it takes about two
STYLE = re.compile(r'href="(/static/css/base\.css\?v=\w+)"')


@dataclass(frozen=True)
class Copy:
    """A copy of the tree, and the address at which it is served."""

    tree: Path
    url: str

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        try:
            with urlopen(Request(self.url + path, headers=headers), timeout=PATIENCE) as answer:
                return answer.status, answer.read()
        except HTTPError as fault:
            return fault.code, fault.read()

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.tree / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def until(self, path: str, good: Callable[[int, bytes], object], **headers: str) -> bytes:
        """The first answer that is good."""
        for _ in range(PATIENCE * 4):
            try:
                status, body = self.get(path, **headers)
            except (URLError, ConnectionError, TimeoutError):  # cut off in the middle by a new start
                status, body = 0, b""
            if good(status, body):
                return body
            time.sleep(0.25)
        raise AssertionError(f"{path}: {status} {body[-500:]!r}")


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Copy]:
    for folder in ("planner", "templates", "static", "locale", "scripts"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "*.br", "*.gz"))
    environment = {**os.environ, "PORT": "0", "SECRET_KEY": SECRET, "PYTHONDONTWRITEBYTECODE": "1"}
    server = subprocess.Popen([sys.executable, "-m", "scripts.dev"], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True)
    assert server.stdout
    try:
        found = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
        assert found
        yield Copy(tmp_path, found[0])
    finally:
        server.terminate()
        assert server.wait(20) == 0
        server.stdout.close()


def cookie_of(library: Library) -> str:
    """The draft of a well person, as a browser would send it."""
    with an_app().test_request_context():
        return store(Response(), Draft(well(library))).headers["Set-Cookie"].partition(";")[0]


@pytest.mark.slow
def test_every_kind_of_change_is_seen(copy: Copy, library: Library) -> None:
    cookie = cookie_of(library)
    first = copy.until("/plan.pdf", lambda status, body: status == 200, Cookie=cookie)
    assert first.startswith(b"%PDF")
    assert b"<h1>" in copy.get("/")[1]

    copy.edit("templates/start.html", "<h1>", "<h1 data-new>")
    copy.edit("templates/paper/first.html", "<h1>", "<h1>New: ")
    assert b"<h1 data-new" in copy.get("/")[1]
    second = copy.until("/plan.pdf", lambda status, body: body[:4] == b"%PDF" and body != first, Cookie=cookie)

    before = STYLE.findall(copy.get("/")[1].decode())
    (copy.tree / "static/css/base.css.br").write_bytes(b"packed from an older one")
    copy.edit("static/css/base.css", "@layer", ".new { color: red; }\n@layer")
    copy.edit("static/css/paper.css", "margin: 10mm 14mm 15mm", "margin: 30mm 14mm 15mm")
    page = copy.until("/", lambda status, body: status == 200 and STYLE.findall(body.decode()) != before)
    assert b".new {" in copy.get(STYLE.findall(page.decode())[0], **{"Accept-Encoding": "br"})[1]
    copy.until("/plan.pdf", lambda status, body: body[:4] == b"%PDF" and body not in (first, second), Cookie=cookie)

    unfinished = copy.tree / "planner/content/exercises/unfinished.toml"
    unfinished.write_text("title = 3\n", "utf-8")
    copy.until("/", lambda status, body: status == 500 and b"exercises/unfinished.toml" in body)
    unfinished.unlink()
    copy.edit("planner/content/myths.toml", 'claim = "', 'claim = "Newly told: ')
    copy.until("/myths", lambda status, body: status == 200 and b"Newly told: " in body)


def test_a_look_sees_new_changed_and_lost_files_and_nothing_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "WATCHED", (tmp_path,))
    monkeypatch.setattr(dev, "PLANNER", tmp_path / "planner")
    for name in ("old.html", "lost.html", "deep/er/style.css"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1")
    before = dev.look()
    for made in ("style.css.br", "module.pyc", ".old.html.swp", "old.html~"):
        (tmp_path / made).write_text("1")
    assert dev.look() == before
    (tmp_path / "old.html").write_text("12")
    (tmp_path / "lost.html").unlink()
    (tmp_path / "deep" / "new.toml").write_text("1")
    assert dev.changed(before, dev.look()) == {"old.html", "lost.html", "deep/new.toml"}


def test_a_port_that_is_taken_or_none_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server((dev.HOST, 0)) as taken:
        for port in (str(taken.getsockname()[1]), "many", "70000"):
            monkeypatch.setenv("PORT", port)
            assert dev.main() == 2
            error = capsys.readouterr().err
            assert error.count("\n") == 1 and "PORT" in error


def test_the_server_for_everybody_does_not_reload() -> None:
    """`make run` is gunicorn; the reloader is in a file that nothing of it reads."""
    assert "gunicorn" in (ROOT / "scripts" / "run.sh").read_text("utf-8")
    for file in (ROOT / "scripts" / "run.sh", ROOT / "wsgi.py", ROOT / "gunicorn.conf.py", *(ROOT / "planner").rglob("*.py")):
        text = file.read_text("utf-8")
        assert "scripts.dev" not in text and not re.search(r"\breload\b|debug=True|use_debugger", text), file
