"""The scripts that install and start, with a Python that only notes what it was asked: a linked .venv is never emptied, any start works."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from planner.folders import ROOT
from tests.conftest import SECRET

PYTHON = """#!/bin/sh
case "$*" in
    *print*sys.executable*) echo "$0" ;;
    "-m venv --clear .venv") rm -rf .venv/* && mkdir -p .venv/bin && cp "$0" .venv/bin/python && touch .venv/pyvenv.cfg
        echo "VIRTUAL_ENV=$(pwd -P)/.venv" >.venv/bin/activate ;;
    "-m planner.settings_file") PYTHONPATH={root} exec {real} -m planner.settings_file ;;
    --version | -c*) ;;
    *) echo "$*" >>"$NOTED" ;;
esac
"""


@dataclass(frozen=True)
class Clone:
    """A fresh copy of what the scripts need, and what they had Python do there."""

    tree: Path

    def script(self, name: str, *options: str, **more: str) -> subprocess.CompletedProcess[str]:
        path = f"{self.tree / 'bin'}:/usr/bin:/bin"
        environment = {"PATH": path, "NOTED": str(self.tree / "noted"), "BACKPLAN_ENV": os.devnull, **more}
        command = ["/bin/sh", f"scripts/{name}", *options]
        return subprocess.run(command, cwd=self.tree, env=environment, capture_output=True, text=True, check=False)

    def noted(self) -> list[str]:
        file = self.tree / "noted"
        said = file.read_text().splitlines() if file.exists() else []
        file.unlink(missing_ok=True)
        return said


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    tree = tmp_path / "clone"
    (tree / "bin").mkdir(parents=True)
    (tree / "static").mkdir()
    shutil.copytree(ROOT / "scripts", tree / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tree / name).write_text(f"{name}\n")
    for name, text in (("python3.13", PYTHON.format(root=ROOT, real=sys.executable)), ("apt-get", "#!/bin/sh\nexit 9\n")):
        (tree / "bin" / name).write_text(text)
        (tree / "bin" / name).chmod(0o755)
    return Clone(tree)


def venv_in(clone: Clone, folder: Path) -> None:
    (folder / "bin").mkdir(parents=True)
    shutil.copy(clone.tree / "bin" / "python3.13", folder / "bin" / "python")


def installs(noted: list[str]) -> list[str]:
    return [line.split()[-1] for line in noted if " pip install " in f" {line} "]


def test_the_app_is_installed_without_what_tests_need(clone: Clone) -> None:
    first = clone.script("setup.sh", "--app")
    assert first.returncode == 0 and "hromium" not in first.stderr, first.stderr
    assert installs(clone.noted()) == ["requirements.txt"]
    assert clone.script("setup.sh", "--app").returncode == 0 and installs(clone.noted()) == []
    (clone.tree / "requirements.txt").write_text("something newer\n")
    assert clone.script("setup.sh", "--app").returncode == 0 and installs(clone.noted()) == ["requirements.txt"]


PACKS = """    "-m whitenoise.compress"*) echo "$*" >>"$NOTED" && cp static/page.js static/page.js.gz ;;
    --version"""


@pytest.mark.parametrize("options", [["--app"], []])
def test_what_is_served_packed_is_always_of_this_release(clone: Clone, options: list[str]) -> None:
    """Also after a roll back, whose files have times of long ago; what an earlier release packed and this one has not is gone."""
    python = clone.tree / "bin" / "python3.13"
    python.write_text(python.read_text().replace("    --version", PACKS, 1))
    for program in ("chromium", "pdftotext", "qpdf", "initdb", "redis-server", "nginx"):
        (clone.tree / "bin" / program).symlink_to("/bin/true")
    plain, packed, gone = (clone.tree / "static" / name for name in ("page.js", "page.js.gz", "old.js.br"))
    gone.write_text("of a file that is no more")
    for text, by in (("the new release", ["--app"]), ("the old release", options)):
        plain.write_text(text)
        os.utime(plain, (0, 0))
        done = clone.script("setup.sh", *by)
        assert done.returncode == 0 and packed.read_text() == text and not gone.exists(), done.stderr
    clone.noted()
    assert clone.script("setup.sh", *options).returncode == 0 and not [one for one in clone.noted() if "compress" in one], "nothing changed"


def test_a_linked_folder_is_never_emptied(clone: Clone, tmp_path: Path) -> None:
    big = tmp_path / "big disk"
    (big / "keep").mkdir(parents=True)
    (big / "keep" / "file").write_text("x")
    (clone.tree / ".venv").symlink_to(big)
    refused = clone.script("setup.sh", "--app")
    assert refused.returncode == 1 and refused.stderr.count("\n") == 1 and str(big) in refused.stderr, refused.stderr
    assert (big / "keep" / "file").read_text() == "x" and clone.noted() == []
    venv_in(clone, big)
    assert clone.script("setup.sh", "--app").returncode == 0
    assert installs(clone.noted()) == ["requirements.txt"] and (big / "keep" / "file").read_text() == "x"


def test_a_folder_of_something_else_is_left_alone(clone: Clone) -> None:
    (clone.tree / ".venv").mkdir()
    (clone.tree / ".venv" / "letters").write_text("x")
    refused = clone.script("setup.sh", "--app")
    assert refused.returncode == 1 and "Move it away" in refused.stderr and (clone.tree / ".venv" / "letters").exists()


def test_a_venv_that_was_moved_here_is_made_again(clone: Clone) -> None:
    venv_in(clone, clone.tree / ".venv")
    (clone.tree / ".venv" / "pyvenv.cfg").touch()
    (clone.tree / ".venv" / "bin" / "activate").write_text("VIRTUAL_ENV=/elsewhere/.venv\n")
    assert clone.script("setup.sh", "--app").returncode == 0
    assert str(clone.tree) in (clone.tree / ".venv" / "bin" / "activate").read_text()


@pytest.mark.parametrize(
    "more",
    [
        {"SECRET_KEY": SECRET, "DATABASE_URL": "sqlite:////srv/x.sqlite3"},
        {"SECRET_KEY": SECRET, "DATABASE_URL": "postgresql://u:p@db.example/plans", "HOST": "", "PORT": ""},
        {
            "SECRET_KEY": SECRET,
            "TRUSTED_HOSTS": "plan.example.org",
            "BASE_URL": "https://plan.example.org",
            "REDIS_URL": "redis://r:6379/0",
        },
    ],
)
def test_a_fresh_clone_starts_with_any_settings(clone: Clone, more: dict[str, str]) -> None:
    venv_in(clone, clone.tree / ".venv")
    done = clone.script("run.sh", **more)
    assert done.returncode == 0, done.stderr
    assert [line.split()[1] for line in clone.noted()] == ["planner", "gunicorn"]


def test_a_bad_setting_stops_the_start_before_anything_is_made(clone: Clone) -> None:
    venv_in(clone, clone.tree / ".venv")
    refused = clone.script("run.sh", WEB_CONCURRENCY="many", SECRET_KEY=SECRET)
    assert refused.returncode == 2 and refused.stderr.count("\n") == 1 and "WEB_CONCURRENCY" in refused.stderr
    assert clone.noted() == [] and not (clone.tree / "instance").exists()


def test_the_packages_of_the_app_are_small_enough() -> None:
    """With 17 MB of pip and 35 MB of system libraries `make run` stays below 350 MB."""
    pinned = set(re.findall(r"^([\w.-]+)(?:\[.*\])?==", (ROOT / "requirements.txt").read_text("utf-8"), re.M))
    found = [one for one in distributions() if re.sub("[-_.]+", "-", one.name).lower() in pinned]
    files = {one.name: [Path(str(file.locate())) for file in one.files or ()] for one in found}
    sizes = {name: sum(file.stat().st_size for file in there if file.exists()) for name, there in files.items()}
    assert len(sizes) > 50 and sum(sizes.values()) < 260e6, sorted(sizes.items(), key=lambda one: one[1])[-5:]


WITHOUT = """
import importlib, json, pkgutil, re, sys
from importlib.metadata import packages_distributions
from pathlib import Path

def pinned(file):
    return {re.sub("[-_.]+", "-", name).lower() for name in re.findall(r"^([\\\\w.-]+?)(?:\\\\[.*\\\\])?==", Path(file).read_text(), re.M)}

own = pinned("requirements.txt")
shut = {top for top, names in packages_distributions().items() if not {re.sub("[-_.]+", "-", one).lower() for one in names} & own}

class Shut:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in shut - {"pip", "setuptools", "_distutils_hack"}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Shut())
assert len(shut) > 20, shut
from planner import create_app
import wsgi, planner.outputs.pdf, planner.cli.main, scripts.styles, whitenoise.compress, gunicorn.app.wsgiapp
missing = []
for module in pkgutil.walk_packages(["planner"], "planner."):
    if module.name.startswith(("planner.figures", "planner.upkeep.migrations")) or module.name.endswith("__main__"):
        continue
    try:
        importlib.import_module(module.name)
    except ModuleNotFoundError as fault:
        missing.append((module.name, str(fault)))
print(json.dumps(missing))
"""


@pytest.mark.slow
def test_nothing_that_runs_in_service_needs_what_tests_need() -> None:
    """All modules but the drawing ones are imported with every package shut that requirements.txt does not have."""
    done = subprocess.run([sys.executable, "-c", WITHOUT.replace("\\\\", "\\")], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    missing = dict(json.loads(done.stdout))
    assert missing.keys() == {name for name in missing if name.startswith("planner.library.proof.")}, missing


@pytest.mark.skipif(os.getuid() != 0, reason="only root has a Python where nobody else may go, and installs it for others")
def test_a_python_that_the_service_may_not_run_is_refused_before_anything_is_installed(clone: Clone) -> None:
    """Nor is one that an earlier release took. `getent` says whether the service has its user."""
    with TemporaryDirectory(dir="/root") as folder:
        python = Path(folder) / "python3.13"
        (clone.tree / "bin" / "python3.13").rename(python)
        (clone.tree / "bin" / "python3.13").write_text(f'#!/bin/sh\nexec {python} "$@"\n')
        (clone.tree / "bin" / "python3.13").chmod(0o755)
        (clone.tree / "bin" / "getent").symlink_to("/bin/false")
        tried = clone.script("setup.sh", "--app")
        assert tried.returncode == 0 and str(python) in tried.stderr, "there is no service's user: somebody tries it out"
        assert "Good for trying it out, and it goes on." in tried.stderr, "it must not look like a fault"
        clone.noted()
        shutil.rmtree(clone.tree / ".venv")
        (clone.tree / "bin" / "getent").unlink()
        (clone.tree / "bin" / "getent").symlink_to("/bin/true")
        refused = clone.script("setup.sh", "--app")
        assert refused.returncode == 1 and refused.stderr.count("\n") == 1 and str(python) in refused.stderr, refused.stderr
        assert "apt-get install python3-venv" in refused.stderr and clone.noted() == [] and not (clone.tree / ".venv").exists()
        (clone.tree / ".venv" / "bin").mkdir(parents=True)
        (clone.tree / ".venv" / "pyvenv.cfg").touch()
        (clone.tree / ".venv" / "bin" / "python").symlink_to(python)
        assert clone.script("setup.sh", "--app").returncode == 1
