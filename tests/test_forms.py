"""The registry of forms: routes, links, zip, kept plans and the command line follow it, and a new form is one module and one line."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zipfile import ZipFile

import pytest
from flask import Flask

from planner.domain.model import Library
from planner.folders import ROOT
from planner.library.reader import load
from planner.outputs.bundle import entries
from planner.outputs.forms import PLACES, all_forms, form_called, served
from tests.conftest import an_app
from tests.keeping_web import at_plan, keep
from tests.renderer import FakeRenderer

LAST = '    "html": "documents:HTML_FILE",\n'
LINE = '    "markdown": "markdown:MARKDOWN_FILE",\n'
MODULE = '''"""A plan as Markdown."""

from planner.languages.translate import N_
from planner.outputs.form import Form

MARKDOWN_FILE = Form(
    ending="md",
    type="text/markdown; charset=utf-8",
    link=N_("Markdown"),
    write=lambda plan, library, beside: "\\n".join([f"# {plan.headline}", *(f"- {line.title}" for line in plan.lines)]) + "\\n",
)
'''


@pytest.fixture(scope="module")
def with_markdown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the application with one module and one line more."""
    copy = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "planner", copy / "planner", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("templates", "static", "locale", "tests"):
        (copy / name).symlink_to(ROOT / name)
    (copy / "planner/outputs/markdown.py").write_text(MODULE, "utf-8")
    registry = copy / "planner/outputs/forms.py"
    before = registry.read_text("utf-8")
    registry.write_text(before.replace(LAST, LAST + LINE), "utf-8")
    assert len(registry.read_text("utf-8").splitlines()) == len(before.splitlines()) + 1
    return copy


def python(copy: Path, *command: str, given: str = "") -> str:
    """What a Python of its own prints in the copy."""
    environment = os.environ | {"PYTHONPATH": str(copy), "TMPDIR": str(copy)}
    return subprocess.run(
        [sys.executable, *command], cwd=copy, env=environment, input=given, capture_output=True, text=True, check=True
    ).stdout


def everywhere(ending: str) -> None:
    """Prints what the site says of a form: alone, kept, in the zip, and its links."""
    with patch("planner.outputs.pool.pool_of", lambda process: FakeRenderer()):
        walker = at_plan(an_app(), load())
        linked = [f'href="/plan.{ending}"' in walker.page.text]
        home = keep(walker)
        linked.append(f'href="{home}.{ending}"' in walker.client.get(home).text)
        zipped = ZipFile(io.BytesIO(walker.client.get("/plan.zip").data))
        got = [walker.client.get(url) for url in (f"/plan.{ending}", f"{home}.{ending}")]
        found = {
            "linked": linked,
            "given": [[one.status_code, one.content_type, one.headers["Content-Disposition"], one.text] for one in got],
            "zipped": [zipped.namelist()[-1], zipped.read(f"plan.{ending}").decode()],
        }
    print(json.dumps(found))


def test_a_new_form_is_on_the_site_under_a_code_and_in_the_zip(with_markdown: Path) -> None:
    found: dict[str, Any] = json.loads(python(with_markdown, "-c", "from tests.test_forms import everywhere; everywhere('md')"))
    (status, kind, name, words), kept = found["given"]
    assert (status, kind, name) == (200, "text/markdown; charset=utf-8", 'inline; filename="back-plan.md"')
    assert words.startswith("# ") and words.count("\n- ") > 5
    assert kept == [status, kind, name, words]
    assert found["zipped"] == ["plan.md", words]
    assert found["linked"] == [True, True]


def test_a_new_form_is_on_the_command_line(with_markdown: Path) -> None:
    common = ("--fill-defaults", "--format", "markdown", "--date", "2026-11-21")
    assert python(with_markdown, "-m", "planner", "plan", "-", *common, given="{}").startswith("# ")
    python(with_markdown, "-m", "planner", "plans", "-", "--output", str(with_markdown / "out"), *common, given="{}\n")
    assert [file.name for file in (with_markdown / "out").iterdir()] == ["000001.md"]


def test_every_form_of_the_site_is_linked_and_no_other_has_an_address(app: Flask, library: Library) -> None:
    walker = at_plan(app, library)
    draft = walker.page.text
    home = keep(walker)
    kept = walker.client.get(home).text
    for name, form in all_forms().items():
        assert (f'href="{form.path}"' in draft) == (name in served(kept=False)), name
        assert (f'href="{home}{form.after_code}"' in kept) == (name in served()), name
        if name not in served(kept=False):
            assert walker.client.get(form.path).status_code == 404
    assert set(PLACES) == set(served())
    assert set(served()) - set(served(kept=False)) == {"html"}


def test_a_file_to_save_is_never_opened_as_a_page_of_the_site(app: Flask, library: Library) -> None:
    """Its styles and scripts stand inside it, which the site's own policy forbids; and no cache keeps it."""
    walker = at_plan(app, library)
    answer = walker.client.get(keep(walker) + form_called("html").after_code)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="back-plan.html"'
    assert answer.headers["Cache-Control"] == "no-store" and "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_no_two_forms_have_one_name() -> None:
    forms = all_forms().values()
    for names in ([form.file_name for form in forms], [form.after_code for form in forms], [one.name for one in entries()]):
        assert Counter(names).most_common(1)[0][1] == 1, names
    assert all(form.large_link for form in served().values() if form.kind)
