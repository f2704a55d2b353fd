"""What the sample letters about officers' own mails, sorting, absence and the morning say: data only."""

from typing import Any

from mailflow.outbox.sample_facts import both, word

_STAFF: dict[str, Any] = {"name": "Rina Wulandari", "read": (), "have": (), "words": ()}
_LIST: dict[str, Any] = {**_STAFF, "ticket": "", "holder": "", "due": None, "due_because": "", "service": ""}
_CHOICES = (
    word("LUPA", "FORGOTTEN", both("lupa passphrase", "forgotten passphrase"), button=False),
    word("CABUT", "REVOKE", both("pencabutan sertifikat elektronik", "revocation of a certificate"), button=False),
    word("ABAIKAN", "IGNORE", both("urusan lain; e-mailnya tetap di kotak masuk", "other business; the e-mail stays in the inbox"), button=False),
)  # fmt: skip
_WORDS = (
    word("ANTREAN", "QUEUE", both("tugas yang menunggu", "the tasks that wait"), button=False),
    word(
        "LAYANAN LS-26-0001-X",
        "CASE LS-26-0001-X",
        both("keadaan satu permohonan", "how one request stands"),
        button=False,
    ),
    word("BANTUAN", "HELP", both("daftar kata ini", "this list of words"), button=False),
)
_MAIL = (
    ("", ""),
    (both("Dari", "From"), "budi@example.go.id"),
    (both("Subjek", "Subject"), both("mohon bantuan sertifikat", "help with a certificate")),
)
_TASKS = (
    (both("Nomor layanan", "Number"), both("Pemohon", "Holder"), both("Layanan", "Service"), both("Langkah", "Step"),
     both("Batas waktu", "Due"), both("Petugas", "Officer")),
    (both("MENDESAK LS-26-0151-P", "URGENT LS-26-0151-P"), "Ahmad Fauzi", both("pencabutan", "revocation"),
     both("Memeriksa data dan kelengkapan", "Check data and completeness"), both("hari ini 11.00", "today 11:00"), "Rina Wulandari"),
    ("LS-26-0147-K", "Siti Rahmawati", both("lupa passphrase", "forgotten passphrase"),
     both("Memverifikasi surat pernyataan dan berkas CSR", "Verify the statement and the CSR file"), both("25/03/2026 16.00", "25/03/2026 16:00"), "Rina Wulandari"),
)  # fmt: skip
_CASES = (
    (both("Nomor layanan", "Number"), both("Pemohon", "Holder"), both("Layanan", "Service"), both("Dibuka", "Opened"),
     both("Keadaan", "Standing")),
    ("LS-26-0147-K", "Siti Rahmawati", both("lupa passphrase", "forgotten passphrase"), "17/03/2026",
     both("Menunggu petugas: baris 2", "Waiting for an officer: row 2")),
)  # fmt: skip
_TASK: dict[str, Any] = {
    "name": "Rina Wulandari",
    "task": both("Memverifikasi surat pernyataan dan berkas CSR", "Verify the statement and the CSR file"),
    "row": "2",
    "read": (),
    "words": (
        word("SETUJU", "APPROVE", both("surat dan CSR sesuai", "letter and CSR are in order")),
        word("PEJABAT", "ESCALATE", both("serahkan kepada pejabat", "hand over to the official")),
    ),
    "undo_minutes": 10,
}

STAFF: dict[str, dict[str, Any]] = {
    "officer-queue-shown": {
        **_LIST,
        "tables": (
            (both("TUGAS BAPAK/IBU (2)", "YOUR TASKS (2)"), _TASKS),
            (both("PADA REKAN, BELUM DIAMBIL (1)", "WITH COLLEAGUES, NOT TAKEN (1)"), (_TASKS[0], _TASKS[2])),
        ),
    },
    "officer-request-shown": {
        **_STAFF,
        "rows": (
            ("", ""),
            (both("Keadaan", "Standing"), both("Menunggu petugas: baris 2, Memverifikasi surat", "Waiting for an officer: row 2, Verify the letter")),
            (both("Tugas pada", "Task with"), "Rina Wulandari"),
            (both("Batas waktu", "Due"), both("25/03/2026 16.00", "25/03/2026 16:00")),
        ),
        "persons": (("1", "Siti Rahmawati", "19850412 201001 2 007", ""), ("2", "Ahmad Fauzi", "", both("NIP tidak terbaca", "NIP not read"))),
        "tables": ((both("PERMOHONAN YANG BERKAITAN (1)", "RELATED REQUESTS (1)"), _CASES),),
        "said": {
            "events": (
                both("17/03/2026 09.12, pemohon: permohonan diterima", "17/03/2026 09:12, applicant: request received"),
                both("17/03/2026 10.05, Rina Wulandari: SETUJU", "17/03/2026 10:05, Rina Wulandari: APPROVE"),
            )
        },
    },
    "officer-requests-found": {**_LIST, "quote": "Siti Rahmawati", "tables": ((both("DITEMUKAN (1)", "FOUND (1)"), _CASES),)},
    "officer-note-recorded": {**_STAFF, "quote": both("Sudah ditelepon, akan mengirim CSR besok.", "Called; will send the CSR tomorrow.")},
    "officer-mail-registered": {**_STAFF, "by": "siti.rahmawati@contohkota.go.id"},
    "officer-registration-unclear": {**_LIST, "words": _CHOICES[:2], "rows": _MAIL, "said": {"not_understood": ("SERTIFIKAT",)}},
    "officer-message-sorted": {**_LIST, "ticket": "LS-26-0152-Q", "rows": _MAIL, "decision": both("LUPA", "FORGOTTEN"), "by": "Budi Hartono",
                               "said": {"status": ("before",)}},
    "officer-help-shown": {**_LIST, "words": _WORDS},
    "officer-errand-unclear": {**_LIST, "words": _WORDS, "quote": both("ANTREN", "QUEU"),
                              "said": {"not_understood": (both("ANTREN", "QUEU"),), "next": (both("ANTREAN", "QUEUE"),)}},
    "officer-task-handed-on": {**_TASK, "by": "Budi Hartono"},
    "official-task-unattended": {**_TASK, "name": "Dewi Lestari", "by": "Rina Wulandari", "urgent": True},
    "officer-task-open-again": {**_TASK, "by": "Budi Hartono"},
    "officer-word-taken-back": {
        **_TASK, "by": "Budi Hartono", "undo_minutes": 0, "said": {"understood": (both("SETUJU", "APPROVE"),)},
    },
    "officer-word-disagreed": {
        **_TASK,
        "by": "Budi Hartono",
        "said": {
            "understood": (both("SETUJU", "APPROVE"),),
            "not_understood": (both("TOLAK datanya berbeda", "REJECT the data differ"),),
        },
    },
    "official-task-disagreement": {
        **_TASK,
        "name": "Dewi Lestari",
        "by": "Rina Wulandari",
        "said": {
            "understood": (both("SETUJU", "APPROVE"),),
            "not_understood": (both("TOLAK datanya berbeda", "REJECT the data differ"),),
            "reason": ("Rina Wulandari", "Budi Hartono"),
        },
    },
    "officer-digest-morning": {
        **_LIST,
        "tables": (
            (both("BATAS WAKTU HARI INI (1)", "DUE TODAY (1)"), _TASKS[:2]),
            (both("MENUNGGU (1)", "WAITING (1)"), (_TASKS[0], _TASKS[2])),
        ),
        "said": {"status": (both("1 hari ini", "1 today"), both("1 menunggu", "1 waiting"), both("3 diputuskan rekan", "3 decided by colleagues"))},
    },
}  # fmt: skip
