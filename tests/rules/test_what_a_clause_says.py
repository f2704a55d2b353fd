"""What a clause does with what it says, in the ways people write it."""

import pytest

from rules.language.modality import Modality, modality
from rules.phrases import find_phrase, words_of

SAID = [
    ("Saya *lupa* passphrase.", ""),
    ("Saya tidak *lupa* passphrase.", "negated"),
    ("gak *lupa* kok pak", "negated"),
    ("Bukan *lupa* passphrase, tapi *habis* masa berlaku", "negated/"),
    ("Saya tidak bisa login karena *lupa* passphrase", ""),
    ("gak bisa masuk *lupa* passphrase", ""),
    ("Laptop saya tidak hanya rusak, *hilang* juga", ""),
    ("Saya tidak sengaja *hilang*kan", ""),
    ("mohon jangan *dicabut* dulu", "negated wish"),
    ("sertifikatnya tidak jadi *dicabut*", "negated"),
    ("punten passphrase teu acan *dicabut*", "negated"),
    ("Sertifikat saya sudah *dicabut*", "done"),
    ("Dulu saya pernah *lupa* passphrase", "past"),
    ("laptop saya *hilang* kemarin", "past"),
    ("minggu lalu laptop *dicuri*", "past"),
    ("saya cek dulu, *hilang* ternyata", ""),
    ("Kalau saya *lupa* passphrase, bagaimana caranya?", "conditional"),
    ("Kalau laptop hilang, mohon sertifikat *dicabut*", "conditional wish"),
    ("mohon *dicabut* jika laptop hilang", "conditional wish"),
    ("klo *ilang* gmn ya pak", "conditional question"),
    ("kalau bisa mohon *dicabut* hari ini", "wish"),
    ("kalau tidak salah passphrase saya *terkunci*", ""),
    ("Seandainya laptop *dicuri* orang", "conditional"),
    ("If my laptop is *stolen*, what should I do?", "conditional"),
    ("Katanya laptop Pak Budi *dicuri*", "hearsay"),
    ("Kabarnya, sertifikat saya *bocor*", "hearsay"),
    ("denger denger kuncinya *bocor*", "hearsay"),
    ("jarene laptope *ilang*", "hearsay"),
    ("I heard that the key *leaked*", "hearsay"),
    ("saya lupa kata sandi, laptop *hilang*", ""),
    ("Apakah sertifikat saya sudah *dicabut*", "done question"),
    ("Sertifikat saya sudah *dicabut* ya, pak?", "done question"),
    ("Saya *lupa* passphrase, bagaimana caranya?", ""),
    ("Bisakah sertifikat saya *diperpanjang*?", "question"),
    ("Can I *renew* my certificate?", "question"),
    ("Kami mengajukan permohonan *pencabutan*", "wish"),
    ("Mohon bantuannya. Laptop *hilang*", ""),
    ("Saya sudah *mengirim* permohonan kemarin", "done past wish"),
    ("tidak ada yang *dicuri*", "negated"),
    ("bukannya *dicabut* malah diperpanjang", "negated"),
    ("tolong jangan sampai *dicabut*", "negated wish"),
    ("mohon agar *dicabut*", "wish"),
    ("saya perpanjang tahun lalu sekarang *habis* lagi", ""),
    ("denger2 sertifikat bisa *dicabut*", "hearsay"),
    ("I don't think it was *stolen*", "negated"),
    ("saya belum pernah *lupa*", "negated"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "marks"), SAID)
def test_marks_reach_what_they_belong_to_and_no_further(text, marks):
    before, said = text.split("*")[:2]
    words = words_of(text.replace("*", ""))
    at = len(words_of(before))
    expected = marks.split("/")[0].split()
    assert modality(words, at) == Modality(**dict.fromkeys(expected, True)), (words, said)


def test_a_long_dictated_text_is_no_single_clause():
    words = words_of(
        "kalau " + "ada waktu nanti siang saya mampir ke kantor bapak sambil lapor laptop saya hilang"
    )
    assert not modality(words, words.index("hilang")).conditional


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("nuwun sewu pak, kulo kesupèn passphrase", "permisi pak , saya lupa passphrase"),
        ("punten, abdi hilap", "permisi , abdi lupa"),
        ("dereng saget, sampun ical", "belum bisa , sudah hilang"),
        ("teu acan / parantos", "belum sudah"),
        ("laptop dipun-colong", "laptop dicuri"),
        ("sy lp pasword krn udh lama gk dipake", "saya lupa password karena sudah lama tidak dipake"),
        ("gmn klo sertipikat blm di acc", "bagaimana kalau sertifikat belum di acc"),
    ],
)
def test_spellings_of_a_hurry_and_of_two_languages_are_put_into_words(written, heard):
    assert " ".join(words_of(written)) == heard


def test_a_phrase_is_heard_in_all_of_them():
    for text in ("lp passphrase", "kesupen pasprase", "hilap passfrase abdi", "LUPA PASS PHRASE"):
        assert find_phrase(words_of(text), "lupa passphrase")
