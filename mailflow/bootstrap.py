"""The one place where the parts are put together."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from mailflow import drafts
from mailflow.clock import Clock, system_clock
from mailflow.closing_days import closing_days
from mailflow.config import Config
from mailflow.errors import ConfigurationError, RulesError
from mailflow.mailbox.contract import Mailbox
from mailflow.mailbox.factory import open_mailbox
from mailflow.mailbox.settings import MailboxSettings, is_loopback
from mailflow.office import Office
from mailflow.outbox.contract import Transport
from mailflow.outbox.proof import problems as unsound
from mailflow.outbox.render import Renderer
from mailflow.outbox.settings import SmtpSettings
from mailflow.outbox.smtp import open_transport
from mailflow.sandbox.reader import Reader
from mailflow.store.database import Database
from mailflow.trust import staff_table
from mailflow.trust.keys import Keys
from parsers.reading import Budget
from rules.calendar import Calendar
from rules.load import Rules, Unsound, load_rules
from rules.unsound import Place, find_lines


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
    """Return the department's calendar; raise `ConfigurationError` for office hours or closing days that cannot be read."""
    department, closed = config.department, closing_days(config)
    try:
        return Calendar(department.timezone, department.office_hours, closed)
    except ValueError as wrong:
        raise ConfigurationError(f"department.{wrong}") from None


def soundness(config: Config, rules: Rules, *, every_letter: bool = True) -> list[str]:
    """Prove what can be proven without the network: addresses of mailbox and SMTP, office hours, the table of staff, templates, templates of the SOPs."""
    calendar_of(config)
    staff_table.load(config)
    make_mailbox(config)
    make_transport(config)
    _prove_two_places(config)
    problems = soundness_of_rules(rules, config.directory, every_letter=every_letter)
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
    return problems


def soundness_of_rules(rules: Rules, directory: Path | None, *, every_letter: bool = True) -> list[str]:
    """Prove what the SOPs need: one at least in force, and every letter their rows tell, sound in every language.

    `directory` is where `rules.d/` and `outbox_templates/` of the administrator stand, None where there is no configuration.
    """
    if not rules.sops:
        raise RulesError(
            f"{directory / 'rules.d' if directory else 'rules'}: no SOP is left in force: an empty file there masks the built-in "
            "one of the same name; remove it"
        )
    own = directory / "outbox_templates" if directory else None
    if own is not None and own.exists() and not own.is_dir():
        raise RulesError(
            f"{own}: no directory; letters of your own stand in <language>/<audience>-<kind>/ below it"
        )
    renderer = Renderer(own)
    known = set(renderer.names())
    problems = (
        unsound(renderer) if every_letter or renderer.overrides else []
    )  # ours alone: proven by the tests
    problems += _never_sent(known, rules)
    problems += _without_letter(known, rules)
    return problems + drafts.problems(directory / "drafts" if directory else None, _attached(rules))


def _without_letter(known: set[str], rules: Rules) -> Iterator[str]:
    """Rows that tell a letter there is none of, with the line of the SOP's file."""
    for sop in rules.sops.values():
        place = Place(f"SOP {sop.id}", find_lines(sop.text))
        for step in sop.steps.values():
            name = f"applicant-{step.tell}"
            if step.tell and name not in known:
                near = get_close_matches(name, sorted(known), n=1)
                what = f"there is no letter {name}"
                remedy = (f"did you mean `{near[0].removeprefix('applicant-')}`? Else " if near else "") + (
                    f"write outbox_templates/{{id,en}}/{name}/{{letter,subject}}.j2"
                )
                yield str(place.problem(("steps", step.id, "tell"), what, remedy))


def _attached(rules: Rules) -> set[str]:
    """The prefilled letters that SOPs attach."""
    rows = {draft for sop in rules.sops.values() for step in sop.steps.values() for draft in step.drafts}
    return rows | {need.draft for sop in rules.sops.values() for need in sop.needs.values() if need.draft}


def _prove_two_places(config: Config) -> None:
    """Letters must not be put where mail is taken from: the program would read its own."""
    mailbox, out = urlsplit(config.mailbox.url), urlsplit(config.smtp.url)
    if mailbox.scheme == out.scheme == "maildir":
        incoming, outgoing = (Path(unquote(each.path)).resolve() for each in (mailbox, out))
        if outgoing.is_relative_to(incoming):
            raise ConfigurationError(
                f"smtp.url: {outgoing} is the Maildir of mailbox.url or lies in it; letters sent need one of their own"
            )


def _never_sent(names: set[str], rules: Rules) -> Iterator[str]:
    """The administrator's letters that neither replace a built-in one nor are told by an SOP: misspelt, or left over."""
    built_in = set(Renderer().names())
    told = {
        f"applicant-{step.tell}" for sop in rules.sops.values() for step in sop.steps.values() if step.tell
    }
    for name in sorted(names - built_in - told):
        near = get_close_matches(name, sorted(built_in | told), n=1)
        meant = f"did you mean {near[0]}?" if near else "see outbox_templates of the program for the names"
        yield f"outbox_templates/*/{name}: no letter has this name, it would never be sent; {meant} Rename or remove it"


def make_mailbox(config: Config) -> Mailbox:
    """Return the mailbox of the configuration, not yet connected."""
    return open_mailbox(mailbox_settings(config))


def mailbox_settings(config: Config) -> MailboxSettings:
    """Return what it takes to reach the mailbox."""
    section = config.mailbox
    return MailboxSettings(
        url=section.url,
        tls=section.tls,
        username=section.username,
        password=section.password.get_secret_value(),
        ca_file=section.ca_file,
        folder=section.folder,
        processed_folder=section.processed_folder,
        quarantine_folder=section.quarantine_folder,
    )


def make_transport(config: Config) -> Transport:
    """Return the way out, not yet connected."""
    return open_transport(smtp_settings(config))


def smtp_settings(config: Config) -> SmtpSettings:
    """Return what it takes to send."""
    section = config.smtp
    return SmtpSettings(
        url=section.url,
        tls=section.tls,
        username=section.username,
        password=section.password.get_secret_value(),
        ca_file=section.ca_file,
        hostname=config.department.domain,
    )


def make_reader(config: Config) -> Reader:
    """Return the document workers, their process started; whoever asked closes them."""
    budget = Budget(message_bytes=config.limits.message_bytes, pages=config.limits.pages)
    return Reader(budget, config.limits.seconds_per_document, {config.department.address.lower()})


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
    sole: bool = False,
) -> Iterator[Office]:
    """Open everything a loop or command needs, and close it again.

    `database`: `create` makes or upgrades it, `there` wants it up to date, `if-there` takes an empty one in memory where there is none.
    `sole` refuses a second instance (`StoreError`), before the database is touched. The reader's process is started here, before any
    thread.
    """
    rules, table = load_rules_of(config), staff_table.load(config)
    if problems := soundness(config, rules, every_letter=False) if database == "create" else []:
        raise RulesError("; ".join(problems))
    with ExitStack() as opened:
        if sole:
            opened.enter_context(Database(config.store.url, config.keyring).sole_instance())
        workers = make_reader(config) if reader else None
        if workers is not None:
            opened.callback(workers.close)
        store = _open_database(config, database)
        opened.callback(store.close)
        yield Office(
            config=config,
            database=store,
            rules=rules,
            calendar=calendar_of(config),
            renderer=renderer_of(config),
            maybe_reader=workers,
            staff_table=table,
            clock=clock or system_clock,
            keys=Keys(clock or system_clock, config.trust.name_servers, ours=config.own_domains),
            clock_is_set=clock is not None,
            keeps_outages=clock is None,
        )


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
