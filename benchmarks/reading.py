"""The reading grade of the content: median, and the ten hardest strings."""

from __future__ import annotations

from statistics import median

from benchmarks.compare import report
from tests.test_content import grades


def main() -> None:
    found = grades()
    rows = {"strings of 8 words or more": float(len(found)), "median grade": median(grade for grade, _, _ in found)}
    rows["share above grade 9"] = sum(grade > 9 for grade, _, _ in found) / len(found)
    rows |= {f"{place}: {text[:60]}": grade for grade, place, text in found[:10]}
    report("reading", rows)


if __name__ == "__main__":
    main()
