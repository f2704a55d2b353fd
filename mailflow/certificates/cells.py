"""The cells of a table of certificates: each reader returns the value, or raises ValueError with what is wrong and the remedy.

The messages never repeat the value: it may be a person's number.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from email_validator import EmailNotValidError, validate_email

from parsers.identity import bare_digits, nip_problems

NOT_REVOKED = ("-", "no", "tidak")
_SHORTENED = re.compile(r"\d([.,]\d+)?E\+?\d+", re.IGNORECASE)
_EXCEL = "a spreadsheet has shortened the number; format the column as text, enter it again and export anew"
_DAY_FIRST = re.compile(
    r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?:[ T,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?)?"
)
_LONGEST_SERIAL = 40  # hexadecimal digits: RFC 5280 4.1.2.2 allows 20 octets


def read_serial(text: str) -> str:
    """Return a serial number as hexadecimal digits in capitals, without separators and leading zeros."""
    if _SHORTENED.fullmatch(text) and "+" in text:
        raise ValueError(_EXCEL)
    digits = re.sub(r"[\s:\-]", "", text).upper().removeprefix("0X").lstrip("0")
    if not digits:
        raise ValueError("empty; give the certificate's serial number in hexadecimal, as AMS shows it")
    if not re.fullmatch(r"[0-9A-F]+", digits) or len(digits) > _LONGEST_SERIAL:
        raise ValueError("no serial number; write it in hexadecimal (digits and A to F), like 5A:3F:09")
    return digits


def read_name(text: str) -> str:
    """Return a holder's name on one line."""
    name = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    if not name:
        raise ValueError("empty; give the holder's name as the certificate has it")
    return unicodedata.normalize("NFC", name)


def read_number(text: str) -> str:
    """Return a NIP (18 digits) or, of staff without one, a NIK (16 digits); "" for an empty cell."""
    digits = bare_digits(text.strip().lstrip("'"))
    if not digits:
        return ""
    if _SHORTENED.fullmatch(text.strip()):
        raise ValueError(_EXCEL)
    problems = nip_problems(digits)
    if "digits" in problems or "length" in problems:
        raise ValueError("no NIP; it has 18 digits (or 16, where staff without NIP have a NIK)")
    if not problems and digits.endswith("000"):  # of numbers this long a spreadsheet keeps fifteen digits
        raise ValueError(f"ends in 000, as no NIP does: {_EXCEL}")
    return digits


def read_address(text: str) -> str:
    """Return an e-mail address; "" for an empty cell."""
    if not text.strip():
        return ""
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        raise ValueError("no e-mail address; write one, like nama@contohkota.go.id") from None


def read_needed_address(text: str) -> str:
    """Return an e-mail address that may not be missing."""
    address = read_address(text)
    if not address:
        raise ValueError("empty; give the holder's official e-mail address: the notices go there")
    return address


def read_language(text: str) -> str:
    """Return `id` or `en`; "" for an empty cell."""
    language = text.strip().lower()
    if language not in {"", "id", "en"}:
        raise ValueError("no language of the letters; write id or en, or leave it empty")
    return language


def moment_reader(zone: ZoneInfo, at: time) -> Callable[[str], datetime]:
    """Return the reader of days and times; what gives no zone is meant in `zone`, a bare day at the time `at`."""

    def read(text: str) -> datetime:
        try:
            moment, bare = _moment(text.strip())
        except ValueError:
            raise ValueError("no date; write it like 2026-04-24, 2026-04-24 09:30 or 24/04/2026") from None
        moment = datetime.combine(moment.date(), at) if bare else moment
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)

    return read


def _moment(text: str) -> tuple[datetime, bool]:
    """Return a moment, and whether the text gives the day alone. A day with slashes is written day first."""
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year, hour, minute, second = (int(each or 0) for each in found.groups())
        moment = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - the caller gives the zone
        return moment, found[4] is None
    return datetime.fromisoformat(text), ":" not in text and "T" not in text.upper()
