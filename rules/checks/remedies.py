"""What an applicant can be asked for: the officer's short choice, and the courteous sentence it becomes. No personal data in any."""

from rules.case import Remedy, Text


def _remedy(choice: tuple[str, str], request: tuple[str, str]) -> Remedy:
    return Remedy(choice=Text(id=choice[0], en=choice[1]), request=Text(id=request[0], en=request[1]))


CLEARER_LETTER = _remedy(
    ("minta surat yang lebih jelas", "ask for a clearer letter"),
    (
        "Mohon kirim ulang surat dalam bentuk PDF, atau foto yang tegak, terang, dan terbaca seluruhnya (hasil pindai 300 dpi).",
        "Please send the letter again as a PDF, or as an upright, bright photo in which everything can be read (scans at 300 dpi).",
    ),
)
COMPLETE_LETTER = _remedy(
    ("minta surat yang dilengkapi", "ask for the completed letter"),
    (
        "Mohon lengkapi surat dengan nama, NIP, alamat e-mail dinas, serta nomor dan tanggal surat, lalu kirimkan kembali.",
        "Please complete the letter with name, NIP, official e-mail address, and its number and date, and send it again.",
    ),
)
CORRECT_LETTER = _remedy(
    ("minta surat dengan data yang diperbaiki", "ask for a corrected letter"),
    (
        "Mohon periksa kembali data diri pada surat, perbaiki bila ada yang keliru, lalu kirimkan surat yang telah diperbaiki.",
        "Please check the personal data in the letter, correct what is wrong, and send the corrected letter.",
    ),
)
SIGNED_LETTER = _remedy(
    ("minta surat yang ditandatangani", "ask for a signed letter"),
    (
        "Mohon kirimkan surat yang sudah ditandatangani.",
        "Please send the letter signed.",
    ),
)
SAME_DATA_CSR = _remedy(
    ("minta CSR baru dengan data yang sama seperti di AMS", "ask for a new CSR with the same data as in AMS"),
    (
        "Mohon buat CSR baru dengan data yang sama seperti di AMS.",
        "Please make a new CSR with the same data as in AMS.",
    ),
)
NEW_KEY_CSR = _remedy(
    ("minta CSR baru dengan pasangan kunci baru", "ask for a new CSR with a new key pair"),
    (
        "Mohon buat pasangan kunci baru (RSA 2048 bit atau lebih) beserta CSR-nya, dan kirimkan CSR-nya saja. Kunci privat jangan dikirimkan kepada siapa pun, termasuk kami.",
        "Please make a new key pair (RSA 2048 bits or more) and its CSR, and send only that CSR. Never send the private key to anybody, us included.",
    ),
)
SHA256_CSR = _remedy(
    ("minta CSR baru dengan tanda tangan SHA-256", "ask for a new CSR signed with SHA-256"),
    (
        "Mohon buat CSR baru yang ditandatangani dengan SHA-256.",
        "Please make a new CSR signed with SHA-256.",
    ),
)
CSR_FILE = _remedy(
    ("minta berkas CSR dikirim ulang", "ask for the CSR file again"),
    (
        "Mohon kirim ulang satu berkas CSR (.csr atau .p10) sebagai lampiran, tanpa diubah atau disalin ke badan e-mail.",
        "Please send one CSR file (.csr or .p10) again as an attachment, unchanged and not copied into the text of the e-mail.",
    ),
)
PLAIN_CSR = _remedy(
    (
        "minta CSR baru tanpa ekstensi dan kata sandi tambahan",
        "ask for a new CSR without extra extensions or password",
    ),
    (
        "Mohon buat CSR baru tanpa ekstensi tambahan dan dengan isian challenge password yang dikosongkan.",
        "Please make a new CSR without extra extensions and with the challenge password left empty.",
    ),
)
PERSONS_CSR = _remedy(
    ("minta CSR untuk tanda tangan perorangan", "ask for a CSR for a person's signature"),
    (
        "Mohon buat CSR untuk tanda tangan elektronik perorangan, tanpa nama server dan tanpa kegunaan server (serverAuth).",
        "Please make a CSR for a person's electronic signature, without server names and without use by a server (serverAuth).",
    ),
)
CONFIRM_SENDER = _remedy(
    ("minta konfirmasi dengan membalas e-mail kami", "ask for confirmation by a reply to our e-mail"),
    (
        "Mohon balas e-mail ini dari alamat e-mail dinas Bapak/Ibu dengan kata BENAR, agar kami yakin bahwa permohonan ini dari Bapak/Ibu.",
        "Please reply to this e-mail from your official address with the word CONFIRM, so that we can be sure that the request is yours.",
    ),
)
FROM_OFFICIAL_ADDRESS = _remedy(
    ("minta kirim ulang dari alamat e-mail dinas", "ask to send it from the official address"),
    (
        "Mohon kirimkan permohonan ini dari alamat e-mail dinas Bapak/Ibu sendiri.",
        "Please send this request from your own official e-mail address.",
    ),
)
ONE_PERSON = _remedy(
    ("minta surat dan CSR dari satu orang", "ask for letter and CSR of one person"),
    (
        "Mohon kirimkan surat dan CSR atas nama satu orang yang sama; untuk orang lain mohon buat permohonan tersendiri dengan e-mail baru.",
        "Please send a letter and a CSR of one and the same person; for anybody else please make a request of its own with a new e-mail.",
    ),
)
