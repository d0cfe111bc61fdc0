"""The content, read and checked whole into a frozen Library."""
