"""Short sentences the letters need about a case: where it stands, why a task is before an officer, why one no longer is."""

from mailflow.dossier import Dossier
from mailflow.letters.about import asked
from rules.case import State
from rules.needs import completeness

NOTES = {
    "evidence-changed": (
        "Pemohon mengirim berkas baru; e-mail tugas sebelumnya tidak berlaku lagi.",
        "The applicant sent new documents; the earlier task e-mail no longer counts.",
    ),
    "finished": (
        "Pemohon menyatakan langkah di AMS sudah dilakukan.",
        "The applicant says that the step in AMS is done.",
    ),
    "silent": (
        "Pemohon sudah diingatkan, tetapi belum memberi kabar.",
        "The applicant was reminded, but has not answered.",
    ),
    "escalated": (
        "Tugas ini diserahkan petugas kepada pejabat.",
        "An officer has handed this task to the official.",
    ),
    "escalated:alone": (
        "Tugas ini diserahkan untuk diputuskan pejabat. Belum ada pejabat yang terdaftar, sehingga petugas yang memutuskan.",
        "This task was handed up to be decided by an official. No official is registered, so officers decide.",
    ),
    "second-approval": (
        "Sudah disetujui satu petugas; diperlukan persetujuan petugas kedua.",
        "One officer has approved; a second officer's approval is needed.",
    ),
    "reopened": (
        "Permohonan dibuka kembali karena ada berkas baru.",
        "The request was opened again: new documents came.",
    ),
    "help": (
        "Pemohon mengalami kendala dan memerlukan bantuan.",
        "The applicant is in difficulty and needs help.",
    ),
    "unopened": (
        "Pemohon mengirim berkas yang tidak dapat dibuka program; berkas aslinya terlampir.",
        "The applicant sent files that the program cannot open; the originals are attached.",
    ),
    "sent-more": (
        "Pemohon mengirim berkas lain yang belum jelas gunanya; berkas aslinya terlampir. Tugas yang sedang menunggu keputusan tetap berlaku.",
        "The applicant sent something else, and it is not clear what for; the originals are attached. A task that waits for a decision stays as it is.",
    ),
    "wrote": (
        "Pemohon menulis pesan yang perlu dibaca petugas.",
        "The applicant wrote something that a person must read.",
    ),
    "disowned": (
        "PEMOHON MENYATAKAN TIDAK MENGAJUKAN PERMOHONAN INI. Mohon hubungi pemohon sebelum apa pun diputuskan; jawaban Bapak/Ibu yang belum berlaku, bila ada, ditarik kembali.",
        "THE APPLICANT SAYS THAT THEY DID NOT MAKE THIS REQUEST. Please get in touch with them before anything is decided; an answer of yours without effect yet, if any, was taken back.",
    ),
    "automatic": (
        "Tampaknya balasan otomatis (tanpa tanda dari program e-mail), maka tidak dijawab. Mohon dibaca; bila ternyata ditulis orang, jawab dengan SELESAI diikuti jawaban.",
        "This looks like an automatic reply (its program did not mark it), so it was not answered. Please read it; if a person wrote it after all, answer with DONE and your answer.",
    ),
    "complaint": (
        "Pemohon menyampaikan keberatan atau pengaduan.",
        "The applicant objects or complains.",
    ),
    "cancel-too-late": (
        "Pemohon ingin membatalkan, tetapi langkahnya di AMS sudah tidak dapat ditarik kembali. Hal itu sudah disampaikan kepada pemohon.",
        "The applicant wishes to cancel, but the step in AMS can no longer be taken back. The applicant has been told so.",
    ),
    "cancel-wished": (
        "Jawaban Bapak/Ibu atas tugas ini belum berlaku dan ditarik kembali; mohon diputuskan lagi.",
        "Your answer to this task has not taken effect and was taken back; please decide again.",
    ),
    "denied": (
        "PEMEGANG MENYATAKAN PERMOHONAN INI BUKAN DARINYA. Permohonan sudah dihentikan; mohon hubungi pemegang dan pengirimnya, dan catat hasilnya.",
        "THE HOLDER SAYS THAT THIS REQUEST IS NOT THEIRS. It has been stopped; please get in touch with holder and writer, and note what you find.",
    ),
    "holder-wrote": (
        "Pemegang sertifikat (bukan pengaju permohonan) menulis dengan kata-kata sendiri, atau alamatnya tidak terbukti. Mohon dibaca sebelum permohonan diputuskan; SELESAI diikuti jawaban menjawab pemegang.",
        "The certificate holder (not who made the request) wrote in other words, or the address is not proven. Please read it before the request is decided; DONE with an answer answers the holder.",
    ),
    "holder-objects": (
        "PEMEGANG SERTIFIKAT BERKEBERATAN: permohonan ini bukan darinya. Mohon hubungi pemegang sebelum memutuskan; tugas sebelumnya tidak berlaku lagi.",
        "THE CERTIFICATE HOLDER OBJECTS: this request is not theirs. Please get in touch with the holder before you decide; the earlier task is void.",
    ),
    "overheard": (
        "Bukan pemohon yang menulis, melainkan orang lain dalam percakapan permohonan ini. Pesannya bukan bukti dan tidak mengubah apa pun; mohon dibaca sebelum memutuskan. Jawaban Bapak/Ibu yang belum berlaku, bila ada, ditarik kembali. Pengirimnya belum dijawab; bila ia meminta layanan untuk dirinya sendiri, teruskan e-mailnya dengan DAFTAR.",
        "This was not written by the applicant but by somebody else in this request's conversation. It is no proof and changes nothing; please read it before you decide. An answer of yours without effect yet, if any, was taken back. Who wrote has not been answered; if they ask for a service of their own, forward their e-mail with REGISTER.",
    ),
    "bounced": (
        "E-mail kami kepada pemohon tidak sampai. Mohon hubungi pemohon dengan cara lain.",
        "Our e-mail to the applicant could not be delivered. Please reach the applicant in another way.",
    ),
    "done-after-all": (
        "Petugas menyatakan sudah selesai di AMS, padahal permohonan sudah ditutup.",
        "An officer says that it is done in AMS, although the request had been closed.",
    ),
    "the holder objects": (
        "Pemegang sertifikat menyatakan keberatan sesudah tugas ini dibuat.",
        "The certificate holder objected after this task was made.",
    ),
    "the evidence has changed": (
        "Pemohon mengirim berkas baru sesudah tugas ini dibuat.",
        "The applicant sent new documents after this task was made.",
    ),
    "the applicant has written more": (
        "Pemohon menulis lagi sesudah tugas ini dibuat.",
        "The applicant wrote again after this task was made.",
    ),
    "the request has ended": ("Permohonan sudah ditutup.", "The request has been closed."),
    "the parent has ended": (
        "Permohonan induknya sudah berakhir; tugas ini dibuat baru.",
        "The request this one belongs to has ended; the task was made anew.",
    ),
    "put before an officer": ("Tugas ini dibuat baru.", "The task was made anew."),
    "handed to the official": (
        "Tugas ini sudah diserahkan kepada pejabat.",
        "This task has been handed to the official.",
    ),
    "refused": (
        "Jawaban sebelumnya tidak dapat dilaksanakan; tugas ini perlu diputuskan lagi.",
        "The earlier answer could not be carried out; the task has to be decided again.",
    ),
    "decided": ("Tugas ini sudah diputuskan.", "This task has been decided."),
    "urgent": (
        "Alasan permohonan ini mendesak; mohon didahulukan.",
        "The reason of this request is urgent; please see to it first.",
    ),
    "parent-ended": (
        "Permohonan induknya sudah berakhir; langkah ini tetap perlu diselesaikan atau dihentikan.",
        "The request this one belongs to has ended; this step still has to be finished or stopped.",
    ),
    "split": (
        "Dikecualikan saat satu surat untuk beberapa orang disetujui; mohon diperiksa tersendiri.",
        "Left out when a letter for several persons was approved; please look at this separately.",
    ),
    "handed-on:promise-half": (
        "Separuh waktu layanan sudah lewat tanpa jawaban, sehingga tugas ini juga disampaikan kepada Bapak/Ibu. Jawaban pertama yang berlaku.",
        "Half of the time has passed without an answer, so this task is put before you too. The first answer counts.",
    ),
    "handed-on:asked": (
        "Bapak/Ibu meminta tugas ini dengan AMBIL. Rekan yang memegangnya sudah dikabari dan masih dapat menjawab; jawaban pertama yang berlaku. Bila hanya Bapak/Ibu yang akan menanganinya, balas AMBIL.",
        "You asked for this task with TAKE. The colleague who has it has been told and can still answer; the first answer counts. If you alone are to handle it, reply TAKE.",
    ),
    "handed-on:absent": (
        "Rekan Bapak/Ibu sedang tidak di tempat, sehingga tugas ini juga disampaikan kepada Bapak/Ibu. Jawaban pertama yang berlaku.",
        "Your colleague is away, so this task is put before you too. The first answer counts.",
    ),
}
"""Why a task is before an officer, or no longer is, by the note the rules give it."""

_REFUSED = frozenset({"taken-by-another", "no-such-outcome", "text-wanted", "another-must"})

_TOPICS = {
    "help": ("Kendala pemohon", "Applicant needs help"),
    "unopened": ("Berkas tidak terbaca", "Files unread"),
    "sent-more": ("Berkas lain", "Other files"),
    "wrote": ("Pesan pemohon", "Applicant wrote"),
    "disowned": ("Bukan dari pemohon?", "Not theirs?"),
    "automatic": ("Balasan otomatis?", "Automatic reply?"),
    "complaint": ("Pengaduan", "Complaint"),
    "cancel-too-late": ("Pemohon ingin batal", "Wish to cancel"),
    "denied": ("Bukan dari pemegang", "Holder denies it"),
    "holder-wrote": ("Pemegang menulis", "Holder wrote"),
    "holder-objects": ("Pemegang keberatan", "Holder objects"),
    "overheard": ("Pesan orang lain", "Somebody else"),
    "bounced": ("E-mail tidak sampai", "E-mail returned"),
    "done-after-all": ("Selesai di AMS?", "Done in AMS?"),
}

_ENDED = {
    "rejected": ("ditolak", "rejected"),
    "lapsed": ("ditutup karena tidak ada kabar", "closed, as nothing more arrived"),
    "cancelled": ("dibatalkan", "cancelled"),
}


_NEXT = {
    "take": (
        "Tugas ini sekarang ditangani Bapak/Ibu. Mohon balas e-mail tugasnya dengan keputusan.",
        "The task is now yours. Please answer its e-mail with your decision.",
    ),
    "escalate": ("Tugas ini sekarang di tangan pejabat.", "The task is now with the official."),
    "escalate:alone": (
        "Belum ada pejabat yang terdaftar, sehingga tugas ini tetap di tangan petugas. Mohon hubungi administrator.",
        "No official is registered, so the task stays with the officers. Please ask your administrator.",
    ),
    "sorted": (
        "Golongannya sudah tercatat dan batas waktunya menyesuaikan. Tugasnya tetap menunggu keputusan.",
        "The class has been noted, and the time limit with it. The task still waits for a decision.",
    ),
}
_TURNS = {
    State.APPLICANT: ("Menunggu pemohon", "Waiting for the applicant"),
    State.OFFICER: ("Menunggu petugas", "Waiting for an officer"),
    State.OFFICIAL: ("Menunggu pejabat", "Waiting for the official"),
    State.CHILD: ("Menunggu langkah lain dalam permohonan ini", "Waiting for another part of this request"),
}
_URGENT = (
    "Karena alasannya mendesak, permohonan ini kami dahulukan; {told} sudah dikabari. Surat yang belum terkirim dapat menyusul dengan membalas e-mail ini.",
    "As its reason is urgent, this request is put first; {told} have been told. A letter not sent yet may follow in reply to this e-mail.",
)
_TOLD = {True: ("petugas dan pejabat", "officers and the official"), False: ("petugas", "officers")}
"""Who is told of an urgent request, by whether there is an official."""
HELD = (
    "Ada e-mail atas nama Bapak/Ibu yang belum kami gunakan karena pengirimnya belum pasti. Bila itu dari Bapak/Ibu, balas e-mail kami yang berjudul “Mohon konfirmasi” dengan kata BENAR; tidak perlu dikirim ulang.",
    "An e-mail in your name has not been used yet, because we cannot be sure who sent it. If it was yours, reply to our e-mail titled “Please confirm” with the word CONFIRM; it need not be sent again.",
)
"""What a reminder says to an applicant one of whose mails waits for their confirmation."""
SECRET = (
    "Satu hal yang penting: kunci privat ikut terkirim, sehingga diperlukan CSR yang baru. Mohon ikuti petunjuk dalam e-mail kami yang terpisah.",
    "One important thing: a private key was sent along, so a new CSR is needed. Please follow our separate e-mail about it.",
)
"""What a letter says to an applicant whose message held a private key."""


def urgent_in_words(language: str, *, official: bool) -> str:
    """Return what a letter says to the applicant of an urgent request; `official`: there is one, who is told too."""
    which = 0 if language == "id" else 1
    return _URGENT[which].format(told=_TOLD[official][which])


def next_in_words(outcome: str, language: str) -> tuple[str, ...]:
    """Return what happens now, for an officer's word that has effect at once."""
    return (_NEXT[outcome][0 if language == "id" else 1],) if outcome in _NEXT else ()


def note_in_words(note: str, language: str) -> str:
    """Return the sentence of a task's note, "" for a note without one: a program's word is nothing for a letter."""
    name = "refused" if note in _REFUSED else note
    sentence = NOTES.get(name) or NOTES.get(name.partition(":")[0])
    return sentence[0 if language == "id" else 1] if sentence else ""


def topic_in_words(note: str, language: str) -> str:
    """Return what a task beside the request's own course is about, in two or three words, "" if nothing says so."""
    return _TOPICS[note][0 if language == "id" else 1] if note in _TOPICS else ""


def for_officers(dossier: Dossier, language: str) -> str:
    """Return where a request stands as its officers need it: whose turn it is, and in which row."""
    case, row, english = dossier.case, dossier.sop.steps[dossier.case.step], language == "en"
    if case.state is State.CLOSED:
        return _standing(dossier, language)[english]
    whose = _TURNS[case.state][english]
    number = (f"row {row.no}, " if english else f"baris {row.no}, ") if row.no else ""
    return f"{whose}: {number}{row.says(language)}"


def standing(dossier: Dossier, language: str) -> str:
    """Return where a request stands, one sentence."""
    indonesian, english = _standing(dossier, language)
    return indonesian if language == "id" else english


def _standing(dossier: Dossier, language: str) -> tuple[str, str]:
    case, row = dossier.case, dossier.sop.steps[dossier.case.step]
    if case.state is State.CLOSED:
        indonesian, english = _ENDED.get(case.ending or "", ("selesai", "completed"))
        return f"Permohonan sudah {indonesian}.", f"The request is {english}."
    in_ams = row.kind == "ams"
    if case.state is not State.APPLICANT:
        where = (" di AMS", " in AMS") if in_ams else ("", "")
        return f"Sedang diperiksa{where[0]}.", f"Being checked{where[1]}."
    if in_ams:
        return "Menunggu langkah Bapak/Ibu di AMS.", "Waiting for your step in AMS."
    wanted = completeness(dossier.sop, row, case.documents).missing
    if not wanted:
        return "Menunggu perbaikan dari Bapak/Ibu.", "Waiting for your correction."
    names = [asked(dossier.sop, need, language) for need in wanted]
    short = names[0].short if len(names) == 1 else ""
    return (
        f"Menunggu {short or 'berkas'} dari Bapak/Ibu.",
        f"Waiting for your {short or 'documents'}.",
    )
