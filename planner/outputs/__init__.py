"""A plan in every form: page, PDF, sheet, text, calendar, data. forms.py is the registry."""
