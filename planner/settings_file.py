"""The settings of an installation in one file, `instance/backplan.env`, for the server, every command and what cron runs alike.

Run as a program it prints them for a shell."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections import Counter
from collections.abc import Mapping, MutableMapping
from difflib import get_close_matches
from pathlib import Path

from planner.folders import INSTANCE
from planner.settings_table import SETTINGS, BadSetting, check_settings, forget_empty

SETTINGS_FILE = INSTANCE / "backplan.env"
LINE = re.compile(r"(?:export\s+)?([A-Z][A-Z0-9_]*)=(.*)")

ALIKE = 0.85
"""How much of two names is the same where one is hardly meant but for the other: TRUSTED_PROXY and TRUSTED_PROXIES are just so alike."""


class BadSettingsFile(Exception):
    """The file can't be read; the message is one line and shows no value."""


def read_settings_file(environment: MutableMapping[str, str] = os.environ) -> dict[str, str]:
    """Puts what the file says into `environment`, where that does not say it already; what was put there. Empty settings are taken away.

    BACKPLAN_ENV names another file, which must be there; the usual one need not be. BadSettingsFile."""
    forget_empty(environment)
    new = {name: value for name, value in settings_in(settings_file(environment)) if name not in environment}
    environment.update(new)
    forget_empty(environment)
    return {name: value for name, value in new.items() if name in environment}


def settings_file(environment: Mapping[str, str]) -> Path:
    """The file that is meant, whether it is there or not."""
    named = environment.get("BACKPLAN_ENV", "")
    return Path(named) if named else SETTINGS_FILE


def settings_in(file: Path) -> list[tuple[str, str]]:
    """Each NAME=value, in quotes or without, as often as it is there; empty lines and those that begin with # are none. BadSettingsFile."""
    found: list[tuple[str, str]] = []
    for number, line in enumerate(map(str.strip, lines_of(file)), 1):
        if not line or line.startswith("#"):
            continue
        match = LINE.fullmatch(line)
        if match is None:
            raise BadSettingsFile(f"{file}: line {number} is not NAME=value")
        value = match[2].strip()
        found.append((match[1], value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value))
    return found


def lines_of(file: Path) -> list[str]:
    """None for the usual file where it is not there."""
    try:
        return file.read_bytes().decode("utf-8-sig").splitlines()  # some editors begin a file with a mark that is no letter
    except FileNotFoundError:
        if file is not SETTINGS_FILE:  # somebody named it
            raise BadSettingsFile(f"BACKPLAN_ENV: there is no file {file}") from None
        return []
    except OSError as error:
        raise BadSettingsFile(f"{file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        before = error.object[: error.start].count(b"\n")
        raise BadSettingsFile(f"{file}: line {before + 1} is not UTF-8 text") from error


def doubts(environment: Mapping[str, str] = os.environ) -> list[str]:
    """What is harmless and hardly meant, each a line without a value: names that are no settings, and names that are there twice."""
    file = settings_file(environment)
    names = Counter(name for name, _ in settings_in(file))
    none = [f"{file}: {name} is none of Backplan's settings{meant(name)}" for name in names if name not in SETTINGS]
    twice = [f"{file}: {name} is there {count} times, and its last line counts" for name, count in names.items() if count > 1]
    others = sorted(name for name in environment if "_" in name and name not in (*SETTINGS, *names) and meant(name))
    return [*none, *twice, *(f"{name} is none of Backplan's settings{meant(name)}" for name in others)]


def meant(name: str) -> str:
    """The setting that is called nearly so; empty if none is."""
    near = get_close_matches(name, SETTINGS, 1, ALIKE)
    return f"; {near[0]} is" if near else ""


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
