"""The therapist's side of the web: one blueprint, a module for each group of pages. A module that is imported here is served."""

from planner.web.clinic import account, bench, keys, leaving, own_packs, people, printing, profile, repeat, shelf, signin
from planner.web.clinic.door import pages

__all__ = ["account", "bench", "keys", "leaving", "own_packs", "pages", "people", "printing", "profile", "repeat", "shelf", "signin"]
