"""How a row is reached: engines, sessions, and the revision of the schema."""
