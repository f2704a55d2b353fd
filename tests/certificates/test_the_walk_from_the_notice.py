"""The whole way of a renewal that begins with our notice, mail by mail, in both languages."""

from datetime import datetime

import pytest

from mailflow.certificates import registry, shown
from mailflow.work import reading
from tests.certificates.conftest import line
from tests.support import forms
from tests.support.counter import APPLICANT, OFFICER, text_of
from tests.support.letters import SITI

PDF = "application/pdf"
RECOMMENDATION = ("sr.pdf", forms.recommendation_letter(), PDF)
FORM = ("formulir.pdf", forms.data_change_form(), PDF)
DECREE = ("sk.pdf", forms.supporting_document(), PDF)
REVOCATION = ("pencabutan.pdf", forms.revocation_letter(reason="Identitas berubah"), PDF)
COVER = {
    "id": "Terlampir surat yang diminta, terima kasih.",
    "en": "Please find the letter attached, thank you.",
}
GREETING = {"id": "Yth. Bapak/Ibu Siti Rahmawati,", "en": "Dear Siti Rahmawati,"}
WORDS = {"BENAR": "CONFIRM", "UBAH": "CHANGE", "SUDAH": "FINISHED"}


class Walk:
    def __init__(self, counter, language):
        self.counter, self.language = counter, language
        counter.imports(line(language=language))
        (self.notice,) = counter.on(30)

    def says(self, word, *files):
        """Siti answers the latest letter; return the templates that this brings about."""
        text = (word if self.language == "id" else WORDS[word]) if word else COVER[self.language]
        return self._templates(
            self.counter.mail(APPLICANT, text, answers=self.counter.letter_to(), files=files)
        )

    def officer(self, word):
        return self._templates(self.counter.mail(OFFICER, word, answers=self.counter.task_letter()))

    def _templates(self, raw):
        sent = {each["Message-ID"]: each for each in self.counter.receive(raw)}
        for each in sent.values():
            if APPLICANT in each["To"]:
                assert GREETING[self.language] in text_of(each)
        rows = [each for each in self.counter.outbox if each["message_id"] in sent]
        return {each["template"] for each in rows} - {"officer-word-receipt"}

    def ends_issued(self):
        assert self.officer("SETUJU") == {"officer-task-assigned"}
        assert self.officer("SELESAI") == {"applicant-certificate-issued"}
        root = self.counter.cases[-1]
        assert (root["sop"], root["state"], root["ending"]) == ("renewal", "closed", "issued")
        assert all(self.counter.on(day) == [] for day in (14, 7, 3, 1, 0, -7))


@pytest.fixture(params=["id", "en"])
def walk(request, counter):
    return Walk(counter, request.param)


def test_whose_data_are_right_sends_the_recommendation_and_gets_the_new_certificate(walk):
    assert walk.says("BENAR") == {"applicant-request-incomplete"}
    assert walk.says("", RECOMMENDATION) == {"applicant-request-received", "officer-task-assigned"}
    walk.ends_issued()
    assert shown.certificates(walk.counter.office)[0]["state"] == "replaced"


def test_who_has_applied_in_ams_already_is_looked_up_there_by_name(walk):
    assert walk.says("SUDAH") == {"applicant-request-received", "officer-task-assigned"}
    assert "Siti Rahmawati" in walk.counter.task_letter()["Subject"]
    task = " ".join(text_of(walk.counter.task_letter()).split())
    assert "Sertifikat tercatat: 5A3F094F21, Siti Rahmawati, berlaku s.d. 10 Juni 2026" in task
    walk.ends_issued()


def test_whose_data_changed_has_them_changed_and_the_old_certificate_revoked_on_the_way(walk):
    assert walk.says("UBAH") == {"applicant-request-incomplete"}
    assert walk.says("", FORM, DECREE) == {"applicant-request-received", "officer-task-assigned"}
    assert walk.officer("SELESAI") == {"applicant-step-next"}, (
        "the registry knows that there is a certificate"
    )
    assert walk.says("", REVOCATION) == {"applicant-step-noted", "officer-task-assigned"}
    assert walk.officer("SELESAI") == {"applicant-request-incomplete"}
    (row,) = shown.certificates(walk.counter.office)
    assert row["state"] == "revoked"
    assert walk.says("", RECOMMENDATION) == {"applicant-request-received", "officer-task-assigned"}
    walk.ends_issued()
    assert [each["ending"] for each in walk.counter.cases] == ["revoked", "changed", "issued"]
    assert len({each["id"].split(".")[0] for each in walk.counter.cases}) == 1


def test_a_second_answer_to_the_same_notice_counts_like_an_answer_to_our_latest_letter(walk):
    assert walk.says("BENAR") == {"applicant-request-incomplete"}
    late = walk.counter.mail(APPLICANT, COVER[walk.language], answers=walk.notice, files=(RECOMMENDATION,))
    assert walk._templates(late) == {"applicant-request-received", "officer-task-assigned"}


def test_free_words_to_a_notice_are_read_by_a_person(walk):
    words = {"id": "Saya sudah pensiun sejak Januari.", "en": "I retired in January."}
    raw = walk.counter.mail(APPLICANT, words[walk.language], answers=walk.notice)
    (shown,) = walk.counter.receive(raw)
    assert words[walk.language] in " ".join(text_of(shown).split())
    assert (shown["To"], walk.counter.cases) == (OFFICER, []), "the notices go on"


def test_a_data_change_of_somebody_not_on_file_still_asks_an_officer(counter):
    counter.imports(line(revoked="2026-01-01"))
    counter.receive(
        counter.mail(APPLICANT, "Mohon perubahan data.", subject="Perubahan data", files=(FORM, DECREE))
    )
    counter.receive(counter.mail(OFFICER, "SELESAI", answers=counter.task_letter()))
    assert counter.case["step"] == "ownership"


def test_thanks_for_a_notice_open_nothing(counter):
    counter.imports(line())
    (notice,) = counter.on(30)
    counter.receive(counter.mail(APPLICANT, "Terima kasih.", answers=notice))
    assert counter.cases == []


def test_the_contacts_answer_opens_nothing_for_the_holder(counter):
    counter.imports(line(contact="tu@contohkota.go.id"))
    copy = counter.on(7)[1]
    counter.receive(counter.mail("tu@contohkota.go.id", "BENAR", answers=copy))
    assert counter.cases == []


def test_who_owns_a_certificate_is_known_until_it_is_revoked_or_expires(counter):
    counter.imports(line())
    person = counter.office.keyring.index(f"nip:{SITI.nip}")

    def owns():
        with reading(counter.office) as work:
            return registry.owns(work, person)

    assert owns()
    counter.clock.moment = datetime.fromisoformat("2026-06-10T09:30:00+07:00")
    assert not owns()
    counter.clock.moment = datetime.fromisoformat("2026-05-10T09:30:00+07:00")
    counter.imports(line(revoked="2026-05-09"))
    assert not owns()
    with reading(counter.office) as work:
        assert not registry.owns(work, "")


def test_a_task_names_only_certificates_that_are_in_force(counter):
    counter.imports(line(), line("6B:00", revoked="2025-01-01"), line("6C:00", expires="2026-01-01 09:00"))
    counter.receive(
        counter.mail(APPLICANT, "Mohon sertifikat saya dicabut", files=(("p.pdf", *REVOCATION[1:]),))
    )
    task = text_of(counter.task_letter())
    assert "5A3F094F21" in task
    assert "6B00" not in task
    assert "6C00" not in task
