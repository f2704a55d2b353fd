"""The synonym table of labels: what Indonesian (and English) letters print before a value, and the field it is.

Labels that are not ours stand here too, so that they end the value before them and are never taken for one of ours.
A name in brackets like `(superior)` marks a value that belongs to somebody else.
"""

from parsers.letters.tokens import Vocabulary, tokens

LONGEST = 7  # tokens of a label
_NUMBER = 2  # digits of the number before a label
_NOISE = frozenset(["dan", "atau", "and", "or"])
_HARMLESS = frozenset(
    [
        "sesuai",
        "ktp",
        "sk",
        "lengkap",
        "gelar",
        "tanpa",
        "dengan",
        "beserta",
        "pemohon",
        "pegawai",
        "saya",
        "anda",
        "asn",
        "pns",
        "aktif",
        "yang",
        "bisa",
        "dapat",
        "dihubungi",
        "saat",
        "ini",
        "digit",
        "jika",
        "ada",
        "wajib",
        "diisi",
        "wa",
        "whatsapp",
        "dinas",
        "kedinasan",
        "resmi",
        "sertifikat",
        "elektronik",
        "pencabutan",
        "permohonan",
        "pengajuan",
    ]
)

_TABLE = {
    "name": """
        nama | nama lengkap | nama pegawai | nama pemohon | nama lengkap dan gelar | nama tanpa gelar | nama asn | nama pns
        nama pengguna sertifikat | nama pemilik sertifikat | nama pemegang sertifikat | nama penandatangan | name | full name
    """,
    "nip": """
        nip | nomor induk pegawai | no induk pegawai | nip nipppk | nip nippppk | nip ni pppk | nip nippk | nipppk | ni pppk | nip baru
        nip pegawai | nip pemohon | employee number
    """,
    "name+nip": "nama nip | nama lengkap nip | nama pegawai nip",
    "nik": """
        nik | nomor induk kependudukan | no induk kependudukan | nik ktp | no ktp | nomor ktp | nik sesuai ktp | no nik | nomor nik
    """,
    "rank": """
        pangkat | golongan | pangkat golongan | pangkat gol | pangkat gol ruang | pangkat golongan ruang | pangkat gol ru
        golongan ruang | gol ruang | pangkat terakhir | pangkat ruang golongan | pangkat golongan terakhir | pangkat ruang | rank
    """,
    "position": "jabatan | jabatan pegawai | jabatan pemohon | nama jabatan | jabatan saat ini | jabatan terakhir | position",
    "unit": """
        unit kerja | unit | unit organisasi | nama unit kerja | satuan kerja | skpd | opd | perangkat daerah | nama opd | nama skpd
        organisasi perangkat daerah | unit kerja skpd | unit kerja opd | unit kerja perangkat daerah | asal skpd | asal opd | opd unit kerja
        skpd unit kerja | perangkat daerah unit kerja | dinas | work unit | bagian | bidang | bagian bidang | bidang bagian | seksi
        subbagian | sub bagian | unit kerja bidang | bidang unit kerja
    """,
    "institution": """
        instansi | nama instansi | instansi asal | asal instansi | instansi induk | instansi pemerintah | organisasi | lembaga | institution
    """,
    "official_email": """
        email | e mail | alamat email | alamat e mail | email dinas | e mail dinas | email kedinasan | e mail kedinasan | email instansi
        alamat email dinas | alamat e mail dinas | alamat email kedinasan | alamat e mail kedinasan | email resmi | surel
        alamat surel | surel dinas | alamat surel dinas | email aktif | email go id | email organisasi | email address | official email
    """,
    "phone": """
        no hp | nomor hp | no handphone | nomor handphone | no telepon | nomor telepon | no telpon | nomor telpon | no telp | nomor telp
        telepon | telpon | telp | hp | handphone | no hp wa | nomor hp wa | no wa | nomor wa | no whatsapp | nomor whatsapp | whatsapp
        no hp whatsapp | no telepon hp | nomor telepon hp | no telp hp | telepon hp | telp hp | no kontak | nomor kontak | no ponsel
        nomor ponsel | ponsel | no seluler | nomor seluler | no hp aktif | nomor hp aktif | phone | phone number | mobile
    """,
    "letter_number": "nomor | no | nomor surat | no surat | number",
    "letter_date": "tanggal | tanggal surat | tgl | tgl surat | pada tanggal | tertanggal | date",
    "reason": """
        alasan | alasan pencabutan | alasan permohonan | alasan pengajuan | alasan pencabutan sertifikat
        alasan pencabutan sertifikat elektronik | alasan perubahan | keterangan alasan | reason
    """,
    "(subject)": "perihal | hal | tentang | subject",
    "(superior)": """
        nama atasan | nip atasan | jabatan atasan | nama atasan langsung | nip atasan langsung | jabatan atasan langsung
        nama pejabat | nip pejabat | nama pimpinan | nip pimpinan | nama pemberi rekomendasi | email atasan | atasan langsung
    """,
    "(other)": """
        tempat lahir | tanggal lahir | tempat tanggal lahir | tempat tgl lahir | tgl lahir | ttl | jenis kelamin | agama | alamat | alamat rumah
        alamat kantor | alamat instansi | kota | kabupaten | kabupaten kota | kota kabupaten | provinsi | kecamatan | kelurahan | lampiran | sifat
        tembusan | username | nama pengguna | user name | serial number | nomor seri | nomor seri sertifikat | nomor sertifikat | subject dn
        email pribadi | e mail pribadi | alamat email pribadi | surel pribadi | email lama | email baru | npwp | website | laman
        fax | faks | faksimile | kode pos | catatan | keterangan | masa berlaku | common name | nomor kartu | nama sertifikat | kepada | dari
        telepon kantor | no telepon kantor | nomor telepon kantor | telp kantor | nama ibu | status | status kepegawaian | pendidikan
        nama dinas | dasar | kelas | jenis | tujuan | waktu | hari | hari tanggal | tempat | acara | ditetapkan di | dibuat di
    """,
}

_FIELDS = {
    tuple(synonym.split()): name
    for name, lines in _TABLE.items()
    for line in lines.splitlines()
    for synonym in line.split("|")
    if synonym.strip()
}
_VOCABULARY = Vocabulary((word for label in _FIELDS for word in label), exact=4, cutoff=80)


def label_tokens(text: str, *, numbered: bool = True) -> tuple[str, ...]:
    """Return the words of a label as the table spells them, without its number (`1.`, `a)`) where it may have one."""
    words = [word for word in _VOCABULARY.words(tokens(text)) if word not in _NOISE]
    number = (
        len(words) > 1
        and tuple(words[:2]) != ("e", "mail")
        and (len(words[0]) == 1 or (words[0].isdigit() and len(words[0]) <= _NUMBER))
    )
    return tuple(words[1:] if numbered and number else words)


def field_of(text: str) -> str | None:
    """Return the field whose label `text` is as a whole, or None; two labels of ours are the first (`Instansi/OPD`)."""
    words = label_tokens(text)
    if words in _FIELDS:
        return _FIELDS[words]
    pairs = ((_FIELDS.get(words[:at], "("), _FIELDS.get(words[at:], "(")) for at in range(1, len(words)))
    return next((one for one, other in pairs if not (one.startswith("(") or other.startswith("("))), None)


def leading_field(text: str) -> str | None:
    """Return the field whose label `text` begins with, the longest label first, or None.

    What follows must be harmless (`Nama lengkap sesuai KTP`), or a label of ours again (`Nomor Induk Kependudukan (NIK)`,
    `Instansi/OPD`); `Nama Kepala Dinas` is a label, but none of the applicant's.
    """
    words = label_tokens(text)
    for length in range(min(len(words), LONGEST), 0, -1):
        found = _FIELDS.get(words[:length])
        if found is not None:
            rest = words[length:]
            harmless = all(word in _HARMLESS or word.isdigit() for word in rest)
            again = not found.startswith("(") and not _FIELDS.get(rest, "(").startswith("(")
            return found if harmless or again else "(other)"
    return None


def trailing_field(words: list[str]) -> tuple[str, int] | None:
    """Return the field whose label ends a run of words, and how many of them it takes, or None."""
    for count in range(min(len(words), LONGEST), 0, -1):
        found = _FIELDS.get(label_tokens(" ".join(words[-count:]), numbered=False))
        if found is not None:
            return found, count
    return None
