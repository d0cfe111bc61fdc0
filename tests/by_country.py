"""Telephone numbers by country, for tests, and what people read: the stop page, the text and the two papers.

The numbers are typed from clinical safety 4.2 to 4.4, not read from the content."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any, NamedTuple

from flask import Flask, Response
from flask.testing import FlaskClient

from planner.domain.journey import Journey
from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs.documents import plan_html, sheet_html
from planner.outputs.text import to_text
from planner.web.draft import Draft, store
from tests.people import well

ON = date(2026, 11, 21)
COOKIE = re.compile("answers=([^;]+)")


class Row(NamedTuple):
    """A row of the table. An empty crisis or child line: the emergency number stands in."""

    emergency: str
    urgent: str
    crisis: str
    child: str
    more: tuple[str, ...] = ()  # other numbers, by where they belong: "urgent 13 43 25 84"


TABLE = {
    "GB": Row("999", "NHS 111", "Samaritans 116 123", "Childline 0800 1111", ("urgent NHS 24", "crisis 111 and choose option 2")),
    "GB_NIR": Row("999", "your GP or the GP out-of-hours service", "Lifeline 0808 808 8000", "Childline 0800 1111"),
    "IE": Row("112 or 999", "your GP or the out-of-hours GP", "Samaritans 116 123", "Childline 1800 66 66 66"),
    "EU": Row("112", "your doctor or the out-of-hours service", "", "116 111"),
    "US": Row("911", "your doctor or an urgent care clinic", "the 988 crisis line", "988"),
    "CA": Row("911", "811", "the 988 crisis line", "988", ("child text CONNECT to 686868", "urgent Manitoba", "crisis call or text 988")),
    "AU": Row("000", "1800 022 222", "Lifeline 13 11 14", "Kids Helpline 1800 55 1800", ("urgent 1300 60 60 24", "urgent 13 43 25 84")),
    "NZ": Row("111", "0800 611 116", "the 1737 talk line", "Youthline 0800 376 633", ("crisis 0508 828 865",)),
    "IN": Row("112 or 108", "your doctor or an urgent care clinic", "Tele-MANAS 14416", "1098"),
    "ZA": Row("112 or 10177", "your doctor or an urgent care clinic", "SADAG 0800 567 567", "116"),
    "SG": Row("995", "your doctor or an urgent care clinic", "SOS 1767", ""),
    "HK": Row("999", "your doctor or an urgent care clinic", "the 18111 line", "18111"),
    "JP": Row("119", "your doctor or an urgent care clinic", "Yorisoi 0120-279-338", "0120-99-7777", ("urgent #7119",)),
    "other": Row("your local emergency number (from a mobile, 112 often works)", "your doctor or an urgent care clinic", "", ""),
}
EMERGENCY: dict[str, Any] = {"rf_saddle": "yes"}
URGENT: dict[str, Any] = {"rf_dvt": "yes"}
THOUGHTS: dict[str, Any] = {"stress": "high", "rf_crisis": "yes"}
DANGER: dict[str, Any] = {"stress": "some", "rf_crisis": "immediate"}
CHILD: dict[str, Any] = {"age_band": "under16"}


def plan_at(library: Library, country: str, **changes: Any) -> Plan:
    return build(library, well(library, country=country, **changes), on=ON)


def page_words(html: str) -> str:
    """The text of the page's main part, its spaces made one."""
    main = re.search(r"<main.*?</main>", html, re.S)
    inside = re.sub(r"<(select|style|title|head).*?</\1>", " ", main[0] if main else html, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inside)).split())


def person_at(app: Flask, library: Library, answers: dict[str, Any]) -> FlaskClient:
    """A browser in which all this has been answered."""
    client = app.test_client()
    with app.test_request_context():
        response = store(Response(), Draft(Journey(library, answers).reachable))
    client.set_cookie("answers", COOKIE.findall(response.headers["Set-Cookie"])[0])
    return client


def read_by(app: Flask, library: Library, country: str, **changes: Any) -> dict[str, str]:
    """What this person reads on the stop page, in the text, and on the two papers."""
    plan = plan_at(library, country, **changes)
    page = person_at(app, library, well(library, country=country, **changes)).get("/stop", expects=200).text
    text = " ".join(to_text(plan, library).partition("\nSources\n")[0].split())
    return {
        "page": page_words(page),
        "text": text,
        "sheet": page_words(sheet_html(plan, library)),
        "plan": page_words(plan_html(plan, library)),
    }


def more_of(row: Row, kind: str) -> list[str]:
    return [one.partition(" ")[2] for one in row.more if one.startswith(kind)]
