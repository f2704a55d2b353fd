"""Readers of single documents, by format."""
