"""Whoever writes from one address is served and answered, however From spells it; such a field proves nothing."""

import pytest

from tests.support.counter import APPLICANT, OFFICER, Counter, text_of

PROOF = (
    (
        "Authentication-Results",
        "mx.contohkota.go.id; dkim=pass header.d=contohkota.go.id; dmarc=pass header.from=contohkota.go.id",
    ),
)
ODD = {
    "degrees without quotation marks": f"Siti Rahmawati, S.Kom., M.T. <{APPLICANT}>",
    "the whole field encoded": "=?utf-8?q?Siti_Rahmawati_=3Csiti=2Erahmawati=40contohkota=2Ego=2Eid=3E?=",
    "another address as the name": f'"siti.r@gmail.com" <{APPLICANT}>',
    "a bracket left out": f"Siti Rahmawati <{APPLICANT}",
    "a group of one": f"Dinas: {APPLICANT};",
    "everything in quotation marks": f'"Siti Rahmawati <{APPLICANT}>"',
}


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with Counter(tmp_path_factory.mktemp("from"), mode="authenticated") as counter:
        yield counter


def written(counter, sender: str, text: str, **more) -> bytes:
    return counter.mail("x@example.go.id", text, **more).replace(
        b"From: x@example.go.id", f"From: {sender}".encode(), 1
    )


@pytest.mark.parametrize("kind", ODD)
def test_the_writer_is_answered_and_the_officer_told_that_nothing_proves_them(tmp_path, kind):
    with Counter(tmp_path, mode="authenticated") as counter:
        files = (counter.letter(), counter.csr())
        sent = counter.receive(
            written(counter, ODD[kind], "Mohon bantuan, saya lupa passphrase.", headers=PROOF, files=files)
        )
        assert {each["To"].addresses[0].addr_spec for each in sent} == {APPLICANT, OFFICER}
        to_look_at = text_of(counter.task_letter()).partition("SESUAI")[0]
        assert f"Keaslian {APPLICANT} tidak dapat diperiksa" in " ".join(to_look_at.split())


def test_an_officers_word_from_such_a_field_decides_nothing_and_is_answered(tmp_path):
    with Counter(tmp_path, mode="authenticated") as counter:
        counter.complete_request()
        task = counter.task_letter()
        sender = f"Rina Kusuma, S.Kom. <{OFFICER}>"
        sent = counter.receive(written(counter, sender, "SETUJU", answers=task, headers=PROOF))
        assert [each["To"] for each in sent] == [OFFICER]
        assert [each["state"] for each in counter.tasks] == ["open"]


NOBODY = {
    "two writers": f"{APPLICANT}, budi@contohkota.go.id",
    "nobody": "Siti Rahmawati",
    "two in brackets": f"<{APPLICANT}> <budi@contohkota.go.id>",
}


@pytest.mark.parametrize("kind", NOBODY)
def test_a_mail_of_no_single_writer_is_put_before_a_person_and_nobody_is_answered(opened, kind):
    sent = opened.receive(written(opened, NOBODY[kind], f"Mohon bantuan, saya lupa passphrase. {kind}"))
    assert [each["To"] for each in sent] == [OFFICER]
    said = " ".join(text_of(sent[0]).split())
    assert "tidak menyebut satu pengirim" in said
    assert "LUPA" not in said.partition("Isinya")[2].partition("lupa passphrase.")[2], "no word opens it"
    again = opened.receive(opened.mail(OFFICER, "LUPA", answers=sent[0], headers=PROOF))
    assert [each["To"] for each in again] == [OFFICER]
    assert opened.cases == []
