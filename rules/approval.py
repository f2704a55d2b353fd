"""What may stand beside a word that decides: nothing that could take half of it back.

An allowlist, since conditions cannot be listed: after the word, on its line, only politeness, people addressed, the request's number, and
a plain restatement that the data agree, or that the thing is done. On later lines people sign and greet; what denies, waits or corrects
is asked back. Free text (a reason, an answer, a question to the applicant) is guarded only against what says that it is not meant so.
`KECUALI` with persons of a collective letter is no condition: it says whom the approval does not cover (`rules.besides`).
"""

import re

from rules import keywords
from rules.keywords import normal, tokens

_PHRASES = tuple(
    tuple(phrase.split())
    for phrase in (
        "sudah diperiksa", "telah diperiksa", "sudah saya periksa", "telah saya periksa", "sudah dicek", "telah dicek",
        "sudah saya cek", "telah saya cek", "hasil pemeriksaan sesuai", "nomor layanan", "untuk permohonan", "untuk pengajuan",
        "untuk permintaan", "for this request", "i have checked", "has been checked", "have been checked",
        "tidak ada masalah", "silakan diproses", "silakan dilanjutkan", "silakan lanjut", "mohon diproses", "mohon ditindaklanjuti",
        "mohon dilanjutkan", "telah saya bandingkan", "sudah saya bandingkan", "telah dibandingkan", "sudah dibandingkan", "dengan data ams",
        "dengan data di ams", "dengan ams", "surat pernyataan", "satu per satu", "no problem", "please proceed", "please go on",
    )
)  # fmt: skip
_WORDS = frozenset({
    "terima", "kasih", "terimakasih", "makasih", "trims", "trimakasih", "tks", "thx", "thanks", "thank", "you", "matur", "nuwun",
    "hatur", "nuhun", "banyak", "sekali", "ya", "atas", "kerja", "kerjasama", "kerjasamanya", "samanya", "sama", "perhatian",
    "perhatiannya", "bantuan", "bantuannya", "very", "much", "so", "many", "a", "lot", "your", "help",
    "data", "datanya", "dokumen", "dokumennya", "berkas", "berkasnya", "surat", "suratnya", "csr", "isi", "isinya", "semua", "semuanya",
    "sesuai", "sudah", "telah", "lengkap", "benar", "betul", "valid", "cocok", "oke", "ok", "permohonan", "permohonannya", "pengajuan",
    "pengajuannya", "permintaan", "ini", "dan", "hasil", "pemeriksaan", "layanan",
    "all", "the", "this", "request", "document", "documents", "is", "are", "and", "correct", "complete", "matches", "match", "good",
})  # fmt: skip
_DONE = frozenset({
    "dicabut", "tercabut", "cabut", "terbit", "diterbitkan", "diubah", "berubah", "dilakukan", "diproses", "dikerjakan", "dilaksanakan",
    "selesai", "saya", "kami", "di", "pada", "ams", "aplikasi", "sertifikat", "sertifikatnya", "tte", "perubahan", "pencabutan",
    "penerbitan", "baru", "lama", "tadi", "barusan", "pagi", "siang", "sore", "hari", "ini", "kemarin", "tanggal", "tgl", "pukul", "jam",
    "wib", "wita", "wit", "nomor", "no", "seri", "sn", "masih", "berlaku", "aktif", "berakhir", "kedaluwarsa", "sebelumnya", "pemohon",
    "pemilik", "sendiri", "orangnya", "ada", "satu", "revoked", "issued", "changed", "done", "in", "on", "at", "i", "have", "has", "been",
    "certificate", "serial", "number", "valid", "today", "yesterday", "already", "just", "new", "old", "owner", "holder",
})  # fmt: skip
"""How an officer says beside SELESAI, or a row's own word, what was done or found."""
_AGREED = frozenset({
    "sudah", "selesai", "bisa", "dapat", "beres", "baik", "teratasi", "lancar", "digunakan", "dipakai", "berfungsi", "normal", "masalah",
    "masalahnya", "itu", "dari", "saya", "memang", "adalah", "mengajukan", "meminta", "minta", "mengirim", "kirim", "e-mail", "email",
    "tersebut", "tsb", "di", "ams", "solusi", "solusinya", "tadi", "atas", "nama", "alhamdulillah", "siap", "that", "was", "me", "mine",
    "it", "works", "now", "solved", "is", "my", "i", "sent", "asked", "did", "indeed",
})  # fmt: skip
"""How an applicant says beside BENAR or SUDAH that it is so."""
_BESIDE = {"approve": frozenset[str](), "done": _DONE, "agreed": _AGREED}
_NOT_NAMES = keywords.CONDITIONS | keywords.NEGATIONS | {
    "saja", "yang", "yg", "dengan", "dgn", "dg", "untuk", "utk", "setelah", "sesudah", "nanti", "dulu", "dahulu", "besok", "lusa",
    "ditunda", "tunda", "sepanjang", "selama", "mohon", "tolong", "silakan", "agar", "supaya", "catatan", "after", "once", "later",
}  # fmt: skip
_LONGEST_NAME = 4
_TICKET = re.compile(r"\b[a-z][a-z0-9]{0,7}-\d\d-\d{4,6}-[0-9a-z]\b", re.IGNORECASE)

_CORRECTIONS = frozenset({
    "ralat", "meralat", "koreksi", "tunggu", "menunggu", "tunda", "ditunda", "menunda", "catatan", "syarat", "bersyarat", "tapi", "tetapi",
    "namun", "kecuali", "asal", "asalkan", "sepanjang", "wait", "hold", "postpone", "correction", "but", "except", "unless", "provided",
})  # fmt: skip
_LATER = frozenset(
    {
        "setelah",
        "sesudah",
        "nanti",
        "dulu",
        "dahulu",
        "sebelum",
        "selama",
        "dengan",
        "after",
        "once",
        "before",
        "subject",
    }
)
"""Words that make a condition when they begin a later line, and are everyday words within one."""
_RETRACTIONS = (
    "tidak jadi", "tdk jadi", "ga jadi", "gak jadi", "nggak jadi", "enggak jadi", "tak jadi", "maksud saya", "maksudnya", "ralat",
    "meralat", "maaf salah", "eh maaf", "eh salah", "salah ketik maksud", "i meant", "my mistake", "scratch that",
)  # fmt: skip
_FOOTER = frozenset({"disclaimer", "penafian", "confidential", "confidentiality", "rahasia", "kerahasiaan"})


def is_plain(rest: str, beside: str = "approve") -> bool:
    """Tell whether what follows a word on its line adds nothing to it; `beside`: `approve`, `done` (with what was done), `agreed`."""
    line = _TICKET.sub(" ", rest)
    found = tokens(line)
    spelled = [normal(each.group()) for each in found]
    at = 0
    while at < len(found):
        length = _phrase_at(spelled, at) or int(_is_said_beside(spelled[at], beside))
        if not length:
            return False
        at += length
        if spelled[at - 1] in keywords.VOCATIVES:
            at = _after_name(line, found, at)
    return True


def is_taken_back(more: str) -> bool:
    """Tell whether the lines below a word deny it, put it off or correct it. A mail system's footer about secrecy is no word of the officer."""
    for line in more.splitlines():
        words = [each.group() for each in tokens(normal(line))]
        if _FOOTER.intersection(words):
            return False
        if (keywords.NEGATIONS | _CORRECTIONS).intersection(words):
            return True
        if words and words[0] in keywords.CONDITIONS | _LATER and words[:2] != ["dengan", "hormat"]:
            return True
    return False


def _is_said_beside(word: str, beside: str) -> bool:
    numbered = beside == "done" and any(each.isdigit() for each in word)  # a serial number, a date, an hour
    return numbered or word in _BESIDE[beside]


def is_retracted(text: str) -> bool:
    """Tell whether somebody says of their own words that they are not meant so."""
    words = " ".join(each.group() for each in tokens(normal(text)))
    return any(f" {phrase} " in f" {words} " for phrase in _RETRACTIONS)


def _phrase_at(spelled: list[str], at: int) -> int:
    """Return how many words at this place say nothing of their own, 0 where one does."""
    longest = max(
        (
            len(each)
            for each in (*_PHRASES, *keywords.GREETINGS)
            if tuple(spelled[at : at + len(each)]) == each
        ),
        default=0,
    )
    return longest or int(spelled[at] in _WORDS)


def _after_name(line: str, found: list[re.Match[str]], at: int) -> int:
    """Skip a name after `Pak`: capitalised words up to a comma or the end of the line; of words all in capitals only one."""
    for index in range(at, min(at + _LONGEST_NAME, len(found))):
        word = found[index].group()
        shouted = len(word) > 1 and word.isupper() and index > at
        if not word[0].isupper() or shouted or normal(word) in _NOT_NAMES:
            return at
        end = found[index].end()
        after = line[end : found[index + 1].start()] if index + 1 < len(found) else line[end:]
        if index + 1 == len(found) or "," in after or ";" in after:
            return index + 1
    return at
