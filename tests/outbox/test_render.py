"""Every letter in both languages, as its receiver gets it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from mailflow.errors import RulesError
from mailflow.outbox.letter import Asked, Word
from mailflow.outbox.proof import problems
from mailflow.outbox.render import BUILTIN, LANGUAGES, Renderer
from mailflow.outbox.samples import bare, sample
from parsers.reply import MARKER

RENDERER = Renderer()
LETTERS = [(name, language) for name in RENDERER.names() for language in LANGUAGES]
VOID = {"meta", "br"}

every_letter = pytest.mark.parametrize(("name", "language"), LETTERS)


class Words(HTMLParser):
    """The words a reader sees, the tags as they nest, the links."""

    def __init__(self, html):
        super().__init__()
        self.words, self.open, self.links, self.tags, self.faults = [], [], [], set(), []
        self.feed(html)
        self.close()
        self.faults += self.open

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in ("href", "src", "action", "background")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data):
        if "style" not in self.open and "title" not in self.open:
            self.words.append(data)


def spoken(text):
    return re.findall(r"\w+", text)


def written(name, language="id", **changes):
    return RENDERER.render(name, replace(sample(name, language), **changes))


def flat(text):
    return " ".join(text.split())


def test_the_templates_are_sound():
    assert problems(RENDERER) == []


def test_there_are_the_same_letters_in_each_language():
    indonesian, english = (
        {each.parent.name for each in (BUILTIN / language).glob("*/*")} for language in LANGUAGES
    )
    assert indonesian == english
    assert len(indonesian) > 50


@every_letter
def test_both_parts_say_the_same_words_in_the_same_order(name, language):
    rendered = written(name, language)
    assert spoken(rendered.text) == spoken(" ".join(Words(rendered.html).words))


@every_letter
def test_the_html_is_well_formed_and_has_no_image_script_or_link_but_mailto(name, language):
    page = Words(written(name, language).html)
    assert page.faults == []
    assert not page.tags & {"img", "script", "iframe", "form", "input", "link", "svg", "object", "base"}
    assert all(link.startswith("mailto:") for link in page.links)


@every_letter
def test_nothing_unfinished_is_left_in_the_words(name, language):
    for letter in (sample(name, language), bare(sample(name, language))):
        rendered = RENDERER.render(name, letter)
        for part in (rendered.subject, rendered.text, "".join(Words(rendered.html).words)):
            assert not re.search(
                r"\{\{|\}\}|\{%|%\}|\bNone\b|Undefined|\(\)|\[\]|  +[,.]| [,.;:]( |$)|,,|\.\.(?!\.)",
                flat(part),
            ), part


@every_letter
def test_lines_are_short_enough_for_the_wire_and_for_the_eye(name, language):
    rendered = written(name, language)
    assert max(len(line.encode()) for line in rendered.html.splitlines()) <= 998
    assert max(len(line) for line in rendered.text.splitlines()) <= 80


@every_letter
def test_the_subject_is_short_has_the_ticket_last_and_no_personal_number(name, language):
    letter = sample(name, language)
    subject = RENDERER.render(name, letter).subject
    assert 10 < len(subject) <= 72
    assert "1985" not in subject
    if letter.ticket:
        assert subject.endswith(f" \N{EN DASH} {letter.ticket}")


@every_letter
def test_a_subject_is_never_cut_by_a_phone_whatever_the_names_and_dates_are(name, language):
    day = datetime(2024, 12, 31, 9, tzinfo=UTC)  # a Tuesday, `Selasa 31/12`
    long = {
        "ticket": "LSPR-26-0147-K" if sample(name, language).ticket else "",
        "holder": "Raden Ajeng Kusumaningtyas Wulandari, S.Kom., M.M.",
        "by": "Raden Mas Panji Kusumanegara, S.Kom., M.M.",
        "service": "perubahan data pemohon sertifikat elektronik",
        "persons": (("1", "Raden Ajeng Kusumaningtyas Wulandari, S.Kom., M.M.", "", ""),),
        "now": day - timedelta(days=9),
        "due": day,
        "closes": day,
    }
    for urgent in (False, True):
        subject = written(name, language, urgent=urgent, **long).subject
        assert len(subject) <= 78, (len(subject), subject)


@every_letter
def test_the_words_are_those_of_a_counter_not_of_a_program(name, language):
    text = written(name, language).text.lower()
    for word in ("kasus", "operator", "verifikator", "http", "www.", "klik", "click", "tiket"):
        assert not re.search(rf"\b{word}", text), word


@pytest.mark.parametrize(
    "name", [name for name in RENDERER.names() if name.startswith(("officer-", "official-"))]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_to_officers_begin_with_the_line_to_reply_above_unless_they_need_no_reply(name, language):
    needs_none = "{% block marker %}" in (BUILTIN / language / name / "letter.j2").read_text()
    assert (written(name, language).text.splitlines()[0] == MARKER[language]) != needs_none


def test_a_task_leads_with_how_to_answer_then_shows_what_needs_an_eye_first():
    text = flat(written("officer-task-assigned").text)
    order = [
        "Balas e-mail ini",
        "PERLU DILIHAT",
        "SESUAI",
        "UNTUK DICOCOKKAN DI AMS",
        "SETUJU",
        "KURANG 1 \N{EN DASH} minta",
        "TOLAK",
        "LAMPIRAN",
    ]
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    assert "Rabu, 25 Maret 2026 pukul 16.00 WIB (18 s.d. 24 Maret libur dan cuti bersama)" in text


def test_an_incomplete_request_hears_what_is_there_and_what_is_not():
    rendered = written("applicant-request-incomplete")
    assert rendered.subject == "Diterima, kurang 1 berkas (CSR) \N{EN DASH} LS-26-0147-K"
    assert "SUDAH ADA\n- surat pernyataan lupa passphrase\n" in rendered.text
    assert "BELUM ADA\n- berkas CSR (.csr atau .p10). CSR adalah" in rendered.text
    assert "NIP: 19850412 201001 2 007" in rendered.text


def test_two_missing_pieces_are_counted_in_the_subject():
    rendered = written(
        "applicant-request-incomplete", missing=(Asked(what="berkas CSR"), Asked(what="surat pernyataan"))
    )
    assert rendered.subject == "Diterima, kurang 2 berkas \N{EN DASH} LS-26-0147-K"


def test_a_request_for_more_by_an_officer_carries_the_officers_words():
    rendered = written(
        "applicant-request-incomplete",
        missing=(),
        said={"requests": ("Kirim foto yang lebih jelas.",), "reason": ("NIP tidak terbaca",)},
    )
    assert rendered.subject.startswith("Sudah diperiksa, 1 hal perlu diperbaiki")
    assert "1. Kirim foto yang lebih jelas." in rendered.text
    assert "| NIP tidak terbaca" in rendered.text


def test_the_confirmation_asked_of_an_applicant_repeats_nothing_of_the_unproven_mail():
    rendered = written(
        "applicant-message-unproven",
        quote="Klik di sini",
        attachments=("palsu.csr",),
        read=(("Nama", "Orang Lain"),),
    )
    for part in (rendered.text, rendered.html):
        assert "Klik" not in part
        assert "palsu" not in part
        assert "Orang Lain" not in part


def test_nothing_a_writer_says_becomes_markup_or_a_template():
    evil = '<script>alert(1)</script>{{ office }}{% raw %}" onclick="x'
    rendered = written(
        "officer-task-assigned",
        quote=evil,
        holder=evil,
        look_at=(evil,),
        compare=((evil, evil),),
        attachments=(evil,),
    )
    page = Words(rendered.html)
    assert page.faults == []
    assert "script" not in page.tags
    assert "onclick" not in str(page.links)
    assert "{{ office }}" in rendered.text


def test_a_subject_stays_one_line_whatever_a_writer_says():
    assert "\n" not in written("officer-task-assigned", holder="Siti\r\nBcc: x@example.go.id").subject


def test_a_keyword_button_writes_the_word_to_the_address_it_was_given():
    words = (
        Word(word="SETUJU", meaning="", mailto="layanan+a.17@contohkota.go.id"),
        Word(word="TOLAK", meaning="", mailto="https://evil.example"),
    )
    links = Words(written("officer-task-assigned", words=words).html).links
    assert links == [
        "mailto:layanan+a.17@contohkota.go.id?body=SETUJU",
        "mailto:https%3A%2F%2Fevil.example?body=TOLAK",
    ]


def test_a_finished_mailto_link_is_taken_as_it_is_if_it_is_one():
    given = "mailto:layanan@contohkota.go.id?subject=Re%3A%20LS-26-0147-K&body=SETUJU"
    words = (
        Word(word="SETUJU", meaning="", mailto=given),
        Word(word="ACC", meaning="", mailto='mailto:x" onclick="y'),
    )
    assert Words(written("officer-task-assigned", words=words).html).links == [given]


def test_a_word_of_a_thousand_letters_does_not_make_a_line_too_long():
    rendered = written("officer-task-assigned", look_at=("x" * 5000,), quote="y" * 5000)
    assert max(len(line) for line in rendered.text.splitlines()) <= 250


def test_an_unknown_language_is_answered_in_indonesian():
    letter = replace(sample("applicant-request-received", "id"), language="fr")
    assert "Yth. Bapak/Ibu" in RENDERER.render("applicant-request-received", letter).text


def test_what_to_do_when_the_answer_is_lost_stands_with_the_letter():
    assert written("admin-message-observed").unknown == "hold"
    assert written("applicant-request-approved").unknown == "repeat"


# --- an administrator's own words ----------------------------------------------------------------------------------------


def own(directory, path, words):
    file = directory / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(words, encoding="utf-8")
    return Renderer(directory)


def test_a_file_of_the_same_path_replaces_ours(tmp_path):
    renderer = own(
        tmp_path, "id/applicant-request-received/subject.j2", "Sudah kami terima{{ ticket | ref }}"
    )
    rendered = renderer.render("applicant-request-received", sample("applicant-request-received", "id"))
    assert rendered.subject == "Sudah kami terima \N{EN DASH} LS-26-0147-K"
    assert "sudah lengkap" in flat(rendered.text)
    assert problems(renderer) == []


def test_a_letter_may_extend_the_built_in_one(tmp_path):
    words = '{% extends "builtin/id/applicant-request-received/letter.j2" %}{% block closing %}{{ lines(["Salam hangat,", office.name]) }}{% endblock %}'
    renderer = own(tmp_path, "id/applicant-request-received/letter.j2", words)
    text = renderer.render("applicant-request-received", sample("applicant-request-received", "id")).text
    assert "sudah lengkap" in flat(text)
    assert "Salam hangat," in text
    assert "Hormat kami" not in text


def test_the_closing_of_every_letter_can_be_replaced_at_once(tmp_path):
    words = '{% extends "builtin/id/_applicant.j2" %}{% block closing %}{{ lines(["Tim Layanan"]) }}{% endblock %}'
    renderer = own(tmp_path, "id/_applicant.j2", words)
    for name in ("applicant-request-received", "applicant-request-rejected"):
        assert renderer.render(name, sample(name, "id")).text.endswith("Tim Layanan\n")


@pytest.mark.parametrize(
    ("path", "words", "named"),
    [
        ("id/applicant-request-received/letter.j2", "{{ tiket }}", "'tiket' is undefined"),
        ("id/applicant-request-received/letter.j2", "{% if x %}", "line 1"),
        ("id/applicant-request-received/letter.j2", "{{ said.alasan }}", "alasan"),
        ("id/applicant-request-received/letter.j2", "", "empty"),
        ("id/applicant-request-received/letter.j2", "{{ due | moment }}", "id/applicant-request-received"),
        (
            "id/applicant-request-received/letter.j2",
            "{% call p() %}lihat https://contohkota.go.id{% endcall %}",
            "link",
        ),
        ("id/applicant-request-received/subject.j2", "{# unknown: simpan #}x", "unknown"),
        ("id/applicant-request-received/subject.j2", "x" * 100, "100 signs"),
        ("id/applicant-recieved/subjek.j2", "x", "no such place"),
        ("in/applicant-request-received/subject.j2", "x", "no such place"),
        ("id/applicant-own/letter.j2", "x", "missing"),
        ("id/applicant-request-received/letter.j2", "{{ ''.__class__.__mro__ }}", "unsafe"),
    ],
)
def test_an_unsound_template_is_named_with_its_place(tmp_path, path, words, named):
    found = problems(own(tmp_path, path, words))
    assert found
    assert any(named in each and path.split("/")[1] in each for each in found), found


def test_a_letter_missing_in_one_language_is_a_problem(tmp_path):
    own(tmp_path, "id/applicant-own/subject.j2", "Kabar{{ ticket | ref }}")
    found = problems(own(tmp_path, "id/applicant-own/letter.j2", "{% call p() %}Kabar{% endcall %}"))
    assert len(found) == 2
    assert all("en/applicant-own" in each and "missing" in each for each in found)


def test_an_unknown_letter_is_refused_by_name():
    with pytest.raises(RulesError, match=r"id/applicant-nothing/subject\.j2"):
        RENDERER.render("applicant-nothing", sample("applicant-request-received", "id"))


def test_a_dark_screen_keeps_its_colours():
    html = written("applicant-request-received").html
    assert "prefers-color-scheme: dark" in html
