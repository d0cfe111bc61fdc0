"""The command line: `python -m planner …`. Exit 0 done, 2 bad input, 1 our fault; errors are one line on stderr."""

import sys

from planner.cli.main import main
from planner.settings_file import BadSettingsFile, read_settings_file


def run() -> int:
    """With the settings that the server has, whoever calls: cron knows nothing of a service's environment."""
    try:
        read_settings_file()
    except BadSettingsFile as error:
        print(f"backplan: {error}", file=sys.stderr)
        return 2
    return main()


if __name__ == "__main__":
    raise SystemExit(run())
