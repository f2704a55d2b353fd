"""One value: what was printed, normalised without guessing, and whether it may be acted on without a person's eye.

Confusable characters are repaired only inside digit fields, and every repair is named with both readings. An identity number
that does not have its structure is kept as it stands and marked: it is the officer's to judge.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from parsers.identity.numbers import bare_digits, nik_problems, nip_problems
from parsers.letters.dates import read_date

_CONFUSABLE = str.maketrans(
    {**dict.fromkeys("OoQD", "0"), **dict.fromkeys("lI|i!", "1"), "B": "8", "S": "5", "Z": "2", "s": "5"}
)
_BLANK = re.compile(r"^[\s.\-_\u2026\u2013\u2014*/:]*$")
_LEADERS = re.compile(r"[.\u2026_]{3,}")
_EMAIL = re.compile(r"[^\s@,;:<>()\[\]\"']+@(?:[^\s@.,;:<>()\[\]\"'/]+\.)+[A-Za-z]{2,}")
_PHONE = re.compile(r"\+?\d[\d\s().\-]{6,20}\d")
_PHONE_DIGITS = range(8, 16)  # E.164: at most fifteen
_HINTS = frozenset(
    [
        "diisi",
        "isi",
        "isilah",
        "tanpa",
        "wajib",
        "sesuai",
        "digit",
        "angka",
        "contoh",
        "cth",
        "misal",
        "misalnya",
        "pilih",
        "coret",
        "lengkap",
        "huruf",
        "spasi",
        "format",
        "gunakan",
        "menggunakan",
        "opsional",
        "jika",
        "apabila",
        "tuliskan",
        "tulis",
        "harus",
    ]
)
_ASIDE = re.compile(r"\([^()]*\)")
_REST = re.compile(r"[a-z]{1,3}")  # of an address broken before its last letters
_LONGEST = 300


@dataclass(frozen=True, kw_only=True)
class Value:
    """A normalised value; `note` says in a sentence what a person should look at, and makes it uncertain."""

    value: str
    note: str = ""
    repairs: tuple[str, ...] = ()


def is_blank(raw: str) -> bool:
    """Tell whether a field was left open: nothing, dots, dashes, underscores."""
    return bool(_BLANK.match(raw))


def _repaired(digits: str) -> tuple[str, tuple[str, ...]]:
    fixed = digits.translate(_CONFUSABLE)
    changes = [
        f"{a}\u2192{b} at {i}" for i, (a, b) in enumerate(zip(digits, fixed, strict=True), 1) if a != b
    ]
    return fixed, tuple(changes)


def _identity(
    raw: str, name: str, length: int, problems_of: Callable[[str], tuple[str, ...]]
) -> Value | None:
    digits = bare_digits(raw)
    if not any(char.isdigit() for char in digits):
        return None
    repairs: tuple[str, ...] = ()
    note = ""
    if not (digits.isascii() and digits.isdigit()):
        fixed, changes = _repaired(digits)
        if fixed.isascii() and fixed.isdigit() and len(fixed) == length and len(changes) <= length // 3:
            note = f"printed as {digits}, read as {fixed}"
            digits, repairs = fixed, changes
    problems = problems_of(digits)
    if problems:
        note = "; ".join(filter(None, [note, f"not a {name} as it stands: {', '.join(problems)}"]))
    return Value(value=digits, note=note, repairs=repairs)


def _nip(raw: str) -> Value | None:
    return _identity(raw, "NIP", 18, nip_problems)


def _nik(raw: str) -> Value | None:
    return _identity(raw, "NIK", 16, nik_problems)


def _email(raw: str) -> Value | None:
    plain = unicodedata.normalize("NFKC", raw)
    found = _EMAIL.findall(plain)
    note = "more than one address" if len(found) > 1 else ""
    if found and not note and any(char.isalnum() for char in _ASIDE.sub("", plain.replace(found[0], " ", 1))):
        note = f"printed beside other words: {raw}"
    if not found:
        found = _EMAIL.findall(re.sub(r"\s+", "", plain))
        note = f"printed with blanks: {raw}"
    if not found:
        return Value(value=" ".join(plain.split()), note="not an e-mail address as it stands")
    local, _, domain = found[0].rpartition("@")
    return Value(value=f"{local}@{domain.lower()}", note=note)


def _phone(raw: str) -> Value | None:
    found = _PHONE.search(unicodedata.normalize("NFKC", raw))
    digits = re.sub(r"\D", "", found[0]) if found else ""
    if not found or len(digits) not in _PHONE_DIGITS:
        return Value(value=" ".join(raw.split()), note="not a telephone number as it stands")
    return Value(value="+" * found[0].startswith("+") + digits)


def _date(raw: str) -> Value | None:
    found = read_date(raw)
    return Value(value=found.isoformat()) if found else Value(value=raw, note="not a date as it stands")


def _number(raw: str) -> Value | None:
    return Value(value=raw) if any(char.isdigit() for char in raw) else None


def _text(raw: str) -> Value | None:
    plain = " ".join(_LEADERS.sub(" ", unicodedata.normalize("NFKC", raw)).split()).strip(" ;")
    return Value(value=plain) if any(char.isalpha() for char in plain) else None


_READERS: dict[str, Callable[[str], Value | None]] = {
    "nip": _nip,
    "nik": _nik,
    "official_email": _email,
    "phone": _phone,
    "letter_date": _date,
    "letter_number": _number,
}


def normalise(field: str, raw: str) -> Value | None:
    """Return the value of `field` printed as `raw`; None where nothing was filled in."""
    raw = raw[:_LONGEST].strip()
    return None if is_blank(raw) else _READERS.get(field, _text)(raw)


def name_and_nip(raw: str) -> tuple[str, str]:
    """Return the two parts of `Siti Rahmawati / NIP. 19850412...`."""
    at = next((index for index, char in enumerate(raw) if char.isdigit()), len(raw))
    name = raw[:at].rstrip(" /|-,;:").removesuffix("NIP.").removesuffix("NIP").rstrip(" /|-,;")
    return name, raw[at:]


def wants_more(field: str, raw: str, following: str) -> bool:
    """Tell whether a value of `field` that reads `raw` so far goes on with the text of the next line."""
    if field in ("nip", "nik"):
        wanted = 18 if field == "nip" else 16
        return (
            len(bare_digits(raw)) + len(bare_digits(following)) <= wanted and bare_digits(following).isdigit()
        )
    if field == "official_email":
        return _email_goes_on(raw, following)
    if field in ("phone", "letter_date", "letter_number"):
        return not raw
    return True


def _email_goes_on(raw: str, following: str) -> bool:
    if not raw:
        return True
    if " " in following.strip() or ("@" in raw and "@" in following):
        return False
    if _REST.fullmatch(following):
        return True
    return "." in following or "@" in following or not _EMAIL.fullmatch(raw)


def doubt_about(field: str, raw: str, following: str) -> str:
    """Return why a value that goes on with `following` may not, "" where it plainly does."""
    if field == "official_email" and _EMAIL.fullmatch(raw) and _REST.fullmatch(following):
        return "the address may end in the line above"
    if following.startswith("(") and raw:
        return "words in brackets stand below"
    return ""


def is_hint(raw: str, following: str) -> bool:
    """Tell whether the line below a value tells how to fill it in: `(tanpa gelar, sesuai KTP)`, `*) wajib diisi`."""
    if not raw or raw.count("(") > raw.count(")") or not following.startswith(("(", "*")):
        return False
    return not _HINTS.isdisjoint(re.findall(r"[a-z]+", following.lower()))


def joined(field: str, raw: str, following: str) -> str:
    """Return a value continued on the next line: an address without a blank, anything else with one."""
    return raw + ("" if field == "official_email" else " ") + following if raw else following
