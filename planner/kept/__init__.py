"""Kept plans: a person's answers under a code that only they have."""
