"""Drawings made from data. For now the body map of the question "where does it hurt"."""
