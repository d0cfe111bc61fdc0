"""Checking in, for tests: a plan that was kept some days ago, the buttons of its page, and time that passes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import Flask

from planner.database.sessions import reading, writing
from planner.domain.model import Library
from planner.domain.thread import Diary
from planner.kept import diaries, plans
from planner.kept.codes import read_code
from planner.kept.plans import Safe
from tests.aged import kept
from tests.conftest import SECRET
from tests.walker import Walker

SAFE = Safe(SECRET)
DONE = re.compile(r'name="done" value="([\w:]+)"')
UNDO = re.compile(r'name="undo" value="([\w:]+)"')
EASY = re.compile(r'name="easy" value="(\w+)"')
LISTED = re.compile(r"<li><b>(.+?)</b><span class=\"pause\">:</span> (.+?)</li>", re.DOTALL)


def phone(app: Flask, library: Library) -> Walker:
    return Walker(app.test_client(), library, {})


def week_over(app: Flask, library: Library, days: int = 7, **answers: Any) -> tuple[str, Walker]:
    """A plan that was kept so many days ago, and a phone."""
    return kept(app, library, days, **answers), phone(app, library)


def well_then(walker: Walker, url: str) -> str:
    """Two taps: to the check-in, and "none of these". The form that follows."""
    text = walker.get(f"{url}/checkin").text
    if 'name="signs"' in text:
        walker.follow(str(walker.post(f"{url}/checkin", signs="1", none="1").location))
        text = walker.page.text
    return text


def sends(walker: Walker, url: str, expects: int = 303, **data: Any) -> str:
    """Says how it went. Where it led."""
    text = well_then(walker, url)
    week = re.search(r'name="week" value="(\d+)"', text)
    found = walker.post(f"{url}/checkin", {"week": week[1] if week else "1", "days": "5", "pain": "4", **data}, expects=expects)
    return str(found.location or found.text)


def later(app: Flask, url: str, days: int) -> None:
    """So many days pass: everything that is kept under the code happened so much earlier."""
    code, gone = read_code(url[6:]) or "", timedelta(days=days)
    with writing(app.extensions["database"]) as session:
        found = plans.find_kept(session, SAFE, code, date.today())
        assert found
        body, before = found.body, {name: day - gone for name, day in found.body.asked.items()}
        earlier = replace(body, made=body.made - gone, asked=before, confirmed=body.confirmed and body.confirmed - gone)
        row = session.get(plans.KeptPlan, SAFE.secrets[0].row_key(code))
        assert row
        row.sealed = SAFE.secrets[0].seal(earlier.to_bytes(), code, found.version)
        if row.diary:
            diaries.write_diary(session, SAFE, code, lambda diary: aged(diary or Diary(date.today()), gone))


def aged(diary: Diary, gone: timedelta) -> Diary:
    done = {day - gone: names for day, names in diary.done.items()}
    return replace(diary, begun=diary.begun - gone, done=done, entries=tuple(replace(one, on=one.on - gone) for one in diary.entries))


def diary(app: Flask, url: str) -> Diary | None:
    with reading(app.extensions["database"]) as session:
        return diaries.diary_of(session, SAFE, read_code(url[6:]) or "")
