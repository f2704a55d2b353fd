"""What the sample letters say: data only. `{"id": …, "en": …}` stands for the same in two languages."""

from typing import Any


def _t(indonesian: Any, english: Any) -> dict[str, Any]:
    return {"id": indonesian, "en": english}


def _word(indonesian: str, english: str, meaning: Any, *, button: bool = True) -> dict[str, Any]:
    return {
        "word": _t(indonesian, english),
        "meaning": meaning,
        "mailto": "layanan+a.17.k3v9@contohkota.go.id" if button else "",
    }


_STATEMENT = _t("surat pernyataan lupa passphrase", "statement of the forgotten passphrase")
_CSR = {
    "what": _t("berkas CSR (.csr atau .p10)", "CSR file (.csr or .p10)"),
    "how": _t(
        "CSR adalah berkas permintaan sertifikat baru; dibuat di AMS pada menu Permohonan, lalu diunduh",
        "The CSR is the request for a new certificate; it is made in AMS under Applications and then downloaded",
    ),
    "short": "CSR",
}
_STEPS = (
    _t(
        "Ajukan pencabutan sertifikat lama dengan alasan “lupa passphrase” dan unggah surat pernyataannya.",
        "Apply for revocation of the old certificate, reason “lupa passphrase”, and upload your statement.",
    ),
    _t(
        "Setelah ada pemberitahuan bahwa sertifikat lama dicabut, ajukan penerbitan sertifikat baru.",
        "Once you are told that the old certificate is revoked, apply for a new one.",
    ),
)
_REASON = _t(
    "unit kerja pada CSR (Dinas Kesehatan) berbeda dengan surat pernyataan (Dinas Pendidikan).",
    "the unit in the CSR (Dinas Kesehatan) differs from the statement (Dinas Pendidikan).",
)
_REQUESTS = (
    _t(
        "Buat CSR baru dengan data yang sama seperti di AMS.",
        "Make a new CSR with the same details as in AMS.",
    ),
    _t("Kirim foto surat yang lebih jelas.", "Send a clearer photo of the letter."),
)
_APPLICANT_WORDS = (
    _word("SUDAH", "FINISHED", ""),
    _word("KENDALA", "PROBLEM", ""),
    _word("STATUS", "STATUS", ""),
    _word("BATAL", "CANCEL", ""),
    _word("BENAR", "CONFIRM", ""),
    _word("PENGADUAN", "COMPLAINT", ""),
)
_OFFICER_WORDS = (
    _word("SETUJU", "APPROVE", _t("surat dan CSR sesuai", "letter and CSR are in order")),
    _word(
        "KURANG",
        "INCOMPLETE",
        _t("sebutkan nomornya atau yang kurang", "name the numbers, or what is missing"),
        button=False,
    ),
    _word(
        "TOLAK",
        "REJECT",
        _t("tulis alasannya; disampaikan kepada pemohon", "give the reason; the applicant is told"),
        button=False,
    ),
    _word("PEJABAT", "ESCALATE", _t("serahkan kepada pejabat", "hand over to the official")),
)

COMMON: dict[str, Any] = {
    "office": {
        "name": _t(
            "Layanan Sertifikat Elektronik, Dinas Komunikasi dan Informatika Kota Contoh",
            "Electronic Certificate Service, Department of Communication and Informatics, Kota Contoh",
        ),
        "address": "layanan@contohkota.go.id",
        "phone": "(0285) 000 111",
        "hours": _t("Senin s.d. Jumat, 08.00-16.00 WIB", "Monday to Friday, 08:00-16:00 WIB"),
        "timezone": "Asia/Jakarta",
        "website": "contohkota.go.id",
        "complaints_contact": _t("Pejabat Pengaduan", "the complaints official"),
        "complaints_phone": "(0285) 000 222",
    },
    "ticket": "LS-26-0147-K",
    "service": _t("lupa passphrase sertifikat elektronik", "forgotten certificate passphrase"),
    "name": "Siti Rahmawati",
    "holder": "Siti Rahmawati",
    "due_because": _t("18 s.d. 24 Maret libur dan cuti bersama", "18 to 24 March are holidays"),
    "promise": _t("1 hari kerja", "1 working day"),
    "read": (
        (_t("Nama", "Name"), "Siti Rahmawati"),
        ("NIP", "19850412 201001 2 007"),
        (_t("Unit kerja", "Unit"), "Dinas Pendidikan"),
    ),
    "have": (_STATEMENT,),
    "words": _APPLICANT_WORDS,
}

APPLICANT: dict[str, dict[str, Any]] = {
    "applicant-incomplete": {"missing": (_CSR,)},
    "applicant-received": {"have": (_STATEMENT, _t("berkas CSR", "CSR file"))},
    "applicant-added": {"missing": (_CSR,)},
    "applicant-approved": {"steps": _STEPS},
    "applicant-step": {
        "said": {
            "events": (
                _t("Sertifikat lama (…4F21) telah dicabut.", "The old certificate (…4F21) has been revoked."),
            )
        },
        "steps": _STEPS[1:],
    },
    "applicant-noted": {},
    "applicant-reminder": {"missing": (_CSR,)},
    "applicant-lapsed": {"missing": (_CSR,)},
    "applicant-rejected": {"said": {"reason": (_REASON,), "requests": _REQUESTS[:1]}},
    "applicant-cancelled": {},
    "applicant-cancel-noted": {},
    "applicant-too-late": {},
    "applicant-status": {
        "said": {"status": (_t("Menunggu pemeriksaan petugas.", "Waiting for an officer's check."),)},
        "have": (_STATEMENT, _t("berkas CSR", "CSR file")),
    },
    "applicant-help-noted": {
        "quote": _t(
            "Saya tidak dapat masuk AMS.\nMuncul tulisan “akun terkunci”.",
            "I cannot get into AMS.\nIt says “account locked”.",
        )
    },
    "applicant-answer": {
        "said": {
            "answer": (
                _t("Akun Ibu sudah kami buka kembali.", "We have unlocked your account."),
                _t("Silakan masuk dengan kata sandi yang lama.", "Please log in with your old password."),
            )
        }
    },
    "applicant-old-revoked-new-issued": {
        "said": {
            "events": (
                _t(
                    "Sertifikat lama (…4F21) dicabut pada Rabu, 25 Maret 2026 pukul 10.05 WIB.",
                    "The old certificate (…4F21) was revoked on Wednesday, 25 March 2026 at 10:05 WIB.",
                ),
                _t(
                    "Sertifikat baru (…9A07) terbit pada Rabu, 25 Maret 2026 pukul 13.40 WIB.",
                    "The new certificate (…9A07) was issued on Wednesday, 25 March 2026 at 13:40 WIB.",
                ),
            )
        }
    },
    "applicant-too-large": {"ticket": "", "said": {"limit": ("25 MB",), "size": (_t("41,3 MB", "41.3 MB"),)}},
    "applicant-confirm-address": {},
    "applicant-secret-removed": {},
}

_TASK: dict[str, Any] = {
    "name": "Rina Wulandari",
    "task": _t(
        "Memverifikasi surat pernyataan lupa passphrase sertifikat elektronik dan berkas CSR",
        "Verify the statement of the forgotten passphrase and the CSR file",
    ),
    "row": "2",
    "read": (),
    "look_at": (
        _t(
            "NIP pada foto surat kurang jelas: 19850412 201001 2 007 atau 001. Data sertifikat: 007.",
            "The NIP on the photo is unclear: 19850412 201001 2 007 or 001. Certificate: 007.",
        ),
        _t(
            "Tanda tangan pada surat tidak dapat diperiksa sistem.",
            "The signature on the letter cannot be checked by the system.",
        ),
    ),
    "agrees": (
        _t("pengirim, nama, dan instansi", "sender, name and institution"),
        _t("CSR sah (RSA 2048), kunci belum pernah dipakai", "CSR valid (RSA 2048), key not used before"),
    ),
    "compare": (
        (_t("Nama pengguna", "User name"), "siti.rahmawati"),
        ("Subject DN", "CN=Siti Rahmawati,OU=Dinas Pendidikan,O=Pemerintah Kota Contoh,C=ID"),
    ),
    "remedies": (
        _t("minta foto surat yang lebih jelas", "ask for a clearer photo of the letter"),
        _t("minta surat yang ditandatangani", "ask for a signed letter"),
    ),
    "words": _OFFICER_WORDS,
    "undo_minutes": 10,
    "attachments": ("surat-pernyataan.jpg", "siti.csr"),
}
_SHORT: dict[str, Any] = {"name": "Rina Wulandari", "read": (), "words": (), "undo_minutes": 10}
_DECIDED: dict[str, Any] = {**_SHORT, "decision": _t("SETUJU", "APPROVE"), "by": "Agus Santoso"}

OFFICER: dict[str, dict[str, Any]] = {
    "officer-task": {
        **_TASK,
        "note": _t(
            "Pemohon mengirim berkas baru; tugas sebelumnya tidak berlaku lagi.",
            "The applicant sent new documents; the earlier task is void.",
        ),
    },
    "officer-receipt": {
        **_SHORT,
        "decision": _t("KURANG 1", "INCOMPLETE 1"),
        "said": {
            "requests": _REQUESTS[1:],
            "next": (
                _t(
                    "Pemohon diminta melengkapi permohonannya.",
                    "The applicant is asked to complete the request.",
                ),
            ),
        },
    },
    "officer-undone": {**_SHORT, "decision": _t("SETUJU", "APPROVE"), "words": _OFFICER_WORDS},
    "officer-undo-too-late": {
        **_DECIDED,
        "said": {
            "next": (
                _t(
                    "Pemohon telah dikabari bahwa permohonannya disetujui.",
                    "The applicant has been told of the approval.",
                ),
            )
        },
    },
    "officer-not-understood": {
        **_SHORT,
        "words": _OFFICER_WORDS,
        "remedies": _TASK["remedies"],
        "quote": _t("setuju tapi fotonya kurang jelas", "approve but the photo is unclear"),
        "said": {
            "understood": (_t("kata SETUJU", "the word APPROVE"),),
            "not_understood": (
                _t(
                    "setelah SETUJU masih ada kata keputusan lain: KURANG",
                    "another decision follows APPROVE: INCOMPLETE",
                ),
            ),
        },
    },
    "officer-not-counted": {
        **_SHORT,
        "said": {
            "reason": (
                _t(
                    "server surat tidak menyatakan pengirimnya sah",
                    "the mail server does not vouch for the sender",
                ),
            )
        },
    },
    "officer-already-decided": {
        **_DECIDED,
        "quote": _t("tolak, foto kurang jelas", "reject, the photo is unclear"),
    },
    "officer-void": {
        **_SHORT,
        "said": {
            "reason": (
                _t(
                    "pemohon mengirim berkas baru sesudah tugas ini dibuat",
                    "the applicant sent new documents after this task was made",
                ),
            )
        },
    },
    "officer-reminder": _TASK,
    "officer-cancel-wish": {
        **_TASK,
        "remedies": (),
        "quote": _t("Batal, saya sudah ingat passphrase-nya.", "Cancel, I remember my passphrase again."),
        "words": (
            _word("KABULKAN", "GRANT", _t("batalkan permohonan ini", "cancel this request")),
            _word("SETUJU", "APPROVE", _t("lanjutkan", "go on")),
        ),
    },
    "officer-sort": {
        **_SHORT,
        "ticket": "",
        "words": (),
        "rows": (
            ("", ""),
            (_t("Pengirim", "Sender"), "Budi Hartono, budi@example.go.id"),
            (
                _t("Perihal", "Subject"),
                _t("mohon informasi tanda tangan elektronik", "question about electronic signatures"),
            ),
        ),
        "quote": _t(
            "Selamat pagi, kapan ada pelatihan tanda tangan elektronik?",
            "Good morning, when is the training on electronic signatures?",
        ),
        "attachments": ("brosur.pdf",),
    },
    "officer-unmatched": {
        **_SHORT,
        "ticket": "",
        "rows": (
            (
                _t("Perihal", "Subject"),
                _t("Pengirim", "Sender"),
                _t("Diterima", "Received"),
                _t("Sebab", "Why"),
            ),
            (
                _t("Undangan rapat", "Invitation"),
                "sekretariat@example.go.id",
                "17/3, 08.40",
                _t("tidak cocok dengan layanan mana pun", "fits no service"),
            ),
            (
                _t("(tanpa perihal)", "(no subject)"),
                "budi@example.go.id",
                "17/3, 09.12",
                _t("tidak ada lampiran", "no attachment"),
            ),
        ),
    },
    "official-overdue": {**_TASK, "name": "Dewi Lestari", "by": "Rina Wulandari"},
}

ADMIN: dict[str, dict[str, Any]] = {
    "admin-observe": {
        "ticket": "",
        "words": (),
        "rows": (
            (
                _t("Perihal", "Subject"),
                _t("Pengirim", "Sender"),
                _t("Yang akan dilakukan", "What would be done"),
            ),
            (
                _t("lupa passphrase", "forgotten passphrase"),
                "s***@example.go.id",
                _t("permohonan baru; jawaban: belum lengkap", "new request; answer: incomplete"),
            ),
        ),
        "bodies": (
            (
                _t("Kepada s***@example.go.id: belum lengkap", "To s***@example.go.id: incomplete"),
                "Yth. Bapak/Ibu Siti Rahmawati,\n\nPermohonan …",
            ),
        ),
    },
    "admin-alert": {
        "ticket": "",
        "words": (),
        "said": {
            "alerts": (
                _t(
                    "Satu e-mail tidak dapat dibaca dan disisihkan (nomor 12). Lihat: mailflow quarantine show 12",
                    "One e-mail could not be read and was set aside (number 12). See: mailflow quarantine show 12",
                ),
            )
        },
    },
}
