"""Rate limits by address. When Redis is down they fall back to this process's memory."""

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

PAGES = "600 per minute"  # a whole waiting room may share one address
DOCUMENTS = "30 per minute"
MISSES = "20 per minute;100 per hour"  # codes that open nothing
limiter = Limiter(get_remote_address, strategy="fixed-window", default_limits=[PAGES])
