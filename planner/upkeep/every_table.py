"""Every table of the database: whoever imports this module knows them all. A new module with tables is named here."""

from planner.clinic import tables as clinic
from planner.clinic.people import account_requests
from planner.clinic.sheets import own_exercises
from planner.clinic.waiting_room import intake_tables
from planner.database.rows import Base
from planner.kept import health_links, plans
from planner.upkeep import purge

METADATA = Base.metadata
MODULES = (plans, health_links, purge, clinic, own_exercises, intake_tables, account_requests)
