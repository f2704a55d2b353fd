"""NIP and NIK: neither has a check digit, so structure and the rule between the two are all there is.

NIP (Perka BKN 22/2007), 18 digits: birth YYYYMMDD, appointment YYYYMM, sex (1 man, 2 woman), serial of 3.
NIK (UU 24/2013), 16 digits: region of 6, birth DDMMYY (women: day + 40), serial of 4.
Nothing here repairs a number: what does not fit is named, and both readings go to a person.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

Sex = Literal["m", "f"]

NIP_DIGITS = 18
NIK_DIGITS = 16
_FEMALE_DAY = 40
_MONTHS = 12
_PPPK_MONTH = 21  # contract staff (PPPK) carry 21 and more where permanent staff carry the month
_WORKING_AGE = range(15, 71)  # years between birth and appointment
_CENTURIES = range(1900, 2100)
_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015_/]+")


@dataclass(frozen=True, kw_only=True)
class Nip:
    """A well-formed NIP; `month` is 21 or more for contract staff (PPPK), for whom it is no month."""

    digits: str
    born: date
    year: int
    month: int
    sex: Sex
    serial: str


@dataclass(frozen=True, kw_only=True)
class Nik:
    """A well-formed NIK. The year of birth has two digits; `day` is the day itself (1..31) for both sexes."""

    digits: str
    region: str
    day: int
    month: int
    year: int
    sex: Sex
    serial: str


def bare_digits(text: str) -> str:
    """Return `text` without blanks, dots, dashes and slashes, full-width forms folded (NFKC); other characters stay."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))


def _is_number(digits: str) -> bool:
    return digits.isascii() and digits.isdigit()


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nip_problems(text: str) -> tuple[str, ...]:
    """Return what keeps `text` from being a NIP: `digits`, `nik`, `length`, `birth-date`, `appointment`, `sex`; () if nothing.

    `nik` means sixteen digits that read as a NIK: staff without a NIP enter it there.
    """
    digits = bare_digits(text)
    if not _is_number(digits):
        return ("digits",)
    if len(digits) != NIP_DIGITS:
        return ("nik",) if not nik_problems(digits) else ("length",)
    problems = []
    birth_year, year, month = int(digits[:4]), int(digits[8:12]), int(digits[12:14])
    if birth_year not in _CENTURIES or _date(birth_year, int(digits[4:6]), int(digits[6:8])) is None:
        problems.append("birth-date")
    if year - birth_year not in _WORKING_AGE or not (1 <= month <= _MONTHS or month >= _PPPK_MONTH):
        problems.append("appointment")
    if digits[14] not in "12":
        problems.append("sex")
    return tuple(problems)


def read_nip(text: str) -> Nip | None:
    """Return the NIP that `text` is, printed with or without blanks, or None."""
    if nip_problems(text):
        return None
    digits = bare_digits(text)
    return Nip(
        digits=digits,
        born=date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])),
        year=int(digits[8:12]),
        month=int(digits[12:14]),
        sex="m" if digits[14] == "1" else "f",
        serial=digits[15:],
    )


def nik_problems(text: str) -> tuple[str, ...]:
    """Return what keeps `text` from being a NIK: `digits`, `length`, `region`, `birth-date`, `serial`; () if nothing.

    A NIK stays with a person for life, errors of the birth date included: `birth-date` is a warning, never a rejection.
    """
    digits = bare_digits(text)
    if not _is_number(digits):
        return ("digits",)
    if len(digits) != NIK_DIGITS:
        return ("length",)
    problems = []
    if "00" in (digits[:2], digits[2:4], digits[4:6]):
        problems.append("region")
    day = int(digits[6:8])
    day -= _FEMALE_DAY if day > _FEMALE_DAY else 0
    # 2000 is a leap year: the century is not in the number, so 29 February is given the benefit of the doubt.
    if _date(2000, int(digits[8:10]), day) is None:
        problems.append("birth-date")
    if digits[12:] == "0000":
        problems.append("serial")
    return tuple(problems)


def read_nik(text: str) -> Nik | None:
    """Return the NIK that `text` is, or None."""
    if nik_problems(text):
        return None
    digits = bare_digits(text)
    day = int(digits[6:8])
    female = day > _FEMALE_DAY
    return Nik(
        digits=digits,
        region=digits[:6],
        day=day - _FEMALE_DAY if female else day,
        month=int(digits[8:10]),
        year=int(digits[10:12]),
        sex="f" if female else "m",
        serial=digits[12:],
    )


def disagreements(nip: Nip, nik: Nik) -> tuple[str, ...]:
    """Return where the two numbers of one person differ: `birth-date`, `sex`. An alarm of misreading, not a proof."""
    found = []
    if (nip.born.day, nip.born.month, nip.born.year % 100) != (nik.day, nik.month, nik.year):
        found.append("birth-date")
    if nip.sex != nik.sex:
        found.append("sex")
    return tuple(found)


def format_nip(text: str) -> str:
    """Return a NIP as it is printed, `19850412 201001 2 007`; anything but eighteen digits comes back unchanged."""
    digits = bare_digits(text)
    if len(digits) != NIP_DIGITS or not _is_number(digits):
        return text
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"
