"""What stands under the code of a kept plan: one blueprint, a module for each group of pages. A module that is imported here is served."""

from planner.web.patient import check_ins, health_link_pages, kept_files, kept_pages, massage_pages, printed_pages, still_true

UNDER_A_CODE = (kept_pages, kept_files, still_true, printed_pages, check_ins, massage_pages, health_link_pages)
pages = kept_files.pages
__all__ = ["UNDER_A_CODE", "pages"]
