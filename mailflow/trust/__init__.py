"""Who wrote it: sender authentication and task tokens."""
