"""One check per file, each citing its authority; a check never rejects."""
