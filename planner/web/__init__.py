"""The pages. patient/ and clinic/ hold views alone; what both share stands here."""
