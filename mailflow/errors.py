"""The exception tree, drawn once: is it temporary, who must act, and what may be said outside."""


class MailflowError(Exception):
    """Something went wrong that this program has a name for. The message names what, where and the next step."""

    temporary = False


class ConfigurationError(MailflowError):
    """The configuration is unsound: exit code 2, and the service manager does not restart."""


class RulesError(MailflowError):
    """A rule or template file is unsound: exit code 2."""


class MailboxError(MailflowError):
    """The mailbox cannot be reached or refused; `temporary` tells whether trying again can help, `step` what to do, where it stands apart."""

    def __init__(self, what: str, *, step: str = "", temporary: bool = True) -> None:
        super().__init__(f"{what}; {step}" if step else what)
        self.what, self.step, self.temporary = what, step, temporary


class LineError(MailboxError):
    """TLS with the mail server did not come about: it was reached, and nothing was said to it that must stay secret."""


class StoreError(MailflowError):
    """The database cannot be used; `temporary` when that passes by itself or with room (locked, full, another instance)."""

    def __init__(self, message: str, *, temporary: bool = True) -> None:
        super().__init__(message)
        self.temporary = temporary


class WorkerError(MailflowError):
    """A document worker died or was stopped; `outcome` is `timeout`, `crashed` or `too-large`."""

    def __init__(self, message: str, outcome: str) -> None:
        super().__init__(message)
        self.outcome = outcome
