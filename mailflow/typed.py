"""What somebody typed at the command line: numbers of rows, tickets."""

import re

from mailflow.office import Office
from mailflow.tickets import find_tickets

_LARGEST = 2**63 - 1
_CHILD = re.compile(r"\.\d{1,3}\s*$")


def row_number(text: str) -> int | None:
    """Return the number of a row; None for what cannot be one."""
    return int(text) if text.isascii() and text.isdigit() and int(text) <= _LARGEST else None


def ticket_in(office: Office, text: str) -> str:
    """Return the ticket, whatever its case, blanks and dashes; a child's keeps its own number after the point."""
    tickets = find_tickets(text, office.config.department.ticket_prefix)
    child = _CHILD.search(text)
    return tickets[0] + (child[0].strip() if child else "") if tickets else text.strip().upper()
