"""The words officers and applicants write, and the words that are only politeness. Closed lists: nothing is guessed.

Indonesian first, English second; spelling variants people really use beside them.
"""

import re
import unicodedata

OFFICER_WORDS: dict[str, tuple[str, ...]] = {
    "approve": ("SETUJU", "DISETUJUI", "ACC", "APPROVE", "APPROVED"),
    "reject": ("TOLAK", "DITOLAK", "REJECT", "REJECTED"),
    "incomplete": ("KURANG", "INCOMPLETE"),
    "done": ("SELESAI", "DONE"),
    "escalate": ("PEJABAT", "ESCALATE"),
    "take": ("AMBIL", "TAKE"),
    "undo": ("BATAL", "UNDO", "CANCEL"),
    "grant": ("KABULKAN", "GRANT"),
}
"""Outcomes by the words that mean them. `grant`: the applicant's wish to cancel is granted."""

APPLICANT_WORDS: dict[str, tuple[str, ...]] = {
    "status": ("STATUS",),
    "finished": ("SUDAH", "FINISHED"),
    "problem": ("KENDALA", "PROBLEM"),
    "confirm": ("BENAR", "CONFIRM"),
    "cancel": ("BATAL", "CANCEL"),
    "complaint": ("PENGADUAN", "COMPLAINT"),
}

OWN_MAIL_WORDS: dict[str, tuple[str, ...]] = {
    "queue": ("ANTREAN", "QUEUE", "ANTRIAN", "ANTRE", "ANTRI"),
    "case": ("LAYANAN", "CASE", "KASUS"),
    "find": ("CARI", "FIND"),
    "note": ("CATAT", "NOTE"),
    "take": ("AMBIL", "TAKE"),
    "register": ("DAFTAR", "REGISTER", "DAFTARKAN"),
    "help": ("BANTUAN", "HELP"),
}
"""What officers ask for in mails of their own; the first two spellings are those that letters name."""

IGNORE_WORDS = ("ABAIKAN", "IGNORE")
"""A mail that is no request, said by the officer who sorts it."""

EXCEPT_WORDS = {"kecuali", "except", "besides"}
"""After an approval, with the numbers of persons it leaves out."""

_KIND_SIGNS = frozenset("👍👌🙏❤♥💚💙💛🧡💜🩷🤍💖✅✔☑🙂😊😀😃😄😁☺🥰😍👏🙌🤝💯🎉💐🌹⭐🫡🫶")
"""What people put under a letter instead of thanks."""

AMBIGUOUS = {
    "teruskan",
    "diteruskan",
    "terus",
    "forward",
    "proceed",
    "lanjut",
    "lanjutkan",
    "ok",
    "oke",
    "okay",
    "ya",
    "iya",
    "yes",
}
"""First words an officer may well mean, but not which way: TERUSKAN is both `proceed` and `forward`."""

NEGATIONS = {
    "tidak", "tdk", "tak", "bukan", "belum", "blm", "jangan", "jgn", "gak", "ga", "nggak", "enggak", "tanpa", "kurang",
    "not", "no", "never", "don't", "dont", "cannot", "can't", "cant", "without",
}  # fmt: skip

CONDITIONS = {
    "tapi", "tetapi", "namun", "asal", "asalkan", "kecuali", "jika", "bila", "kalau", "apabila", "syarat", "bersyarat",
    "kah", "but", "if", "unless", "except", "provided",
}  # fmt: skip
"""Words that take half of an approval back."""

GREETINGS: tuple[tuple[str, ...], ...] = tuple(
    tuple(phrase.split())
    for phrase in (
        "assalamualaikum warahmatullahi wabarakatuh", "assalamu'alaikum warahmatullahi wabarakatuh", "assalamualaikum wr wb",
        "assalamu'alaikum wr wb", "assalamualaikum", "assalamu'alaikum", "assalamu alaikum", "waalaikumsalam", "wa'alaikumsalam",
        "salam sejahtera", "salam sehat", "salam hormat", "salam", "om swastiastu", "shalom", "syalom", "namo buddhaya",
        "selamat pagi", "selamat siang", "selamat sore", "selamat malam", "met pagi", "met siang", "met sore", "met malam",
        "slmt pagi", "slmt siang", "slmt sore", "pagi", "siang", "sore", "malam", "dengan hormat", "hormat kami",
        "mohon izin", "mohon ijin", "izin menjawab", "ijin menjawab", "izin", "ijin", "mohon maaf", "maaf", "permisi",
        "halo", "hallo", "hai", "hi", "hello", "good morning", "good afternoon", "good evening", "good day",
        "terima kasih", "terimakasih", "baik", "siap", "nggih", "inggih",
        "yang terhormat", "yth", "kepada", "kpd", "dear", "bapak/ibu", "bapak", "ibu", "bpk", "pak", "bu", "sdr", "sdri", "mas", "mbak",
        "sir", "madam", "rekan", "admin", "tim", "all", "semua", "dan",
    )
)  # fmt: skip
"""Openings that are skipped before the first word, longest first where one begins another."""

VOCATIVES = {
    "yth",
    "terhormat",
    "kepada",
    "kpd",
    "dear",
    "bapak/ibu",
    "bapak",
    "ibu",
    "bpk",
    "pak",
    "bu",
    "sdr",
    "sdri",
    "mas",
    "mbak",
    "rekan",
    "admin",
    "tim",
}
"""Words after which a name may stand, up to a comma or the end of the line."""

THANKS = {
    "terima kasih",
    "terimakasih",
    "makasih",
    "trims",
    "trimakasih",
    "thanks",
    "thank you",
    "thx",
    "tks",
    "matur nuwun",
    "hatur nuhun",
}
ACKNOWLEDGEMENTS = {
    "baik",
    "siap",
    "ok",
    "oke",
    "okay",
    "noted",
    "dimengerti",
    "dipahami",
    "diterima",
    "alhamdulillah",
    "mantap",
    "sip",
}
POLITE = {
    "banyak", "sekali", "ya", "atas", "bantuan", "bantuannya", "informasi", "informasinya", "info", "infonya", "kerja", "sama", "kerjasama",
    "kerjasamanya", "samanya", "perhatian", "perhatiannya", "respon", "responnya", "layanan", "layanannya", "segala", "untuk", "telah",
    "dibantu", "membantu", "sudah", "semoga", "sukses", "selalu", "sehat", "kami", "saya", "a", "lot", "very", "much", "so", "many", "for", "your",
    "the", "help", "support", "you", "and", "kembali",
    "ditunggu", "tunggu", "menunggu", "kabar", "kabarnya", "selanjutnya", "dulu", "dahulu", "nggih",
}  # fmt: skip
"""What may stand beside thanks without saying anything that must be read."""

FOLD = str.maketrans(
    {
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{MODIFIER LETTER APOSTROPHE}": "'",
        "`": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{NO-BREAK SPACE}": " ",
        "\N{ZERO WIDTH SPACE}": "",
        "\N{SOFT HYPHEN}": "",
    }
)
"""Typographic marks that stand for plain ones, for `str.translate`."""
_TOKEN = re.compile(r"[^\W_]+(?:['/][^\W_]+)*")


def normal(word: str) -> str:
    """Return a word as it is compared: compatibility forms folded, no case, plain quotes."""
    return unicodedata.normalize("NFKC", word).translate(FOLD).casefold()


def tokens(line: str) -> list[re.Match[str]]:
    """Return the words of a normalised line, with their places."""
    return list(_TOKEN.finditer(line))


def is_kind_sign(line: str) -> bool:
    """Tell whether a line is nothing but a thumb, folded hands and the like, whatever its colour of skin."""
    bare = [char for char in line if not (char.isspace() or unicodedata.category(char) in {"Mn", "Cf", "Sk"})]
    return bool(bare) and _KIND_SIGNS.issuperset(bare)


def has_kind_sign(text: str) -> bool:
    """Tell whether a text holds a thumb, folded hands and the like."""
    return bool(_KIND_SIGNS.intersection(text))
