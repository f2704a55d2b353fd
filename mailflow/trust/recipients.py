"""Whether a message says by itself that it is for us.

A signature covers To and Cc (RFC 6376 §5.4.1), never the envelope nor what servers note of it (Delivered-To, X-Original-To, Envelope-To): an
officer's genuine "Setuju." to somebody else can be delivered to us by anybody who has it.
"""

from mailflow.config import Config
from parsers.facts import MessageFacts

NOT_FOR_US = "not counted: our address stands neither in To nor in Cc"
"""The ledger's reason for an officer's word that may have been meant for somebody else."""


def is_for_us(facts: MessageFacts, config: Config) -> bool:
    """Tell whether an address of the department, with or without a detail (RFC 5233), stands in the one To or Cc field."""
    return not facts.recipients_defect and any(
        is_ours(each.address, config) for each in (*facts.to, *facts.cc)
    )


def is_ours(address: str, config: Config) -> bool:
    """Tell whether an address is the department's, or one of its aliases."""
    department = config.department
    return _without_detail(address) in {
        _without_detail(each) for each in (department.address, *department.aliases)
    }


def _without_detail(address: str) -> tuple[str, str]:
    local, _, domain = address.lower().rpartition("@")
    return local.partition("+")[0], domain
