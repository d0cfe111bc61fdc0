"""The rules: answers, facts, triage, plan. Nothing here reads a file, a clock or a network."""
