"""The one place where the parts are put together."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal
from urllib.parse import urlsplit

from mailflow.clock import Clock, system_clock
from mailflow.config import Config
from mailflow.errors import ConfigurationError, RulesError
from mailflow.mailbox.contract import Mailbox
from mailflow.mailbox.factory import open_mailbox
from mailflow.mailbox.settings import MailboxSettings, is_loopback
from mailflow.office import Office
from mailflow.outbox.contract import Transport
from mailflow.outbox.render import Renderer
from mailflow.outbox.settings import SmtpSettings
from mailflow.outbox.smtp import open_transport
from mailflow.sandbox.reader import Reader
from mailflow.store.database import Database
from parsers.reading import Budget
from rules.calendar import Calendar
from rules.load import Rules, Unsound, load_rules


def load_rules_of(config: Config) -> Rules:
    """Load the SOPs in force; raise `RulesError` naming every fault."""
    try:
        return load_rules(overrides=config.directory / "rules.d")
    except Unsound as unsound:
        raise RulesError("; ".join(str(problem) for problem in unsound.problems)) from None


def renderer_of(config: Config) -> Renderer:
    """Return the templates with the administrator's before the built-in ones."""
    return Renderer(config.directory / "outbox_templates")


def calendar_of(config: Config) -> Calendar:
    """Return the department's calendar; raise `ConfigurationError` for office hours that cannot be read."""
    department = config.department
    try:
        return Calendar(department.timezone, department.office_hours, department.closing_days)
    except ValueError as wrong:
        raise ConfigurationError(f"department.{wrong}") from None


def soundness(config: Config, rules: Rules) -> list[str]:
    """Prove what can be proven without the network: addresses of mailbox and SMTP, office hours, templates, templates of the SOPs."""
    calendar_of(config)
    make_mailbox(config)
    make_transport(config)
    if not config.store.key.get_secret_value():
        raise ConfigurationError(
            "store.key: missing; put 32 bytes in url-safe base64 into the credential store.key"
        )
    for officer in config.officers:
        if unknown := sorted(set(officer.services) - set(rules.sops)):
            served = ", ".join(sorted(rules.sops))
            raise ConfigurationError(
                f"officers: {officer.name}: services: no SOP {', '.join(unknown)}; served are {served}"
            )
    renderer = renderer_of(config)
    known = set(renderer.names())
    problems = renderer.problems()
    for sop in rules.sops.values():
        told = {step.tell for step in sop.steps.values() if step.tell}
        problems += [
            f"{sop.id}: row tells {tell!r}, but there is no template applicant-{tell}"
            for tell in sorted(told)
            if f"applicant-{tell}" not in known
        ]
    return problems


def make_mailbox(config: Config) -> Mailbox:
    """Return the mailbox of the configuration, not yet connected."""
    section = config.mailbox
    settings = MailboxSettings(
        url=section.url,
        tls="none" if section.tls == "none" else "starttls",
        username=section.username,
        password=section.password.get_secret_value(),
        ca_file=section.ca_file,
        folder=section.folder,
        processed_folder=section.processed_folder,
        quarantine_folder=section.quarantine_folder,
    )
    return open_mailbox(settings)


def make_transport(config: Config) -> Transport:
    """Return the way out, not yet connected."""
    section = config.smtp
    settings = SmtpSettings(
        url=section.url,
        tls=section.tls,
        username=section.username,
        password=section.password.get_secret_value(),
        ca_file=section.ca_file,
        hostname=config.department.domain,
    )
    return open_transport(settings)


def is_local(config: Config) -> bool:
    """True when neither mailbox nor SMTP can reach another machine."""
    return all(
        urlsplit(url).scheme == "maildir" or is_loopback(urlsplit(url).hostname or "")
        for url in (config.mailbox.url, config.smtp.url)
    )


@contextmanager
def open_office(
    config: Config,
    *,
    clock: Clock | None = None,
    database: Literal["create", "there", "if-there"] = "create",
    reader: bool = True,
) -> Iterator[Office]:
    """Open everything a loop or command needs, and close it again.

    `database`: `create` makes or upgrades it, `there` wants it up to date, `if-there` takes an empty one in memory where there is none.
    The reader's process is started here, before any thread.
    """
    rules = load_rules_of(config)
    if problems := soundness(config, rules) if database == "create" else []:
        raise RulesError("; ".join(problems))
    budget = Budget(message_bytes=config.limits.message_bytes, pages=config.limits.pages)
    own = frozenset({config.department.address.lower()})
    workers = Reader(budget, config.limits.seconds_per_document, own) if reader else None
    store = _open_database(config, database)
    try:
        yield Office(
            config=config,
            database=store,
            rules=rules,
            calendar=calendar_of(config),
            renderer=renderer_of(config),
            maybe_reader=workers,
            clock=clock or system_clock,
            clock_is_set=clock is not None,
        )
    finally:
        if workers is not None:
            workers.close()
        store.close()


def _open_database(config: Config, mode: Literal["create", "there", "if-there"]) -> Database:
    store = Database(config.store.url, config.keyring)
    if mode == "if-there" and not store.file.is_file():
        store = Database("sqlite:///:memory:", config.keyring)
        store.upgrade()
    elif mode == "create":
        store.upgrade()
    elif not store.file.is_file():
        raise ConfigurationError(
            f"store.url: no database at {store.file} yet; `mailflow run` or `mailflow db upgrade` makes it"
        )
    elif store.pending():
        raise ConfigurationError(
            f"store.url: {store.file} was made by another version; run `mailflow db upgrade`"
        )
    store.prove_key()
    return store
