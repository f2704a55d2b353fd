"""Who vouches for a sender: our own mail server (Authentication-Results, RFC 8601), and our own verification of DKIM (RFC 6376).

The server's word counts only from the topmost block of fields, under the configured authserv-id, and only where it was known, when the
message was read, to take away what strangers write in its name (`facts.border`): anybody may put such a field into a message, and a server
that adds none must not make a forged one true. A signature of the sender's own domain that we verified ourselves needs nobody's word. One
that does not hold is as good as none (RFC 6376 §6.1): whoever forges a message leaves it out. One that covers less than what is read, or
that a weak key made, takes the server's pass with it: that may rest on nothing else. A server that is not believed is when it says that a
mail is forged: nobody writes that of their own.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from mailflow.config import Config
from parsers.facts import MessageFacts

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_COMMENT = re.compile(r"\([^()]*\)")


_Result = tuple[str, str, dict[str, str]]
"""Method, result and properties of one finding of a mail server (RFC 8601 §2.2)."""
VOUCHING = ("authentication_results", "authentication_depth", "border", "dkim")
"""The facts that were judged when a message was read, once."""
_NOTHING = {
    "authentication_results": "",
    "authentication_depth": 0,
    "border": False,
    "relay": "",
    "dkim": (),
}
"""The facts of a message by which its sender is judged, saying nothing."""


@dataclass(frozen=True)
class Authentication:
    """`passed` is None where nothing trustworthy was said; `method` is `dmarc`, `dkim`, `token-only` or ``."""

    passed: bool | None
    method: str = ""


def authenticate(facts: MessageFacts, config: Config) -> Authentication:
    """Judge the single From address of a message; one that was read leniently passes never: the server may have judged another."""
    if (
        facts.sender is None or facts.relay == "rewritten"
    ):  # there the server vouches for the group's own address
        return Authentication(passed=False if facts.sender is None else None)
    if config.trust.mode == "token-only":
        return Authentication(passed=None, method="token-only")
    domain = facts.sender.address.rpartition("@")[2].lower()
    said, own = _verdict(facts, domain, config), _own(facts, domain, config)
    if said.passed is False and (facts.border is not False or "pass" not in own):
        return said
    if "pass" in own:
        said = Authentication(passed=True, method="dkim")
    elif facts.border is False or "refused" in own:
        said = Authentication(passed=None)
    return Authentication(passed=None) if said.passed and facts.from_doubt else said


def _own(facts: MessageFacts, domain: str, config: Config) -> set[str]:
    """What our own verification found of the signatures in the sender's own name."""
    return {each.result for each in facts.dkim if aligned(domain, each.domain, config.department.domain)}


def _verdict(facts: MessageFacts, domain: str, config: Config) -> Authentication:
    """What the server's fields say together: a failure in any of them counts, a pass only in the topmost that speaks of its method."""
    fields = facts.authentication_results.split("\n")
    block = [
        _results(each) for each in takewhile(lambda field: is_by(field, config.trust.authserv_id), fields)
    ]
    results = [each for found in block for each in found]
    if any(method == "dmarc" and result == "fail" for method, result, _ in results):
        return Authentication(passed=False, method="dmarc")
    for method, result, properties in _topmost(block):
        if (
            method == "dmarc"
            and result == "pass"
            and not facts.relay
            and properties.get("header.from", domain) == domain
        ):
            return Authentication(passed=True, method="dmarc")
        if _is_signed(method, properties, domain, config) and result == "pass":
            return Authentication(passed=True, method="dkim")
    if not facts.relay and any(
        _is_signed(method, properties, domain, config) and result == "fail"
        for method, result, properties in results
    ):
        return Authentication(
            passed=False, method="dkim"
        )  # signed in the sender's own name, and it does not hold
    return Authentication(passed=None)


def _topmost(block: Sequence[Sequence[_Result]]) -> list[_Result]:
    """The results of each method from the topmost field that has any of it."""
    found: list[_Result] = []
    for results in block:
        known = {method for method, _, _ in found}
        found += [each for each in results if each[0] not in known]
    return found


def unproven(facts: MessageFacts) -> MessageFacts:
    """Return a message without anything that vouches for its sender: one that another mail brought has not come our way itself."""
    return facts.model_copy(update=_NOTHING)


def _is_signed(method: str, properties: Mapping[str, str], domain: str, config: Config) -> bool:
    """Tell a result about a signature in the sender's own name; a list's, or another's, says nothing of the sender."""
    return method == "dkim" and aligned(domain, properties.get("header.d", ""), config.department.domain)


def aligned(domain: str, signer: str, ours: str) -> bool:
    """Identical, or signed by our own domain for one of its subdomains (relaxed alignment without guessing at public suffixes)."""
    return bool(signer) and (domain == signer or (signer == ours and domain.endswith("." + signer)))


def _bare(field: str) -> str:
    """A field without its comments and quoted strings."""
    text = _QUOTED.sub("quoted", field)
    while (shorter := _COMMENT.sub(" ", text)) != text:
        text = shorter
    return text


def is_by(field: str, authserv_id: str) -> bool:
    """Tell whether a field says it is this server's; below another's, ours is a forged one: our server writes on top.

    No server writes a comment before its name.
    """
    if not field.lower().startswith(authserv_id.lower()):
        return False
    name = _bare(field).partition(";")[0].split()[:1]
    return bool(authserv_id) and [each.lower() for each in name] == [authserv_id.lower()]


def _results(field: str) -> list[_Result]:
    _, *rest = _bare(field).split(";")
    found = []
    for part in rest:
        pairs = [word.lower().partition("=") for word in part.split()]
        properties = {name: value for name, equals, value in pairs if equals}
        if pairs and pairs[0][1]:
            found.append((pairs[0][0].partition("/")[0], pairs[0][2], properties))
    return found


def counts(facts: MessageFacts, config: Config) -> bool:
    """Tell whether the sender is certain enough for a word to be theirs; where tokens alone prove it, the sender must at least stand in From."""
    if config.trust.mode == "token-only":
        return facts.relay != "rewritten" and not facts.from_doubt
    return authenticate(facts, config).passed is True
