"""Runs every benchmark: A B A B in one process, medians, an A/A control first."""

from benchmarks import batch, documents, engine, massage_worth, pages, pictures, reading, taps
from benchmarks.compare import machine

print(machine())
print("processor time (process_time) of this process")
for part in (taps, reading, massage_worth, engine, batch, pages, documents, pictures):
    part.main()
