"""Letters: from placed words to kind and fields, whatever the words were read from."""

from parsers.letters.lines import Page, Word, doubt_overlaps
from parsers.letters.read import Letter, read_letter
from parsers.letters.tables import announces_table

__all__ = ["Letter", "Page", "Word", "announces_table", "doubt_overlaps", "read_letter"]
