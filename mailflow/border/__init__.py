"""Whether our own mail server can be believed: it is tried with a letter that bears forged words of its own."""
