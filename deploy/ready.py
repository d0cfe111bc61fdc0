"""Asks this machine's Backplan whether it is ready, as a visitor of the site would: exit code 0 or 1, and one line.

With TRUSTED_HOSTS set, a question by address alone is refused; this one knows the site's name from the settings."""

from __future__ import annotations

import sys
from http.client import HTTPConnection, HTTPException
from pathlib import Path

SECONDS = 4

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from planner.settings_file import read_settings_file  # noqa: E402  found beside this folder, from wherever it is called
from planner.settings_table import listed, setting  # noqa: E402  the same

EVERYWHERE = "0.0.0.0"  # noqa: S104  it is not bound to: a server that is bound so answers here too


def main() -> int:
    read_settings_file()
    host = setting("HOST")
    connection = HTTPConnection("127.0.0.1" if host == EVERYWHERE else host, int(setting("PORT")), timeout=SECONDS)
    name = next(iter(listed(setting("TRUSTED_HOSTS"))), "localhost")
    try:
        connection.request("GET", "/readyz", headers={"Host": name})
        answer = connection.getresponse()
        print(answer.status, answer.read(200).decode("utf-8", "replace").strip())
    except (OSError, HTTPException) as error:
        print(f"no answer: {type(error).__name__}")
        return 1
    return 0 if answer.status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
