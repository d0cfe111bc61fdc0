"""The page on containers, followed without Docker: what it makes and changes before the first start, its drill and its figures."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from datetime import date
from pathlib import Path

import pytest

from planner.database.engines import open_database
from planner.folders import ROOT
from planner.kept.codes import grouped
from planner.kept.plans import Body, Safe
from planner.settings_file import settings_in
from planner.web import settings
from tests.conftest import SECRET
from tests.keeping import keep
from tests.proxy import free_port
from tests.runbooks import commands_of
from tests.test_deploy import COMPOSE, SERVICES
from tests.test_deploy_commands import SITES_NAME, Installation, lines_of

PAGE = "CONTAINERS.md"
IN_A_CONTAINER = "docker compose -f deploy/compose.yaml exec app "


def test_what_is_made_before_the_first_start_fits_together(tmp_path: Path) -> None:
    """The password is one in both files, the site has its name everywhere, and nobody else reads either file."""
    shutil.copytree(ROOT / "deploy", tmp_path / "deploy")
    lines = commands_of(PAGE, "Install")
    script = "\n".join(line for line in lines if not line.startswith(("sudo ", "nano ", "docker "))).replace("/NAME/", f"/{SITES_NAME}/")
    done = subprocess.run(["/bin/sh", "-ec", f"umask 022\n{script}"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and done.stdout == done.stderr == ""
    file, password = tmp_path / "deploy" / "backplan.env", tmp_path / "deploy" / "database_password"
    assert [one.stat().st_mode & 0o77 for one in (file, password)] == [0, 0]
    found = dict(settings_in(file))
    assert found["DATABASE_URL"] == f"postgresql://backplan:{password.read_text().strip()}@database/backplan"
    settings.check(settings.from_environment({**found, "SECRET_KEY": SECRET, "KEEP_SECRET": SECRET}))
    assert found["REDIS_URL"] == "redis://redis:6379/0" and found["BASE_URL"] == f"https://{SITES_NAME}"
    assert f"\n{SITES_NAME} {{" in (tmp_path / "deploy" / "Caddyfile").read_text("utf-8")
    opened, closed = (next(place for place, line in enumerate(lines) if line.startswith(word)) for word in ("nano", "sudo chmod"))
    assert opened < closed < next(place for place, line in enumerate(lines) if " up " in line)


def test_files_and_services_that_the_page_names_are_there() -> None:
    backup = SERVICES["backup"]
    assert "backups:/var/backups/backplan" in backup["volumes"] and "-mtime +30 -delete" in backup["command"][-1]
    assert {one["file"] for one in COMPOSE["secrets"].values()} == {"./backplan.env", "./database_password"}


@pytest.mark.slow
def test_its_drill_and_its_figures_answer(tmp_path: Path) -> None:
    """In one shell, as in the container; the invented plan opens, and a code of nobody's does not."""
    there, port = Installation(tmp_path), str(free_port())
    there.run(lines_of("")[0])
    there.run('.venv/bin/python -m planner clinic add --name "A" --email owner@example.org')
    engine = open_database(there.url)
    code = keep(engine, Body({"areas": ("low_back",)}, "GB", "abc123", date.today()), safe=Safe(SECRET), on=date.today())
    engine.dispose()
    there.run(lines_of("-backup")[0])
    (entered, *drill), figures = (commands_of(PAGE, heading) for heading in ("Restore drill, each quarter", "What to watch besides"))
    (database,) = re.findall(r"-e DATABASE_URL=(\S+) --rm backup sh$", entered)
    lines = [*drill, *drill[-2:], *(line.removeprefix(IN_A_CONTAINER) for line in figures), "kill $!", "wait"]
    script = there.here("\n".join(lines)).replace("8000", port).replace("CODE", grouped(code), 1).replace("CODE", grouped("0" * 17))
    environment = {"PATH": os.environ["PATH"], "BACKPLAN_ENV": str(there.file), "HOST": "0.0.0.0", "PORT": port}
    environment["DATABASE_URL"] = database.replace("/tmp/", f"{tmp_path}/")
    shell = subprocess.Popen(
        ["/bin/sh", "-ec", script],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        out, said = shell.communicate(timeout=240)
    except subprocess.TimeoutExpired:
        os.killpg(shell.pid, signal.SIGKILL)
        raise
    assert "all fits" in said and "owner@example.org" in out and "\n200 ok\n200\n404\n" in re.sub(r"\n\[.*|\n\S+ \S+ \S+ GET.*", "", out), (
        out + said
    )
    assert 'backplan_ready{part="database"} 1.0' in out
