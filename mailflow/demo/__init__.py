"""The demonstration: a fictional request from mailbox to closing."""
