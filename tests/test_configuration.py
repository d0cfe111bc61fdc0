"""One configuration: each setting is in one table, one that can't be used is one line, and an empty one is none."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from planner.cli.main import main
from planner.folders import PLANNER, ROOT
from planner.settings_table import SETTINGS, BadSetting, setting
from planner.web import settings
from planner.web.settings import from_environment
from tests.conftest import SECRET

SITE = {"TRUSTED_HOSTS": "plan.example.org", "SECRET_KEY": SECRET, "BASE_URL": "https://plan.example.org"}
README = (ROOT / "README.md").read_text("utf-8")
PROGRAMS = [*PLANNER.rglob("*.py"), *(ROOT / "scripts").glob("*.py"), ROOT / "gunicorn.conf.py", ROOT / "wsgi.py"]


NOT_AN_OPERATORS = {
    "PATH_INFO",
    "QUERY_STRING",
    "HTTP_HOST",
    "HTTP_X_REQUEST_ID",
    "REQUEST_METHOD",
    "PROMETHEUS_MULTIPROC_DIR",
    "BACKPLAN_PLACE",
    "GUNICORN_CMD_ARGS",
}
"""What is of one request, what the server says to its own processes, or what gunicorn itself reads."""


def in_readme() -> dict[str, str]:
    """Each setting with its column of defaults."""
    found: dict[str, str] = {}
    for names, default in re.findall(r"^\| ((?:`[A-Z_]+`(?:, )?)+) \| (.*?) \|", README, re.M):
        found |= dict.fromkeys(re.findall(r"[A-Z_]+", names), default)
    return found


def test_readme_lists_every_setting_with_its_default() -> None:
    said = in_readme()
    assert said.keys() == SETTINGS.keys()
    assert {one.name for one in SETTINGS.values() if one.default and one.default not in said[one.name]} == set()


def test_no_program_reads_a_setting_that_is_not_in_the_table() -> None:
    reads = re.compile(r"""(?:environ(?:ment)?(?:\.get\(|\.setdefault\(|\[)|\bsetting\()f?["']([A-Z][A-Z0-9_]+)["']""")
    read = {name: path.name for path in PROGRAMS for name in reads.findall(path.read_text("utf-8"))}
    assert len(read) > 12 and {name: where for name, where in read.items() if name not in {*SETTINGS, *NOT_AN_OPERATORS}} == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "a" * 32),
        ("SECRET_KEY", "short"),
        ("KEEP_SECRET", "xy" * 30),
        ("KEEP_SECRET_FALLBACKS", f"{SECRET}"),  # it has a comma: two, and both too short
        ("TRUSTED_HOSTS", "https://plan.example.org"),
        ("TRUSTED_HOSTS", "plan.example.org:443"),
        ("TRUSTED_HOSTS", "*"),
        ("BASE_URL", "http://plan.example.org"),
        ("BASE_URL", "https://evil.example.net"),
        ("BASE_URL", "https://plan.example.org:port"),
        ("DATABASE_URL", "nonsense"),
        ("KEEP_MONTHS", "121"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "²"),
        ("BACKPLAN_COUNTRY", "XX"),
        ("REDIS_URL", "nonsense"),
        ("REDIS_URL", "http://127.0.0.1:6379"),
        ("REDIS_URL", "redis://127.0.0.1:many"),
        ("REDIS_URL", "redis://127.0.0.1/first"),
        ("REDIS_URL", "redis://:a/b@10.0.0.5:6379/0"),
        ("SMTP_HOST", "smtp.example.org:587"),
        ("SMTP_HOST", "smtp://smtp.example.org"),
        ("ACCOUNT_REQUESTS", "maybe"),
        ("PORT", "many"),
        ("PORT", "70000"),
        ("HOST", "127.0.0.1:80"),
        ("HOST", "http://localhost"),
        ("HOST", "a b"),
        ("WEB_CONCURRENCY", "0"),
        ("WEB_CONCURRENCY", "auto"),
        ("PDF_WORKERS", "0"),
        ("PDF_WORKERS", "1.5"),
        ("SECURITY_CONTACT", "mine@example.org"),
        ("SECURITY_CONTACT", "mailto:a@b.c\nContact: x"),
        ("FLASK_DEBUG", "1"),
    ],
)
def test_what_cannot_be_used_is_one_line_that_names_it_and_hides_its_value(name: str, value: str) -> None:
    with pytest.raises(BadSetting) as refused:
        settings.check(from_environment({**SITE, name: value}))
    assert re.match(rf"{name}\b[^\n]+$", str(refused.value))
    assert len(value) < 4 or value not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"), [("SMTP_USER", "clinic"), ("SMTP_PORT", "0"), ("SMTP_SECURITY", "ssl"), ("SMTP_FROM", "nobody")]
)
def test_so_it_is_with_e_mail(name: str, value: str) -> None:
    post = {"SMTP_HOST": "smtp.example.org", "SMTP_FROM": "plan@example.org"}
    settings.check(from_environment({**SITE, **post}))
    with pytest.raises(BadSetting, match=f"^{name}[^\n]+$"):
        settings.check(from_environment({**SITE, **post, name: value}))


@pytest.mark.parametrize("url", ["redis://127.0.0.1", "rediss://:word@redis.example:6380/2", "redis+unix:///run/redis.sock"])
def test_what_is_right_is_taken(url: str) -> None:
    more = {"REDIS_URL": url, "BASE_URL": "https://go.plan.example.org/", "TRUSTED_HOSTS": ".plan.example.org", "FLASK_DEBUG": "0"}
    found = from_environment({**SITE, **more, "SMTP_HOST": "::1", "HOST": "::"})
    assert found["RATELIMIT_STORAGE_URI"] == url and found["BASE_URL"] == "https://go.plan.example.org"


@pytest.mark.parametrize("nothing", ["", "  "])
def test_an_empty_setting_is_none(nothing: str) -> None:
    empty = from_environment(dict.fromkeys(SETTINGS, nothing))
    plain = from_environment({})
    assert {name for name in plain if name not in ("SECRET_KEY", "KEEP_SECRET") and plain[name] != empty[name]} == set()
    assert len(empty["SECRET_KEY"]) >= 32
    assert {one.name for one in SETTINGS.values() if setting(one.name, {one.name: nothing}) != one.default} == set()


def program(*command: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "BACKPLAN_ENV": os.devnull, **more}
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_what_starts_the_server_gets_each_setting_checked(tmp_path: Path) -> None:
    file = tmp_path / "backplan.env"
    file.write_text("HOST=\nPORT=8001\nWEB_CONCURRENCY=\n")
    done = program("planner.settings_file", BACKPLAN_ENV=str(file), HOST="", REDIS_URL="")
    assert (done.returncode, done.stdout) == (0, "unset REDIS_URL\nunset HOST\nexport PORT=8001\n")
    for name, value in (("WEB_CONCURRENCY", "many"), ("PORT", "many"), ("PDF_WORKERS", "0")):
        refused = program("planner.settings_file", **{name: value})
        assert refused.returncode == 2 and refused.stdout == "" and re.fullmatch(rf"backplan: {name} must be [^\n]+\n", refused.stderr)


@pytest.mark.parametrize(
    ("host", "bound"), [("", "127.0.0.1:8000"), ("0.0.0.0", "0.0.0.0:8000"), ("::1", "[::1]:8000"), ("[::1]", "[::1]:8000")]
)
def test_an_empty_host_is_this_computer_alone(host: str, bound: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKPLAN_ENV", os.devnull)
    for name in ("PORT", "WEB_CONCURRENCY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOST", host)
    found = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    assert (found["bind"], found["workers"]) == (bound, 2)


def test_the_server_reads_the_file_also_when_nothing_else_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "backplan.env"
    file.write_text("PORT=8123\nWEB_CONCURRENCY=3\n")
    monkeypatch.setattr(os, "environ", {"BACKPLAN_ENV": str(file)})
    monkeypatch.setattr("planner.settings_file.read_settings_file.__defaults__", (os.environ,))
    monkeypatch.setattr("planner.settings_table.setting.__defaults__", (os.environ,))
    monkeypatch.setattr("planner.settings_together.check_together.__defaults__", (os.environ,))
    found = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    assert (found["bind"], found["workers"]) == ("127.0.0.1:8123", 3)
    file.write_text("WEB_CONCURRENCY=none\n")
    os.environ.pop("WEB_CONCURRENCY")
    with pytest.raises(SystemExit):
        runpy.run_path(str(ROOT / "gunicorn.conf.py"))


@pytest.mark.parametrize(
    ("command", "name", "value"),
    [
        (["db", "purge"], "KEEP_MONTHS", "0"),
        (["db", "purge"], "DATABASE_URL", "mysql://u:hunter2@h/n"),
        (["clinic", "add", "--name", "A", "--email", "a@a.example"], "BASE_URL", "plan.example.org"),
        (["mail", "send"], "SMTP_PORT", "many"),
        (["db", "check"], "KEEP_SECRET", "short"),
    ],
)
def test_a_command_says_the_same(
    command: list[str], name: str, value: str, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for one, said in {"DATABASE_URL": sqlite_url, "SECRET_KEY": SECRET, "SMTP_HOST": "localhost", name: value}.items():
        monkeypatch.setenv(one, said)
    assert main(command) == 2
    out = capsys.readouterr()
    assert out.out == "" and re.fullmatch(rf"backplan: {name}\b[^\n]+\n", out.err) and "hunter2" not in out.err
