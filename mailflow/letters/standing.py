"""Short sentences the letters need about a case: where it stands, and why a task is before an officer."""

from mailflow.dossier import Dossier
from rules.case import State

NOTES = {
    "evidence-changed": (
        "Pemohon mengirim berkas baru; surat tugas sebelumnya tidak berlaku lagi.",
        "The applicant sent new documents; the earlier task letter no longer counts.",
    ),
    "finished": (
        "Pemohon menyatakan langkah di AMS sudah dilakukan.",
        "The applicant says that the step in AMS is done.",
    ),
    "silent": (
        "Pemohon belum memberi kabar setelah diingatkan; mohon dilihat di AMS.",
        "The applicant has not answered the reminders; please look in AMS.",
    ),
    "escalated": ("Tugas ini diserahkan kepada Pejabat.", "This task has been handed to the official."),
    "second-approval": ("Persetujuan kedua, dari petugas lain.", "Second approval, by another officer."),
    "reopened": (
        "Permohonan dibuka kembali karena ada berkas baru.",
        "The request was opened again: new documents came.",
    ),
    "help": (
        "Pemohon mengalami kendala dan memerlukan bantuan. Jawaban yang Bapak/Ibu tulis setelah kata KURANG atau SELESAI disampaikan kepada pemohon; SELESAI saja bila sudah dibantu dengan cara lain.",
        "The applicant needs help. What you write after INCOMPLETE or DONE is passed on to the applicant; DONE alone if you helped in another way.",
    ),
    "wrote": (
        "Pemohon menulis pesan yang perlu dibaca petugas. Jawaban yang Bapak/Ibu tulis setelah kata KURANG atau SELESAI disampaikan kepada pemohon; SELESAI saja bila tidak perlu dijawab.",
        "The applicant wrote something a person must read. What you write after INCOMPLETE or DONE is passed on; DONE alone if it needs no answer.",
    ),
    "complaint": ("Pemohon menyampaikan keberatan atau pengaduan.", "The applicant complains."),
    "cancel-too-late": (
        "Pemohon ingin membatalkan, tetapi langkah di AMS sudah tidak dapat ditarik.",
        "The applicant wishes to cancel, but what was done in AMS cannot be taken back.",
    ),
    "bounced": (
        "Surat kami kepada pemohon tidak dapat disampaikan; mohon hubungi pemohon dengan cara lain.",
        "Our letter to the applicant could not be delivered; please reach the applicant in another way.",
    ),
    "done-after-all": (
        "Petugas menyatakan selesai di AMS, padahal permohonan sudah ditutup.",
        "An officer says it was done in AMS although the request had been closed.",
    ),
}
"""Why a task is before an officer, by the note the rules give it."""


def note_in_words(note: str, language: str) -> str:
    """Return the sentence of a task's note; free text stays as it is."""
    return NOTES[note][0 if language == "id" else 1] if note in NOTES else note


def standing(dossier: Dossier, language: str) -> str:
    """Return where a request stands, one sentence."""
    case = dossier.case
    row = dossier.sop.steps.get(case.step)
    indonesian = language == "id"
    if case.state is State.CLOSED:
        ended = {
            "rejected": ("ditolak", "rejected"),
            "lapsed": ("ditutup karena tidak ada jawaban", "closed for want of an answer"),
            "cancelled": ("dibatalkan", "cancelled"),
        }
        word = ended.get(case.ending or "", ("selesai", "completed"))[0 if indonesian else 1]
        return f"Permohonan sudah {word}." if indonesian else f"The request is {word}."
    if case.state is State.APPLICANT:
        action = row.says(language) if row else ""
        return f"Menunggu langkah Bapak/Ibu: {action}." if indonesian else f"Waiting for you: {action}."
    who = dossier.office.config.department.name
    return f"Sedang diperiksa oleh petugas {who}." if indonesian else f"Being checked by an officer of {who}."
