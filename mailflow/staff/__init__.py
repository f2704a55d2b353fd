"""The staff beside their tasks: mails of their own, mail to be sorted, absence, who is gone, the morning's digest."""
