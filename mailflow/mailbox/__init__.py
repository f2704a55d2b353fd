"""Where messages come from: IMAP and Maildir behind one contract."""
