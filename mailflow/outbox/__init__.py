"""How messages leave: composing, SMTP and Maildir behind one contract."""
