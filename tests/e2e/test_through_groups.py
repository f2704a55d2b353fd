"""Mail through a group of the department is its writer's, whatever the group wrote into it; nothing from outside passes for our own letter."""

from email import message_from_bytes
from email.policy import default

import pytest

from tests.support.counter import APPLICANT, COUNTER, OFFICER, Counter, text_of

GROUP = "layanan-grup@contohkota.go.id"
KEYS = {"intake": f'groups = ["{GROUP}"]'}
TEXT = "Mohon bantuan, saya lupa passphrase sertifikat elektronik. Terlampir surat pernyataan dan CSR."
VIA = "\"'Siti Rahmawati' via Layanan\" <{}>"
GOOGLE = (
    ("Precedence", "list"),
    ("Mailing-list", f"list {GROUP}; contact layanan-grup+owners@contohkota.go.id"),
    ("List-ID", "<layanan-grup.contohkota.go.id>"),
    ("X-Google-Group-Id", "473829473829"),
    ("List-Post", f"<https://groups.google.com/a/contohkota.go.id/group/layanan/post>, <mailto:{GROUP}>"),
)
MAILMAN = (
    ("Precedence", "list"),
    ("List-Id", "Layanan <layanan-grup.contohkota.go.id>"),
    ("X-Mailman-Version", "3.3.9"),
    ("Message-ID-Hash", "5DWQK6ZW3YQ4"),
    ("X-MailFrom", APPLICANT),
)
REWRITTEN = {
    "Google Groups, the group's address": (GROUP, (*GOOGLE, ("X-Original-Sender", APPLICANT), ("Reply-To", GROUP))),
    "Google Groups, our address": (COUNTER, (*GOOGLE, ("X-Original-From", f"Siti Rahmawati <{APPLICANT}>"), ("Reply-To", COUNTER))),
    "Mailman 3": (GROUP, (*MAILMAN, ("Reply-To", f"Siti Rahmawati <{APPLICANT}>"))),
    "Sympa": (GROUP, (("List-Id", f"<{GROUP.replace('@', '.')}>"), ("X-Original-From", APPLICANT))),
    "a form on a web site": (COUNTER, (("Reply-To", f"Siti Rahmawati <{APPLICANT}>"),)),
}  # fmt: skip
KEPT = {
    "Google Groups": GOOGLE,
    "Mailman 3": MAILMAN,
    "Zimbra": (("X-Zimbra-DL", GROUP), ("Reply-To", GROUP), ("Precedence", "list")),
    "Exchange": (("Return-Path", "<>"), ("Cc", GROUP)),
}


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path, mode="authenticated", keys=KEYS) as counter:
        yield counter


@pytest.fixture
def plain(tmp_path):
    """No group is configured."""
    with Counter(tmp_path) as counter:
        yield counter


def request(counter, sender: str, fields: tuple, *, files=()) -> bytes:
    raw = counter.mail(APPLICANT, TEXT, headers=fields, files=files)
    return raw.replace(f"From: {APPLICANT}".encode(), f"From: {sender}".encode(), 1)


@pytest.mark.parametrize("group", REWRITTEN)
def test_where_a_group_put_its_own_address_the_writer_is_the_applicant_unproven(counter, group):
    address, fields = REWRITTEN[group]
    proof = ("Authentication-Results", "mx.contohkota.go.id; dmarc=pass header.from=contohkota.go.id")
    papers = (counter.letter(), counter.csr())
    sent = counter.receive(request(counter, VIA.format(address), (proof, *fields), files=papers))
    assert {each["To"] for each in sent} == {APPLICANT, OFFICER}
    task = text_of(counter.task_letter())
    assert "Keaslian" in task.split("PERLU DILIHAT")[1].split("SESUAI")[0], "a person looks at who wrote"


@pytest.mark.parametrize("group", KEPT)
def test_where_a_group_left_the_writer_in_from_it_is_their_mail(counter, group):
    sent = counter.receive(request(counter, APPLICANT, KEPT[group], files=(counter.letter(),)))
    assert [each["To"] for each in sent] == [APPLICANT]
    assert counter.case["applicant"] == "Siti Rahmawati"


def test_a_group_of_our_own_domain_vouches_for_nobody_the_writers_signature_does(counter):
    counter.receive(counter.mail(text=TEXT, files=(counter.letter(), counter.csr())))
    cancels = f"BATAL. Nomor {counter.case['id']}"
    for results, believed in (
        ("dmarc=pass header.from=contohkota.go.id", False),
        ("dkim=pass header.d=contohkota.go.id", True),
    ):
        proof = ("Authentication-Results", f"mx.contohkota.go.id; {results}")
        counter.receive(counter.mail(text=cancels, subject="batal", headers=(proof, *GOOGLE)))
        assert ("cancel-wished" in [each["event"] for each in counter.case["timeline"]]) is believed


def test_an_officers_word_counts_only_from_the_officers_own_from(tmp_path):
    with Counter(tmp_path, keys=KEYS) as counter:
        counter.complete_request()
        word = counter.mail(
            OFFICER, "SETUJU", answers=counter.task_letter(), headers=(*GOOGLE, ("Reply-To", OFFICER))
        )
        sent = counter.receive(word.replace(f"From: {OFFICER}".encode(), f"From: {GROUP}".encode(), 1))
        assert [each["To"] for each in sent] == [OFFICER]
        assert counter.case["step"] == "verify"


@pytest.mark.parametrize("sender", [APPLICANT, VIA.format(COUNTER)])
def test_the_mailboxs_own_address_is_a_group_of_ours_without_a_word_of_configuration(plain, sender):
    fields = [(name, value.replace("layanan-grup", "layanan")) for name, value in GOOGLE]
    fields += [("X-Original-Sender", APPLICANT), ("Reply-To", f"Siti Rahmawati <{APPLICANT}>")]
    sent = plain.receive(request(plain, sender, tuple(fields), files=(plain.letter(), plain.csr())))
    assert {each["To"] for each in sent} == {APPLICANT, OFFICER}


def test_a_foreign_lists_mail_that_asks_for_a_service_is_in_the_daily_list_and_a_newsletter_is_not(plain):
    counter = plain
    foreign = (("List-Id", "<pengumuman.example.go.id>"), ("Precedence", "list"))
    newsletter = counter.mail(text="Undangan sosialisasi.", subject="Buletin", headers=foreign)
    counter.deliver(newsletter)
    (listed,) = counter.receive(counter.mail(text=TEXT, headers=foreign))
    assert counter.status["messages"] == {"filed": 1, "unmatched": 1}
    assert (listed["To"], "tidak cocok" in text_of(listed)) == (OFFICER, True)
    assert APPLICANT in text_of(listed)
    assert "Buletin" not in text_of(listed)


def test_a_lists_mail_in_an_applicants_conversation_is_in_the_daily_list(plain):
    letter, *_ = plain.receive(plain.mail(text=TEXT, files=(plain.letter(),)))
    foreign = (("List-Id", "<pegawai.example.go.id>"),)
    asks = plain.mail("kadis@example.go.id", "Mohon ditunda.", answers=letter, headers=foreign)
    assert plain.receive(asks) == []
    (listed,) = [each for each in plain.later(days=10) if "tidak cocok" in text_of(each)]
    assert "kadis@example.go.id" in text_of(listed)


def test_our_own_letters_coming_back_are_never_answered(counter):
    (letter,) = counter.receive(counter.mail(text=TEXT, files=(counter.letter(),)))
    assert counter.receive(letter.as_bytes()) == []
    through_a_group = message_from_bytes(letter.as_bytes(), policy=default)
    for name, value in GOOGLE:
        through_a_group[name] = value
    through_a_group.replace_header("From", VIA.format(GROUP))
    through_a_group["Reply-To"] = COUNTER
    assert counter.receive(through_a_group.as_bytes()) == []
    assert len(counter.cases) == 1


def test_what_only_says_that_it_is_ours_is_put_before_a_person_and_never_answered(plain):
    counter = plain
    (listed,) = counter.receive(counter.mail(COUNTER, TEXT))
    assert counter.status["messages"] == {"unmatched": 1}
    assert counter.cases == []
    assert (listed["To"], COUNTER in text_of(listed)) == (OFFICER, True)


def test_a_group_whose_address_is_none_is_named_with_the_remedy(tmp_path):
    from mailflow.config import load  # noqa: PLC0415
    from mailflow.errors import ConfigurationError  # noqa: PLC0415

    broken = Counter(tmp_path, keys={"intake": 'groups = ["layanan-grup"]'})
    with pytest.raises(ConfigurationError, match=r"intake\.groups.*@"):
        load(broken.config_file)
