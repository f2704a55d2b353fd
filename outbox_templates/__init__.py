"""Decisions to words: one folder per language and message, as Jinja2 templates."""
