"""What somebody typed at the command line: numbers of rows, tickets."""

from mailflow.office import Office
from mailflow.tickets import find_tickets

_LARGEST = 2**63 - 1


def row_number(text: str) -> int | None:
    """Return the number of a row; None for what cannot be one."""
    return int(text) if text.isascii() and text.isdigit() and int(text) <= _LARGEST else None


def ticket_in(office: Office, text: str) -> str:
    """Return the ticket, whatever its case, blanks and dashes."""
    tickets = find_tickets(text, office.config.department.ticket_prefix)
    return tickets[0] if tickets else text.strip().upper()
