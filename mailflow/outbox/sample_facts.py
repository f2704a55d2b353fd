"""What the sample letters say: data only. `{"id": …, "en": …}` stands for the same in two languages."""

from datetime import date
from typing import Any


def both(indonesian: Any, english: Any) -> dict[str, Any]:
    """The same in Indonesian and English."""
    return {"id": indonesian, "en": english}


def word(indonesian: str, english: str, meaning: Any, *, button: bool = True) -> dict[str, Any]:
    """A keyword as a letter offers it, with a button or without."""
    return {
        "word": both(indonesian, english),
        "meaning": meaning,
        "mailto": "layanan+a.17.k3v9@contohkota.go.id" if button else "",
    }


_STATEMENT = both("surat pernyataan lupa passphrase", "statement of the forgotten passphrase")
_CSR = {
    "what": both("berkas CSR (.csr atau .p10)", "CSR file (.csr or .p10)"),
    "how": both(
        "CSR adalah berkas permintaan sertifikat baru; dibuat di AMS pada menu Permohonan, lalu diunduh",
        "The CSR is the request for a new certificate; it is made in AMS under Applications and then downloaded",
    ),
    "short": "CSR",
}
_STEPS = (
    both(
        "Ajukan pencabutan sertifikat lama dengan alasan “lupa passphrase” dan unggah surat keterangan alasan pencabutan; drafnya terlampir.",
        "Apply for revocation of the old certificate, reason “lupa passphrase”, and upload the letter of reason; a draft is attached.",
    ),
    both(
        "Setelah ada pemberitahuan bahwa sertifikat lama dicabut, ajukan penerbitan sertifikat baru.",
        "Once you are told that the old certificate is revoked, apply for a new one.",
    ),
)
_REASON = both(
    "unit kerja pada CSR (Dinas Kesehatan) berbeda dengan surat pernyataan (Dinas Pendidikan).",
    "the unit in the CSR (Dinas Kesehatan) differs from the statement (Dinas Pendidikan).",
)
REQUESTS = (
    both(
        "Buat CSR baru dengan data yang sama seperti di AMS.",
        "Make a new CSR with the same details as in AMS.",
    ),
    both("Kirim foto surat yang lebih jelas.", "Send a clearer photo of the letter."),
)
_HELP: dict[str, Any] = {
    "help": both(
        "Sebelum mengajukan, silakan coba dahulu passphrase yang biasa digunakan; perhatikan huruf besar dan kecil.",
        "Before applying, please try the passphrases you normally use; mind upper and lower case.",
    ),
    "help_asof": date(2026, 11, 1),
}
_APPLICANT_WORDS = (
    word("SUDAH", "FINISHED", ""),
    word("KENDALA", "PROBLEM", ""),
    word("STATUS", "STATUS", ""),
    word("BATAL", "CANCEL", ""),
    word("BENAR", "CONFIRM", ""),
    word("PENGADUAN", "COMPLAINT", ""),
)
COMMON: dict[str, Any] = {
    "office": {
        "name": both(
            "Layanan Sertifikat Elektronik, Dinas Komunikasi dan Informatika Kota Contoh",
            "Electronic Certificate Service, Department of Communication and Informatics, Kota Contoh",
        ),
        "address": "layanan@contohkota.go.id",
        "phone": "(0285) 000 111",
        "hours": both("Senin s.d. Jumat, 08.00-16.00 WIB", "Monday to Friday, 08:00-16:00 WIB"),
        "timezone": "Asia/Jakarta",
        "website": "contohkota.go.id",
        "complaints_contact": both("Pejabat Pengaduan", "the complaints official"),
        "complaints_phone": "(0285) 000 222",
    },
    "ticket": "LS-26-0147-K",
    "service": both("lupa passphrase sertifikat elektronik", "forgotten certificate passphrase"),
    "name": "Siti Rahmawati",
    "holder": "Siti Rahmawati",
    "due_because": both("18 s.d. 24 Maret libur dan cuti bersama", "18 to 24 March are holidays"),
    "promise": both("1 hari kerja", "1 working day"),
    "read": (
        (both("Nama", "Name"), "Siti Rahmawati"),
        ("NIP", "19850412 201001 2 007"),
        (both("Unit kerja", "Unit"), "Dinas Pendidikan"),
    ),
    "have": (_STATEMENT,),
    "words": _APPLICANT_WORDS,
}

APPLICANT: dict[str, dict[str, Any]] = {
    "applicant-request-incomplete": {"missing": (_CSR,), "stage": (1, 3)},
    "applicant-request-received": {"have": (_STATEMENT, both("berkas CSR", "CSR file"))},
    "applicant-documents-added": {
        "have": (both("berkas CSR", "CSR file"),),
        "said": {"unread": (both("foto IMG_0147.jpg", "photo IMG_0147.jpg"),), "uncertain": ("yes",)},
    },
    "applicant-request-approved": {
        "steps": _STEPS,
        "stage": (2, 3),
        "said": {"remind": ("2026-03-30T16:00:00+07:00",)},
        "drafts": (both("draf-surat-keterangan-alasan-pencabutan.docx", "draft-revocation-letter.docx"),),
    },
    "applicant-step-next": {
        "said": {
            "remind": ("2026-03-30T16:00:00+07:00",),
            "events": (
                both(
                    "Sertifikat lama (…4F21) telah dicabut.", "The old certificate (…4F21) has been revoked."
                ),
            ),
        },
        "steps": _STEPS[1:],
        "stage": (3, 3),
    },
    "applicant-step-noted": {"stage": (3, 3)},
    "applicant-promise-noted": {
        "stage": (1, 3),
        "quote": both("Baik Pak, CSR-nya besok saya kirim.", "All right, I shall send the CSR tomorrow."),
    },
    "applicant-request-reminder": {"missing": (_CSR,), "stage": (1, 3)},
    "applicant-request-late": {"have": (), "said": {"official": ("yes",)}},
    "applicant-request-lapsed": {"missing": (_CSR,)},
    "applicant-request-rejected": {"said": {"reason": (_REASON,), "requests": REQUESTS[:1]}},
    "applicant-request-cancelled": {},
    "applicant-cancellation-noted": {},
    "applicant-cancellation-too-late": {},
    "applicant-request-status": {
        "stage": (2, 3),
        "reopen_until": False,
        "said": {
            "status": (both("Menunggu pemeriksaan petugas.", "Waiting for an officer's check."),),
            "repeated": ("surat-pernyataan.pdf",),
            "repeated_at": ("2026-03-16T09:12:00+07:00",),
        },
        "have": (_STATEMENT, both("berkas CSR", "CSR file")),
    },
    "applicant-question-noted": {
        **_HELP,
        "said": {"about": ("help",)},
        "quote": both(
            "Saya tidak dapat masuk AMS.\nMuncul tulisan “akun terkunci”.",
            "I cannot get into AMS.\nIt says “account locked”.",
        ),
    },
    "applicant-question-answered": {
        "said": {
            "answer": (
                both("Akun Ibu sudah kami buka kembali.", "We have unlocked your account."),
                both("Silakan masuk dengan kata sandi yang lama.", "Please log in with your old password."),
            )
        }
    },
    "applicant-old-revoked-new-issued": {
        "said": {
            "events": (
                both(
                    "Sertifikat lama (…4F21) dicabut pada Rabu, 25 Maret 2026 pukul 10.05 WIB.",
                    "The old certificate (…4F21) was revoked on Wednesday, 25 March 2026 at 10:05 WIB.",
                ),
                both(
                    "Sertifikat baru (…9A07) terbit pada Rabu, 25 Maret 2026 pukul 13.40 WIB.",
                    "The new certificate (…9A07) was issued on Wednesday, 25 March 2026 at 13:40 WIB.",
                ),
            )
        }
    },
    "applicant-message-too-large": {
        "ticket": "",
        "said": {"limit": ("25 MB",), "size": (both("41,3 MB", "41.3 MB"),)},
    },
    "applicant-message-unproven": {
        "rows": (
            ("", ""),
            (both("Subjek", "Subject"), both("CSR baru", "New CSR")),
            (both("Lampiran", "Attachments"), "permintaan.csr"),
        ),
    },
    "applicant-secret-removed": {},
    "applicant-passphrase-removed": {},
}
