"""Which of the two languages of the counter a text is written in, by its small words."""

import re

_WORD = re.compile(r"[a-z]+")
_INDONESIAN_WORDS = (
    "yang dan di dari untuk dengan pada ini itu saya kami anda bapak ibu mohon permohonan terlampir lampiran berikut surat"
    " tidak belum sudah telah akan bisa dapat karena atas oleh agar kepada yth terima kasih selamat pagi siang sore malam hormat"
    " izin ijin tolong bantuannya bantuan lupa pencabutan pembaruan perubahan sertifikat elektronik setuju disetujui tolak"
    " kurang selesai benar batal ambil pejabat pengaduan kendala nomor layanan antrean adalah juga atau ada jika bila maaf"
    " kirim kirimkan dikirim berkas lagi masih lebih jelas alasan sesuai dinas pak bu dalam seperti sebagai"
)
_ENGLISH_WORDS = (
    "the and of to for with on this that i we you your my our please request attached attachment letter not have has had will would"
    " can could because by is are was were be been dear sir madam thanks thank regards sincerely forgot forgotten revoke revocation"
    " renewal change certificate approve approved reject rejected incomplete done finished problem confirm cancel complaint take"
    " undo queue help case it in an from at as or if but so he she they them there here hello kind best reason"
)
_ENCODED = re.compile(r"-----(?:BEGIN|END) [A-Z0-9 ]{1,60}-----|[A-Za-z0-9+/=]{40,}")
"""What stands in a text and is no language: the armor of a certification request, and base64."""
_INDONESIAN = frozenset(_INDONESIAN_WORDS.split())
_ENGLISH = frozenset(_ENGLISH_WORDS.split())


_OF_MACHINES = frozenset(
    ["from", "to", "of", "for", "on", "by", "in", "at", "as", "it", "with", "an", "attached", "attachment"]
)
"""Words that scanners and telephones write into a subject on their own (`Message from KM_C258`, `Attached Image`)."""


def detect(text: str) -> str:
    """Return `id`, `en`, or "" where the words do not decide (neither language is ahead by a third)."""
    return _compare(_WORD.findall(_ENCODED.sub(" ", text[:20_000]).lower()))


def detect_in_subject(subject: str) -> str:
    """Return the same for a subject that stands alone: words that machines write there decide nothing."""
    return _compare([word for word in _WORD.findall(subject.lower()) if word not in _OF_MACHINES])


def _compare(words: list[str]) -> str:
    indonesian = sum(word in _INDONESIAN for word in words)
    english = sum(word in _ENGLISH for word in words)
    if indonesian * 3 > english * 4:
        return "id"
    if english * 3 > indonesian * 4:
        return "en"
    return ""
