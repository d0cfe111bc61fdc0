"""The commands `plan`, `plans` and `explain`: answers in, plans out."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import Any

from planner.cli.input import BadInput, complete, day, deliver, folder_for, library_for, lines_of, one_object, text_of
from planner.cli.many import make_many
from planner.domain.plan import build
from planner.library.reader import load
from planner.outputs.explain import explanation
from planner.outputs.forms import PLACES, make


def add_plan_commands(commands: Any) -> None:
    """Adds `plan`, `plans` and `explain` to the command line."""
    plan = commands.add_parser("plan", help="build one plan from a JSON file of answers")
    plan.add_argument("answers", help="a flat JSON object of question id and value; - reads standard input")
    plan.add_argument("--output", metavar="FILE", help="write here instead of standard output")
    plan.set_defaults(run=run_plan)
    many = commands.add_parser("plans", help="build many plans, one for each line of a JSON Lines file")
    many.add_argument("answers", help="one JSON object a line; - reads standard input")
    many.add_argument("--output", metavar="DIR", required=True, help="the folder to write into")
    many.set_defaults(run=run_plans)
    for command in (plan, many):
        command.add_argument("--format", choices=sorted(PLACES), default="json", help="default: json")
        command.add_argument("--large-print", action="store_true", help="18 point type, for pdf and sheet")
        command.add_argument("--lang", default="en", help="language of the plan (default: en)")
        command.add_argument("--date", metavar="YYYY-MM-DD", help="the date printed on the plan (default: today)")
        command.add_argument("--fill-defaults", action="store_true", help="take the default of each missing answer")
    explain = commands.add_parser("explain", help="say in words which rules fired and why")
    explain.add_argument("answers", help="a flat JSON object of question id and value; - reads standard input")
    explain.add_argument("--fill-defaults", action="store_true", help="take the default of each missing answer")
    explain.set_defaults(run=run_explain)


def run_plan(options: argparse.Namespace) -> int:
    library, on = library_for(options.lang), day(options.date)
    answers = complete(library, one_object(text_of(options.answers)), fill=options.fill_defaults)
    made = make(build(library, answers, on=on, lang=options.lang), library, options.format, large=options.large_print)
    deliver(made, options.output)
    return 0


def run_plans(options: argparse.Namespace) -> int:
    library_for(options.lang)
    on = day(options.date)
    lines = lines_of(text_of(options.answers))
    folder = folder_for(options.output)
    try:
        done, failed = make_many(lines, folder, (options.format, options.large_print, options.lang, on, options.fill_defaults))
    except OSError as error:
        raise BadInput(f"{error.filename or folder}: {error.strerror}") from error
    print(f"{done} plans made, {failed} failed, in {folder}", file=sys.stderr)
    return 2 if failed else 0


def run_explain(options: argparse.Namespace) -> int:
    library = load()
    answers = complete(library, one_object(text_of(options.answers)), fill=options.fill_defaults)
    print(explanation(build(library, answers, on=date.today()), library))
    return 0
