"""Where documents are drawn: in the machine's own pool, which all web processes share, or in a pool of this process."""

from __future__ import annotations

import os
from functools import cache

from planner.outputs.render_pool import RenderPool, renderers_wanted
from planner.outputs.shared_pool import SharedPool

SOCKET = "BACKPLAN_RENDERER"  # in the environment: the socket at which `planner render-service` listens


@cache
def pool_of(process: int) -> RenderPool | SharedPool:
    path = os.environ.get(SOCKET)
    return SharedPool(path) if path else RenderPool(renderers_wanted())


def pool() -> RenderPool | SharedPool:
    """This process's way to a pool, made when first wanted (so after gunicorn has forked)."""
    return pool_of(os.getpid())
