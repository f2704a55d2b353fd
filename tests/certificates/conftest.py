"""A counter with a registry, and the table that feeds it."""

from datetime import datetime, timedelta

import pytest

from mailflow.certificates.importing import import_files
from tests.support.counter import Counter
from tests.support.letters import SITI

CONTACT = "tu.dindik@contohkota.go.id"
HEADER = "serial,name,nip,email,not_before,not_after,unit_contact,revoked_at,language"
EXPIRES = datetime.fromisoformat("2026-06-10T09:30:00+07:00")


def line(
    serial="5A:3F:09:4F:21",
    person=SITI,
    *,
    expires="2026-06-10 09:30",
    begins="2024-06-10 09:30",
    contact=CONTACT,
    revoked="",
    language="",
    email="",
):
    """A line of the table."""
    values = (
        serial,
        person.name,
        person.nip,
        email or person.email,
        begins,
        expires,
        contact,
        revoked,
        language,
    )
    return ",".join(f'"{each}"' for each in values)


class Registry(Counter):
    """A counter whose registry is fed by tables."""

    def imports(self, *lines, header=HEADER, name="staf.csv", dry_run=False):
        file = self.directory / name
        file.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        return import_files(self.office, [file], dry_run=dry_run)

    def on(self, days_before, *, at="08:15:00+07:00"):
        """What is sent on the day so many days before Siti's certificate expires."""
        day = (EXPIRES - timedelta(days=days_before)).date()
        self.clock.moment = datetime.fromisoformat(f"{day}T{at}")
        return [each for each in self.work() if "certificate" in self._template(each)]

    def _template(self, letter):
        return next(each["template"] for each in self.outbox if each["message_id"] == letter["Message-ID"])


@pytest.fixture
def counter(tmp_path):
    with Registry(tmp_path) as counter:
        counter.clock.moment = datetime.fromisoformat("2026-03-02T09:00:00+07:00")
        yield counter
