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

SETTINGS_FILE = INSTANCE / "backplan.env"
LINE = re.compile(r"(?:export\s+)?([A-Z][A-Z0-9_]*)=(.*)")


class BadSettingsFile(Exception):
    """The file can't be read; the message is one line and shows no value."""


def read_settings_file(environment: MutableMapping[str, str] = os.environ) -> dict[str, str]:
    """Puts what the file says into `environment`, where that does not say it already; what was put there.

    BACKPLAN_ENV names another file, which must be there; the usual one need not be. BadSettingsFile."""
    named = environment.get("BACKPLAN_ENV", "")
    file = Path(named) if named else SETTINGS_FILE
    try:
        lines = file.read_text("utf-8").splitlines()
    except FileNotFoundError:
        if named:
            raise BadSettingsFile(f"BACKPLAN_ENV: there is no file {named}") from None
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettingsFile(f"{file}: {type(error).__name__}") from error
    new = {name: value for name, value in settings_in(lines, file).items() if name not in environment}
    environment.update(new)
    return new


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


if __name__ == "__main__":
    try:
        for name, value in read_settings_file().items():
            print(f"export {name}={shlex.quote(value)}")
    except BadSettingsFile as error:
        print(f"backplan: {error}", file=sys.stderr)
        sys.exit(2)
