"""winmail.dat (TNEF, MS-OXTNEF §2.1): whether Outlook packed an attachment into it, or only the formatting of its text."""

_SIGNATURE = b"\x78\x9f\x3e\x22"
_HEAD = 6  # signature and key
_OVERHEAD = 9  # level, id and length of an attribute
_ATTACHMENT = 2  # the level of attributes that belong to one
_MOST = 10_000  # attributes; honest files have some fifty


def has_attachment(data: bytes) -> bool:
    """Tell whether there is an attachment inside; damaged data may hold one."""
    if not data.startswith(_SIGNATURE):
        return bool(data)
    at = _HEAD
    for _ in range(_MOST):
        if at == len(data):
            return False
        if at + _OVERHEAD > len(data) or data[at] not in (1, _ATTACHMENT) or data[at] == _ATTACHMENT:
            return True
        at += _OVERHEAD + int.from_bytes(data[at + 5 : at + _OVERHEAD], "little") + 2  # its checksum
    return True
