"""Where things lie on disk, seen from this installation."""

from pathlib import Path

PLANNER = Path(__file__).resolve().parent
ROOT = PLANNER.parent
CONTENT = PLANNER / "content"
LOCALE = ROOT / "locale"
STATIC = ROOT / "static"
TEMPLATES = ROOT / "templates"
INSTANCE = ROOT / "instance"
"""What this installation alone has: its database and its secret."""
