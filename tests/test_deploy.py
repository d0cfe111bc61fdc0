"""What `deploy/` ships for an operator: read and checked as it stands, without Docker and without systemd in charge."""

from __future__ import annotations

import fnmatch
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from planner.cli.main import command_line
from planner.cli.worker_commands import ENDS_IN
from planner.folders import ROOT
from planner.outputs.fleet.celery_app import HARD_SECONDS
from planner.outputs.fleet.shared_store import JOB_LINES
from planner.settings_file import settings_in
from planner.web import settings
from tests.conftest import SECRET
from tests.plain_yaml import NotPlain, plain_yaml
from tests.runbooks import RUNBOOKS

DEPLOY = ROOT / "deploy"
COMPOSE = plain_yaml((DEPLOY / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, one in SERVICES.items() if one.get("image") == "backplan:local" or "extends" in one]
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
STEPS = [(line.split()[0], line.partition(" ")[2].strip()) for line in DOCKERFILE.splitlines() if line.strip() and not line.startswith("#")]
UNITS = sorted((DEPLOY / "systemd").iterdir())
PINNED = re.compile(r"[a-z]+:\d+\.\d+(\.\d+)?(-\w+)*")
PLANNER_COMMAND = re.compile(r"\.venv/bin/python -m planner ([^'\"\n&|`]+(?:\"[^\"]*\"[^'\"\n&|`]*)*)")
WORKERS = [f"backplan-worker-{line}" for line in JOB_LINES]
HARDENED = {
    "User": "backplan",
    "UMask": "0077",
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "StateDirectory": "backplan",
    "CapabilityBoundingSet": "",
}


def whole(name: str) -> dict[str, Any]:
    """A service with what it takes from another."""
    one = SERVICES[name]
    return {**whole(one["extends"]["service"]), **one} if "extends" in one else one


def test_only_plain_yaml_is_read() -> None:
    assert plain_yaml('a:\n  b: ["x", "y"]\n  c:\n    - "80:80"\n    - d:e\nf: true\ng: 3\nh:\n') == {
        "a": {"b": ["x", "y"], "c": ["80:80", "d:e"]},
        "f": True,
        "g": 3,
        "h": None,
    }
    for bad in ("a: yes\n", "a: 80:80\n", "a: &b c\n", "a: b\na: c\n", "a:\n    b: c\n  d: e\n", "a: |\n  b\n", "\ta: b\n", "a: 1.10\n"):
        with pytest.raises(NotPlain):
            plain_yaml(bad)


def test_each_image_is_of_one_version() -> None:
    images = {one["image"] for one in SERVICES.values() if "image" in one} - {"backplan:local"}
    images |= {words.split()[0] for step, words in STEPS if step == "FROM"}
    assert len(images) == 4 and [one for one in images if not PINNED.fullmatch(one) or "latest" in one] == []


@pytest.mark.parametrize("name", OURS)
def test_our_containers_can_change_nothing(name: str) -> None:
    one = whole(name)
    assert one["read_only"] is True and one["user"] == "10001:10001" and one["cap_drop"] == ["ALL"] and one["tmpfs"] == ["/tmp"]
    assert one["security_opt"] == ["no-new-privileges:true"] and "privileged" not in one and "ports" not in one
    assert one["environment"] == {"BACKPLAN_ENV": "/run/secrets/backplan_env"}, "secrets stand in one file, not in the environment"


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [name for name, one in SERVICES.items() if "ports" in one] == ["caddy"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert SERVICES["database"]["networks"] == SERVICES["redis"]["networks"] == ["inside"]
    assert "inside" not in SERVICES["caddy"]["networks"] and set(SERVICES["app"]["networks"]) == {"inside", "out"}
    command = SERVICES["redis"]["command"]
    assert command[command.index("--save") + 1] == "" and command[command.index("--appendonly") + 1] == "no", "Redis has no disk"
    assert "volumes" not in SERVICES["redis"]


def test_what_compose_names_is_there() -> None:
    for name, one in SERVICES.items():
        assert set(one.get("depends_on", {})) <= set(SERVICES) and one.get("extends", {"service": name})["service"] in SERVICES
        assert set(one.get("networks", [])) <= set(COMPOSE["networks"]) and set(one.get("secrets", [])) <= set(COMPOSE["secrets"])
        for volume in one.get("volumes", []):
            source = volume.split(":")[0]
            assert (DEPLOY / source).exists() if source.startswith(".") else source in COMPOSE["volumes"]
    assert (DEPLOY / SERVICES["app"]["build"]["context"] / SERVICES["app"]["build"]["dockerfile"]).is_file()
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert [one["file"] for one in COMPOSE["secrets"].values() if f"deploy/{one['file'][2:]}" not in ignored] == []
    called = set(re.findall(r"run --rm ([\w-]+)", RUNBOOKS["CONTAINERS.md"]))
    assert called == {name for name in SERVICES if SERVICES[name].get("profiles") == ["chores"]}


def test_the_image_is_small_and_runs_as_nobody_special() -> None:
    names = [step for step, _ in STEPS]
    assert names.count("FROM") == 2 and "ADD" not in names
    last = STEPS[len(names) - 1 - names[::-1].index("FROM") :]
    assert dict(last)["USER"] == "10001:10001" and [step for step, _ in last][-1] == "CMD"
    assert '"deploy/ready.py"' in dict(last)["HEALTHCHECK"]
    assert '"gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"' in dict(last)["CMD"]
    runs = " ".join(words for step, words in STEPS if step == "RUN")
    assert "--require-hashes -r requirements.txt" in runs and "requirements-dev" not in DOCKERFILE and "curl" not in runs
    assert "--no-install-recommends" in runs and "rm -rf /var/lib/apt/lists/*" in runs


def copied() -> set[str]:
    """What the image takes out of the tree."""
    return {one for step, words in STEPS if step == "COPY" and "--from" not in words for one in words.split()[:-1]}


def test_the_image_takes_what_it_names_and_no_more() -> None:
    """tests/test_deploy_proxy.py serves pages from just these files."""
    assert [one for one in copied() if not (ROOT / one).exists()] == []
    assert not [one for one in copied() if fnmatch.fnmatch(one, "*test*") or one in (".", "scripts", "deploy", "instance")]
    lines = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    assert {line[1:] for line in lines if line.startswith("!")} == copied() and "*" in lines


def test_hadolint_has_nothing_to_say() -> None:
    program = shutil.which("hadolint")
    if program is None:
        pytest.skip("hadolint is not on this machine; the tests above hold what matters")
    done = subprocess.run([program, "--ignore", "DL3008", str(DEPLOY / "Dockerfile")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_caddy_writes_no_request_down() -> None:
    """By its text alone: Caddy is not among what the tests need."""
    text = re.sub(r"#.*", "", (DEPLOY / "Caddyfile").read_text("utf-8"))
    options, _, site = text.partition("plan.example.org {")
    assert re.search(r"log default \{[^}]*exclude http\.log http\.handlers", options) and "log" not in site
    assert "header_up -X-Forwarded-Host" in site and "header_up -X-Forwarded-Prefix" in site and "header_up Host" not in site
    assert "header_up X-Forwarded-For" not in site, "Caddy sets it itself, and forgets what a visitor sent"
    assert "path /metrics" in site and text.count("{") == text.count("}")


def entries(unit: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in unit.read_text("utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


@pytest.mark.parametrize("unit", [one for one in UNITS if one.suffix == ".service"], ids=lambda unit: unit.stem)
def test_each_service_may_do_little(unit: Path) -> None:
    found = entries(unit)
    assert {name: found[name][0] for name in HARDENED} == HARDENED
    assert "BACKPLAN_ENV=/etc/backplan/backplan.env" in found["Environment"] and found["WorkingDirectory"] == ["/srv/backplan"]


def test_each_timer_has_its_service_and_each_job_its_timer() -> None:
    names = {one.stem for one in UNITS if one.suffix == ".timer"}
    assert names == {one.stem for one in UNITS if one.suffix == ".service"} - {"backplan", *WORKERS}
    assert names == {"backplan-purge", "backplan-backup", "backplan-mail-send", "backplan-mail-remind"}


def test_each_line_of_jobs_has_a_worker_that_is_started_again_but_not_killed_at_its_work() -> None:
    """As a unit and as a container; nothing of theirs is given longer than systemd and Docker give them."""
    for line in JOB_LINES:
        found = entries(DEPLOY / "systemd" / f"backplan-worker-{line}.service")
        assert found["ExecStart"] == [f"/srv/backplan/.venv/bin/python -m planner worker {line}"]
        assert (found["Restart"], found["KillMode"]) == (["always"], ["mixed"]) and int(
            found["TimeoutStopSec"][0]
        ) > ENDS_IN > HARD_SECONDS[line]
        one = whole(f"worker-{line}")
        assert one["command"][-2:] == ["worker", line] and one["restart"] == "unless-stopped" and one["init"] is True
        assert int(one["stop_grace_period"].removesuffix("s")) > ENDS_IN and one["networks"] == ["inside"]


@pytest.mark.parametrize("line", JOB_LINES)
def test_a_container_of_workers_starts_when_it_is_named_alone(line: str) -> None:
    """Without REDIS_URL, as the example is, it would end and be started again for ever. What extends another has its profiles too."""
    name, found = f"worker-{line}", list[str]()
    while True:
        found += SERVICES[name].get("profiles", [])
        if "extends" not in SERVICES[name]:
            break
        name = SERVICES[name]["extends"]["service"]
    assert found == [line] and f"--profile {line}" in (DEPLOY / "CONTAINERS.md").read_text("utf-8")


def test_only_the_web_server_is_asked_whether_it_is_well() -> None:
    assert [name for name in OURS if whole(name).get("healthcheck") != {"disable": True}] == ["app"]


def test_systemd_understands_the_units(tmp_path: Path) -> None:
    """Programs that are not at their place on this machine are put where they are."""
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not on this machine")
    for unit in UNITS:
        (tmp_path / unit.name).write_text(unit.read_text("utf-8").replace("/srv/backplan", str(ROOT)))
    files = [str(tmp_path / unit.name) for unit in UNITS]
    done = subprocess.run([program, "verify", "--man=no", *files], capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if str(tmp_path) in line or line.startswith("backplan")]
    assert said == [] and done.returncode == 0, done.stderr
    for file in files:
        if file.endswith(".service"):
            rated = [program, "security", "--offline=true", "--no-pager", "--threshold=20", file]
            assert subprocess.run(rated, capture_output=True, check=False).returncode == 0, f"{file}: exposed more than 2.0"


SHIPPED = {one.name: one.read_text("utf-8") for one in UNITS} | RUNBOOKS
SHIPPED |= {f"compose {name}": " ".join(SERVICES[name]["command"]) for name in OURS if "command" in SERVICES[name]}


@pytest.mark.parametrize("name", [name for name, text in SHIPPED.items() if PLANNER_COMMAND.search(text)])
def test_no_command_is_named_that_does_not_exist(name: str) -> None:
    for words in PLANNER_COMMAND.findall(re.sub(r"\$+\([^)]*\)", "now", SHIPPED[name])):
        read = command_line().parse_args([one.strip('"') for one in re.findall(r'"[^"]*"|\S+', words)])
        assert callable(read.run), words


def test_the_settings_of_the_example_are_good() -> None:
    file = DEPLOY / "backplan.env.example"
    found = dict(settings_in(file))
    assert found["SECRET_KEY"] == found["KEEP_SECRET"] == "", "nobody runs with a secret that everybody has"
    filled = {**found, "SECRET_KEY": SECRET, "KEEP_SECRET": SECRET}
    settings.check(settings.from_environment(filled))
    with pytest.raises(settings.BadSettings, match="SECRET_KEY"):
        settings.check(settings.from_environment(found))
    offered = dict(re.findall(r"^# ([A-Z_]+)=(.+)$", file.read_text("utf-8"), re.M))
    assert offered.keys() == {"REDIS_URL", "HOST"}, "what a second machine needs"
    settings.check(settings.from_environment(filled | offered))
    table = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in found if f"`{name}`" not in table] == []
