"""Benchmarks: ratios side by side in one run. `python -m benchmarks` runs all and prints a table."""
