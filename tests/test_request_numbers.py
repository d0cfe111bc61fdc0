"""Each request has a number, in log, answer and page of a fault; who is turned away is an event; JSON is one object a line."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.logging import default_handler

from planner.domain.model import Library
from planner.json_lines import ENDPOINT, REQUEST, JsonLine
from planner.kept.codes import grouped, new_code
from planner.web.log_lines import for_server, formatter
from planner.web.settings import BadSettings, check, from_environment
from tests.clinics import House, send, signed_in
from tests.conftest import an_app, only, token
from tests.keeping_web import at_plan
from tests.rooms import Room
from tests.test_closing import end

WORDS = "my own secret words"
MADE = re.compile(r"[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}")
TAKEN = ["abcd1234", "550e8400-e29b-41d4-a716-446655440000", "f" * 32, "a" * 64]
NOT_TAKEN = ["", "short-1", "a" * 65, "with space", "line\u00a0break1", "semi;colon", "<script>1", "../../etc/passwd"]


@pytest.fixture(autouse=True)
def same_lines_after() -> Iterator[None]:
    """There is one handler for all applications."""
    before = default_handler.formatter
    yield
    default_handler.setFormatter(before)


def number(app: Flask, given: str) -> str:
    return app.test_client().get("/", headers={"X-Request-ID": given}).headers["X-Request-ID"]


def test_a_proxys_number_is_taken_if_there_is_a_proxy_and_it_is_a_number() -> None:
    behind, alone = an_app(PROXIES="1"), an_app()
    assert [number(behind, given) for given in TAKEN] == TAKEN
    assert all(MADE.fullmatch(number(behind, given)) for given in NOT_TAKEN)
    assert all(MADE.fullmatch(number(alone, given)) for given in (*TAKEN, *NOT_TAKEN))
    assert len({number(alone, "") for _ in range(50)}) == 50


def test_a_code_is_never_taken_for_a_number() -> None:
    behind = an_app(PROXIES="1")
    for code in (new_code(), grouped(new_code()), grouped(new_code()).lower()):
        assert MADE.fullmatch(number(behind, code))


def test_the_page_of_a_fault_has_the_number_that_the_log_has(
    app: Flask, library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError(WORDS)

    walker = at_plan(app, library)
    monkeypatch.setattr("planner.web.patient.plan_pages.plan_now", broken)
    page = walker.get("/plan", expects=500)
    told = only(r"Quote this number[^:]*: ([\w-]+)<", page.text)
    assert told == page.headers["X-Request-ID"] and MADE.fullmatch(told)
    (fault,) = [record for record in caplog.records if "ValueError" in record.getMessage()]
    assert (fault.__dict__["request"], fault.__dict__["endpoint"]) == (told, "plans.show_plan")
    assert default_handler.formatter and told in default_handler.formatter.format(fault)


def test_pages_of_the_clinic_have_it_too(site: Flask, home: House) -> None:
    page = signed_in(site, home.therapist).get("/clinic/people", expects=403)
    assert page.headers["X-Request-ID"] in page.text


def told(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    """What the log says of those who were turned away."""
    found = [record for record in caplog.records if record.getMessage().startswith("refused: ")]
    assert all(MADE.fullmatch(record.__dict__["request"]) for record in found)
    return [(record.getMessage(), record.__dict__["endpoint"]) for record in found]


def test_who_may_not_is_an_event(site: Flask, home: House, caplog: pytest.LogCaptureFixture) -> None:
    signed_in(site, home.therapist).get(f"/clinic/people?note={WORDS}", expects=403)
    assert told(caplog) == [("refused: not allowed at clinic.list_people", "clinic.list_people")]
    assert WORDS not in caplog.text


def test_a_form_of_another_browser_is_an_event(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    app.test_client().post("/ask/safety1", data={"csrf_token": WORDS, "goal_words": WORDS}, expects=400)
    assert told(caplog) == [("refused: a form without this browser's token at ask.answer", "ask.answer")]
    assert WORDS not in caplog.text


def test_too_many_tries_are_events(sqlite_url: str, counting: dict[str, Any], caplog: pytest.LogCaptureFixture) -> None:
    app = an_app(DATABASE_URL=sqlite_url, **counting)
    client = app.test_client()
    sent = {"csrf_token": token(client, "/clinic/sign-in"), "email": "who@a.example", "password": WORDS}
    found = [client.post("/clinic/sign-in", data=sent).status_code for _ in range(8)]
    assert found.count(429) >= 2 and len(told(caplog)) == found.count(429)
    assert told(caplog)[0] == ("refused: too many requests at clinic.sign_in", "clinic.sign_in")
    assert WORDS not in caplog.text and "who@" not in caplog.text


def test_who_is_served_is_no_event(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    for url in ("/", "/ask", "/nowhere", "/plan"):
        app.test_client().get(url)
    assert told(caplog) == []


def test_a_deleted_clinic_is_in_the_servers_log(alone: Room, caplog: pytest.LogCaptureFixture) -> None:
    end(alone)
    (line,) = [record for record in caplog.records if "was deleted" in record.getMessage()]
    assert line.getMessage() == f"clinic {alone.home.clinic} was deleted by {alone.home.owner}"
    assert line.__dict__["endpoint"] == "clinic.delete_clinic"


def as_json(record: logging.LogRecord) -> dict[str, Any]:
    line = JsonLine().format(record)
    assert "\n" not in line
    found: dict[str, Any] = json.loads(line)
    return found


def a_record(name: str, message: str, args: Any = (), fault: Any = None) -> logging.LogRecord:
    return logging.LogRecord(name, logging.INFO, __file__, 1, message, args, fault)


def test_a_line_of_json_says_what_and_for_which_request(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    app.test_client().post("/ask/safety1", data={"csrf_token": "x"}, expects=400)
    (line,) = [as_json(record) for record in caplog.records]
    assert set(line) == {"time", "level", "logger", "request", "endpoint", "message"}
    assert line["level"] == "WARNING" and line["endpoint"] == "ask.answer" and MADE.fullmatch(line["request"])


def test_an_answered_request_is_named_by_its_page_and_never_its_path() -> None:
    atoms = {"s": "200", "m": "GET", "B": 12, "M": 34, "U": f"/kept/{WORDS}", "q": WORDS, "a": WORDS, "h": "192.0.2.7"}
    atoms |= {f"{{{REQUEST}}}e": "abcd-1234-abcd", f"{{{ENDPOINT}}}e": "kept.kept", "{cookie}i": WORDS}
    line = as_json(a_record("gunicorn.access", "%(U)s", (atoms,)))
    del line["time"]
    assert line == {
        **{"level": "INFO", "logger": "gunicorn.access", "request": "abcd-1234-abcd", "endpoint": "kept.kept"},
        **{"method": "GET", "status": 200, "bytes": 12, "ms": 34},
    }


def test_a_fault_in_json_is_its_kind_and_place_and_not_its_words() -> None:
    try:
        raise KeyError(WORDS)
    except KeyError as error:
        line = as_json(a_record("gunicorn.error", "Error handling request /kept/%s", (grouped(new_code()),), (KeyError, error, None)))
    assert line["message"] == "Error handling request /kept/-"
    assert line["fault"].startswith("KeyError: test_request_numbers.py:") and WORDS not in json.dumps(line)


def test_what_a_stranger_sends_cannot_break_a_line_of_json() -> None:
    assert as_json(a_record("planner", 'a\n{"level": "forged"}\x1b[31m'))["message"] == 'a\n{"level": "forged"}\x1b[31m'


def test_words_are_the_default_and_what_is_neither_is_refused() -> None:
    assert from_environment({})["LOG_FORMAT"] == from_environment({"LOG_FORMAT": ""})["LOG_FORMAT"] == "text"
    assert for_server("") == for_server("text") == {} != for_server("json")
    for wrong in ({"LOG_FORMAT": "xml"}, {"METRICS_TOKEN": "short"}):
        with pytest.raises(BadSettings, match=next(iter(wrong))) as refused:
            check(from_environment(wrong))
        assert "\n" not in str(refused.value) and "short" not in str(refused.value).replace("shorter", "")


@pytest.mark.parametrize("kind", ["text", "json"])
def test_each_line_says_its_zone(kind: str) -> None:
    line = formatter(kind).format(logging.makeLogRecord({"name": "planner", "levelname": "INFO", "module": "errors", "msg": "a fault"}))
    assert re.search(r"\d\d:\d\d:\d\d(\.\d+)? ?[+-]\d\d:?\d\d", line), line


def test_with_the_setting_the_application_writes_json() -> None:
    an_app(LOG_FORMAT="json")
    assert isinstance(default_handler.formatter, JsonLine)
    an_app()
    assert not isinstance(default_handler.formatter, JsonLine)


def test_sending_is_as_before_with_a_wrong_token_once(site: Flask, home: House, caplog: pytest.LogCaptureFixture) -> None:
    send(signed_in(site, home.owner), "/clinic/account", name="Olive", initials="OO")
    assert told(caplog) == []
