"""The nginx file as shipped, in a real nginx: what reaches the program is right, and what is written down names nobody."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from planner.database.engines import open_database
from planner.folders import ROOT
from planner.kept.codes import grouped, new_code
from planner.kept.plans import Body, Safe
from planner.upkeep.upgrading import upgrade
from tests.conftest import SECRET
from tests.keeping import keep
from tests.proxy import SITE, VISITOR, Proxy, free_port, nginx, proxy
from tests.test_deploy import copied

TOKEN = "q7Zk_Dr0wssap-l1nk-0f-a-clinic"


class Echo(BaseHTTPRequestHandler):
    """Says what reached it, and gives a large cookie: a header that needs room."""

    def do_GET(self) -> None:
        body = json.dumps({"path": self.path, **{name.lower(): value for name, value in self.headers.items()}}).encode()
        self.send_response(200)
        self.send_header("Set-Cookie", f"answers={'a' * 7000}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture(scope="module")
def echo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    nginx()
    with HTTPServer(("127.0.0.1", 0), Echo) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        with proxy(tmp_path_factory.mktemp("nginx"), server.server_address[1]) as made:
            yield made
        server.shutdown()
        thread.join()


def test_what_a_visitor_makes_up_does_not_pass(echo: Proxy) -> None:
    forged = {
        "X_Forwarded_For": "198.51.100.1",
        "X_Forwarded_Proto": "http",
        "X_Forwarded_Host": "evil.test",
        "Forwarded": "for=198.51.100.1",
    }
    answer = echo.ask("/about?x=1", X_Forwarded_Prefix="/backplan", X_Request_ID="forged-forged", **forged)  # type: ignore[arg-type]  # all of them are headers
    found = json.loads(answer.text)  # type: ignore[attr-defined]
    assert answer.status == 200 and found["path"] == "/about?x=1" and found["host"] == SITE
    assert found["x-forwarded-for"] == VISITOR and found["x-forwarded-proto"] == "https"
    assert not {"x-forwarded-host", "x-forwarded-prefix", "forwarded"} & found.keys()
    assert re.fullmatch(r"[0-9a-f]{32}", found["x-request-id"]) and found["x-request-id"] in echo.logs()


def test_http_leads_to_https_and_figures_stay_inside(echo: Proxy) -> None:
    answer = echo.ask_plainly(f"/clinic/join/{TOKEN}?x=1")
    assert answer.status == 301 and answer.headers["Location"] == f"https://{SITE}/clinic/join/{TOKEN}?x=1"
    assert TOKEN not in echo.logs()
    assert echo.ask("/metrics").status == 404 and echo.ask("/about", method="POST", body=b"x" * (8 << 20)).status == 413


def places(code: str) -> dict[str, str]:
    """Where a visitor may go -> what of it nobody may read in a log."""
    small = code.lower()
    return {
        f"/kept/{code}": code,
        f"/kept/{small}.json": small,
        f"/kept/{code}-sheet.pdf?x={TOKEN}": TOKEN,
        f"//kept//{code.replace('-', '')}": code.replace("-", ""),
        f"/KEPT/{code}": code,
        f"/%6bept%2f{code}": code,
        f"/{code}": code[:9],
        f"/static/{code}": code[:9],
        f"/clinic/join/{TOKEN}": TOKEN,
        f"/go/{TOKEN}": TOKEN,
        f"/shl/{TOKEN}": TOKEN,
        f"/intake/{small}": small,
        "/ask/rf_saddle": "rf_saddle",
        "/stop": "/stop",
        "/clinic/sheets?reference=Jane+Smith": "Jane",
        "/exercises/zz_private": "zz_private",
        f"/ask?{'y' * 9000}{code}": code,
    }


def nothing_of(code: str, logs: str) -> None:
    assert len(re.findall(r" \d{3} \d+ \d", logs)) >= len(places(code)), "what was asked for is counted"
    for private in {*places(code).values(), VISITOR, "browser-of-jane", "referrer-of-jane", "?"}:
        assert private.lower() not in logs.lower(), private


def test_nothing_is_written_down_when_the_program_is_away(tmp_path: Path) -> None:
    """That is when nginx by itself writes the whole address into its error log."""
    nginx()
    code = grouped(new_code())
    with socket.socket() as nobody, proxy(tmp_path, bound(nobody)) as there:
        for path in places(code):
            found = there.ask(path, User_Agent="browser-of-jane", Referer=f"https://{SITE}/referrer-of-jane").status
            assert found in (502, 414, 400), path
        logs = there.logs()
    nothing_of(code, logs)
    assert " GET /kept 502 " in logs and " GET - 502 " in logs


def bound(taken: socket.socket) -> int:
    """A port on which nobody will listen."""
    taken.bind(("127.0.0.1", 0))
    return int(taken.getsockname()[1])


@dataclass
class Served:
    """gunicorn with what the image holds and nothing else, as somebody who can write to none of it."""

    folder: Path
    port: int = 0
    code: str = ""
    said: list[str] = field(default_factory=list)

    def settings(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "BACKPLAN_ENV": str(self.folder / "backplan.env")}


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    nginx()
    made = Served(Path(tempfile.mkdtemp(prefix="backplan-image-")))
    made.folder.chmod(0o755)
    tree = made.folder / "tree"
    for one in copied():
        (tree / one).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / one).is_dir() else shutil.copy2
        copy(ROOT / one, tree / one)
    subprocess.run([sys.executable, "-m", "scripts.styles"], cwd=tree, check=True)
    url = f"sqlite:///{made.folder / 'rows' / 'backplan.sqlite3'}"
    (made.folder / "backplan.env").write_text(
        (ROOT / "deploy" / "backplan.env.example")
        .read_text("utf-8")
        .replace("_KEY=", f"_KEY={SECRET}")
        .replace("KEEP_SECRET=", f"KEEP_SECRET={SECRET}")
        + f"DATABASE_URL={url}\nPORT=0\nWEB_CONCURRENCY=1\n"
    )
    engine = open_database(url)
    upgrade(engine)
    made.code = grouped(keep(engine, Body({"areas": ("low_back",)}, "GB", "abc123", date.today()), safe=Safe(SECRET), on=date.today()))
    engine.dispose()
    writable(tree, False)
    try:
        with running(made, tree):
            yield made
    finally:
        writable(tree, True)
        shutil.rmtree(made.folder)


def writable(tree: Path, yes: bool) -> None:
    for one in (tree, *tree.rglob("*")):
        one.chmod((0o755 if one.is_dir() else 0o644) if yes else (0o555 if one.is_dir() else 0o444))


def without_powers() -> list[str]:
    """For root: its name, and none of its powers, so that what can't be written can't be written."""
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 and shutil.which("setpriv") else []


@contextmanager
def running(made: Served, tree: Path) -> Iterator[None]:
    command = [*without_powers(), sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"]
    environment = {**made.settings(), "PYTHONDONTWRITEBYTECODE": "1", "XDG_CACHE_HOME": str(made.folder / "rows")}
    server = subprocess.Popen(command, cwd=tree, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert server.stdout is not None
    for line in server.stdout:
        made.said.append(line)
        if found := re.search(r"Listening at: http://127\.0\.0\.1:(\d+)", line):
            made.port = int(found[1])
        if "Booting worker" in line:
            break
    assert made.port, "".join(made.said)
    try:
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        made.said.append(server.communicate(timeout=40)[0])


@pytest.mark.slow
def test_pages_through_the_proxy_and_logs_that_name_nobody(served: Served, tmp_path: Path) -> None:
    with proxy(tmp_path, served.port) as there:
        page = there.ask("/")
        assert page.status == 200 and "Strict-Transport-Security" in page.headers and "/static/built/" in page.text  # type: ignore[attr-defined]
        style = re.search(r"/static/built/[\w.-]+", page.text)  # type: ignore[attr-defined]
        assert style and there.ask(style[0]).status == 200
        asking = there.ask("/ask")
        assert all("Secure" in one and one.startswith("__Host-") for one in asking.headers.get_all("Set-Cookie") or [])
        assert there.ask(f"/kept/{served.code}").status in (200, 303)
        assert there.ask(f"/clinic/join/{TOKEN}").status in (200, 404, 410)
        for path in places(served.code):
            there.ask(path, User_Agent="browser-of-jane", Referer=f"https://{SITE}/referrer-of-jane")
        assert there.ask("/about", Host="other.example").status == 400
        logs = there.logs()
    nothing_of(served.code, logs)
    assert " GET /kept 200 " in logs or " GET /kept 303 " in logs


@pytest.mark.slow
def test_ready_tells_whether_it_is(served: Served) -> None:
    nobody = ready(served, PORT=str(free_port()))
    assert (nobody.returncode, nobody.stdout) == (1, "no answer: ConnectionRefusedError\n")
    done = ready(served, "--wait", "60")  # the renderer is starting
    assert (done.returncode, done.stdout) == (0, "200 ok\n")


def ready(served: Served, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    settings = {**served.settings(), "PORT": str(served.port), **more}
    return subprocess.run(
        [sys.executable, str(ROOT / "deploy" / "ready.py"), *words], cwd="/", env=settings, capture_output=True, text=True, check=False
    )
