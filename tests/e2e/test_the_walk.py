"""The whole way of one request, over Maildir with a clock set by hand."""

from tests.support.counter import APPLICANT, OFFICER, Counter, text_of


def test_a_request_goes_from_the_first_mail_to_its_closing(tmp_path):
    with Counter(tmp_path, undo=10) as counter:
        asked = counter.receive(
            counter.mail(text="Saya lupa passphrase, mohon dibantu.", files=(counter.letter(),))
        )
        assert [each["To"] for each in asked] == [APPLICANT]
        assert "CSR" in asked[0]["Subject"]

        acknowledged = counter.receive(
            counter.mail(text="Ini CSR saya", answers=asked[0], files=(counter.csr(),))
        )
        assert {each["To"] for each in acknowledged} == {APPLICANT, OFFICER}
        assert "Rabu, 25 Maret 2026 pukul 16.00 WIB" in " ".join(text_of(acknowledged[0]).split())
        assert "libur" in text_of(counter.task_letter())

        receipt = counter.receive(counter.mail(OFFICER, "SETUJU", answers=counter.task_letter()))
        assert [each["To"] for each in receipt] == [OFFICER]
        assert counter.case["state"] == "waiting_for_officer"

        approved = counter.later(minutes=11)
        assert [each["To"] for each in approved] == [APPLICANT]
        assert "Disetujui" in approved[0]["Subject"]

        looked = counter.receive(counter.mail(text="SUDAH", answers=approved[0]))
        assert {each["To"] for each in looked} == {APPLICANT, OFFICER}

        counter.receive(counter.mail(OFFICER, "SELESAI", answers=counter.task_letter()))
        revoked = counter.later(minutes=11)
        assert [each["To"] for each in revoked] == [APPLICANT]
        counter.receive(counter.mail(text="SUDAH", answers=revoked[0]))
        counter.receive(counter.mail(OFFICER, "SELESAI", answers=counter.task_letter()))
        closed = counter.later(minutes=11)
        assert [each["To"] for each in closed] == [APPLICANT]
        assert "dicabut" in text_of(closed[0])
        assert "terbit" in text_of(closed[0])
        assert counter.case["state"] == "closed"
        assert [each["event"] for each in counter.case["timeline"]] == [
            "opened",
            "complete",
            "approve",
            "child-ended",
            "finished",
            "done",
        ]
