"""Bytes to facts: pure readers, without clock, network, database or environment."""
