"""The sheets of a clinic: filled in, proposed, printed, found again and followed up."""
