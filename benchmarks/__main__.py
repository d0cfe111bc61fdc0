"""Runs every benchmark: A B A B in one process, medians, an A/A control first."""

from benchmarks import documents, engine, pages
from benchmarks.compare import versions

print(versions())
for part in (engine, pages, documents):
    part.main()
