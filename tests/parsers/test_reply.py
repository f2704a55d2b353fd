"""New text and quotation, in the shapes mail programs write in Indonesian and English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.html import to_text
from parsers.reply import MARKER, below_quotation, split_reply, unflowed

TASK = "Mohon diperiksa.\nBalas e-mail ini, cukup di baris pertama:\nSETUJU\nTOLAK alasan"
QUOTED = "\n".join(f"> {line}" for line in TASK.split("\n"))
HTML_TASK = TASK.replace("\n", "<br>")
LAYANAN = "Layanan Sertifikat <layanan@contohkota.go.id>"

# name, text as the mail program sends it (plain), the new text that must be found
PLAIN = [
    ("gmail id", f"Acc\n\nPada Sel, 10 Mar 2026 pukul 09.12 {LAYANAN} menulis:\n\n{QUOTED}", "Acc"),
    ("gmail en", f"Approve\n\nOn Tue, Mar 10, 2026 at 9:12 AM {LAYANAN} wrote:\n\n{QUOTED}", "Approve"),
    ("gmail id wrapped", "Acc\n\nPada Sel, 10 Mar 2026 pukul 09.12 Layanan Sertifikat <\nlayanan@contohkota.go.id> menulis:\n\n" + QUOTED, "Acc"),
    ("gmail en wrapped thrice", "Acc\nOn Tue, Mar 10, 2026\nat 9:12 AM Layanan Sertifikat\n<layanan@contohkota.go.id>\nwrote:\n" + QUOTED, "Acc"),
    ("attribution right under the word", f"SETUJU\nPada Sel, 10 Mar 2026 pukul 09.12 {LAYANAN} menulis:\n{QUOTED}", "SETUJU"),
    ("old gmail without a verb", f"Acc\n\n2026-03-10 9:12 GMT+07:00 {LAYANAN}:\n\n{QUOTED}", "Acc"),
    ("name first", f"Acc\n\n{LAYANAN} menulis pada Selasa, 10 Maret 2026 09.12:\n{TASK}", "Acc"),
    ("iphone id", f"Acc\n\nDikirim dari iPhone saya\n\n> Pada 10 Mar 2026, pukul 09.12, {LAYANAN} menulis:\n> \n{QUOTED}", "Acc"),
    ("iphone en", f"Done\n\nSent from my iPhone\n\n> On 10 Mar 2026, at 09.12, {LAYANAN} wrote:\n{QUOTED}", "Done"),
    ("apple mail en no quotes", f"Done\n\nOn 10 Mar 2026, at 09.12, {LAYANAN} wrote:\n\n{TASK}", "Done"),
    ("yahoo id android", f"Acc\n\nDikirim dari Yahoo Mail di Android \n \n  Pada Sel, 10 Mar 2026 pada 9:12, Layanan<layanan@contohkota.go.id> menulis:   {TASK}", "Acc"),
    ("yahoo id desktop", f"Acc\n    Pada Selasa, 10 Maret 2026 09.12.33 WIB, {LAYANAN} menulis:  \n \n {TASK}", "Acc"),
    ("yahoo en", f"Acc\n    On Tuesday, March 10, 2026 at 09:12:33 AM GMT+7, {LAYANAN} wrote:  \n \n {TASK}", "Acc"),
    ("samsung id", f"Acc\n\n\nDikirim dari perangkat Galaxy saya\n\n\n-------- Pesan asli --------\nDari: {LAYANAN} \nTanggal: 10/03/26  09.12  (GMT+07:00) \nKepada: rina@contohkota.go.id \nSubjek: [Tugas]\n\n{TASK}", "Acc"),
    ("samsung en", f"Acc\n\nSent from my Galaxy\n\n-------- Original message --------\nFrom: {LAYANAN}\nDate: 10/03/2026 09:12 (GMT+07:00)\nTo: rina@contohkota.go.id\nSubject: [Tugas]\n\n{TASK}", "Acc"),
    ("samsung divider only", f"Acc\n\n-------- Pesan asli --------\n{TASK}", "Acc"),
    ("outlook desktop en", f"Approve\n\nFrom: Layanan <layanan@contohkota.go.id>\nSent: Tuesday, March 10, 2026 9:12 AM\nTo: Rina\nSubject: [Tugas]\n\n{TASK}", "Approve"),
    ("outlook desktop id", f"Setuju\n\nDari: Layanan <layanan@contohkota.go.id>\nDikirim: Selasa, 10 Maret 2026 09.12\nKepada: Rina\nSubjek: [Tugas]\n\n{TASK}", "Setuju"),
    ("outlook id without blank line", f"Setuju\nDari: Layanan\nDikirim: Selasa, 10 Maret 2026 09.12\nKe: Rina\nPerihal: Tugas\n{TASK}", "Setuju"),
    ("outlook bold labels", f"Setuju\n\n*From:* Layanan <layanan@contohkota.go.id>\n*Sent:* Tuesday, March 10, 2026 9:12 AM\n*To:* Rina\n*Subject:* Tugas\n\n{TASK}", "Setuju"),
    ("outlook long recipients", f"Setuju\n\nFrom: Layanan\nSent: Tuesday, March 10, 2026 9:12 AM\nTo: Rina; Budi; Siti;\n Ahmad\nSubject: Tugas\n\n{TASK}", "Setuju"),
    ("outlook phone id", f"Setuju\n\nDapatkan Outlook untuk Android<https://aka.ms/x>\n________________________________\nDari: Layanan <layanan@contohkota.go.id>\nDikirim: Selasa, Maret 10, 2026 9:12:00 AM\nKepada: Rina\nSubjek: Tugas\n\n{TASK}", "Setuju"),
    ("outlook phone en", f"Setuju\n\nGet Outlook for iOS\n________________________________\nFrom: Layanan\nSent: Tuesday, March 10, 2026 9:12:00 AM\nTo: Rina\nSubject: Tugas\n\n{TASK}", "Setuju"),
    ("outlook classic divider", f"Setuju\n\n-----Original Message-----\nFrom: Layanan\nSent: 10 March 2026\nTo: Rina\n\n{TASK}", "Setuju"),
    ("outlook express id", f"Setuju\n\n----- Pesan Asli -----\nDari: Layanan\n\n{TASK}", "Setuju"),
    ("underscores and block", f"Setuju\n________________________________\nDari: Layanan\nTanggal: 10 Maret 2026\nKepada: Rina\n\n{TASK}", "Setuju"),
    ("zimbra id", f'Setuju\n\n----- Pesan Asli -----\nDari: "Layanan" <layanan@contohkota.go.id>\nKe: "Rina"\nTerkirim: Selasa, 10 Maret 2026 09:12:00\nSubyek: Tugas\n\n{TASK}', "Setuju"),
    ("zimbra without divider", f'Setuju\n\nDari: "Layanan" <layanan@contohkota.go.id>\nKe: "Rina"\nTerkirim: Selasa, 10 Maret 2026 09:12:00\nSubyek: Tugas\n\n{TASK}', "Setuju"),
    ("roundcube id", f"Setuju\n\nPada 2026-03-10 09:12, Layanan menulis:\n\n{QUOTED}", "Setuju"),
    ("roundcube en, unquoted", f"Setuju\n\nOn 2026-03-10 09:12, Layanan wrote:\n\n{TASK}", "Setuju"),
    ("thunderbird", f"Setuju\n\nOn 10/03/2026 09.12, Layanan Sertifikat wrote:\n{QUOTED}", "Setuju"),
    ("thunderbird id", f"Setuju\n\nPada 10/03/2026 09.12, Layanan Sertifikat menulis:\n{QUOTED}", "Setuju"),
    ("horde", f"Setuju\n\nQuoting {LAYANAN}:\n\n{QUOTED}", "Setuju"),
    ("another language", f"Setuju\n\nAm Di., 10. März 2026 um 09:12 Uhr schrieb {LAYANAN}:\n\n{TASK}", "Setuju"),
    ("a language unknown here", f"Setuju\n\nLayanan <layanan@contohkota.go.id> 于2026年3月10日周二 09:12写道：\n\n{TASK}", "Setuju"),  # noqa: RUF001 - as that program writes it
    ("marker id", f"Acc\n\n{MARKER['id']}\n{TASK}", "Acc"),
    ("marker en, quoted oddly", f"Acc\n\n| {MARKER['en']}\n| SETUJU", "Acc"),
    ("marker with typographic dashes", f"Acc\n\n\u2014 Balas di atas baris ini \u2014\n{TASK}", "Acc"),
    ("bare quotes", f"Acc\n{QUOTED}", "Acc"),
    ("indented quotes", "Acc\n > SETUJU", "Acc"),
    ("answer under the quotation", f"{QUOTED}\n\nTOLAK", ""),
    ("answer between quoted lines", "KURANG 1\n> 1. NIP kurang jelas\nfoto ulang\n> SETUJU", "KURANG 1"),
    ("only an attribution", f"Pada Sel, 10 Mar 2026 pukul 09.12 {LAYANAN} menulis:\n{QUOTED}", ""),
    ("wrapped quotation without its mark", "Acc\n> cukup balas dengan\nSETUJU", "Acc"),
    ("forwarded gmail", f"DAFTAR\n\n---------- Forwarded message ---------\nDari: Siti <siti@contohkota.go.id>\nDate: Sel, 10 Mar 2026\n\n{TASK}", "DAFTAR"),
    ("forwarded gmail id", f"DAFTAR\n\n---------- Pesan terusan ---------\nDari: Siti\n\n{TASK}", "DAFTAR"),
    ("forwarded apple", f"DAFTAR\n\nBegin forwarded message:\n\nFrom: Siti\n\n{TASK}", "DAFTAR"),
    ("forwarded apple id", f"DAFTAR\n\nAwal pesan yang diteruskan:\n\nDari: Siti\n\n{TASK}", "DAFTAR"),
    ("signature", "Tolak, foto buram\n\n-- \nRina Wulandari\nSETUJU untuk maju", "Tolak, foto buram"),
    ("signature without its blank", "Tolak\n\n--\nRina", "Tolak"),
    ("sent from mail for windows", f"Acc\n\nDikirim dari Email untuk Windows\n\nDari: Layanan\nDikirim: 10 Maret 2026\nKepada: Rina\n\n{TASK}", "Acc"),
    ("greeting", f"Selamat pagi, mohon izin.\nAcc\n\nPada Sel, 10 Mar 2026 pukul 09.12 {LAYANAN} menulis:\n{QUOTED}", "Selamat pagi, mohon izin.\nAcc"),
    ("crlf and nbsp", f"Acc\r\n\r\nPada\u00a0Sel, 10 Mar 2026 pukul 09.12 {LAYANAN}\u00a0menulis:\r\n\r\n> SETUJU\r\n", "Acc"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "new"), [row[1:] for row in PLAIN], ids=[row[0] for row in PLAIN])
def test_only_what_the_writer_added_is_new(text, new):
    found = split_reply(text)
    assert found.new == new
    assert found.quoted


UNQUOTED = [
    "Pada dasarnya saya setuju.\nPada 10 Maret 2026 surat sudah kami kirim.",
    "Yth. Bapak/Ibu,\n\nNama: Siti Rahmawati\nNIP: 198504122010012007\nUnit kerja: Dinas Pendidikan\n\nTerima kasih",
    "Nomor: 800/1.2/045/2026\nSifat: Biasa\nLampiran: 1 berkas\nHal: Lupa passphrase\n\nDengan hormat,",
    "Terlampir:\n- surat asli\n- CSR",
    "On Monday I lost my passphrase. Please help.",
    "Dari Dinas Pendidikan, mohon bantuan.",
    "Berkas terkirim melalui email dinas kemarin, mohon dicek.",
    "-----BEGIN CERTIFICATE REQUEST-----\nMIIBAAEC\n-----END CERTIFICATE REQUEST-----\n\nTerima kasih",
    "Jam layanan 08.00-16.00\n\n_______________\nSiti",
    "Kepada Yth. Kepala Dinas\ndi tempat\n\nDikirim pada tanggal 10 Maret 2026",
]


@pytest.mark.parametrize("text", UNQUOTED)
def test_no_line_of_new_text_is_lost(text):
    assert split_reply(text).new == text
    assert split_reply(text).quoted == ""


def test_a_line_above_an_attribution_stays_new_even_if_it_looks_like_the_beginning_of_one():
    text = f"Pada 9 Maret saya cuti.\nPada Sel, 10 Mar 2026 pukul 09.12 {LAYANAN} menulis:\n{QUOTED}"
    assert split_reply(text).new == "Pada 9 Maret saya cuti."


HTML = [
    ("gmail", f'<div dir="ltr">Acc</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">Pada Sel, 10 Mar 2026 pukul 09.12 Layanan menulis:<br></div><blockquote class="gmail_quote">{HTML_TASK}</blockquote></div>', "Acc"),
    ("gmail plain div", f'<div>Acc</div><div class="gmail_quote">{HTML_TASK}</div>', "Acc"),
    ("apple", f'<html><body>Acc<br><div id="AppleMailSignature">Dikirim dari iPhone saya</div><div><br>Pada 10 Mar 2026, pukul 09.12, Layanan menulis:<br><br></div><blockquote type="cite">{HTML_TASK}</blockquote></body></html>', "Acc"),
    ("outlook desktop", f'<div class="WordSection1"><p class="MsoNormal">Acc<o:p></o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>From:</b> Layanan &lt;layanan@contohkota.go.id&gt;<br><b>Sent:</b> Tuesday, March 10, 2026 9:12 AM<br><b>To:</b> Rina<br><b>Subject:</b> Tugas</p></div></div><p class="MsoNormal">{HTML_TASK}</p></div>', "Acc"),
    ("outlook web", f'<div>Acc</div><div id="appendonsend"></div><hr style="width:98%"><div id="divRplyFwdMsg"><b>Dari:</b> Layanan</div><div>{HTML_TASK}</div>', "Acc"),
    ("outlook phone", f'<div>Acc</div><div id="ms-outlook-mobile-signature">Dapatkan Outlook untuk Android</div><div id="mail-editor-reference-message-container"><hr><div>{HTML_TASK}</div></div>', "Acc"),
    ("outlook mac", f'<div>Acc</div><span id="OLK_SRC_BODY_SECTION">{HTML_TASK}</span>', "Acc"),
    ("outlook nested marks", f'<div>Acc</div><div id="x_divRplyFwdMsg">{HTML_TASK}</div>', "Acc"),
    ("yahoo", f'<div>Acc</div><div id="yahoo_quoted_123" class="yahoo_quoted"><div>{HTML_TASK}</div></div>', "Acc"),
    ("samsung", f'<div>Acc</div><div id="composer_signature"><div>Dikirim dari perangkat Galaxy saya</div></div><div>-------- Pesan asli --------</div><div>{HTML_TASK}</div>', "Acc"),
    ("thunderbird", f'<p>Acc</p><div class="moz-cite-prefix">On 10/03/2026 09.12, Layanan wrote:</div><blockquote type="cite">{HTML_TASK}</blockquote>', "Acc"),
    ("zimbra", f'<div>Acc</div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>Dari: </b>Layanan</div>{HTML_TASK}', "Acc"),
    ("proton", f'<div>Acc</div><div class="protonmail_quote">{HTML_TASK}</div>', "Acc"),
    ("blockquote only", f"<p>Acc</p><blockquote>{HTML_TASK}</blockquote>", "Acc"),
    ("below the quotation", f"<blockquote>{HTML_TASK}</blockquote><p>TOLAK</p>", ""),
    ("marker", f"<p>Acc</p><p>{MARKER['id']}</p><p>{HTML_TASK}</p>", "Acc"),
    ("hidden words", '<p>Acc</p><div style="display: none">SETUJU</div><span style="font-size:0px">TOLAK</span>', "Acc"),
    ("hidden first", "<div hidden>SETUJU</div><style>p{}</style><script>TOLAK</script><p>Kurang 1</p>", "Kurang 1"),
    ("struck out", "<p><del>SETUJU</del><s>TOLAK</s><strike>Acc</strike> Nanti</p>", "Nanti"),
    ("struck out by style", '<p style="text-decoration: underline line-through">SETUJU</p><p>Nanti</p>', "Nanti"),
    ("white", '<p style="color:#FFFFFF">SETUJU</p><font color="white">TOLAK</font><p style="color: rgb(255, 255, 255)">Acc</p><p>Nanti</p>', "Nanti"),
    ("white on white", '<p style="background:#fff;color:#fefefe">SETUJU</p><p>Nanti</p>', "Nanti"),
    ("white on black, of a dark screen", '<p style="color:rgb(255,255,255);background-color:rgb(0,0,0)">SETUJU</p>', "SETUJU"),
    ("transparent", '<p style="color:transparent">SETUJU</p><p style="color:rgba(0, 0, 0, 0)">TOLAK</p><p style="color:#12345600">Acc</p><p>Nanti</p>', "Nanti"),
    ("outside the page", '<p style="position:absolute; left:-9999px">SETUJU</p><p style="text-indent:-999em">TOLAK</p><p>Nanti</p>', "Nanti"),
    ("of no size", '<div style="height:0;overflow:hidden">SETUJU</div><div style="width:0px">TOLAK</div><p style="font-size:1px">Acc</p><p>Nanti</p>', "Nanti"),
    ("ordinary colours", '<p style="color:#000;font-size:11pt;margin-left:-5px;line-height:1.5">Acc</p>', "Acc"),
    ("ordinary colours without alpha", '<p style="color:rgb(0,0,0)">Acc</p><p style="color:#f00">lanjut</p><p style="color:#ff0">ya</p>', "Acc\n\nlanjut\n\nya"),
    ("ordinary widths", '<table style="width:100%;border:0;margin:0"><tr><td style="color:#1f1f1f">Acc</td></tr></table>', "Acc"),
    ("unclosed hidden paragraph", "<p style='display:none'>SETUJU<p>Acc", "Acc"),
    ("blocks", "<div>Selamat pagi,</div><div>Acc</div><ul><li>satu<li>dua</ul>", "Selamat pagi,\nAcc\n- satu\n- dua"),
    ("entities and blanks", "<p>Acc&nbsp;&amp;\n   lanjut</p>", "Acc & lanjut"),
    ("pre", "<pre>-----BEGIN X-----\nabc\n-----END X-----</pre>", "-----BEGIN X-----\nabc\n-----END X-----"),
    ("no link survives", '<a href="https://example.go.id/reset?token=1">klik</a>', "klik"),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "new"), [row[1:] for row in HTML], ids=[row[0] for row in HTML])
def test_html_mails_are_split_like_plain_ones(markup, new):
    assert split_reply(to_text(markup)).new == new


def test_flowed_lines_are_joined_and_quotes_stay_quotes():
    text = "Ini satu \nkalimat.\n> kutipan \n> lanjut\n>> dalam\n Berspasi\n-- \nRina"
    assert unflowed(text) == "Ini satu kalimat.\n> kutipan lanjut\n>> dalam\nBerspasi\n-- \nRina"


def test_flowed_text_with_delsp_loses_the_blank_it_broke_at():
    assert unflowed("kata \nsambung", delsp=True) == "katasambung"


def test_a_flowed_quotation_never_joins_the_answer():
    assert unflowed("Acc \n> SETUJU") == "Acc \n> SETUJU"


@given(st.text(max_size=400), st.sampled_from([row[1] for row in PLAIN]))
def test_nothing_quoted_leaks_whatever_stands_above(above, mail):
    new = split_reply(f"{above}\n{mail}").new
    assert not any(line.lstrip().startswith(">") for line in new.split("\n"))
    assert "TOLAK alasan" not in new


@given(st.text(max_size=2000))
def test_any_text_is_split_and_any_markup_read(text):
    new = split_reply(text).new
    assert not any(line.startswith(">") for line in new.split("\n"))
    assert all(char >= " " or char in "\n\t" for char in new)
    to_text(text)


FLOODS = [
    "<",
    "<!--",
    "<a ",
    "<a",
    "</",
    "<!x",
    "<?",
    "&",
    "&#",
    "<a x='",
    "<svg",
    "<b></i>",
    "<p>x",
    "&#99999999999",
]


@pytest.mark.parametrize("piece", FLOODS)
def test_a_megabyte_of_broken_markup_is_read_in_one_pass(piece):
    to_text(piece * (1_000_000 // len(piece)))


def test_two_hundred_thousand_flowing_lines_are_joined_in_one_pass():
    assert "\n" not in unflowed("a \n" * 60_000).strip()


MARKUP = [
    ("a < b > c", "a < b > c"),
    ("<p title='a > b'>x</p>", "x"),
    ('<p title="a > b>x</p>', "b>x"),
    ("satu<!-- <p>dua</p> -->tiga", "satutiga"),
    ("satu<!-- dua", "satu"),
    ("<script>if (a < b) x('</p>')</script>y", "y"),
    ("<style>p > a {}</style >y", "y"),
    ("<title>judul</title>isi", "isi"),
    ("&lt;p&gt; &eacute; &#233; &#x1F600; &#9999999999999; &tidak;", "<p> é é \U0001f600 \ufffd &tidak;"),
    ("<td>a</td><td>b</td>", "a\tb"),
    ("<![CDATA[x]]>y", "y"),
    ("<o:p>x</o:p>", "x"),
]


@pytest.mark.parametrize(("markup", "text"), MARKUP)
def test_markup_is_cut_as_browsers_cut_it(markup, text):
    assert to_text(markup) == text


def test_a_flood_of_tags_and_of_near_attributions_is_read_in_one_pass():
    assert to_text("<div>" * 100_000 + "x" + "</p>" * 100_000) == "x"
    many = "Pada 10 Maret 2026 <a@contohkota.go.id>\n" * 50_000
    assert split_reply(many).new.startswith("Pada 10 Maret")


BELOW = {
    "below": ("Pada Sel, 17 Mar 2026 Layanan menulis:\n> satu\n> dua\n\nApakah ada panduan?", "Apakah ada panduan?"),
    "between": ("Pada Sel, 17 Mar 2026 Layanan menulis:\n> satu?\nsudah\n> dua?\n\nbelum", "sudah\n\nbelum"),
    "a signature after it": ("Pada Sel, 17 Mar 2026 Layanan menulis:\n> satu\n\nSudah.\n\n-- \nSiti", "Sudah."),
    "a broken line of the quotation": ("On 17 Mar 2026 at 10:00 Layanan wrote:\n> " + 60 * "x" + "\nSETUJU\n> dua", ""),
    "a quotation in it": ("On 17 Mar 2026 at 10:00 Layanan wrote:\n> satu\n\nOn 16 Mar 2026 at 10:00 Siti wrote:\n>> nol", ""),
    "nothing marked as quoted": ("-----Original Message-----\nFrom: Layanan\n\nTeks lama.", ""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "found"), BELOW.values(), ids=BELOW.keys())
def test_what_stands_below_a_quotation_is_found_for_a_person_to_read(text, found):
    split = split_reply(text)
    assert (split.new, below_quotation(split.quoted)) == ("", found)


L = "Dinas Komunikasi dan Informatika Kota Contohkota"
AT = "layanan@contohkota.go.id"
TOKEN = "layanan+a.1.nl473hi2yi463ejrizdk5tlnx6e5slro@contohkota.go.id"
ATTRIBUTIONS = {
    "Thunderbird": f"Pada 17/03/2026 09.12, {L} menulis:",
    "Thunderbird, name first": f"{L} menulis di 17/03/2026 09.12:",
    "Roundcube": f"Pada 2026-03-17 09:12, {L} menulis:",
    "Roundcube, broken": f"Pada 2026-03-17 09:12, {L}\nmenulis:",
    "Evolution": f"Pada hari Selasa, tanggal 17/03/2026, pukul 09:12 +0700, {L} menulis:",
    "Claws": f"Pada Tue, 17 Mar 2026 09:12:00 +0700\n{L} <{AT}> menulis:\n",
    "KMail": f"On Tuesday, 17 March 2026 09:12:00 WIB {L} wrote:",
    "Mutt": f"On Tue, Mar 17, 2026 at 09:12:00AM +0700, {L} wrote:",
    "Alpine": f"On Tue, 17 Mar 2026, {L} wrote:\n",
    "s-nail": f"{L} <{AT}> wrote:",
    "SOGo": f"Pada Tanggal Selasa, Maret 17, 2026 09:12 WIB, {L} <{AT}> tulis:",
    "Horde": f"Quoting {L} <{AT}>:",
    "SnappyMail": f"17 Maret 2026 09:12, {AT} ditulis:",
    "Cypht": f"Di Tue, 17 Mar 2026 09:12:00 +0700 {L} <{AT}> mengatakan\n",
    "Cypht to a token": f"Di Tue, 17 Mar 2026 09:12:00 +0700 {TOKEN} mengatakan\n",
    "Nextcloud": f'"{L}" {AT} \u2013 17 Maret 2026 09.12',
    "Zimbra": f"----- Pada 17 Mar 2026, jam 9:12, {L} {AT} menulis:",
    "K-9": f"Pada 17 Maret 2026 09.12.00 WIB, {L} <{AT}> menulis:",
    "K-9 without a date": f"{L} menulis:",
    "AOSP": f"Selasa, 17 Maret 2026 09.12, {L} <{AT}> menulis:",
    "FairEmail": f"17 Maret 2026 09.12 {L} <{AT}>:",
    "Tine": f"On 17.03.2026 09:12, {L} wrote:",
    "Gmail 2014": f'Pada 3 Apr 2014 11.03, "{L}" <{AT}> menulis:',
    "Outlook for Android": f"Dapatkan Outlook untuk Android<https://aka.ms/AAb9ysg>\n{'_' * 32}\nDari: {L} <{AT}>\nDikirim: Selasa, 17 Maret 2026 09.12\nKepada: Rina\nSubjek: Tugas",
    "Outlook in English": "Sent from Outlook for Android<https://aka.ms/AAb9ysg>",
    "Zimbra's head": f"Dari: {L} <{AT}>\nKe: rina@contohkota.go.id\nTerkirim: Selasa, 17 Maret 2026 9:12:00\nSubjek: Tugas",
}  # fmt: skip
FORWARDED = {
    "Thunderbird": "-------- Pesan Diteruskan --------\nSubjek: Permohonan\nTanggal: Tue, 17 Mar 2026 09:12:00 +0700\nDari: Siti\nKepada: Rina",
    "Roundcube": "-------- Pesan Asli --------\nJudul: Permohonan\nTanggal: 2026-03-17 09:12\nPengirim: Siti\nPenerima: Rina",
    "Evolution": "-------- Isi Pesan Asli --------\nDari: Siti",
    "Evolution like Outlook": "-----Isi Pesan Asli-----\nDari: Siti",
    "Claws": "Awal pesan yang diteruskan:\n\nTanggal: Tue, 17 Mar 2026\nDari: Siti",
    "SnappyMail": "-------- Pesan terusan -------\nDari: Siti",
    "Cypht": "----- Mulai pesan yang diteruskan -----\nFrom: Siti",
    "Horde": "----- Teruskan pesan dari Siti <siti@contohkota.go.id> -----\n    Tanggal: Tue, 17 Mar 2026",
    "SOGo": "-------- Pesan Asli --------\nSubjek: Permohonan",
    "K-9": "-------- Pesan Orisinal --------\nDari: Siti",
    "Gmail": "---------- Pesan Terusan----------\nDari: Siti",
    "Geary": "---------- Pesan yang diteruskan --------\nDari: Siti",
}  # fmt: skip


@pytest.mark.parametrize("program", ATTRIBUTIONS)
def test_what_a_program_writes_above_a_quotation_is_no_reason(program):
    new = "TOLAK nama berbeda dengan AMS"
    assert split_reply(f"{new}\n\n{ATTRIBUTIONS[program]}\n> satu\n> dua").new == new


@pytest.mark.parametrize("program", FORWARDED)
def test_what_a_program_writes_above_a_forwarded_mail_is_none_of_the_writers(program):
    assert split_reply(f"DAFTAR\n\n{FORWARDED[program]}\n\nSaya lupa passphrase.").new == "DAFTAR"


WHOLE = [
    "The officer wrote on 10 March 2026 that my NIP is wrong. It is right.",
    "Saya sudah mengirim pada 10 Maret 2026 tetapi belum ada kabar.\nPetugas tidak bisa dihubungi.",
    "Saya sudah mengirim tanggal 16 Maret 2026 permohonan cabut sertifikat.\nMohon segera dicabut.",
    "Pada tanggal 10 Maret 2026 saya sudah mengirim:\n- surat\n- CSR\nMohon diperiksa.",
    "Petugas menulis pada 10 Maret 2026 bahwa surat kurang jelas.\nIni surat yang baru.",
    "Saya menulis pada 10 Maret 2026:\nbelum ada jawaban.",
    "Pada 10 Maret 2026 saya sudah menulis\ndan belum dijawab.",
    "Sudah saya kirim ke siti@contohkota.go.id tanggal 10 Maret 2026\nmohon dicek.",
    "Kepada : Yth. Kepala Dinas\nDari : Siti Rahmawati\nTanggal : 10 Maret 2026\nPerihal : Lupa passphrase\n\nDengan hormat, saya lupa passphrase.",
    "Kepada: Yth. Kepala Dinas\nDari: Siti Rahmawati\nTanggal: 10 Maret 2026\nPerihal: Lupa passphrase\n\nDengan hormat, saya lupa passphrase.",
    "Dikirim dari kantor pos kemarin, mohon dicek.",
]  # fmt: skip


@pytest.mark.parametrize("text", WHOLE)
def test_what_writers_tell_of_letters_and_dates_is_all_theirs(text):
    assert (split_reply(text).new, split_reply(text).quoted) == (text, "")


def test_a_blockquote_that_only_indents_is_no_quotation():
    indented = '<div>Yth.</div><blockquote style="margin:0 0 0 40px;border:none;padding:0px"><div>NIP saya</div></blockquote><div>Mohon.</div>'
    assert split_reply(to_text(indented)).quoted == ""
    quoted = indented.replace("<blockquote ", '<blockquote class="gmail_quote" ')
    assert split_reply(to_text(quoted)).new == "Yth."


def test_what_stands_below_a_blockquote_is_found_for_a_person_in_html_too():
    html = '<p id="reply-intro">Pada 2026-03-17 09:12, Dinas menulis:</p><blockquote><p>satu</p></blockquote><p>KENDALA</p>'
    split = split_reply(to_text(html))
    assert (split.new, below_quotation(split.quoted)) == ("", "KENDALA")
