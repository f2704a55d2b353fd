"""What the head of a table says: which column is what, and whether the table is one of those that are read.

Two kinds are: changes (Semula beside Menjadi), and persons (a name beside something else of the person).
"""

import re
from collections.abc import Collection, Iterable

from parsers.letters.labels import leading_field
from parsers.letters.lines import Word
from parsers.letters.tokens import Vocabulary, tokens

PERSON = frozenset(
    ["name", "nip", "nik", "rank", "position", "unit", "institution", "official_email", "phone"]
)
_HEADS = {
    "no": "no | nomor | no urut | nomor urut | nr",
    "what": """
        perihal perubahan | perihal | hal | uraian | uraian perubahan | jenis data | jenis perubahan | data | data perubahan
        data yang diubah | data yang berubah | data yang akan diubah | elemen data | item | perubahan | jenis | data pemohon | what
    """,
    "before": "semula | data semula | data lama | lama | sebelum | sebelumnya | data sebelumnya | sebelum perubahan | tertulis | before",
    "after": "menjadi | data menjadi | data baru | baru | sesudah | setelah perubahan | sesudah perubahan | seharusnya | after",
    "name+nip": "nama nip | nama lengkap nip | nama pegawai nip | nama dan nip",
    "nip+nik": "nip nik | nik nip",
    "(other)": "status | ket | keterangan | paraf | tanda tangan | ttd | kota | provinsi | tempat lahir | eselon | kelas jabatan",
}
_TABLE = {
    tuple(synonym.split()): name
    for name, lines in _HEADS.items()
    for line in lines.splitlines()
    for synonym in line.split("|")
    if synonym.strip()
}
_WORDS = Vocabulary((word for key in _TABLE for word in key), exact=4, cutoff=80)
_ASIDE = re.compile(r"\([^)]*\)|\*+|[\"\u201c\u201d']")
_STATE = re.compile(
    r"[\"\u201c\u201d']?\s*(?:tidak|non)?\s*-?\s*(?:aktif|dicabut|cabut)\s*[\"\u201c\u201d']?", re.IGNORECASE
)
_QUOTED_STATE = re.compile(r"^(semula|menjadi)\b.*\baktif\b", re.IGNORECASE)
_HEAD_WORDS = frozenset(
    ["nip", "nik", "jabatan", "skpd", "opd", "unit", "instansi", "email", "pangkat", "hp"]
)
_BESIDE = PERSON | {"name+nip", "nip+nik", "no", "before", "after"}
_LONGEST = 80
_STRANGERS = 3  # one head of so many may be unknown


def column_of(text: str) -> str | None:
    """Return what the column under the head `text` holds: a field, `no`, `what`, `before`, `after`, or None."""
    text = text[:_LONGEST]
    if (state := _QUOTED_STATE.match(text.strip())) is not None:
        return "before" if state[1].lower() == "semula" else "after"
    plain = _ASIDE.sub(" ", text)
    words = tuple(word for word in _WORDS.words(tokens(plain)) if word not in ("dan", "atau"))
    if words in _TABLE:
        return _TABLE[words]
    return leading_field(plain) if words else None


def is_state(text: str) -> bool:
    """Tell whether a cell says "Aktif" or "Tidak aktif": no change of data, but a revocation."""
    return _STATE.fullmatch(text.strip()) is not None


def is_head(names: Iterable[str | None]) -> bool:
    """Tell whether the cells of a row, read as heads of columns (None: unknown), are those of a table that is read."""
    every = list(names)
    known = {name for name in every if name}
    if every.count(None) * _STRANGERS > len(every):
        return False
    return is_changes(known) or bool({"name", "name+nip"} & known and len(known & _BESIDE) > 1)


def is_changes(names: Collection[str]) -> bool:
    """Tell whether columns of these names hold changes."""
    return "before" in names and "after" in names


def announces(words: Iterable[Word]) -> bool:
    """Tell cheaply whether the words of two or three lines may be the head of such a table: side by side, not one below the other."""
    said = [(text, word) for word in words for text in tokens(word.text)]
    every = {text for text, _ in said}
    if {"semula", "menjadi"} <= every or {"lama", "baru"} <= every:
        return True
    if "nama" not in every or not every & _HEAD_WORDS:
        return False
    names = [word for text, word in said if text == "nama"]
    beside = [word for text, word in said if text in _HEAD_WORDS]
    return any(one.x0 > name.x1 or one.x1 < name.x0 for name in names for one in beside)
