"""The pages that an operator follows: what they name is there, and what needs no installation is run as it stands."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from secrets import token_hex

import pytest

from planner.folders import ROOT
from planner.outputs.fleet.shared_store import SharedStore
from planner.settings_table import BadSetting, setting
from planner.web import counts, fleet_counts
from tests.conftest import SECRET
from tests.redis_server import RedisServer
from tests.runbooks import ALL_RUNBOOKS, RUNBOOKS, commands_of

UNITS = {one.name: one.read_text("utf-8") for one in (ROOT / "deploy" / "systemd").iterdir()}


@pytest.mark.parametrize("page", RUNBOOKS)
def test_each_runbook_is_one_page(page: str) -> None:
    lines = RUNBOOKS[page].splitlines()
    assert len(lines) <= 150 and [line for line in lines if len(line) > 140] == []


@pytest.mark.parametrize("page", RUNBOOKS)
def test_no_runbook_names_a_site_that_is_none(page: str) -> None:
    """Whoever copies a line puts their own name in place of NAME; of another, the proxy's file alone is written for."""
    assert "plan.example.org" not in RUNBOOKS[page]


def test_the_runbooks_name_units_that_are_there() -> None:
    named = set(re.findall(r"\bbackplan(?:-[a-z]+)*\.(?:service|timer)\b", ALL_RUNBOOKS))
    called = {
        f"{name}.service" for name in re.findall(r"(?:journalctl -u|systemctl (?:re)?start) (backplan(?:-[a-z]+)*)(?![\w.-])", ALL_RUNBOOKS)
    }
    assert len(named) > 5 and "backplan.service" in called and named | called <= UNITS.keys()


def test_the_runbook_names_figures_that_are_there() -> None:
    named = set(re.findall(r"`(backplan_[a-z_]+)`", RUNBOOKS["RUNBOOK.md"]))
    there = {f"{one.name}_total" if one.type == "counter" else one.name for one in counts.own.collect()}
    there |= set(re.findall(r'GaugeMetricFamily\("(backplan_[a-z_]+)"', Path(fleet_counts.__file__).read_text("utf-8")))  # with Redis alone
    assert len(named) > 3 and named <= there


def test_a_wrong_setting_stops_the_service_for_good(tmp_path: Path) -> None:
    """gunicorn.conf.py ends so, and the program where the application is made: starting again would not help."""
    assert "\nRestartPreventExitStatus=2 3\n" in UNITS["backplan.service"]
    (tmp_path / "backplan.env").write_text("WEB_CONCURRENCY=many\n")
    environment = {"BACKPLAN_ENV": str(tmp_path / "backplan.env")}
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "WEB_CONCURRENCY" in done.stderr


def git(folder: Path, *words: str) -> str:
    ours = ("-c", "user.name=a", "-c", "user.email=a@a.example", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *ours, *words], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commits_of(release: str, folder: Path) -> str:
    """The git commands of Upgrade, as they stand; where that leads to."""
    for line in commands_of("RUNBOOK.md", "Upgrade"):
        if line.startswith("sudo git"):
            words = line.removeprefix("sudo git ").replace("/srv/backplan", str(folder)).replace("RELEASE", release)
            git(folder, "--no-pager", *words.split())
    return git(folder, "rev-parse", "HEAD")


def test_a_release_is_taken_rolled_back_and_taken_again(tmp_path: Path) -> None:
    """A roll back leaves no branch checked out, from which a pull would not go on."""
    origin, ours = tmp_path / "origin", tmp_path / "ours"
    (origin / "deploy").mkdir(parents=True)
    git(origin, "init", "-q")
    releases = []
    for number in range(3):
        if number == 1:
            git(tmp_path, "clone", "-q", str(origin), str(ours))
        (origin / "CHANGELOG.md").write_text(f"{number}")
        git(origin, "add", ".")
        git(origin, "commit", "-q", "-m", f"{number}")
        git(origin, "tag", f"v{number}")
        releases.append(git(origin, "rev-parse", "HEAD"))
    found = [commits_of(name, ours) for name in ("v1", releases[0], "v1", "origin/main", releases[0], "origin/main")]
    assert found == [releases[place] for place in (1, 0, 1, 2, 0, 2)]


def test_a_password_that_breaks_the_address_is_refused_with_the_reason() -> None:
    """And one of the letters that the page advises is none of those."""
    with pytest.raises(BadSetting, match="openssl rand -hex 24") as refused:
        setting("REDIS_URL", {"REDIS_URL": "redis://:a/b@10.0.0.5:6379/0"})
    assert "a/b" not in str(refused.value) and "`openssl rand -hex 24`" in RUNBOOKS["TWO-MACHINES.md"]
    assert setting("REDIS_URL", {"REDIS_URL": f"redis://:{token_hex(24)}@10.0.0.5:6379/0"})


def test_redis_is_asked_as_the_runbook_says(redis: RedisServer) -> None:
    """With its settings, and with its password in the address that the settings have."""
    client = redis.client()
    for line in commands_of("TWO-MACHINES.md", "Redis"):
        name, value = line.split(" ", 1)
        if name != "bind":  # the test's own is bound to this machine
            client.config_set(name, value.strip('"'))
    redis_url = re.findall(r"`REDIS_URL=(redis:[^`]+)`", RUNBOOKS["TWO-MACHINES.md"])[0].replace("10.0.0.5:6379", f"127.0.0.1:{redis.port}")
    store = SharedStore(redis_url, SECRET)
    store.beat("pdf", "a worker")
    commands = commands_of("TWO-MACHINES.md", "What to watch besides")
    script = "\n".join(commands).replace("-h 10.0.0.5", f"-p {redis.port}")
    done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("PONG\n") and "backplan:beat:pdf" in done.stdout and len(done.stdout.splitlines()) == 3
