"""What is counted for whoever looks after the site: only how often and how long, by page. Never an answer, code, reference or address."""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, values
from prometheus_client.multiprocess import MultiProcessCollector

SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""Where the counts of all processes are, in memory; the server names it. Without it this process counts for itself."""
PLACE = "BACKPLAN_PLACE"
"""Which of the server's places this process has. Its successor in that place goes on with the same files: their number never grows."""
COUNTED_METHODS = ("GET", "POST", "HEAD", "OPTIONS")
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
MADE, FROM_MEMORY, DROPPED, LATE, DIED, REFUSED, FAILED = "made", "memory", "dropped", "late", "died", "refused", "failed"
"""How asking for a document ended."""
KINDS_ASKED = ("plan", "sheet", "fit")
WAYS_IN = ("password", "code", "passkey")
"""What may be wrong when somebody signs in."""

if os.environ.get(SHARED) and os.environ.get(PLACE):
    values.ValueClass = values.MultiProcessValue(lambda: os.environ[PLACE])  # type: ignore[no-untyped-call]
own = CollectorRegistry()
REQUESTS = Histogram(
    "backplan_request_seconds",
    "Requests, by page, method and class of status",
    ["endpoint", "method", "status"],
    buckets=BUCKETS,
    registry=own,
)
RENDERS = Histogram(
    "backplan_document_seconds", "From asking for a document until it is made, waiting included", ["kind"], buckets=BUCKETS, registry=own
)
DOCUMENTS_ASKED = Counter("backplan_documents", "Documents that were asked for, by how it ended", ["kind", "how"], registry=own)
WAITING = Gauge("backplan_documents_waiting", "Requests that wait for a document", registry=own, multiprocess_mode="livesum")
RATE_LIMITED = Counter("backplan_rate_limited", "Requests that came too fast", registry=own)
FORMS_REFUSED = Counter("backplan_forms_refused", "Forms whose token was not this browser's", registry=own)
SIGN_INS_FAILED = Counter("backplan_sign_ins_failed", "Sign-ins that failed, by what was wrong", ["what"], registry=own)
DATABASE_ERRORS = Counter("backplan_database_errors", "Times that the database could not be used", registry=own)
READY = Gauge("backplan_ready", "1 if it can be used, by part", ["part"], registry=own, multiprocess_mode="mostrecent")

for each in WAYS_IN:  # from the start at 0: an alarm on growth would miss the first of what is not there before
    SIGN_INS_FAILED.labels(each)
for each in KINDS_ASKED:
    for outcome in (MADE, FROM_MEMORY, DROPPED, LATE, DIED, REFUSED, FAILED):
        DOCUMENTS_ASKED.labels(each, outcome)


def count_request(endpoint: str, method: str, status: int, seconds: float) -> None:
    """Notes one answered request. Methods that nobody offers count as one, or a stranger could invent rows."""
    REQUESTS.labels(endpoint, method if method in COUNTED_METHODS else "other", f"{status // 100}xx").observe(seconds)
    if status == 429:
        RATE_LIMITED.inc()


def exposition() -> bytes:
    """All of it, as Prometheus reads it."""
    if not os.environ.get(SHARED):
        return generate_latest(own)
    everybody = CollectorRegistry()
    MultiProcessCollector(everybody, os.environ[SHARED])  # type: ignore[no-untyped-call]
    return generate_latest(everybody)
