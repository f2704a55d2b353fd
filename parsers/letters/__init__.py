"""Which letter it is and what its fields say."""
