"""Every address of the application, read from its map: so a new page is tested from the day on which it is added."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from planner.kept.codes import grouped, new_code
from planner.library.reader import load

STANDS_FOR = {"step": load().pages[0].id, "name": next(iter(load().exercises)), "typed": grouped(new_code())}
STANDS_FOR |= {"week": "1", "row": "0" * 32, "number": "1", "clinic": "0" * 32}
"""What stands for a name in an address of the patients' side. A new name that is missing here fails."""
ONE_OF = re.compile(r"<any\(([^)]*)\):(\w+)>")


def patients(app: Flask) -> list[str]:
    """Each address of the patients' side that gives something."""
    found = []
    for rule in gives(app):
        names = sorted(rule.arguments - set(rule.defaults or ()))
        if not rule.rule.startswith("/clinic"):
            found += [url(app, rule, names, values) for values in product(*(words(rule, name) for name in names))]
    return found


def clinics(app: Flask) -> list[str]:
    """Each address of the therapists' side that gives something, but those of one row."""
    return [rule.rule for rule in gives(app) if rule.rule.startswith("/clinic") and not rule.arguments]


def gives(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]


def words(rule: Rule, name: str) -> list[str]:
    """What may stand in the place of a name."""
    lists = {named: choices.split(",") for choices, named in ONE_OF.findall(rule.rule)}
    return lists.get(name) or [STANDS_FOR[name]]


def url(app: Flask, rule: Rule, names: Iterable[str], values: Iterable[str]) -> str:
    return app.url_map.bind("localhost").build(rule.endpoint, dict(zip(names, values, strict=True)) | dict(rule.defaults or {}))


def pages(client: FlaskClient, urls: Iterable[str]) -> list[str]:
    """Those at which this browser finds a page. What ends like a file is none."""
    answers = {one: client.get(one) for one in urls if "." not in one}
    return [one for one, answer in answers.items() if answer.status_code == 200 and answer.mimetype == "text/html"]


def public_pages(app: Flask) -> list[str]:
    """Pages for anybody, without a cookie."""
    return pages(app.test_client(use_cookies=False), patients(app))
