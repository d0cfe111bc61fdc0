"""`python -m planner.figures`: builds what has changed, checks every pose, or draws a sheet to look at."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from planner.figures.build import build, stale
from planner.figures.checks import faults
from planner.figures.contact_sheet import write_html, write_png
from planner.figures.poses import BrokenPoses, read_pictures


def main(arguments: list[str] | None = None) -> int:
    """Returns the exit code: 0 done, 1 faults found, 2 bad input."""
    options = _parser().parse_intermixed_args(arguments)
    try:
        pictures = read_pictures(more=options.drafts)
    except BrokenPoses as error:
        print(error, file=sys.stderr)
        return 2
    if unknown := [name for name in options.names if name not in pictures]:
        print(f"there is no picture {', '.join(unknown)}", file=sys.stderr)
        return 2
    chosen = {name: pictures[name] for name in options.names or pictures}
    if options.do == "build":
        print(f"{len(build(pictures))} of {len(pictures)} pictures drawn")  # all: what is not asked for would be deleted
        return 0
    if options.do == "sheet":
        write_html(chosen, options.output.with_suffix(".html"), paper=options.paper, width=options.width)
        write_png(options.output.with_suffix(".html"), options.output.with_suffix(".png"))
        return 0
    found = [*faults(chosen), *(f"{name}: not built from today's poses; run `make figures`" for name in stale(pictures))]
    for fault in found:
        print(fault)
    return 1 if found else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m planner.figures", description=__doc__)
    parser.add_argument("do", choices=("build", "check", "sheet"))
    parser.add_argument("names", nargs="*", help="pictures; all of them if none is named")
    parser.add_argument("--drafts", type=Path, help="a file of drafts, read on top of poses.toml")
    parser.add_argument("--output", type=Path, default=Path("test-results/figures"), help="where a sheet goes; .html and .png are added")
    parser.add_argument("--paper", action="store_true", help="black line art, as on paper")
    parser.add_argument("--width", type=int, default=340, help="width of one frame in pixels")
    return parser


if __name__ == "__main__":
    sys.exit(main())
