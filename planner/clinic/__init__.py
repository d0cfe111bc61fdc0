"""Clinics: their people, how these sign in, and what they hand out. Rules and tables; the pages are in planner/web/clinic."""
