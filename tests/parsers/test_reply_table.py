"""The reply table: mail programs, languages, what was written, with a whole letter of ours quoted. Nothing leaks, nothing is lost."""

import pytest

from mailflow.outbox.render import Renderer
from mailflow.outbox.samples import sample
from parsers.beside import beside_letter
from parsers.html import to_text
from parsers.reply import below_quotation, split_reply, typed_above
from tests.parsers.reply_shapes import WRITTEN, cell, shapes

LETTERS = ("officer-task-assigned", "applicant-request-incomplete")


@pytest.fixture(scope="module")
def letters():
    renderer = Renderer()
    made = {}
    for language in ("id", "en"):
        for name in LETTERS:
            letter = renderer.render(name, sample(name, language))
            body = letter.html[letter.html.index('<div class="sheet"') : letter.html.index("</body>")]
            made[language, name] = (letter.text, body)
    return made


def lines(text):
    return [line for line in (" ".join(each.split()) for each in text.splitlines()) if line]


@pytest.mark.parametrize("what", WRITTEN)
def test_nothing_leaks_and_nothing_is_lost_in_any_program(letters, what):
    wrong = []
    for number, shape in enumerate(shapes()):
        text, html = letters[shape.language, LETTERS[number % 2]]
        mail, above, below = cell(shape, what, text, html)
        read = split_reply(to_text(mail) if shape.rich else mail)
        found = "" if read.new else beside_letter(read.quoted, (text, to_text(html)))
        if (lines(read.new), lines(found or "")) != (lines(above), lines(below)):
            wrong.append((shape.name, shape.rich, shape.language, read.new, found))
        marked = "" if read.new else below_quotation(read.quoted)
        if shape.marked and lines(marked) != lines(below):
            wrong.append((shape.name, shape.rich, shape.language, "by its marks alone", marked))
    assert not wrong


LETTER = "\n".join(
    f"Baris {word} surat kami tentang permohonan itu." for word in ("pertama", "kedua", "ketiga", "keempat")
)
BESIDE = {
    "broken anew": (LETTER.replace(" surat", "\nsurat") + "\n\nSudah saya kirim.", "Sudah saya kirim."),
    "with links written out": (LETTER.replace("kami", "kami <https://contohkota.go.id/a>") + "\nSTATUS", "STATUS"),
    "a word of the letter": (f"{LETTER}\npermohonan", "permohonan"),
    "one line between": (LETTER.replace("Baris ketiga", "Tidak tahu.\nBaris ketiga"), "Tidak tahu."),
    "a head above": (f"Dari: Dinas\nKepada: Siti\n\n{LETTER}", ""),
    "a signature below": (f"{LETTER}\n\nSudah.\n-- \nSiti", "Sudah."),
    "half of it, and an answer": ("\n".join(LETTER.splitlines()[:2]) + "\nsudah", "sudah"),
    "another text": ("Ini sesuatu yang lain sama sekali dan bukan dari kantor ini.", None),
    "nothing": ("", None),
}  # fmt: skip


@pytest.mark.parametrize(("quoted", "found"), BESIDE.values(), ids=BESIDE.keys())
def test_what_is_not_in_our_letter_was_written_by_somebody_else(quoted, found):
    assert beside_letter(quoted, (LETTER,)) == found


def test_a_flood_of_the_letters_own_words_is_not_compared():
    assert beside_letter("a " * 4000 + "x", ("b a " * 2000 + "y",)) is None
    assert beside_letter(f"{LETTER}\n" * 300 + "sudah", (LETTER,)) is not None


TYPED = [
    "Saya sudah mengirim tanggal 16 Maret permohonan cabut sertifikat karena laptop dicuri.\nPada 10 Maret 2026 kepala dinas menulis:\nMohon sertifikat Siti dicabut.",
    "Pada hari Senin, 16 Maret 2026 pukul 09.00 Pak Budi menulis:\nsertifikatnya sudah tidak dipakai.",
    "Tanggal 10 Maret 2026 bagian kepegawaian menulis: berkas kurang.\nPadahal sudah lengkap.",
    "Pada tanggal 10 Maret 2026 kami telah mengirim surat ke layanan@contohkota.go.id:\nsurat pernyataan dan CSR.\nMohon ditindaklanjuti.",
    "Pada 10 Maret 2026 petugas <layanan@contohkota.go.id> menulis bahwa berkas saya kurang.\nSekarang saya kirim lagi.",
    'On 10 March 2026 your office wrote:\n"incomplete"\nbut I sent everything.',
    'Email dari layanan@contohkota.go.id tanggal 10 Maret 2026 menulis:\n"kurang 1 berkas"\nBerkas mana?',
    "Nota Dinas\nKepada : Yth. Kepala Dinas Kominfo\nDari : Kepala Dinas Pendidikan\nTanggal : 10 Maret 2026\nNomor : 800/12/2026\nSifat : Segera\nHal : Pencabutan sertifikat\n\nBersama ini kami mohon sertifikat Siti dicabut.",
    "NOTA DINAS\n\nYth. : Kepala Dinas Kominfo\nDari: Kepala Dinas Pendidikan\nTembusan: -\nTanggal: 10 Maret 2026\nSifat: Biasa\nLampiran: 1 (satu) berkas\nHal: Pencabutan\n\nMohon dicabut.",
    "Selamat pagi,\nBerikut nota dinas dari pimpinan:\n\nKepada: Yth. Kepala Dinas Kominfo\nDari: Kepala Dinas Pendidikan\nTanggal: 10 Maret 2026\nPerihal: Pencabutan sertifikat\n\nMohon sertifikat dicabut.",
    "Dari: Siti Rahmawati\nNIP: 198504122010012007\nTanggal: 10 Maret 2026\nPerihal: lupa passphrase\n\nMohon bantuannya.",
    "Tanggal: 10 Maret 2026\nDari: Siti Rahmawati, Dinas Pendidikan\nKepada: Admin TTE\nPerihal: lupa passphrase\nSaya lupa passphrase.",
    "Dari : Siti Rahmawati\nE-mail : siti@contohkota.go.id\nTanggal : 10 Maret 2026\nPerihal : lupa passphrase\n\nMohon dibantu.",
    "From: Siti Rahmawati\nTo: The certificate office\nDate: 10 March 2026\nSubject: Lost passphrase\n\nI lost my passphrase.",
    "MEMO\nTo: Kepala Dinas\nFrom: Siti\nDate: 10 March 2026\nRe: Lost passphrase\n\nI lost my passphrase.",
    "Dikirim dari kantor via email karena WA tidak bisa.\nMohon dibalas.",
    "Sent from my office, my phone was stolen yesterday.\nPlease revoke.",
    "Dikirim melalui email oleh staf saya kemarin.\nMohon dicek.",
    "Dikirim dengan hormat lewat hp, laptop saya dicuri.\nMohon cabut.",
    "Terkirim dari hp suami, hp saya hilang berisi sertifikat\nMohon dicabut",
    "Yth petugas\n--\nSaya lupa passphrase",
    "Mohon maaf\n__\nsaya lupa passphrase",
    "Nama: Siti\n-- lupa passphrase --\ntolong reset",
    "Pesan asli:\nsertifikat tidak dapat dipakai\nmohon dibantu",
    "Email asli: siti@contohkota.go.id\nyang baru: siti.r@contohkota.go.id",
    "1> sudah saya kirim\n2> belum",
    "Siti Rahmawati <siti@contohkota.go.id> 10 Maret 2026:\nmohon ganti email sertifikat",
    "Data saya 10 Maret 2026 <siti@contohkota.go.id>:\nnama Siti",
    "Sudah dua kali saya mengirim pesan berikut:\ntidak dijawab 10 Maret 2026",
    "Kemarin 10 Maret 2026 saya email ke layanan@contohkota.go.id dan mengirimkan yang berikut:\nsurat dan CSR, tetapi ditolak.",
    'Pak Budi menulis:\n"cabut saja"\nJadi mohon dicabut.',
    "Layar menampilkan tulisan:\nsertifikat kedaluwarsa",
    "Sistem menulis:\nSertifikat tidak valid\napa artinya?",
    "AMS tanggal 10/03/2026 09:12 wrote:\nerror 500",
    'Pada saat login 10.30 aplikasi e-office mengatakan:\n"passphrase salah"',
    "Waktu: 10 Maret 2026\nDari: jam 08.00\nKe: jam 10.00\nTopik: sosialisasi TTE\nMohon narasumber",
    "Quoting peraturan BSrE:\npemegang wajib lapor",
    "Mengutip surat tanggal 10 Maret:\nsertifikat dicabut",
    "Forwarded by sekretariat karena laptop dicuri",
    "--- Pesan penting ---\nlaptop saya hilang",
    "*** Original document attached ***\nmohon dicek",
    "Balas di atas baris ini tidak jelas maksudnya, saya harus apa?",
    'Saya bingung "Balas di atas baris ini" itu maksudnya apa?',
    "On 10 March 2026 I wrote:\nplease revoke\nand nothing happened.",
    "Pada 10 Maret 2026, Siti Rahmawati menulis surat pernyataan:\nlihat lampiran",
    'Pada 16 Maret 2026 malam, laptop saya dicuri. Pelaku menulis:\n"jangan lapor"\nmohon dicabut segera',
    "Nomor surat 800/1/2026 tanggal 10 Maret 2026 tertulis:\nsertifikat dicabut",
    'Tgl 10-03-2026 jam 09.12 Budi (budi@contohkota.go.id) tulis:\n"sudah acc"',
    "Get Outlook for my new laptop please, the old one was stolen",
    "Dapatkan outlook untuk laptop saya bagaimana caranya",
    "Kepada Yth.\nKepala Dinas\nDari: Siti\nTanggal: 10 Maret 2026\nPerihal: pencabutan\nmohon dicabut",
]  # fmt: skip


@pytest.mark.parametrize("text", TYPED)
def test_what_people_type_is_theirs_in_a_mail_that_answers_nothing(text):
    assert (split_reply(text, answers=False).new, split_reply(text, answers=False).quoted) == (text, "")


@pytest.mark.parametrize("text", TYPED)
def test_what_was_doubtful_in_an_answer_can_be_had_back(text):
    found = split_reply(text)
    assert f"{found.new}\n{typed_above(found.quoted)}".split() == text.split()


def test_a_mail_that_answers_nothing_quotes_where_that_is_proven_and_keeps_what_stands_below():
    wrote = "Pada Sel, 17 Mar 2026 pukul 09.12 Budi <budi@contohkota.go.id> menulis:"
    assert (
        split_reply(f"Mohon dibaca.\n\n{wrote}\n> satu\n> dua\n\nLaptop dicuri.", answers=False).new
        == "Mohon dibaca.\n\nLaptop dicuri."
    )
    assert split_reply(f"Mohon dibaca.\n\n{wrote}\nsatu\ndua", answers=False).new == "Mohon dibaca."


INDENTED = {
    "Firefox": '<blockquote style="margin: 0px 0px 0px 40px; border: medium none; padding: 0px;">',
    "Yahoo": '<blockquote style="margin-left:40px">',
}


@pytest.mark.parametrize("program", INDENTED)
def test_an_indented_paragraph_is_no_quotation(program):
    markup = f"<p>Yth.</p>{INDENTED[program]}<p>NIP saya</p></blockquote><p>Mohon.</p>"
    assert lines(split_reply(to_text(markup)).new) == ["Yth.", "NIP saya", "Mohon."]


def test_thunderbirds_indented_paragraph_is_no_quotation_in_a_mail_that_answers_nothing():
    markup = "<p>Yth.</p><blockquote><p>NIP saya</p></blockquote><p>Mohon.</p>"
    assert lines(split_reply(to_text(markup, answers=False), answers=False).new) == [
        "Yth.",
        "NIP saya",
        "Mohon.",
    ]
    assert lines(split_reply(to_text(markup)).new) == ["Yth."]
