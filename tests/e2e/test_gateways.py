"""What a mail gateway puts above and below a mail is nobody's word: the officer's word counts, and the reason is the officer's."""

import pytest

from tests.e2e.test_words_not_for_us import KEYS, PROOF
from tests.parsers.test_gateway_notices import BOTTOM, HTML, PERSONS, TOP
from tests.support.counter import APPLICANT, OFFICER, Counter, text_of

pytestmark = pytest.mark.usefixtures("counter")


@pytest.fixture(scope="module")
def counter(tmp_path_factory):
    """One request before one officer, who takes words back."""
    with Counter(tmp_path_factory.mktemp("counter"), mode="authenticated", undo=10, keys=KEYS) as counter:
        asks = counter.mail(
            text="Mohon bantuan, saya lupa passphrase.", files=(counter.letter(), counter.csr())
        )
        counter.receive(f"{PROOF}\r\n".encode() + asks)
        yield counter


def reply(counter: Counter, text: str, *, html: str = "") -> bytes:
    """The officer's answer to the task, as it left the gateway."""
    raw = f"{PROOF}\r\n".encode() + counter.mail(OFFICER, text, answers=counter.task_letter())
    if html:
        head, _, _ = raw.partition(b"\nContent-Type:")
        raw = head + b"\nContent-Type: text/html; charset=utf-8\n\n" + html.encode()
    return raw


def decided(counter: Counter, raw: bytes) -> str | None:
    """What a reply decides; then it is taken back, so that the next finds the task open."""
    counter.receive(raw)
    decision = counter.tasks[0]["decision"]
    if decision is not None:
        counter.receive(reply(counter, "BATAL"))
        assert counter.tasks[0]["decision"] is None
    return decision


def test_the_officers_word_counts_below_every_banner(counter):
    shapes = {
        **{banner: reply(counter, f"{banner}\n\nSETUJU") for banner in TOP},
        **{name: reply(counter, "", html=HTML[name]) for name in HTML},
    }
    unheard = [name for name, raw in shapes.items() if decided(counter, raw) != "approve"]
    assert unheard == []


def test_words_of_a_person_are_not_swallowed(counter):
    """None of these decides: what stands above the word is the officer's, and may mean something else."""
    for text in PERSONS:
        if not text.startswith("SETUJU"):
            before = len(counter.sent)
            assert decided(counter, reply(counter, text)) is None, text
            assert len(counter.sent) > before, text


def test_a_notice_below_is_no_part_of_the_reason(counter):
    counter.receive(reply(counter, f"TOLAK nama berbeda dengan AMS\n\n{BOTTOM[1]}\n\n{BOTTOM[4]}"))
    counter.later(minutes=15)
    told = " ".join(text_of(counter.letter_to(APPLICANT)).split())
    assert "nama berbeda dengan AMS" in told
    assert "penerima yang dituju" not in told
    assert "scanned" not in told
