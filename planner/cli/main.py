"""What the command line does: plan, plans, questions, check, explain, db, clinic. Each command raises BadInput for bad input."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from planner.cli import clinic_commands, database_commands
from planner.domain.answers import Value, read
from planner.domain.journey import Journey, ask_order, with_defaults
from planner.domain.model import Library
from planner.domain.plan import build
from planner.folders import CONTENT
from planner.languages.translate import library_in, offered
from planner.library.reader import BrokenContent, counts, load, stale
from planner.outputs.explain import explanation
from planner.outputs.forms import FORMATS, PlanFailed, make


class BadInput(Exception):
    """The person at the command line gave something that can't be used; the message is one line."""

    def __init__(self, message: str) -> None:
        super().__init__("".join(one if one.isprintable() else ascii(one)[1:-1] for one in message))


def main(arguments: list[str] | None = None) -> int:
    """Runs one command. Returns the exit code: 0 done, 2 bad input, 1 our fault."""
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except BadInput as error:
        return _say(str(error), 2)
    except BrokenContent as error:
        for fault in error.faults:
            print(fault, file=sys.stderr)
        return 1
    except PlanFailed as error:
        return _say(f"the document could not be made: {error}", 1)
    except database_commands.DatabaseFailed as error:
        return _say(str(error), 1)
    except BrokenPipeError:
        return 1


def _say(message: str, code: int) -> int:
    print(f"backplan: {message}", file=sys.stderr)
    return code


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m planner", description="Plans for back pain, from the command line.")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    plan = commands.add_parser("plan", help="build one plan from a JSON file of answers")
    plan.add_argument("answers", help="a flat JSON object of question id and value; - reads standard input")
    plan.add_argument("--output", metavar="FILE", help="write here instead of standard output")
    plan.set_defaults(run=run_plan)
    many = commands.add_parser("plans", help="build many plans, one for each line of a JSON Lines file")
    many.add_argument("answers", help="one JSON object a line; - reads standard input")
    many.add_argument("--output", metavar="DIR", required=True, help="the folder to write into")
    many.set_defaults(run=run_plans)
    for command in (plan, many):
        command.add_argument("--format", choices=sorted(FORMATS), default="json", help="default: json")
        command.add_argument("--large-print", action="store_true", help="18 point type, for pdf and sheet")
        command.add_argument("--lang", default="en", help="language of the plan (default: en)")
        command.add_argument("--date", metavar="YYYY-MM-DD", help="the date printed on the plan (default: today)")
        command.add_argument("--fill-defaults", action="store_true", help="take the default of each missing answer")
    questions = commands.add_parser("questions", help="list every question in asking order")
    questions.add_argument("--format", choices=["json"], default="json")
    questions.set_defaults(run=run_questions)
    check = commands.add_parser("check", help="check the whole content and print counts")
    check.add_argument("--content", type=Path, default=CONTENT, help=argparse.SUPPRESS)
    check.set_defaults(run=run_check)
    explain = commands.add_parser("explain", help="say in words which rules fired and why")
    explain.add_argument("answers", help="a flat JSON object of question id and value; - reads standard input")
    explain.add_argument("--fill-defaults", action="store_true", help="take the default of each missing answer")
    explain.set_defaults(run=run_explain)
    database_commands.add(commands)
    clinic_commands.add(commands)
    return top


def run_plan(options: argparse.Namespace) -> int:
    library, on = library_for(options.lang), day(options.date)
    answers = complete(library, one_object(text_of(options.answers)), fill=options.fill_defaults)
    made = make(build(library, answers, on=on, lang=options.lang), library, options.format, large=options.large_print)
    deliver(made, options.output)
    return 0


def run_plans(options: argparse.Namespace) -> int:
    from planner.cli.many import make_many  # process pools are not needed by the other commands

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
    print(f"content version {library.version}: all checked")
    return 0


def run_explain(options: argparse.Namespace) -> int:
    library = load()
    answers = complete(library, one_object(text_of(options.answers)), fill=options.fill_defaults)
    print(explanation(build(library, answers, on=date.today()), library))
    return 0


def library_for(lang: str) -> Library:
    if lang not in offered():
        raise BadInput(f"--lang {lang}: not offered; there is {', '.join(offered())}")
    return library_in(lang)


def day(text: str | None) -> date:
    """The date given, or today. The last years of the calendar have no room for a review date."""
    if text is None:
        return date.today()
    try:
        on = date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"--date {text}: not a date like 2026-11-21") from error
    if on.isoformat() != text or on.year > 9000:
        raise BadInput(f"--date {text}: not a date like 2026-11-21")
    return on


def text_of(name: str) -> str:
    """The text of a file, or of standard input for `-`."""
    try:
        return sys.stdin.buffer.read().decode() if name == "-" else Path(name).read_bytes().decode()
    except UnicodeDecodeError as error:
        raise BadInput(f"{name}: not UTF-8 text") from error
    except (OSError, ValueError) as error:
        raise BadInput(f"{name}: {reason(error)}") from error


def reason(error: Exception) -> str:
    """What the system says is wrong with a path."""
    return str(getattr(error, "strerror", None) or error)


def lines_of(text: str) -> list[str]:
    """The lines of a JSON Lines file. Only a line feed ends one: JSON text may hold every other line break."""
    return text.removesuffix("\n").split("\n") if text else []


def folder_for(name: str) -> Path:
    try:
        Path(name).mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise BadInput(f"{name}: {reason(error)}") from error
    return Path(name)


def one_object(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=no_repeats)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"not JSON: {error}") from error


def no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"{', '.join(twice)} given twice")
    return dict(pairs)


def complete(library: Library, raw: Any, *, fill: bool) -> Mapping[str, Value]:
    """Checked answers with nothing open. BadInput names everything wrong or missing at once."""
    answers, problems = read(library, raw)
    if problems:
        raise BadInput("; ".join(problems))
    if fill:
        return with_defaults(library, answers)
    if missing := Journey(library, answers).missing:
        raise BadInput(f"no answer to {', '.join(missing)} (--fill-defaults takes their defaults)")
    return answers


def deliver(made: bytes, output: str | None) -> None:
    if output is None:
        sys.stdout.buffer.write(made)
        sys.stdout.buffer.flush()
        return
    try:
        Path(output).write_bytes(made)
    except (OSError, ValueError) as error:
        raise BadInput(f"{output}: {reason(error)}") from error
