"""What the sample letters of the other services say: data change, renewal, revocation, complaint, and what a holder is asked."""

from typing import Any

from mailflow.outbox.sample_facts import both, word

_DATA_CHANGE = both("perubahan data pemohon sertifikat elektronik", "change of certificate data")
_RENEWAL = both("pembaruan sertifikat elektronik", "certificate renewal")
_REVOCATION = both("pencabutan sertifikat elektronik", "certificate revocation")
_COMPLAINT = both("pengaduan layanan", "service complaint")
_REVOKED = both(
    "Sertifikat elektronik (…4F21) dicabut pada Rabu, 25 Maret 2026 pukul 10.05 WIB.",
    "The certificate (…4F21) was revoked on Wednesday, 25 March 2026 at 10:05 WIB.",
)
_CHANGED = both(
    "Data di AMS diubah pada Rabu, 25 Maret 2026 pukul 09.20 WIB.",
    "The data in AMS were changed on Wednesday, 25 March 2026 at 09:20 WIB.",
)
_ISSUED = both(
    "Sertifikat elektronik baru (…9A07) terbit pada Rabu, 25 Maret 2026 pukul 13.40 WIB.",
    "The new certificate (…9A07) was issued on Wednesday, 25 March 2026 at 13:40 WIB.",
)
_SOLUTION = both(
    "Akun AMS Ibu terkunci karena kata sandi salah tiga kali. Kuncinya sudah kami buka pada 16 Maret 2026.",
    "Your AMS account was locked after three wrong passwords. We unlocked it on 16 March 2026.",
)
_RECOMMENDATION = {
    "what": both("Surat Rekomendasi", "letter of recommendation"),
    "how": both(
        "Ditandatangani pimpinan Perangkat Daerah; drafnya terlampir",
        "Signed by the head of your office; a draft is attached",
    ),
    "short": both("Surat Rekomendasi", "recommendation"),
}
_DATA_WORDS = (
    word("BENAR", "CONFIRM", both("data saya di AMS masih benar", "my data in AMS are still right")),
    word(
        "UBAH",
        "CHANGE",
        both(
            "ada perubahan (nama, jabatan, unit kerja); formulirnya kami kirimkan",
            "something has changed (name, position, unit); we will send you the form",
        ),
    ),
)
_CLOSED: dict[str, Any] = {"read": (), "have": (), "due": False, "closes": False}

SERVICES: dict[str, dict[str, Any]] = {
    "applicant-question-asked": {
        "service": _RENEWAL,
        "stage": (1, 2),
        "question": both("Apakah data Bapak/Ibu di AMS masih benar?", "Are your data in AMS still right?"),
        "words": (*_DATA_WORDS, word("KENDALA", "PROBLEM", "")),
        "missing": (_RECOMMENDATION,),
        "drafts": (both("draf-surat-rekomendasi.docx", "draft-recommendation-letter.docx"),),
    },
    "applicant-certificate-revoked": {
        **_CLOSED,
        "service": _REVOCATION,
        "said": {"events": (_REVOKED,)},
        "persons": (
            ("1", "Siti Rahmawati", "1985••••••••••2007", ""),
            ("2", "Budi Hartono", "", both("pensiun", "retired")),
        ),
    },
    "applicant-nothing-to-revoke": {**_CLOSED, "service": _REVOCATION},
    "applicant-data-change-made": {"service": _DATA_CHANGE, "stage": (2, 3)},
    "applicant-data-changed": {
        **_CLOSED,
        "service": _DATA_CHANGE,
        "said": {"events": (_CHANGED, _REVOKED)},
    },
    "applicant-certificate-issued": {**_CLOSED, "service": _RENEWAL, "said": {"events": (_ISSUED,)}},
    "applicant-certificate-expiring": {
        "ticket": "",
        "name": "Ahmad Fauzi",
        "service": _RENEWAL,
        "said": {"serial": ("9A07",), "days": ("30",), "expires": ("2026-04-24T09:30:00+07:00",)},
        "words": (
            *_DATA_WORDS,
            word(
                "SUDAH",
                "FINISHED",
                both(
                    "sudah saya ajukan di AMS; setelah diperiksa, pengingat dihentikan",
                    "I have applied in AMS; once checked, the reminders stop",
                ),
            ),
        ),
    },
    "applicant-complaint-forwarded": {
        "service": _COMPLAINT,
        "parent": "LS-26-0131-D",
        "said": {"answer": (_SOLUTION,)},
    },
    "applicant-complaint-solved": {
        **_CLOSED,
        "service": _COMPLAINT,
        "parent": "LS-26-0131-D",
        "said": {"answer": (_SOLUTION,), "reopens": ("yes",)},
    },
    "applicant-complaint-unresolved": {
        **_CLOSED,
        "service": _COMPLAINT,
        "parent": "LS-26-0131-D",
        "said": {"answer": (_SOLUTION,), "reopens": ("yes",)},
    },
    "applicant-request-reclassified": {
        "service": _COMPLAINT,
        "sort": both("pengaduan biasa (5 hari kerja)", "ordinary complaint (5 working days)"),
    },
    "applicant-request-split": {
        "service": _RENEWAL,
        "parent": "LS-26-0131-D",
        "said": {"ticket": ("LS-26-0147-K",)},
        "persons": (("3", "Budi Hartono", "1979••••••••••1004", ""),),
    },
    "applicant-holder-asked": {
        "name": "Ahmad Fauzi",
        "service": _REVOCATION,
        "said": {"submitter": ("Siti Rahmawati",)},
        "words": (word("BENAR", "CONFIRM", ""), word("BUKAN", "NOT MINE", "")),
        "have": (both("surat keterangan alasan pencabutan", "letter stating the reason"),),
        "read": (
            (both("Nama", "Name"), "Ahmad Fauzi"),
            ("NIP", "1979••••••••••1003"),
            (both("Alasan", "Reason"), both("mutasi", "transfer")),
        ),
    },
    "applicant-holder-told": {
        "name": "Ahmad Fauzi",
        "service": _REVOCATION,
        "said": {"submitter": ("Siti Rahmawati",)},
        "words": (word("BUKAN", "NOT MINE", ""),),
        "have": (both("surat keterangan alasan pencabutan", "letter stating the reason"),),
    },
    "applicant-request-denied": {},
    "applicant-holder-noted": {
        "name": "Ahmad Fauzi",
        "service": _REVOCATION,
        "said": {"theirs": ("yes",), "submitter": ("Siti Rahmawati",)},
    },
}
