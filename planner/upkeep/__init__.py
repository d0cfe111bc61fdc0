"""Keeping the database: every table, its migrations, backup and purge."""
