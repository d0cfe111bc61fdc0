"""The waiting room: what patients answer before a visit, the word that opens it, the tablets that ask, and what they agreed to."""
