"""The settings of an installation in one file, `instance/backplan.env`, for the server, every command and what cron runs alike.

Run as a program it prints them for a shell."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import MutableMapping
from pathlib import Path

from planner.folders import INSTANCE
from planner.settings_table import BadSetting, check_settings, forget_empty

SETTINGS_FILE = INSTANCE / "backplan.env"
LINE = re.compile(r"(?:export\s+)?([A-Z][A-Z0-9_]*)=(.*)")


class BadSettingsFile(Exception):
    """The file can't be read; the message is one line and shows no value."""


def read_settings_file(environment: MutableMapping[str, str] = os.environ) -> dict[str, str]:
    """Puts what the file says into `environment`, where that does not say it already; what was put there. Empty settings are taken away.

    BACKPLAN_ENV names another file, which must be there; the usual one need not be. BadSettingsFile."""
    forget_empty(environment)
    named = environment.get("BACKPLAN_ENV", "")
    file = Path(named) if named else SETTINGS_FILE
    try:
        lines = file.read_bytes().decode("utf-8-sig").splitlines()  # some editors begin a file with a mark that is no letter
    except FileNotFoundError:
        if named:
            raise BadSettingsFile(f"BACKPLAN_ENV: there is no file {named}") from None
        return {}
    except OSError as error:
        raise BadSettingsFile(f"{file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        before = error.object[: error.start].count(b"\n")
        raise BadSettingsFile(f"{file}: line {before + 1} is not UTF-8 text") from error
    new = {name: value for name, value in settings_in(lines, file).items() if name not in environment}
    environment.update(new)
    forget_empty(environment)
    return {name: value for name, value in new.items() if name in environment}


def settings_in(lines: list[str], file: Path) -> dict[str, str]:
    """NAME=value, in quotes or without; empty lines and those that begin with # are none."""
    found: dict[str, str] = {}
    for number, line in enumerate(map(str.strip, lines), 1):
        if not line or line.startswith("#"):
            continue
        match = LINE.fullmatch(line)
        if match is None:
            raise BadSettingsFile(f"{file}: line {number} is not NAME=value")
        value = match[2].strip()
        found[match[1]] = value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
    return found


def for_a_shell(environment: MutableMapping[str, str] = os.environ) -> str:
    """Lines that give a shell the same settings, each checked. BadSettingsFile, BadSetting."""
    empty = forget_empty(environment)
    new = read_settings_file(environment)
    check_settings(environment)
    lines = [f"unset {name}" for name in empty] + [f"export {name}={shlex.quote(value)}" for name, value in new.items()]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    try:
        print(for_a_shell(), end="")
    except (BadSettingsFile, BadSetting) as error:
        print(f"backplan: {error}", file=sys.stderr)
        sys.exit(2)
