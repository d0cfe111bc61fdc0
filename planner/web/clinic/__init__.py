"""The therapist's side of the web: one blueprint, a module for each group of pages. A module that is imported here is served."""

from planner.web.clinic import (
    account,
    country_pages,
    handout_pages,
    leaving,
    new_sheet,
    pack_pages,
    passkey_pages,
    people_pages,
    preview_pages,
    printing,
    profile_pages,
    repeat_visit,
    sign_in,
)
from planner.web.clinic.access import pages

SERVED = (
    *(account, country_pages, handout_pages, leaving, new_sheet, pack_pages, passkey_pages),
    *(people_pages, preview_pages, printing, profile_pages, repeat_visit, sign_in),
)
__all__ = ["SERVED", "pages"]
