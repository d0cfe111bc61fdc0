"""The commands `plan`, `plans` and `explain`: answers in, plans out."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import Any

from planner.cli.batch import Settings, work_beside
from planner.cli.input import BadInput, complete, day, deliver, folder_for, how_many, library_for, one_object, readable, reason, text_of
from planner.cli.many import make_many
from planner.cli.site_secrets import shared_store
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
    many = commands.add_parser("plans", help="build many plans, one for each line of a JSON Lines or CSV file")
    many.add_argument("answers", help="one JSON object a line, or CSV with a column for each question; - reads standard input")
    many.add_argument("--output", metavar="DIR", required=True, help="the folder to write into; the results stand in DIR.batch")
    many.add_argument("--csv", action="store_true", help="the file is CSV; one called .csv is")
    many.add_argument("--folders", action="store_true", help="DIR/00/01/000123.json: a hundred plans in each folder")
    many.add_argument("--queue", action="store_true", help="by the workers (planner worker batch) of all machines that see the folder")
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
    """Exit code 2 if any line has no plan. The same command again makes what is missing."""
    library, on = library_for(options.lang), day(options.date)
    settings = Settings(options.format, options.large_print, options.lang, on.isoformat(), options.fill_defaults, options.folders)
    if options.answers != "-":
        readable(options.answers)
    table = options.csv or options.answers.lower().endswith(".csv")
    if options.queue:
        shared_store()  # what can't begin makes no folder
    folder = folder_for(options.output)
    try:
        done, failed, before = make_many(
            options.answers, folder, library, settings, table=table, dated=bool(options.date), queue=options.queue
        )
    except (OSError, ValueError) as error:
        raise BadInput(f"{getattr(error, 'filename', None) or folder}: {reason(error)}") from error
    except KeyboardInterrupt:
        print("backplan: stopped; the same command goes on from here", file=sys.stderr)
        return 1
    known = f" ({before} were there)" if before else ""
    results = work_beside(folder) / "manifest.jsonl"
    none = how_many(failed, "line")
    print(f"{how_many(done, 'plan')} made{known}, {none} without a plan, in {folder}; why, in {results}", file=sys.stderr)
    return 2 if failed else 0


def run_explain(options: argparse.Namespace) -> int:
    library = load()
    answers = complete(library, one_object(text_of(options.answers)), fill=options.fill_defaults)
    print(explanation(build(library, answers, on=date.today()), library))
    return 0
