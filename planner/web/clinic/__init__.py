"""The therapist's side of the web: one blueprint, a module for each group of pages. A module that is imported here is served."""

from planner.web.clinic import (
    account,
    asking_pages,
    confirming,
    country_pages,
    forgotten_pages,
    handout_pages,
    leaving,
    new_sheet,
    own_exercise_pages,
    pack_pages,
    passkey_pages,
    people_pages,
    preview_pages,
    printing,
    profile_pages,
    repeat_visit,
    sign_in,
    sign_in_rules_page,
    waiting_pages,
)
from planner.web.clinic.access import pages

SERVED = (
    *(account, asking_pages, confirming, country_pages, forgotten_pages, own_exercise_pages, handout_pages, leaving, new_sheet),
    *(pack_pages, passkey_pages, people_pages, preview_pages, printing, profile_pages, repeat_visit, sign_in, sign_in_rules_page),
    waiting_pages,
)
__all__ = ["SERVED", "pages"]
