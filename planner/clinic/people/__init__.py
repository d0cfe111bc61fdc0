"""The people of a clinic: accounts, how they sign in, and what happened."""
