"""The command line: `python -m planner …`. Exit 0 done, 2 bad input, 1 our fault; errors are one line on stderr."""

from planner.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
