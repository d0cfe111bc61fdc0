"""The WSGI entry point: `gunicorn wsgi:app`."""

import gc
import sys

from planner import create_app
from planner.library.reader import BrokenContent
from planner.outputs.pool import pool
from planner.settings_file import BadSettingsFile, read_settings_file
from planner.settings_table import BadSetting

BOOT_FAILED = 3  # gunicorn stops on this exit code; on any other it would start the worker again, for ever

try:
    read_settings_file()
    app = create_app()
except (BadSetting, BadSettingsFile, BrokenContent) as error:
    print(f"backplan: {error}", file=sys.stderr)
    sys.exit(BOOT_FAILED)
gc.collect()
gc.freeze()  # what is here now stays: to look through it for what has gone would hold up some page for a tenth of a second
pool().start()  # a renderer of our own warms up now, not when the first person asks
