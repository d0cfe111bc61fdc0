"""Real renderers, and a real gunicorn with two processes that share them."""

from __future__ import annotations

import os
import re
import resource
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from time import monotonic, sleep
from urllib.request import urlopen

import pytest

from planner.domain.model import Library
from planner.outputs.pdf import MOST_HTML, PdfFailed
from planner.outputs.render_pool import RenderPool
from planner.outputs.renderer import MEMORY, RENDERER_DIED, Renderer
from planner.outputs.shared_pool import SharedPool
from tests.abuse import ROOT
from tests.finishing import Finisher, a_server
from tests.scripted_renderer import comes
from tests.served import Served, serving

pytestmark = pytest.mark.slow
SMALL = '<html lang="en" class="fit-0"><title>-</title><h1>Ready</h1>'
LONG = SMALL + "<p>many words that take a while to lay out</p>" * 1000
PAPERS = ("/plan.pdf", "/sheet.pdf")


@pytest.fixture
def renderer_process() -> Iterator[Renderer]:
    found = Renderer()
    assert found.warm()
    yield found
    found.end()


def test_x08_a_document_that_takes_too_long_ends_its_process(renderer_process: Renderer) -> None:
    with pytest.raises(PdfFailed, match="timeout"):
        renderer_process.render(LONG, "plan", 0.2)
    assert not renderer_process.fit


def test_x08_memory_of_a_process_is_limited(renderer_process: Renderer) -> None:
    assert renderer_process.process.pid
    assert resource.prlimit(renderer_process.process.pid, resource.RLIMIT_AS) == (MEMORY, MEMORY)
    assert resource.prlimit(renderer_process.process.pid, resource.RLIMIT_FSIZE) == (0, 0)


def test_x08_too_many_characters_are_refused_and_the_process_goes_on(renderer_process: Renderer) -> None:
    with pytest.raises(PdfFailed, match="too long"):
        renderer_process.render("x" * (MOST_HTML + 1), "plan", 5)
    assert renderer_process.render(SMALL, "sheet", 30).startswith(b"%PDF")


def test_f05_a_killed_process_is_told_apart_and_another_one_comes_unasked(renderer_process: Renderer) -> None:
    assert renderer_process.process.pid
    os.kill(renderer_process.process.pid, signal.SIGKILL)
    with pytest.raises(PdfFailed, match=RENDERER_DIED):
        renderer_process.render(SMALL, "sheet", 30)
    pool = RenderPool(1)
    assert comes(pool.ready, 60)
    first = pool.renderers[0].process.pid
    assert first
    os.kill(first, signal.SIGKILL)
    assert comes(lambda: not pool.ready(), 10) or pool.renderers[0].process.pid != first
    assert comes(pool.ready, 60) and pool.pdf(SMALL, "sheet").startswith(b"%PDF")
    pool.close()


def test_growth_is_measured(renderer_process: Renderer) -> None:
    assert renderer_process.first_size > 20 << 20
    renderer_process.render(LONG[:10_000], "plan", 60)
    assert renderer_process.size >= renderer_process.first_size and not renderer_process.worn
    renderer_process.first_size -= 200 << 20
    assert renderer_process.worn


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    file: Path = tmp_path_factory.mktemp("served") / "rows.sqlite3"
    with a_server(f"sqlite:///{file}") as found:
        yield found


def test_what_is_drawn_ahead_is_there_whichever_process_is_asked(served: Served, library: Library) -> None:
    people = [Finisher(served.address, library, f"walk {number} miles") for number in range(6)]
    assert {one.finish() for one in people} == {"/plan"}
    assert comes(lambda: not under_way(served.process.pid), 300)
    found = [one.asks(path) for one in people for path in PAPERS]
    print("\ndrawn ahead:", [round(seconds, 3) for _, seconds, _ in found])
    assert {code for code, *_ in found} == {200}
    assert from_memory(served) == len(found) == 12


def from_memory(site: Served) -> int:
    """Documents that were there when they were asked for, as the site itself counts them."""
    with urlopen(f"{site.address}/metrics", timeout=30) as figures:
        lines = figures.read().decode().splitlines()
    return sum(int(float(line.split()[-1])) for line in lines if line.startswith("backplan_documents_total") and 'how="memory"' in line)


def test_fifty_papers_at_once_leave_the_pages_to_others(served: Served, library: Library) -> None:
    people = [Finisher(served.address, library, f"swim {number} lengths") for number in range(50)]
    assert {one.finish() for one in people} == {"/plan"}
    visitor = Finisher(served.address, library, "read")
    assert comes(lambda: not under_way(served.process.pid), 300)
    with ThreadPoolExecutor(50) as crowd:
        jobs = [crowd.submit(one.asks, "/plan.pdf?large=1") for one in people]
        begun, seen = monotonic(), []
        while not all(job.done() for job in jobs) and monotonic() - begun < 120:
            seen.append(visitor.asks("/about")[:2])
            sleep(0.05)
    codes = [job.result()[0] for job in jobs]
    print("\nstatuses", {code: codes.count(code) for code in codes}, "a page meanwhile", round(median(took for _, took in seen), 4))
    assert set(codes) == {200, 503} and {code for code, _ in seen} == {200}
    busy = next((job.result()[2].decode() for job in jobs if job.result()[0] == 503), "")
    assert not busy or ('data-trouble="busy"' in busy and re.search(r'href="/plan"', busy))


def test_a_killed_service_comes_back_and_papers_are_drawn_meanwhile(served: Served, library: Library) -> None:
    address, server = served.address, served.process
    somebody = Finisher(address, library, "dance")
    somebody.finish()
    for service in services(server.pid):
        os.kill(service, signal.SIGKILL)
    assert somebody.asks("/plan.pdf?large=1")[0] == 200
    assert comes(lambda: served.status("/readyz") == 200, 60) and len(services(server.pid)) == 1


def test_a_process_that_could_not_begin_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who begins them may be killed, too."""
    began: list[int] = []

    def begins() -> Renderer:
        began.append(1)
        if len(began) == 1:
            raise EOFError
        return Renderer()

    monkeypatch.setattr("planner.outputs.render_pool.Renderer", begins)
    pool = RenderPool(1)
    assert pool.submit(SMALL, "sheet").result(60).startswith(b"%PDF") and len(began) == 2
    pool.close()


def test_a_clean_stop_says_nothing_that_looks_like_a_fault(database_url: str, tmp_path: Path) -> None:
    """Its folder goes before the service has ended."""
    with serving(database_url, ROOT, tmp_path / "log", {}) as site:
        assert site.comes_to("/readyz", 200)
        ours = services(site.process.pid)
        assert ours
    assert comes(lambda: not any(Path(f"/proc/{one}").exists() for one in ours), 30)
    said = (tmp_path / "log").read_text()
    assert "Shutting down" in said and not re.search("Traceback|Errno|render-service", said), said


def services(gunicorn: int) -> list[int]:
    """Process numbers of the services that the one who starts them again has."""
    return [int(one) for keeper in children(gunicorn) if "render-service" in said_by(keeper) for one in children(keeper)]


def under_way(gunicorn: int) -> int:
    """Documents that the service has still to draw."""
    keeper = next(one for one in children(gunicorn) if "render-service" in said_by(one))
    pipe, said, _ = SharedPool(said_by(keeper).split("\0")[-2]).ask({"do": "ready"}, "", 10)
    pipe.close()
    return int(said["jobs"])


def children(process: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()]


def said_by(process: int) -> str:
    return Path(f"/proc/{process}/cmdline").read_text("utf-8")
