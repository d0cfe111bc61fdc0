"""Whether the server can listen where HOST and PORT say, asked before anything else is begun."""

from __future__ import annotations

import errno
import socket
from time import sleep

from planner.settings_table import BadSetting, unusable

TRIES_TO_LISTEN = 5
BETWEEN_TRIES = 1.0  # seconds between two: at a boot an address may come late, and a server that ends keeps its port for a moment
NOT_HERE = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EINVAL)


def check_door(host: str, port: int) -> None:
    """BadSetting if nobody can listen there, after some seconds of trying. `port` 0 is any that is free."""
    for left in reversed(range(TRIES_TO_LISTEN)):
        try:
            return listen_once(host, port)
        except OSError as fault:
            if not left:
                raise wrong_door(fault) from fault
            sleep(BETWEEN_TRIES)


def listen_once(host: str, port: int) -> None:
    """As gunicorn does it. OSError."""
    host = host.strip("[]")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, port))
        door.listen(1)  # of two that are bound so, one may listen


def wrong_door(fault: OSError) -> OSError | BadSetting:
    """What is said of it; a fault of the system that no setting causes stays one."""
    if isinstance(fault, socket.gaierror) or fault.errno in NOT_HERE:
        return unusable("HOST")
    if fault.errno == errno.EADDRINUSE:
        return BadSetting("PORT must be the number of a port that is free: another program listens at this one")
    if fault.errno == errno.EACCES:
        return BadSetting("PORT must be the number of a port that this user may have: those below 1024 are for root")
    return fault
