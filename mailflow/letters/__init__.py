"""From effects to letters in the outbox: what each says, to whom, and in which thread."""
