"""Settings come first: the server and every command that uses the site's rows say what is wrong before anything else, in one and the same
line, and end with 2."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from socket import create_server
from time import monotonic, sleep

import pytest

from planner.folders import ROOT
from tests.conftest import SECRET
from tests.outside import one_line, program
from tests.served import PATIENCE, serving

SITE = {"TRUSTED_HOSTS": "plan.example.org", "BASE_URL": "https://plan.example.org", "SECRET_KEY": SECRET}
SERVER = ("gunicorn", "-c", "gunicorn.conf.py", "wsgi:app")
COMMANDS = (
    ("planner", "db", "upgrade"),
    ("planner", "db", "check"),
    ("planner", "clinic", "list"),
    ("planner", "clinic", "add", "--name", "A", "--email", "a@a.example"),
    ("planner", "clinic", "requests"),
    ("planner", "mail", "send"),
    ("planner", "worker", "pdf"),
)
LONG_WORD = "p@ssw0rd-Geheim"
WRONG = [
    ({"SECRET_KEY": ""}, "SECRET_KEY must be at least 32 random characters"),
    ({"BASE_URL": ""}, "BASE_URL must be this site's own address"),
    ({"TRUSTED_HOSTS": ""}, "BASE_URL must be at a name that TRUSTED_HOSTS has"),
    ({"TRUSTED_HOSTS": "other.test"}, "BASE_URL must be at a name that TRUSTED_HOSTS has"),
    ({"BASE_URL": "http://plan.example.org"}, "BASE_URL must begin with https://"),
    ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL must be the address of a database"),
    ({"DATABASE_URL": f"postgresql://backplan:{LONG_WORD}@127.0.0.1:1/backplan"}, "DATABASE_URL must be the address of a database"),
    ({"BACKPLAN_COUNTRY": "Ireland"}, "BACKPLAN_COUNTRY must be the id of a country"),
    ({"SMTP_HOST": "localhost"}, "SMTP_FROM must be the address that e-mail comes from"),
    ({"SMTP_HOST": "localhost", "SMTP_FROM": "a@b.example", "SMTP_USER": "a"}, "SMTP_USER and SMTP_PASSWORD go together"),
    ({"ACCOUNT_REQUESTS": "a@b.example"}, "ACCOUNT_REQUESTS has an e-mail address, so SMTP_HOST must be set"),
    ({"ACCOUNT_REQUESTS": "@"}, "ACCOUNT_REQUESTS must be yes, or the e-mail address"),
    ({"KEEP_SECRET": "abc"}, "KEEP_SECRET must be at least 32 random characters"),
    ({"TRUSTED_HOSTS": "", "BASE_URL": "", "PORT": "0"}, "PORT must be the number of a port"),
]


@pytest.mark.parametrize(("wrong", "said"), WRONG)
def test_the_server_says_what_is_wrong_before_it_says_where_it_is(wrong: dict[str, str], said: str, tmp_path: Path) -> None:
    settings = {**SITE, "DATABASE_URL": f"sqlite:///{tmp_path / 'rows.sqlite3'}", **wrong}
    line = one_line(program(*SERVER, **settings))
    assert line.startswith(f"backplan: {said}") and "Geheim" not in line
    assert one_line(program("planner", "db", "upgrade", **settings)) == line and not list(tmp_path.iterdir())


@pytest.mark.parametrize("wrong", [{"BASE_URL": ""}, {"KEEP_SECRET": "abc"}])
def test_every_command_that_uses_the_sites_rows_says_the_same(wrong: dict[str, str], tmp_path: Path) -> None:
    """A clinic that was made, with a link that leads nowhere, would be the worst of them."""
    settings = {**SITE, "DATABASE_URL": f"sqlite:///{tmp_path / 'rows.sqlite3'}"}
    assert program("planner", "db", "upgrade", **settings).returncode == 0
    assert len({one_line(program(*command, **{**settings, **wrong})) for command in COMMANDS}) == 1
    assert program("planner", "clinic", "list", **settings).stdout == ""


def test_a_backup_asks_only_where_the_rows_are(tmp_path: Path) -> None:
    """The server goes on with the settings that it began with, so its rows must be safe at night whatever has become of the file."""
    settings = {**SITE, "DATABASE_URL": f"sqlite:///{tmp_path / 'rows.sqlite3'}"}
    assert program("planner", "db", "upgrade", **settings).returncode == 0
    assert program("planner", "clinic", "add", "--name", "A", "--email", "a@a.example", **settings).returncode == 0
    wrong = {"BACKPLAN_COUNTRY": "Ireland", "BASE_URL": ""}
    assert program("planner", "db", "backup", str(tmp_path / "rows.zip"), **{**settings, **wrong}).returncode == 0
    assert one_line(program("planner", "db", "backup", str(tmp_path / "b.zip"), DATABASE_URL="mysql://x/y")).startswith(
        "backplan: DATABASE_URL"
    )


def test_a_worker_names_what_it_lacks(tmp_path: Path) -> None:
    assert one_line(program("planner", "worker", "pdf", **SITE)).startswith("backplan: REDIS_URL must be the address of a Redis server")


def test_no_part_of_a_password_is_taken_for_a_host_and_shown(tmp_path: Path) -> None:
    """Nor of the one that is typed for `db copy`."""
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path / 'rows.sqlite3'}", "SECRET_KEY": SECRET}
    for command, name, more in (
        (("check",), "DATABASE_URL", {"DATABASE_URL": f"postgresql://u:{LONG_WORD}@127.0.0.1:1/n"}),
        (("copy", f"postgresql://u:{LONG_WORD}@127.0.0.1:1/n"), "URL", {}),
    ):
        line = one_line(program("planner", "db", *command, **{**settings, **more}))
        assert line.startswith(f"backplan: {name} must be the address") and "A password with @ in it" in line and "Geheim" not in line


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid", "2001:db8::1"])
def test_a_host_that_is_not_this_machine_is_named(host: str) -> None:
    """The addresses are of those that RFC 5737 and RFC 3849 keep for examples, and nobody has."""
    line = one_line(program(*SERVER, SECRET_KEY=SECRET, HOST=host))
    assert line.startswith("backplan: HOST must be an address or a name of this machine") and host not in line


def test_a_port_that_is_taken_is_named() -> None:
    with create_server(("127.0.0.1", 0)) as other:
        line = one_line(program(*SERVER, SECRET_KEY=SECRET, PORT=str(other.getsockname()[1])))
    assert line.startswith("backplan: PORT must be the number of a port that is free")


def test_a_server_that_reads_its_settings_anew_does_not_stand_in_its_own_way(sqlite_url: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serving(sqlite_url, ROOT, log, {}) as site:
        site.process.send_signal(signal.SIGHUP)
        until = monotonic() + PATIENCE
        while log.read_text().count("Booting worker") < 2 and site.process.poll() is None and monotonic() < until:
            sleep(0.1)
        assert log.read_text().count("Booting worker") == 2 and site.comes_to("/healthz", 200)
        assert f"Backplan is at {site.address}\n" in log.read_text()


def test_a_port_of_any_number_is_said_as_it_is(sqlite_url: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", *SERVER]
    settings = {"PATH": os.environ["PATH"], "BACKPLAN_ENV": os.devnull, "SECRET_KEY": SECRET, "DATABASE_URL": sqlite_url, "PORT": "0"}
    with subprocess.Popen(command, cwd=ROOT, env=settings | {"BASE_URL": "http://127.0.0.1"}, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        said = server.stdout.readline()
        server.terminate()
    assert re.fullmatch(r"Backplan is at http://127\.0\.0\.1:[1-9]\d+\n", said)


def test_what_is_hardly_meant_is_said_at_the_start(sqlite_url: str, tmp_path: Path) -> None:
    """It stops nothing, and no value is shown."""
    file, log = tmp_path / "backplan.env", tmp_path / "log"
    file.write_text("TRUSTED_PROXY=1\nNONSENSE=words\nKEEP_MONTHS=12\nKEEP_MONTHS=13\n")
    with serving(sqlite_url, ROOT, log, {"BACKPLAN_ENV": str(file), "DATABASE_URI": "words"}):
        said = re.findall(r"\[WARNING\] (.*)", log.read_text())
    assert said == [
        f"{file}: TRUSTED_PROXY is none of Backplan's settings; TRUSTED_PROXIES is",
        f"{file}: NONSENSE is none of Backplan's settings",
        f"{file}: KEEP_MONTHS is there 2 times, and its last line counts",
        "DATABASE_URI is none of Backplan's settings; DATABASE_URL is",
    ]


def test_a_start_with_the_settings_that_readme_lists_says_nothing_of_them(sqlite_url: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serving(sqlite_url, ROOT, log, {"BACKPLAN_ENV": os.devnull, "KEEP_MONTHS": "12"}):
        assert "WARNING" not in log.read_text()
