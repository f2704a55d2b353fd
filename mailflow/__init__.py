"""The shell: mailbox, store, outbox, clock and command line, everything that can fail for outside reasons."""
