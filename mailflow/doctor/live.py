"""`check --live`: visits the way in and the way out, and lets every check judge what was seen."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from mailflow import bootstrap
from mailflow.config import Config
from mailflow.doctor import capabilities, certificate, directory, envelope, folders, line, login, size
from mailflow.doctor.finding import Finding
from mailflow.doctor.visit_imap import visit_imap
from mailflow.doctor.visit_smtp import visit_smtp
from mailflow.mailbox.settings import maildir_path as inbox
from mailflow.outbox.settings import maildir_path as way_out
from mailflow.outbox.verdict import Scrubber


def look(config: Config, now: datetime) -> list[Finding]:
    """Return everything that was found; changes nothing on a server, sends nothing, and no password stands in it."""
    return [_clean(config, each) for each in (*_way_in(config, now), *_way_out(config, now))]


def _way_in(config: Config, now: datetime) -> Iterator[Finding]:
    settings = bootstrap.mailbox_settings(config)
    if settings.url.startswith("maildir:"):
        yield from directory.judge(inbox(settings), "[mailbox] url")
        return
    seen = visit_imap(replace(settings, timeout=30.0))
    yield from line.judge(seen)
    yield from certificate.judge(seen, now)
    yield from login.judge(seen, settings.username)
    yield from capabilities.judge(seen)
    yield from folders.judge(seen)


def _way_out(config: Config, now: datetime) -> Iterator[Finding]:
    settings, address = bootstrap.smtp_settings(config), config.department.address
    if settings.url.startswith("maildir:"):
        yield from directory.judge(way_out(settings), "[smtp] url")
        return
    seen = asyncio.run(visit_smtp(settings, address))
    yield from line.judge(seen)
    yield from certificate.judge(seen, now)
    yield from login.judge(seen, settings.username)
    yield from size.judge(seen)
    yield from envelope.judge(seen, address)


def _clean(config: Config, finding: Finding) -> Finding:
    for section in (config.mailbox, config.smtp):
        scrubber = Scrubber(section.username, section.password.get_secret_value())
        finding = replace(finding, what=scrubber.without_secrets(finding.what))
    return finding
