"""The command line: which commands there are, and how each ends. 0 done, 2 bad input, 1 our fault."""

from __future__ import annotations

import argparse
import sys
from typing import Any, NoReturn

from planner.cli.clinic_commands import add_clinic_commands
from planner.cli.content_commands import add_content_commands
from planner.cli.database_commands import DatabaseFailed, add_database_commands
from planner.cli.input import BadInput
from planner.cli.mail_commands import add_mail_commands
from planner.cli.plan_commands import add_plan_commands
from planner.cli.proof_commands import add_proof_commands
from planner.cli.render_commands import add_render_commands
from planner.cli.worker_commands import add_worker_commands
from planner.domain.typed_text import spelled_out
from planner.library.reader import BrokenContent
from planner.outputs.form import PlanFailed
from planner.settings_table import BadSetting

GROUPS = (
    *(add_plan_commands, add_content_commands, add_proof_commands, add_database_commands),
    *(add_clinic_commands, add_mail_commands, add_render_commands, add_worker_commands),
)
"""Each adds its commands. A new group is one module and one word here."""


def main(arguments: list[str] | None = None) -> int:
    """Runs one command. Returns the exit code: 0 done, 2 bad input, 1 our fault."""
    options = command_line().parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except (BadInput, BadSetting) as error:
        return _say(str(error), 2)
    except BrokenContent as error:
        for fault in error.faults:
            print(fault, file=sys.stderr)
        return 1
    except PlanFailed as error:
        return _say(f"the document could not be made: {error}", 1)
    except DatabaseFailed as error:
        return _say(str(error), 1)
    except BrokenPipeError:
        return 1


def _say(message: str, code: int) -> int:
    print(f"backplan: {message}", file=sys.stderr)
    return code


class OneLine(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one line, which names the command that has the fault and not its whole usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"backplan: {spelled_out(message)}; `{self.prog} --help` says more\n")

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """What one command does not know no other one does: it is the one to say so."""
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return found, unknown


def command_line() -> argparse.ArgumentParser:
    top = OneLine(prog="python -m planner", description="Plans for back pain, from the command line.")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for add in GROUPS:
        add(commands)
    return top
