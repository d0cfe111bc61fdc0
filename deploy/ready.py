"""Asks this machine's Backplan, by the address of the settings, whether it is ready: exit code 0 or 1, and one line."""

from __future__ import annotations

import sys
from http.client import HTTPConnection, HTTPException
from pathlib import Path

SECONDS = 4

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from planner.settings_file import read_settings_file  # noqa: E402  found beside this folder, from wherever it is called
from planner.settings_table import setting  # noqa: E402  the same

EVERYWHERE = "0.0.0.0"  # noqa: S104  it is not bound to: a server that is bound so answers here too


def main() -> int:
    read_settings_file()
    host = setting("HOST")
    connection = HTTPConnection("127.0.0.1" if host == EVERYWHERE else host, int(setting("PORT")), timeout=SECONDS)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        print(answer.status, answer.read(200).decode("utf-8", "replace").strip())
    except (OSError, HTTPException) as error:
        print(f"no answer: {type(error).__name__}")
        return 1
    return 0 if answer.status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
