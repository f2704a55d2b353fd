"""`BANTUAN`: the words officers may write, short; and what a word that is nearly one of them was meant to be."""

from mailflow.letters.staff import OwnMail
from mailflow.outbox.letter import Word

_WORDS = (
    ("ANTREAN", "tugas yang menunggu", "QUEUE", "the tasks that wait"),
    ("LAYANAN LS-26-0001-X", "keadaan satu permohonan", "CASE LS-26-0001-X", "how one request stands"),
    ("CARI nama atau NIP", "permohonan seseorang", "FIND name or NIP", "somebody's requests"),
    ("AMBIL LS-26-0001-X", "ambil tugas rekan", "TAKE LS-26-0001-X", "take a colleague's task"),
    ("CATAT LS-26-0001-X teks", "catatan pada permohonan", "NOTE LS-26-0001-X text", "a note on a request"),
    (
        "DAFTAR LUPA",
        "teruskan e-mail pemohon dengan kata ini: menjadi permohonan",
        "REGISTER FORGOTTEN",
        "forward an applicant's e-mail with this word: it becomes a request",
    ),
    ("BANTUAN", "daftar kata ini", "HELP", "this list of words"),
)


def words(language: str, prefix: str, choices: tuple[str, ...] = ()) -> tuple[Word, ...]:
    """Return the words of officers' own mails; `choices` are those that follow DAFTAR."""
    english = language == "en"
    shown = []
    for id_word, id_meaning, en_word, en_meaning in _WORDS:
        word = (en_word if english else id_word).replace("LS-", f"{prefix}-")
        if word.startswith(("DAFTAR", "REGISTER")) and choices:
            word = f"{word.split()[0]} {choices[0]}"
        shown.append(Word(word=word, meaning=en_meaning if english else id_meaning))
    return tuple(shown)


def answer(mail: OwnMail) -> str:
    """Send the words."""
    mail.say("officer-help-shown", quote="", words=_known(mail))
    return "own mail: help"


def answer_nearly(mail: OwnMail) -> str:
    """Ask back which word was meant."""
    mail.say(
        "officer-errand-unclear",
        words=_known(mail),
        said={"not_understood": (mail.asked.word,), "next": (mail.asked.meant,)},
    )
    return f"own mail: not understood, nearly {mail.asked.meant}"


def answer_unclear(mail: OwnMail, indonesian: str, english: str) -> str:
    """Ask back what is missing beside a word that was understood."""
    reason = english if mail.language == "en" else indonesian
    mail.say("officer-errand-unclear", words=_known(mail), said={"reason": (reason,)})
    return f"own mail: {english}"


def _known(mail: OwnMail) -> tuple[Word, ...]:
    office, english = mail.work.office, mail.language == "en"
    choices = tuple(sop.word[-1 if english else 0] for sop in office.rules.sops.values())
    return words(mail.language, office.config.department.ticket_prefix, choices)
