"""Every table of the database: whoever imports this module knows them all. A new module with tables is named here."""

from planner import kept, purge
from planner.clinic import tables as clinic
from planner.database import Base

METADATA = Base.metadata
MODULES = (kept, purge, clinic)
