"""What /metrics says of Redis and of the workers that all machines share. What is not known is not said."""

from __future__ import annotations

from collections.abc import Iterator

from flask import current_app
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

SOON_SAID = 0.1  # for a connection, and as much for each answer: a Redis that hangs costs whoever watches a fifth of a second


def fleet_exposition() -> bytes:
    """As Prometheus reads it; nothing without REDIS_URL. No name of a host or of a worker, and no address."""
    url = str(current_app.config.get("REDIS_URL") or "")
    if not url:
        return b""
    registry = CollectorRegistry()
    registry.register(FleetNow(url, str(current_app.config["SECRET_KEY"])))
    return generate_latest(registry)


class FleetNow(Collector):
    """One look at Redis."""

    def __init__(self, url: str, secret: str) -> None:
        self.url, self.secret = url, secret

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing: else its registry would look at once, and again when it is read."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        from planner.outputs.fleet.shared_store import SharedStore, StoreAway

        store = SharedStore(self.url, self.secret, SOON_SAID)
        try:
            found = store.fleet()
        except StoreAway:
            found = {}
        finally:
            store.redis.close()
        yield GaugeMetricFamily("backplan_redis_up", "1 if Redis answers", value=bool(found))
        if not found:
            return
        workers = GaugeMetricFamily("backplan_fleet_workers", "Workers that take what comes, on all machines", labels=["line"])
        waiting = GaugeMetricFamily("backplan_fleet_jobs_waiting", "Jobs that no worker has taken yet", labels=["line"])
        for line, (many, jobs) in found.items():
            workers.add_metric([line], many)
            waiting.add_metric([line], jobs)
        yield from (workers, waiting)
