"""Asks this machine's Backplan, by the address of the settings, whether it is ready: exit code 0 or 1, and one line; 2 if a setting is bad.

`--wait 60` asks for so many seconds until it is: a start takes a few."""

from __future__ import annotations

import argparse
import sys
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, sleep

SECONDS = 4
PAUSE = 0.5  # seconds between two questions

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from planner.settings_file import BadSettingsFile, read_settings_file  # noqa: E402  found beside this folder, from wherever it is called
from planner.settings_table import BadSetting, setting  # noqa: E402  the same

EVERYWHERE = "0.0.0.0"  # noqa: S104  it is not bound to: a server that is bound so answers here too


def main() -> int:
    options = argparse.ArgumentParser(description="Says whether this machine's Backplan is ready.")
    options.add_argument("--wait", type=float, metavar="SECONDS", default=0, help="ask so long until it is")
    until = monotonic() + options.parse_args().wait
    try:
        read_settings_file()
        host, port = setting("HOST"), int(setting("PORT"))
    except (BadSettingsFile, BadSetting) as error:
        print(f"backplan: {error}", file=sys.stderr)
        return 2
    good, said = asked(host, port)
    while not good and monotonic() < until:
        sleep(PAUSE)
        good, said = asked(host, port)
    print(said)
    return 0 if good else 1


def asked(host: str, port: int) -> tuple[bool, str]:
    """Whether it is ready, and what it said."""
    connection = HTTPConnection("127.0.0.1" if host == EVERYWHERE else host, port, timeout=SECONDS)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        return answer.status == 200, f"{answer.status} {answer.read(200).decode('utf-8', 'replace').strip()}"
    except (OSError, HTTPException) as error:
        return False, f"no answer: {type(error).__name__}"
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
