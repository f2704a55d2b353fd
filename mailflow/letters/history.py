"""What has happened to a request, in words: one sentence for each thing on record, the latest last."""

import json
from collections.abc import Mapping

from sqlmodel import col, select

from mailflow.dossier import Matter
from mailflow.letters.lists import names_of
from mailflow.outbox.dates import in_list
from mailflow.store.tables import Transition

_MOST = 40
_SILENT = frozenset({"stale-alarm"})
"""What is on record and tells an officer nothing."""
EVENTS: Mapping[str, tuple[str, str]] = {
    "opened": ("permohonan diterima", "request received"),
    "registered": ("didaftarkan dari e-mail yang diteruskan petugas", "registered from a forwarded e-mail"),
    "supplied": ("berkas diterima", "documents received"),
    "complete": ("berkas lengkap", "documents complete"),
    "repeated": ("berkas yang sama dikirim lagi", "the same documents sent again"),
    "evidence-changed": (
        "berkas baru diterima selama pemeriksaan",
        "new documents received during the check",
    ),
    "wrote": ("menulis pesan", "wrote a message"),
    "promised": ("mengabari akan menyusulkan", "said that it will follow"),
    "disowned": ("menyatakan tidak mengajukan permohonan ini", "said that they did not make this request"),
    "automatic": ("tampaknya balasan otomatis", "what looks like an automatic reply"),
    "overheard": ("menulis dalam percakapan permohonan ini", "wrote in this request's conversation"),
    "letter": ("menjawab dengan pesan", "answered with a message"),
    "asked": ("diminta melengkapi", "asked for what is missing"),
    "status": ("menanyakan keadaan permohonan", "asked where the request stands"),
    "finished": ("menyatakan langkah di AMS selesai", "said that the step in AMS is done"),
    "confirmed": ("membenarkan", "confirmed"),
    "denied": ("menyatakan permohonan ini bukan miliknya", "said that the request is not theirs"),
    "objected": ("pemegang berkeberatan", "the holder objected"),
    "help": ("meminta bantuan petugas", "asked for a person's help"),
    "help-answered": ("permintaan bantuan dijawab", "the call for help was answered"),
    "help-escalated": (
        "permintaan bantuan diserahkan kepada pejabat",
        "the call for help went to the official",
    ),
    "help-is-late": (
        "petugas diingatkan: pemohon menunggu jawaban",
        "officers reminded: the applicant waits for an answer",
    ),
    "complaint": ("menyampaikan pengaduan", "complained"),
    "cancel-wished": ("ingin membatalkan", "wishes to cancel"),
    "cancelled": ("dibatalkan", "cancelled"),
    "too-late": ("ingin membatalkan, sudah terlambat", "wished to cancel, too late"),
    "thanks": ("mengucapkan terima kasih", "thanked"),
    "not-understood": ("balasannya tidak dipahami", "a reply was not understood"),
    "reminded": ("pemohon diingatkan", "applicant reminded"),
    "silent": ("pemohon tidak memberi kabar", "no word from the applicant"),
    "lapsed": ("ditutup karena tidak ada kabar", "closed, as nothing more arrived"),
    "reopened": ("dibuka kembali", "opened again"),
    "new-case": ("pesan menjadi permohonan baru", "a message became a new request"),
    "approve": ("SETUJU", "APPROVE"),
    "approved-once": ("SETUJU, menunggu petugas kedua", "APPROVE, a second officer is needed"),
    "reject": ("TOLAK", "REJECT"),
    "incomplete": ("KURANG", "INCOMPLETE"),
    "done": ("SELESAI", "DONE"),
    "escalate": ("diserahkan kepada pejabat", "handed to the official"),
    "taken": ("AMBIL", "TAKE"),
    "sorted": ("digolongkan", "sorted into a class"),
    "grant": ("keinginan membatalkan dikabulkan", "the wish to cancel was granted"),
    "refused": ("jawaban petugas tidak dapat dilaksanakan", "an officer's answer could not be carried out"),
    "done-after-all": (
        "dinyatakan selesai di AMS sesudah ditutup",
        "said to be done in AMS after the closing",
    ),
    "promise-half": (
        "petugas diingatkan pada separuh waktu layanan",
        "officers reminded at half of the time",
    ),
    "promise-late": ("petugas diingatkan menjelang batas waktu", "officers reminded near the time limit"),
    "promise-breach": (
        "batas waktu terlampaui, pejabat dikabari",
        "time limit passed, the official was told",
    ),
    "bounced": ("e-mail kepada pemohon tidak sampai", "an e-mail to the applicant came back"),
    "child-opened": ("langkah lain dibuka", "another part was opened"),
    "child-ended": ("langkah lain selesai", "another part has ended"),
    "parent-ended": ("permohonan induk berakhir", "the parent request ended"),
    "goes-on-alone": ("dilanjutkan tersendiri", "goes on alone"),
    "note": ("catatan", "note"),
    "assigned": ("tugas diserahkan kepada", "task given to"),
    "reassigned": ("tugas dialihkan kepada", "task passed to"),
    "handed-on": ("tugas juga disampaikan kepada", "task also put before"),
    "closed-by-hand": ("ditutup pengelola", "closed by an administrator"),
    "stopped": ("dihentikan pengelola", "stopped by an administrator"),
}
"""What happened, by the name it has on record."""
_SHOWS_NOTE = frozenset({"note", "assigned", "reassigned", "handed-on", "closed-by-hand", "stopped"})
_ACTORS = {
    "applicant": ("pemohon", "applicant"),
    "bystander": ("orang lain", "somebody else"),
    "holder": ("pemegang sertifikat", "certificate holder"),
    "clock": ("sistem", "system"),
    "program": ("sistem", "system"),
    "admin": ("pengelola", "administrator"),
}


def history(matter: Matter, language: str) -> tuple[str, ...]:
    """Return the latest of what is on record, one sentence each."""
    query = select(Transition).where(
        Transition.case_id == matter.row.id, col(Transition.event).not_in(_SILENT)
    )
    rows = list(matter.work.session.exec(query.order_by(col(Transition.id))))
    return tuple(_sentence(matter, each, language) for each in rows[-_MOST:])


def _sentence(matter: Matter, each: Transition, language: str) -> str:
    english = language == "en"
    at = in_list(each.at, language, matter.office.config.department.timezone)
    return f"{at}, {_who(matter, each.actor, english=english)}: {_what(matter, each, english=english)}"


def _who(matter: Matter, actor: str, *, english: bool) -> str:
    kind, _, address = actor.partition(":")
    return (
        names_of(matter.office, [address]) if kind == "officer" else _ACTORS.get(kind, (kind, kind))[english]
    )


def _what(matter: Matter, each: Transition, *, english: bool) -> str:
    """Fall back on the row that was reached: an SOP's own words and endings are its own."""
    row = matter.sop.steps.get(each.to_step)
    words = EVENTS.get(each.event)
    sentence = words[english] if words else (row.says("en" if english else "id") if row else each.event)
    note = json.loads(each.detail).get("note", "") if each.detail and each.event in _SHOWS_NOTE else ""
    if each.event in {"assigned", "reassigned", "handed-on"}:
        note = names_of(matter.office, [note.rpartition(": ")[2]])
    joint = ": " if each.event in {"note", "closed-by-hand", "stopped"} else " "
    return f"{sentence}{joint}{note}" if note else sentence
