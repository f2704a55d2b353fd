"""Angry or despairing words without a keyword: such a letter wants a person, not a list of documents."""

from rules.phrases import find_phrase, words_of

_UPSET = (
    "kecewa", "mengecewakan", "sangat kecewa", "marah", "kesal", "jengkel", "emosi", "tidak becus", "tidak profesional", "payah",
    "pelayanan buruk", "layanan buruk", "sangat lambat", "lambat sekali", "lama sekali", "terlalu lama", "lama banget", "dipersulit",
    "mempersulit", "dipingpong", "berbelit", "belum ada kabar", "tidak ada kabar", "tidak ditanggapi", "tidak direspon",
    "tidak ada tanggapan", "tidak ada respon", "sudah berkali kali", "berkali kali", "berulang kali", "laporkan atasan", "laporkan inspektorat", "laporkan wali kota", "akan laporkan",
    "akan melaporkan", "akan saya laporkan", "kelambatan", "lamban", "mengeluh",
    "lapor ombudsman", "ombudsman", "gimana sih", "bagaimana sih", "bagaimana ini", "parah", "keterlaluan", "menyebalkan",
    "disappointed", "unacceptable", "ridiculous", "frustrated", "frustrating", "angry", "too slow", "no response", "no answer yet",
    "terrible service", "waste of time", "outrageous", "disgraceful", "nobody answers", "no one answers", "nobody has answered",
    "no one has answered", "still no answer", "fed up",
)  # fmt: skip


def is_upset(text: str) -> bool:
    """Tell whether a letter is written in anger or despair; three exclamation marks or a shouted letter tell it too."""
    words = words_of(text)
    letters = [char for char in text if char.isalpha()]
    shouted = len(letters) > _SHOUTED and sum(char.isupper() for char in letters) > _MOSTLY * len(letters)
    return "!!" in text or shouted or any(find_phrase(words, phrase) for phrase in _UPSET)


_SHOUTED, _MOSTLY = 40, 0.8
