"""What the sample letters to officers, the official and the administrators say: data only."""

from typing import Any

from mailflow.outbox.sample_facts import REQUESTS, both, word

_OFFICER_WORDS = (
    word("SETUJU", "APPROVE", both("surat dan CSR sesuai", "letter and CSR are in order")),
    word(
        "KURANG 1",
        "INCOMPLETE 1",
        both("minta foto surat yang lebih jelas", "ask for a clearer photo of the letter"),
    ),
    word("KURANG 2", "INCOMPLETE 2", both("minta surat yang ditandatangani", "ask for a signed letter")),
    word(
        "KURANG",
        "INCOMPLETE",
        both(
            "diikuti kekurangan lainnya; disampaikan kepada pemohon",
            "with what else is missing; told to the applicant",
        ),
        button=False,
    ),
    word(
        "TOLAK",
        "REJECT",
        both("diikuti alasan atau nomor di atas", "with the reason, or numbers from above"),
        button=False,
    ),
    word("PEJABAT", "ESCALATE", both("serahkan kepada pejabat", "hand over to the official")),
)

_TASK: dict[str, Any] = {
    "name": "Rina Wulandari",
    "task": both(
        "Memverifikasi surat pernyataan lupa passphrase sertifikat elektronik dan berkas CSR",
        "Verify the statement of the forgotten passphrase and the CSR file",
    ),
    "row": "2",
    "read": (),
    "look_at": (
        both(
            "NIP pada foto surat kurang jelas: 19850412 201001 2 007 atau 001. Data sertifikat: 007.",
            "The NIP on the photo is unclear: 19850412 201001 2 007 or 001. Certificate: 007.",
        ),
        both(
            "Tanda tangan pada surat tidak dapat diperiksa sistem.",
            "The signature on the letter cannot be checked by the system.",
        ),
    ),
    "agrees": (
        both("pengirim", "sender"),
        both("nama", "name"),
        both("instansi", "institution"),
        both("CSR sah", "CSR valid"),
        both("kunci RSA 2048", "RSA 2048 key"),
        both("kunci belum pernah dipakai", "key not used before"),
    ),
    "compare": (
        (both("Nama pengguna", "User name"), "siti.rahmawati"),
        ("Subject DN", "CN=Siti Rahmawati,OU=Dinas Pendidikan,O=Pemerintah Kota Contoh,C=ID"),
    ),
    "words": _OFFICER_WORDS,
    "undo_minutes": 10,
    "attachments": ("surat-pernyataan.jpg", "siti.csr"),
}
_SHORT: dict[str, Any] = {"name": "Rina Wulandari", "read": (), "words": (), "undo_minutes": 10}
_DECIDED: dict[str, Any] = {**_SHORT, "decision": both("SETUJU", "APPROVE"), "by": "Agus Santoso"}

OFFICER: dict[str, dict[str, Any]] = {
    "officer-task-assigned": {
        **_TASK,
        "note": both(
            "Pemohon mengirim berkas baru; tugas sebelumnya tidak berlaku lagi.",
            "The applicant sent new documents; the earlier task is void.",
        ),
        "said": {
            "returned": (
                "siti.rahmawati@contohkota.go.id",
                both("Belum lengkap", "Incomplete"),
                both("kotak surat itu penuh", "the mailbox is full"),
                "552 5.2.2 mailbox full",
            ),
            "left_out": (both("NIP pada surat keliru", "the NIP in the letter is wrong"),),
            "added": ("siti.vcf", "logo.png"),
        },
    },
    "officer-word-receipt": {
        **_SHORT,
        "decision": both("KURANG 1", "INCOMPLETE 1"),
        "persons": (("3", "Maya Puspita Ningrum", "19930526 201903 2 008", ""),),
        "said": {
            "requests": REQUESTS[1:],
            "next": (
                both(
                    "Pemohon diminta melengkapi permohonannya.",
                    "The applicant is asked to complete the request.",
                ),
            ),
        },
    },
    "officer-word-undone": {**_SHORT, "decision": both("SETUJU", "APPROVE"), "words": _OFFICER_WORDS},
    "officer-word-undo-too-late": {
        **_DECIDED,
        "said": {
            "next": (
                both(
                    "Pemohon telah dikabari bahwa permohonannya disetujui.",
                    "The applicant has been told of the approval.",
                ),
            )
        },
    },
    "officer-word-not-understood": {
        **_SHORT,
        "words": _OFFICER_WORDS,
        "quote": both("setuju tapi fotonya kurang jelas", "approve but the photo is unclear"),
        "persons": (
            ("1", "Siti Rahmawati", "", ""),
            ("3", "Maya Puspita Ningrum", "19930526 201903 2 008", ""),
        ),
        "said": {
            "form": (
                both("SETUJU KECUALI 1, 3 karena NIP keliru", "APPROVE EXCEPT 1, 3 because the NIP is wrong"),
            ),
            "understood": (both("kata SETUJU", "the word APPROVE"),),
            "not_understood": (
                both(
                    "setelah SETUJU masih ada kata keputusan lain: KURANG",
                    "another decision follows APPROVE: INCOMPLETE",
                ),
            ),
        },
    },
    "officer-word-unproven": {
        **_SHORT,
        "said": {
            "reason": (
                both(
                    "server surat tidak menyatakan pengirimnya sah",
                    "the mail server does not vouch for the sender",
                ),
            )
        },
    },
    "officer-word-not-for-us": {**_SHORT, "quote": both("Setuju.", "Agreed.")},
    "officer-word-overtaken": {
        **_SHORT,
        "quote": both("Setuju.", "Agreed."),
        "words": _OFFICER_WORDS,
        "said": {
            "not_understood": (
                both(
                    "pemohon menyatakan ingin membatalkan permohonannya",
                    "the applicant has said that they wish to cancel the request",
                ),
            )
        },
    },
    "officer-word-already-decided": {
        **_DECIDED,
        "quote": both("tolak, foto kurang jelas", "reject, the photo is unclear"),
    },
    "officer-word-void": {
        **_SHORT,
        "said": {
            "reason": (
                both(
                    "pemohon mengirim berkas baru sesudah tugas ini dibuat",
                    "the applicant sent new documents after this task was made",
                ),
            )
        },
    },
    "officer-word-not-yours": {
        **_SHORT,
        "said": {
            "not_understood": (
                both("tugas ini sedang ditangani petugas lain", "another officer has taken this task"),
            )
        },
    },
    "officer-word-without-task": {
        **_SHORT,
        "ticket": "",
        "quote": both("SETUJU", "APPROVE"),
        "rows": (
            (both("Nomor layanan", "Number"), both("Pemohon", "Holder"), both("Batas waktu", "Due")),
            ("LS-26-0001-Z", "Siti Rahmawati", both("25/03/2026 16.00", "25/03/2026 16:00")),
        ),
    },
    "officer-task-reminder": _TASK,
    "officer-task-cancellation-wished": {
        **_TASK,
        "quote": both("Batal, saya sudah ingat passphrase-nya.", "Cancel, I remember my passphrase again."),
        "words": (
            word("KABULKAN", "GRANT", both("batalkan permohonan ini", "cancel this request")),
            word("SETUJU", "APPROVE", both("lanjutkan", "go on")),
        ),
    },
    "officer-message-unsorted": {
        **_SHORT,
        "ticket": "",
        "words": (
            word("LUPA", "FORGOTTEN", both("lupa passphrase", "forgotten passphrase"), button=False),
            word("ABAIKAN", "IGNORE", both("urusan lain", "other business"), button=False),
        ),
        "rows": (
            ("", ""),
            (both("Pengirim", "Sender"), "Budi Hartono, budi@example.go.id"),
            (
                both("Perihal", "Subject"),
                both("mohon informasi tanda tangan elektronik", "question about electronic signatures"),
            ),
        ),
        "quote": both(
            "Selamat pagi, kapan ada pelatihan tanda tangan elektronik?",
            "Good morning, when is the training on electronic signatures?",
        ),
        "attachments": ("brosur.pdf",),
    },
    "officer-digest-unmatched": {
        **_SHORT,
        "ticket": "",
        "rows": (
            (
                both("Perihal", "Subject"),
                both("Pengirim", "Sender"),
                both("Diterima", "Received"),
                both("Sebab", "Why"),
            ),
            (
                both("Undangan rapat", "Invitation"),
                "sekretariat@example.go.id",
                both("17/03/2026 08.40", "17/03/2026 08:40"),
                both("tidak cocok dengan layanan mana pun", "fits no service"),
            ),
            (
                both("(tanpa perihal)", "(no subject)"),
                "budi@example.go.id",
                both("17/03/2026 09.12", "17/03/2026 09:12"),
                both("tidak ada lampiran", "no attachment"),
            ),
        ),
    },
    "official-task-overdue": {
        **_TASK,
        "name": "Dewi Lestari",
        "by": "Rina Wulandari",
        "said": {
            "told": ("yes",),
            "outages": (
                both(
                    "Selama waktu itu program tidak bekerja: Selasa 17/3 10.02\N{EN DASH}13.40 (surat masuk).",
                    "In that time the program did not work: Tue 17/3 10:02\N{EN DASH}13:40 (incoming mail).",
                ),
            ),
        },
    },
    "official-task-urgent": {
        **_TASK,
        "name": "Dewi Lestari",
        "by": "Rina Wulandari",
        "service": both("pencabutan sertifikat elektronik", "certificate revocation"),
        "task": both("Memeriksa data dan kelengkapan permohonan pencabutan", "Check data and completeness"),
        "row": "5",
        "urgent": True,
        "said": {"reason": (both("perangkat hilang atau dicuri", "device lost or stolen"),)},
        "quote": both("Laptop saya dicuri tadi malam.", "My laptop was stolen last night."),
        "words": (),
        "attachments": (),
    },
}

ADMIN: dict[str, dict[str, Any]] = {
    "admin-message-observed": {
        "ticket": "",
        "words": (),
        "rows": (
            (
                both("Perihal", "Subject"),
                both("Pengirim", "Sender"),
                both("Yang akan dilakukan", "What would be done"),
            ),
            (
                both("lupa passphrase", "forgotten passphrase"),
                "s***@example.go.id",
                both("permohonan baru; jawaban: belum lengkap", "new request; answer: incomplete"),
            ),
        ),
        "bodies": (
            (
                both("Kepada s***@example.go.id: belum lengkap", "To s***@example.go.id: incomplete"),
                "Yth. Bapak/Ibu Siti Rahmawati,\n\nPermohonan …",
            ),
        ),
    },
    "admin-database-older": {
        "ticket": "",
        "words": (),
        "said": {
            "began": ("2026-03-16T18:00:00+07:00",),
            "ended": ("2026-03-17T09:30:00+07:00",),
            "folder": ("Processed",),
            "held": ("2",),
        },
    },
    "admin-problem-alert": {
        "ticket": "",
        "words": (),
        "said": {
            "alerts": (
                both(
                    "Satu e-mail tidak dapat dibaca dan disisihkan (nomor 12). Lihat: mailflow quarantine show 12",
                    "One e-mail could not be read and was set aside (number 12). See: mailflow quarantine show 12",
                ),
            )
        },
    },
}
