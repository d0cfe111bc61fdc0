"""The one Redis of all machines: jobs, answers, papers and heartbeats. All of it is sealed, and each key has its end."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any, Literal, TypeVar

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, RedisError
from redis.retry import Retry

from planner.outputs.fleet.envelope import Envelope

Line = Literal["pdf", "batch"]
"""A line of jobs: of papers for which a person waits, or of chunks of a batch."""
JOB_LINES: tuple[Line, ...] = ("pdf", "batch")
PREFIX = "backplan:"  # what every key in Redis begins with
HOUR = 3600  # seconds: nothing of anybody is there for longer
PROMPT = 0.2  # seconds in which a Redis that works takes a connection, or answers
PATIENT = 5.0  # the same, for those for whom nobody waits
STAYS_AWAY = 1.0  # seconds for which one that hung is not asked again
BEAT_LASTS = 6  # seconds for which a worker counts as alive
TAKEN_BACK = 120  # seconds in which another machine may still finish what it draws for a draft that is gone
REMEMBER_PAPER = """
if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
if redis.call('TTL', KEYS[1]) < 0 then redis.call('EXPIRE', KEYS[1], ARGV[3]) end
return 1
"""
"""All papers of a draft are one key, with one end; none comes to a draft that was taken back. EXPIRE ... NX
is of Redis 7."""
SAY_ALIVE = """
local now = tonumber(ARGV[2])
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - tonumber(ARGV[3]))
redis.call('EXPIRE', KEYS[1], ARGV[3])
"""
COUNT_LINE = """
local now = tonumber(redis.call('TIME')[1])
return {redis.call('ZCOUNT', KEYS[1], now - tonumber(ARGV[1]), '+inf'), redis.call('LLEN', KEYS[2])}
"""
"""Heartbeats are by the clock of Redis: those of machines differ."""
Found = TypeVar("Found")


class StoreAway(Exception):
    """Redis does not answer, or has just not answered."""


class SharedStore:
    """What any machine puts there and any finds. Every method may raise StoreAway, after `patience` seconds at most: a page waits for
    some, a worker may wait longer."""

    def __init__(self, url: str, secret: str, patience: float = PROMPT) -> None:
        self.envelope = Envelope(secret)
        self.redis = Redis.from_url(with_scheme_of_redis(url), **waits_at_most(patience))
        self.until = 0.0

    def ask(self, call: Callable[[Any], Found]) -> Found:
        if monotonic() < self.until:
            raise StoreAway
        try:
            return call(self.redis)
        except (RedisError, OSError) as fault:
            self.until = monotonic() + STAYS_AWAY
            raise StoreAway from fault

    def answers(self) -> bool:
        try:
            return bool(self.ask(lambda redis: redis.ping()))
        except StoreAway:
            return False

    def refuses(self) -> bool:
        """True where Redis is there and does not take our password: to try again changes nothing."""
        try:
            self.redis.ping()
        except AuthenticationError:
            return True
        except (RedisError, OSError):  # whoever watches says that it is away
            return False
        return False

    def put(self, name: str, body: bytes, seconds: int = HOUR) -> None:
        sealed = self.envelope.seal(body, name)
        self.ask(lambda redis: redis.set(PREFIX + name, sealed, ex=seconds))

    def get(self, name: str) -> bytes | None:
        """None also for what another secret has sealed."""
        sealed = self.ask(lambda redis: redis.get(PREFIX + name))
        return self.envelope.open(sealed, name) if sealed else None

    def has(self, *names: str) -> int:
        """How many of them are there."""
        return int(self.ask(lambda redis: redis.exists(*(PREFIX + name for name in names))))

    def drop(self, *names: str) -> None:
        self.ask(lambda redis: redis.delete(*(PREFIX + name for name in names)))

    def claim(self, name: str, seconds: int) -> bool:
        """True for one alone, until it is dropped or so many seconds are over."""
        return bool(self.ask(lambda redis: redis.set(PREFIX + name, b"1", nx=True, ex=seconds)))

    def counted(self, name: str) -> int:
        """One more; how many in the last hour."""

        def add(redis: Any) -> int:
            with redis.pipeline() as together:
                return int(together.incr(PREFIX + name).expire(PREFIX + name, HOUR).execute()[0])

        return self.ask(add)

    def remember(self, draft: str, paper: str, body: bytes) -> bool:
        """Keeps a paper for a draft, an hour at most; False if the draft was taken back meanwhile."""
        whose, sealed = self.envelope.name("draft", draft), self.envelope.seal(body, paper)
        keys = f"{PREFIX}papers:{whose}", f"{PREFIX}gone:{whose}"
        return bool(self.ask(lambda redis: redis.eval(REMEMBER_PAPER, 2, *keys, paper, sealed, HOUR)))

    def recall(self, draft: str, paper: str) -> bytes | None:
        sealed = self.ask(lambda redis: redis.hget(f"{PREFIX}papers:{self.envelope.name('draft', draft)}", paper))
        return self.envelope.open(sealed, paper) if sealed else None

    def take_back(self, draft: str) -> None:
        """Forgets all papers of a draft, on every machine's behalf."""
        whose = self.envelope.name("draft", draft)

        def forget(redis: Any) -> None:
            with redis.pipeline() as together:
                together.set(f"{PREFIX}gone:{whose}", b"1", ex=TAKEN_BACK).delete(f"{PREFIX}papers:{whose}").execute()

        self.ask(forget)

    def queue(self, line: Line) -> str:
        """Where the jobs of a line wait: another queue for each secret and renderer, since those of another could not open them."""
        return f"{line}-{self.envelope.name('line', line)[:8]}"

    def beat(self, line: Line, worker: str) -> None:
        """A worker of this line takes what comes."""
        name = f"{PREFIX}beat:{self.queue(line)}"

        def say(redis: Any) -> None:
            now = redis.time()[0]
            with redis.pipeline() as together:
                together.set(name, b"1", ex=BEAT_LASTS).set(f"{name}:{worker}", b"1", ex=BEAT_LASTS)
                together.eval(SAY_ALIVE, 1, self.alive(line), worker, now, BEAT_LASTS).execute()

        self.ask(say)

    def beats(self, line: Line, worker: str = "") -> bool:
        """True while this worker, or any, takes what comes."""
        name = f"beat:{self.queue(line)}"
        return bool(self.has(f"{name}:{worker}" if worker else name))

    def alive(self, line: Line) -> str:
        """The key of all heartbeats of a line, by which they are counted."""
        return f"{PREFIX}alive:{self.queue(line)}"

    def fleet(self) -> dict[Line, tuple[int, int]]:
        """Of each line how many workers take what comes, and how many jobs no worker has taken yet. Redis is asked once."""

        def count(redis: Any) -> list[list[int]]:
            with redis.pipeline(transaction=False) as together:
                for line in JOB_LINES:
                    together.eval(COUNT_LINE, 2, self.alive(line), PREFIX + self.queue(line), BEAT_LASTS)
                found: list[list[int]] = together.execute()
            return found

        return {line: (int(workers), int(jobs)) for line, (workers, jobs) in zip(JOB_LINES, self.ask(count), strict=True)}

    def waiting(self, line: Line) -> int:
        """Jobs that no worker has taken yet."""
        return int(self.ask(lambda redis: redis.llen(PREFIX + self.queue(line))))

    def end_line(self, line: Line) -> None:
        """What nobody takes out of a line within the hour is gone with it."""
        self.ask(lambda redis: redis.expire(PREFIX + self.queue(line), HOUR))


def with_scheme_of_redis(url: str) -> str:
    """The client's own word for a socket; REDIS_URL has that of the counts of requests."""
    return url.replace("redis+unix://", "unix://", 1)


def waits_at_most(seconds: float) -> dict[str, Any]:
    """Words for a client that gives up then, and does not try again by itself."""
    return {"socket_timeout": seconds, "socket_connect_timeout": seconds, "retry": Retry(NoBackoff(), 0)}
