"""The audit trail: a change, a gap and a reordering show; erasing personal detail does not break the chain."""

import pytest
from sqlmodel import col, select

from mailflow import audit
from mailflow.store.tables import AuditEntry
from mailflow.work import reading, writing
from tests.support.counter import OFFICER, Counter


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with Counter(tmp_path_factory.mktemp("audit")) as counter:
        counter.complete_request()
        counter.receive(counter.mail(OFFICER, "TOLAK datanya tidak sama", answers=counter.task_letter()))
        yield counter.office


def entries(office) -> list[AuditEntry]:
    with reading(office) as work:
        return [
            AuditEntry(**each.model_dump())
            for each in work.session.exec(select(AuditEntry).order_by(col(AuditEntry.id)))
        ]


def holds(chain: list[AuditEntry]) -> bool:
    previous = audit.GENESIS
    for entry in chain:
        if entry.previous != previous or entry.digest != audit.link(entry):
            return False
        previous = entry.digest
    return True


def test_every_step_is_on_record_and_the_chain_holds_when_read_back(office):
    chain = entries(office)
    assert [each.action for each in chain] == ["opened", "word:reject", "reject"]
    assert holds(chain)


@pytest.mark.parametrize("field", ["actor", "action", "subject", "detail_digest", "at"])
def test_a_changed_entry_shows(office, field):
    chain = entries(office)
    changed = chain[1]
    setattr(changed, field, chain[0].at.replace(year=2020) if field == "at" else "x")
    assert not holds(chain)


def test_a_missing_and_an_exchanged_entry_show(office):
    first, second, third = entries(office)
    assert not holds([first, third])
    assert not holds([second, third])
    assert not holds([first, third, second])


def test_erasing_the_detail_keeps_the_chain(office):
    chain = entries(office)
    for entry in chain:
        entry.detail = None
    assert holds(chain)


def test_the_same_detail_has_another_digest_each_time(office):
    with writing(office) as work:
        for _ in range(2):
            audit.record(work, actor="program", action="x", subject="y", detail={"nip": "198504122010012007"})
    one, two = entries(office)[-2:]
    assert one.detail_digest != two.detail_digest
    assert holds(entries(office))
