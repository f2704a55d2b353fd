"""Killable workers that read untrusted bytes."""
