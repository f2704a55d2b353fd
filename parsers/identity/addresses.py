"""E-mail addresses compared: domains by IDNA (RFC 5890) on a dot boundary, mailboxes without regard to case."""

import idna


def _domain(name: str) -> str:
    """Return a domain as lower-case ASCII labels, "" where it is none."""
    bare = name.strip().rstrip(".").lower()
    if not bare or len(bare) > 253:  # noqa: PLR2004 - RFC 1035 limit of a domain name
        return ""
    try:
        return idna.encode(bare, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return ""


def _split(address: str) -> tuple[str, str]:
    local, at, domain = address.strip().rpartition("@")
    return (local, _domain(domain)) if at else ("", "")


def belongs_to(address: str, domain: str) -> bool:
    """Tell whether `address` is of `domain` or a subdomain of it; `contohkota.go.id.example.com` is not of `contohkota.go.id`."""
    local, own = _split(address)
    wanted = _domain(domain)
    return bool(local and own and wanted) and (own == wanted or own.endswith("." + wanted))


def same_address(one: str, other: str) -> bool:
    """Tell whether two addresses are one mailbox: domains by IDNA, local parts without case (no server in use tells them apart)."""
    local, domain = _split(one)
    other_local, other_domain = _split(other)
    return bool(local and domain) and local.casefold() == other_local.casefold() and domain == other_domain
