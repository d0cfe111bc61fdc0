"""Rate limits by address, over all processes of the machine, or over machines with Redis. When their store is away, each process counts."""

from functools import cache
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

from flask import Flask, Response, current_app, g, has_app_context, request
from flask_limiter import Limiter, RateLimitExceeded
from limits import parse, parse_many
from werkzeug.exceptions import TooManyRequests

from planner.clinic.logo import MOST_BYTES
from planner.clinic.photos import FOR_PHOTO
from planner.web import machine_counts
from planner.web.carried import secrets_now

PAGES = "600 per minute"  # a whole waiting room may share one address
USUAL_LIMIT = parse(PAGES)
DOCUMENTS = "30 per minute"
FITS = "60 per minute"  # previews that are laid out as the printer would
MISSES = parse_many("20 per minute;100 per hour")  # codes that open nothing
UPLOADS = {"clinic.upload_logo": MOST_BYTES, "clinic.add_exercise": FOR_PHOTO.bytes, "clinic.change_exercise": FOR_PHOTO.bytes}
"""Bytes that the file of a form may have, by view. What stands around it may be as much as any other form."""


def asker_address() -> str:
    """Where a request comes from. One home or phone has a whole /64 of IPv6 to choose from, so that counts as one."""
    try:
        found = ip_address(request.remote_addr or "")
    except ValueError:
        return request.remote_addr or "nowhere"
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
    return str(found)


def mark(text: str) -> str:
    """What stands for an address, of a machine or of a mailbox, where it should not be itself: in counts, and in cookies.

    Without our secret nobody finds out what it stands for, not by trying every address there is."""
    return marked(text, secrets_now()[-1])


def marks(text: str) -> list[str]:
    """As each of our secrets makes it, today's last: for what a browser was given before there was a new one."""
    return [marked(text, secret) for secret in secrets_now()]


def marked(text: str, secret: str) -> str:
    return blake2b(text.encode(errors="replace"), key=marking_key(secret), digest_size=16).hexdigest()


@cache
def marking_key(secret: str) -> bytes:
    return blake2b(secret.encode()).digest()


def asker_mark() -> str:
    return mark(asker_address())


class LimitsAtOnce(Limiter):
    """Several threads may wait for a store that goes away, or that answers and takes nothing. The first to find out turns to this process's
    memory, and Flask-Limiter would have the others fail, with a 500 for their visitors: they turn to it too. It is said once, in each
    process, when the store goes and when it is back.

    Nearly every page has the limit of pages and no other. That is counted as Flask-Limiter would, without working out anew for each request
    which limits there are. What is refused, or can't be counted, goes its whole way."""

    turning = Lock()
    dead = False

    @property
    def _storage_dead(self) -> bool:
        return self.dead

    @_storage_dead.setter
    def _storage_dead(self, dead: bool) -> None:
        with self.turning:
            turned, self.dead = dead != self.dead, dead
        if turned and has_app_context():
            store = "REDIS_URL: Redis" if current_app.config["REDIS_URL"] else "the counts of this machine"
            said = "does not answer; until it does, this process counts for itself" if dead else "answers again"
            current_app.logger.warning("%s %s", store, said)

    def _check_request_limit(self, callable_name: str | None = None, in_middleware: bool = True) -> None:
        if in_middleware and not self._storage_dead and self._has_usual_limit() and self._is_within_it():
            return
        try:
            super()._check_request_limit(callable_name, in_middleware)
        except RateLimitExceeded:
            raise
        except Exception:
            if not self._storage_dead:
                raise
            self.context.seen_limits.clear()
            super()._check_request_limit(callable_name, in_middleware)

    def _has_usual_limit(self) -> bool:
        """True for a page whose one limit is that of pages: looked up once for each page of an application."""
        endpoint = request.endpoint
        if not (self.enabled and self.initialized) or endpoint is None or self.limit_manager.has_hints(endpoint):
            return False
        known: dict[str, bool] = current_app.extensions.setdefault("usual limits", {})
        if endpoint not in known:
            usual, own = self.limit_manager.resolve_limits(current_app, endpoint, request.blueprint)
            known[endpoint] = [one.limit for one in usual] == [USUAL_LIMIT] and not own
        return known[endpoint]

    def _is_within_it(self) -> bool:
        try:
            return self.limiter.hit(USUAL_LIMIT, asker_mark(), str(request.endpoint))
        except Exception:  # as Flask-Limiter does where a store goes away; without a memory to turn to it asks again, and fails
            if self._in_memory_fallback_enabled and not self._storage_dead:
                self._storage_dead = True
            return False


limiter = LimitsAtOnce(asker_mark, strategy="fixed-window", default_limits=[PAGES])


def store_of_tries(redis: str, folder: str) -> str:
    """The address of where tries are counted: Redis, else what the processes of this server share, else this process."""
    return redis or (f"{machine_counts.SCHEME}://{folder}" if folder else "memory://")


def missed() -> None:
    """A code opened nothing. It counts when the response is ready: whoever has a right code is never refused for others' wrong ones."""
    g.missed = True


def count_misses(app: Flask) -> None:
    @app.after_request
    def count(response: Response) -> Response:
        if not g.pop("missed", False) or not limiter.enabled:
            return response
        try:
            within = [limiter.limiter.hit(limit, "misses", asker_mark()) for limit in MISSES]
        except Exception:  # the store of the counts went away since the request began; the next one finds another
            return response
        return response if all(within) else app.make_response(app.handle_user_exception(TooManyRequests(retry_after=60)))


def allow_uploads() -> None:
    """Before anything reads the form: its form token would be looked for first."""
    if request.endpoint in UPLOADS:
        request.max_content_length = UPLOADS[request.endpoint] + int(current_app.config["MAX_CONTENT_LENGTH"])
