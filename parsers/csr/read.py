"""The way in: the bytes of a file, or the text of a mail, to the requests that are in it."""

from dataclasses import dataclass

from parsers.csr.pkcs10 import read_der
from parsers.csr.transport import MAX_BYTES, Candidate, candidates, candidates_in_text, looks_like_csr
from parsers.facts import CsrFacts


@dataclass(frozen=True, kw_only=True)
class CsrReading:
    """The distinct requests of one file, and what kept it from being one request.

    Problems: `several-csrs`, `damaged-csr` (named as a request, not readable as one), `too-large`.
    """

    requests: tuple[CsrFacts, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def only(self) -> CsrFacts | None:
        """The one request, None where there is none or more than one."""
        return self.requests[0] if len(self.requests) == 1 else None


def _read(found: list[Candidate]) -> list[CsrFacts]:
    facts = (read_der(candidate.der, tuple(dict.fromkeys(candidate.repairs))) for candidate in found)
    return [fact for fact in facts if fact is not None]


def read_csrs(data: bytes) -> CsrReading:
    """Return every distinct request in `data` (DER, PEM, base64, in any damaged form of `transport`). Never raises."""
    if len(data) > MAX_BYTES:
        return CsrReading(problems=("too-large",))
    requests = _read(candidates(data))
    if len(requests) > 1:
        return CsrReading(requests=tuple(requests), problems=("several-csrs",))
    if not requests and looks_like_csr(data):
        return CsrReading(problems=("damaged-csr",))
    return CsrReading(requests=tuple(requests))


def read_csr(data: bytes) -> CsrFacts | None:
    """Return the one request in `data`; None where there is none, or several (`read_csrs` tells which). Never raises."""
    return read_csrs(data).only


def find_csrs_in_text(text: str) -> list[CsrFacts]:
    """Return the distinct requests pasted into the text of a mail, each with `pasted-in-body` among its repairs. Never raises."""
    found = candidates_in_text(text)
    return _read([Candidate(der=one.der, repairs=(*one.repairs, "pasted-in-body")) for one in found])
