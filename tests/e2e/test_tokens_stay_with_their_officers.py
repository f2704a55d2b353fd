"""An officer's token stands in that officer's letters and in nobody else's, however it came into a mail."""

import re

import pytest

from tests.support.counter import APPLICANT, OFFICER, Counter, text_of

TOKEN = re.compile(r"a\.\d+\.[a-z2-7]{32}")


def pasted(task) -> str:
    """What mail programs write of a button when its text is copied: the target of its link."""
    return re.search(r'href="(mailto:[^"]+)"', task.get_body(("html",)).get_content())[1]


@pytest.mark.parametrize("subaddressing", ["true", "false"])
def test_a_button_that_an_officer_pasted_into_the_reason_reaches_the_applicant_without_its_token(
    tmp_path, subaddressing
):
    with Counter(tmp_path, keys={"trust": f"subaddressing = {subaddressing}"}) as counter:
        counter.complete_request()
        task = counter.task_letter()
        token = TOKEN.search(pasted(task))[0]
        counter.receive(counter.mail(OFFICER, f"KURANG foto yang jelas <{pasted(task)}>", answers=task))
        told = counter.letter_to(APPLICANT)
        assert "foto yang jelas" in " ".join(text_of(told).split())
        assert token not in str(told)
        assert token not in text_of(told)


def test_an_officer_keeps_the_own_buttons_and_sees_no_other_officers_token(tmp_path):
    with Counter(tmp_path, keys={"trust": "subaddressing = true"}) as counter:
        counter.complete_request()
        task = counter.task_letter()
        token = TOKEN.search(str(task["Reply-To"]))[0]
        assert token in text_of(task) + task.get_body(("html",)).get_content()
        counter.receive(
            counter.mail("budi@contohkota.go.id", f"Titipan: {task['Reply-To']}", subject="Lupa passphrase")
        )
        counter.receive(
            counter.mail(text=f"KENDALA, saya dapat {task['Reply-To']}", subject=f"Re: {task['Subject']}")
        )
        others = [each for each in counter.sent if OFFICER not in each["To"]]
        assert others
        assert not [each["To"] for each in others if token in str(each) + text_of(each)]
