"""What no plan may ever do, read from the clinical safety reference alone: an oracle that knows nothing of the engine."""
