"""The commands about content: list the questions, and check everything."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from planner.domain.journey import ask_order
from planner.folders import CONTENT
from planner.library.reader import counts, load, stale
from planner.library.unread import unread_fields


def add_content_commands(commands: Any) -> None:
    """Adds `questions` and `check` to the command line."""
    questions = commands.add_parser("questions", help="list every question in asking order")
    questions.add_argument("--format", choices=["json"], default="json")
    questions.set_defaults(run=run_questions)
    check = commands.add_parser("check", help="check the whole content and print counts")
    check.add_argument("--content", type=Path, default=CONTENT, help=argparse.SUPPRESS)
    check.set_defaults(run=run_check)


def run_questions(options: argparse.Namespace) -> int:
    print(json.dumps([question_data(question) for question in ask_order(load())], ensure_ascii=False, indent=1))
    return 0


def question_data(question: Any) -> dict[str, Any]:
    """A question as outside programs see it."""
    data: dict[str, Any] = {
        "id": question.id,
        "kind": {"areas": "many", "select": "one"}.get(question.kind, question.kind),
        "ask": question.ask,
        "options": [{"id": option.id, "label": option.label} for option in question.options],
        "ask_if": {key: list(words) for key, words in question.ask_if.items()},
        "default": list(question.default) if isinstance(question.default, tuple) else question.default,
    }
    if question.own_words:
        data["own_words"] = {"id": question.own_words, "max": question.own_words_max}
    return data


def run_check(options: argparse.Namespace) -> int:
    library = load(options.content)
    for name, number in counts(library).items():
        print(f"{name:12} {number:4}")
    if old := stale(library, date.today()):
        print(f"sources.toml: {', '.join(old)}: not checked for 18 months", file=sys.stderr)
        return 1
    if useless := unread_fields():
        print(f"{', '.join(useless)}: read by no code and no template", file=sys.stderr)
        return 1
    print(f"content version {library.version}: all checked")
    return 0
