"""Clinics: what stands on their sheets, taking everything out, and the end. Their people and sheets are packages of their own."""
