"""The therapist's side of the web: one blueprint, a module for each group of pages. A module that is imported here is served."""

from planner.web.clinic import account, bench, keys, own_packs, people, printing, repeat, signin
from planner.web.clinic.door import pages

__all__ = ["account", "bench", "keys", "own_packs", "pages", "people", "printing", "repeat", "signin"]
