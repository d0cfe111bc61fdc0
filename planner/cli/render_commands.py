"""The `render-service` command: the pool of renderers that all web processes of a machine share. `gunicorn.conf.py` starts it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from planner.cli.input import BadInput


def add_render_commands(commands: Any) -> None:
    """Adds `render-service` to the command line."""
    words = "draw PDFs for the web processes of this machine; gunicorn starts it, so you need not"
    service = commands.add_parser("render-service", help=words, description=words)
    service.add_argument("socket", metavar="SOCKET", type=Path, help="where to listen, in a folder that is yours alone (chmod 700)")
    service.set_defaults(run=run_service)


def run_service(options: argparse.Namespace) -> None:
    """Until a signal comes, or whoever started it is gone."""
    from planner.outputs.render_service import OpenFolder, check_folder, keep_serving

    try:
        check_folder(options.socket)
    except OpenFolder as error:
        raise BadInput(str(error)) from error
    keep_serving(options.socket)
