"""Certification requests as people send them: found, repaired, read and weighed."""

from parsers.csr.read import CsrReading, find_csrs_in_text, read_csr, read_csrs

__all__ = ["CsrReading", "find_csrs_in_text", "read_csr", "read_csrs"]
